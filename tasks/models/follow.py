"""Follow (관심 등록): somebody wants to hear of what happens to a row."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.records import Record
from tasks.querysets import FollowQuerySet


class Follow(Record):
    """Whatever has a page can be followed. It is the follower's own: nobody else sees it."""

    follower = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="follows")
    table = models.CharField(max_length=63, editable=False)
    object_id = models.BigIntegerField(editable=False)
    since = models.DateTimeField(_("since"), auto_now_add=True)

    objects = FollowQuerySet.as_manager()

    class Meta:
        verbose_name = _("followed row")
        verbose_name_plural = _("followed rows")
        ordering = ["-since", "-pk"]
        constraints = [models.UniqueConstraint(fields=["follower", "table", "object_id"], name="follow_once")]
        indexes = [models.Index(fields=["table", "object_id"], name="follow_of_row")]

    def __str__(self) -> str:
        return f"{self.table}/{self.object_id}"
