"""Whether the process answers, and whether it can work: for the launcher and for load balancers."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from redis import Redis
from redis.exceptions import RedisError

from tasks import rollups


def livez(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


def readyz(request: HttpRequest) -> JsonResponse:
    """200 where the database answers and is migrated.

    Broker and figures are only named: without the one changes wait, and a drift of the others was mended.
    """
    database = _database()
    is_ready = database == "ok"
    body = {
        "ready": is_ready,
        "database": database,
        "broker": _broker(),
        "figures": rollups.condition() if is_ready else "unknown",
    }
    return JsonResponse(body, status=200 if is_ready else 503)


def _database() -> str:
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "unreachable"
    return "migrations missing" if waiting else "ok"


def _broker() -> str:
    try:
        with Redis.from_url(settings.REDIS_URL, socket_connect_timeout=0.5, socket_timeout=0.5) as client:
            client.ping()
    except (RedisError, OSError):
        return "unreachable"
    return "ok"
