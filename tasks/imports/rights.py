"""Who may import is who may enter: the answer of `may`, as words."""

from typing import Any

from tasks.permissions import Denied, may


def refusal_of(user: Any, obj: Any) -> str:
    """Why this user may not record this; "" where he may."""
    answer = may(user, "record", obj)
    return answer.reason if isinstance(answer, Denied) else ""
