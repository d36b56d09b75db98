"""A cache that may be away: then it holds nothing, and no request fails for it."""

import logging
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)


class TolerantRedisCache(RedisCache):
    """Django's Redis cache; an unreachable server reads as a miss and writes as nothing."""

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        try:
            return super().get(key, default, version)
        except RedisError:
            log.warning("cache unreachable: read as a miss")
            return default

    def set(self, key: Any, value: Any, *args: Any, **kwargs: Any) -> None:
        try:
            super().set(key, value, *args, **kwargs)
        except RedisError:
            log.warning("cache unreachable: not written")

    def add(self, key: Any, value: Any, *args: Any, **kwargs: Any) -> bool:
        try:
            return super().add(key, value, *args, **kwargs)
        except RedisError:
            log.warning("cache unreachable: taken as added")
            return True

    def delete(self, key: Any, *args: Any, **kwargs: Any) -> bool:
        try:
            return super().delete(key, *args, **kwargs)
        except RedisError:
            log.warning("cache unreachable: nothing to delete")
            return False
