"""Comment (의견): what somebody says about a milestone, measure or report."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.records import Record
from tasks.named_rows import seen_models
from tasks.querysets import CommentQuerySet

LONGEST = 4_000
# How long the author may still correct it: until then hardly anybody has answered.
CORRECTABLE = timedelta(minutes=15)


class Comment(Record):
    """It points to what it is about by table and id, as the change log does, and is seen by who sees that.

    Plain text. One that is withdrawn keeps its place, without its words.
    """

    table = models.CharField(max_length=63, editable=False)
    object_id = models.BigIntegerField(editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="comments", verbose_name=_("author")
    )
    text = models.TextField(_("comment"), max_length=LONGEST)
    posted_at = models.DateTimeField(_("written"), auto_now_add=True)
    edited_at = models.DateTimeField(_("corrected"), null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["posted_at", "pk"]
        indexes = [models.Index(fields=["table", "object_id", "posted_at"], name="comment_of_row")]
        constraints = [
            models.CheckConstraint(
                name="comment_says_something",
                condition=~models.Q(text=""),
                violation_error_message=_("Write something first."),
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def about(self) -> Any:
        """The row that it is about. Whoever sees the comment may see it."""
        return seen_models()[self.table]._default_manager.get(pk=self.object_id)

    def is_correctable(self, now: datetime) -> bool:
        return self.withdrawn_at is None and now - self.posted_at <= CORRECTABLE

    def get_absolute_url(self) -> str:
        return f"{self.about.get_absolute_url()}#comment-{self.uuid}"
