"""Comments on milestones, measures and reports."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from common import history
from common.errors import Invalid
from tasks.actions.records import locked_as_seen, save_record
from tasks.models import Comment, Measure, Milestone, StatusReport
from tasks.models.comment import LONGEST
from tasks.named_rows import name_of
from tasks.permissions import require

Commented = Milestone | Measure | StatusReport


def post_comment(row: Commented, *, by: User, text: str, **values: Any) -> Comment:
    """Say something about a row. Raises Forbidden, or Invalid for a text that is empty or too long."""
    require(by, "comment", row)
    with history.context(actor=by, verb="comment.posted"):
        comment = Comment(**name_of(row), author=by, text=_checked(text), **values)
        save_record(comment, force_insert=True)
    return comment


def correct_comment(comment: Comment, *, by: User, text: str) -> Comment:
    """Correct the own words within a quarter of an hour. Raises Forbidden, Invalid."""
    require(by, "correct_comment", comment)
    with history.context(actor=by, verb="comment.corrected"):
        locked = locked_as_seen(comment, None)
        require(by, "correct_comment", locked)
        locked.text, locked.edited_at = _checked(text), timezone.now()
        save_record(locked)
    return locked


def withdraw_comment(comment: Comment, *, by: User) -> Comment:
    """Take a comment back: its place stays, its words are no longer shown. Raises Forbidden, Invalid."""
    require(by, "withdraw_comment", comment)
    with history.context(actor=by, verb="comment.withdrawn"):
        locked = locked_as_seen(comment, None)
        if locked.withdrawn_at is not None:
            raise Invalid(_("This comment was withdrawn already."))
        locked.withdrawn_at = timezone.now()
        save_record(locked)
    return locked


def _checked(text: str) -> str:
    if not text.strip():
        raise Invalid(_("Write something first."), field="text", code="required")
    if len(text) > LONGEST:
        words = _("A comment has at most %(most)s characters; this one has %(length)s.")
        raise Invalid(words % {"most": LONGEST, "length": len(text)}, field="text", code="too_long")
    return text.strip().replace("\r\n", "\n")
