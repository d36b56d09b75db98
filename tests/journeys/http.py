"""An officer who reports through the report form, many times a second and without a browser."""

import http.client
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.middleware.csrf import _get_new_csrf_string
from django.test import Client

from accounts.models import User
from tasks.models import Milestone
from tests.journeys.stack import Stack


@dataclass(frozen=True)
class Answer:
    status: int
    text: str


class Officer:
    """Signed in on one connection, as one browser would be."""

    def __init__(self, stack: Stack, username: str) -> None:
        self.username = username
        session, token = Client(), _get_new_csrf_string()
        session.force_login(User.objects.get(username=username))
        cookies = {
            settings.SESSION_COOKIE_NAME: session.cookies[settings.SESSION_COOKIE_NAME].value,
            settings.CSRF_COOKIE_NAME: token,
        }
        self.headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "X-CSRFToken": token,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        self.connection = http.client.HTTPConnection(stack.url.removeprefix("http://"), timeout=60)

    def report(self, row: Milestone, **typed: Any) -> int:
        """File what was typed on the milestone as it stands; the status of the answer, 302 when it was filed."""
        row.refresh_from_db()
        return self.send(row, **typed).status

    def send(self, row: Milestone, **typed: Any) -> Answer:
        """The same on the milestone as it was seen."""
        body = urlencode({"verb": "start" if row.state == "planned" else "update", "version": row.version, **typed})
        self.connection.request("POST", f"/milestones/{row.uuid}/report/", body, self.headers)
        answer = self.connection.getresponse()
        return Answer(answer.status, answer.read().decode())


@contextmanager
def signed_in(stack: Stack, username: str) -> Iterator[Officer]:
    officer = Officer(stack, username)
    try:
        yield officer
    finally:
        officer.connection.close()
