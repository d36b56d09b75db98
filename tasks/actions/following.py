"""Following rows, and no longer."""

from typing import Any

from accounts.models import User
from common import history
from tasks.models import Follow
from tasks.named_rows import name_of
from tasks.permissions import require


def follow(row: Any, *, by: User) -> None:
    """Hear from now on of what happens to a row. Raises Forbidden; following twice is following."""
    require(by, "follow", row)
    with history.context(actor=by, verb="follow.begun"):
        Follow.objects.get_or_create(follower=by, **name_of(row))


def unfollow(row: Any, *, by: User) -> None:
    """No longer hear of it. Raises Forbidden."""
    require(by, "follow", row)
    with history.context(actor=by, verb="follow.ended"):
        Follow.objects.filter(follower=by, **name_of(row)).delete()
