"""ChangeSet (변경안): edits of the plan that their owner has collected and not saved yet."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tasks.models.strategy import Strategy


class ChangeSet(models.Model):
    """One for each user, about one strategy. It is no record: nothing of it stands until it is saved, then it is gone.

    `edits` is a list of `{"operation": …, "values": {…}, "seen": {node: plan version}}` (see actions/edits.py), in the
    order in which they are made. `seen` says on which plan of each node the edit was made.
    """

    owner = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="+")
    edits = models.JSONField(default=list)
    effective_on = models.DateField(_("in force from"), default=timezone.localdate)
    reason = models.TextField(_("reason"), blank=True)
    source = models.TextField(_("source"), blank=True)

    class Meta:
        verbose_name = _("change set")
        verbose_name_plural = _("change sets")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.owner} – {self.strategy}"
