"""SavedView (저장한 보기): the filters and the order of a list, under a name of one's own."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.records import Record

LONGEST = 2000  # characters of what an address says of its list


class SavedViewQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """The own ones, and those that are shared with everybody who signs in."""
        if user is None or not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(Q(owner=user) | Q(is_shared=True))


class SavedView(Record):
    """It holds the words of an address and no rows: whoever opens it sees what that address shows them."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views")
    path = models.CharField(max_length=200, editable=False)
    query = models.CharField(max_length=LONGEST, editable=False)
    name = models.CharField(_("name"), max_length=60)
    is_shared = models.BooleanField(_("shared"), default=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["path", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "path", "name"], name="saved_view_named_once"),
            models.CheckConstraint(name="saved_view_has_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("tasks:saved-view", args=[self.uuid])
