"""User and membership writes."""

from typing import Any

from accounts.models import Membership, Ministry, Role, User
from common import history


def create_user(*, by: Any, username: str, password: str, clearance: int, **values: Any) -> User:
    """Make an account; the password is stored as a slow hash."""
    user = User(username=username, clearance=clearance, **values)
    user.set_password(password)
    with history.context(actor=by, verb="user.created"):
        user.save(force_insert=True)
    return user


def set_password(user: User, password: str, *, by: Any) -> None:
    user.set_password(password)
    with history.context(actor=by, verb="user.password_changed"):
        user.save(update_fields=["password"])


def add_membership(user: User, role: Role, *, by: Any, ministry: Ministry | None = None) -> Membership:
    """Let a user act in a role, for a ministry where the role needs one."""
    with history.context(actor=by, verb="membership.added"):
        return Membership.objects.create(user=user, role=role, ministry=ministry)
