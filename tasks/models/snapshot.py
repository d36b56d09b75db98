"""Snapshot (공표본): the figures that closing a period published, frozen for ever."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.records import Record, translated
from common.tiers import Tier
from tasks.choices import ComputedLight
from tasks.models.figure import Totals
from tasks.models.period import ReportingPeriod
from tasks.querysets import OfSnapshotQuerySet, SnapshotQuerySet


class Snapshot(Record):
    """What one closing of a period gives to the readers of one tier; each closing makes one for every tier.

    The database refuses to change, remove or add to it. `digest`: sha256 over its content (`rollups.content_of`),
    which holds the digests of the tiers below; so each reader proves the own part, the highest tier the whole.
    `reporting`: who reported, by ministry (see `Reporting`); `missing`: ids of milestones by that of their ministry, 0
    for none.
    """

    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="snapshots")
    number = models.PositiveSmallIntegerField(_("version of the snapshot"))
    tier = models.PositiveSmallIntegerField(_("classification"), choices=Tier)
    taken_at = models.DateTimeField(_("taken"))
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=64)
    formulas = models.CharField(max_length=20)
    reporting = models.JSONField(default=list)
    missing = models.JSONField(default=dict)
    # Of the closing, set by the database: only that one fills it.
    transaction_id = models.BigIntegerField(default=0, editable=False)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        ordering = ["-period__starts_on", "-number", "-tier"]
        constraints = [models.UniqueConstraint(fields=["period", "number", "tier"], name="snapshot_once")]

    def get_absolute_url(self) -> str:
        return f"{reverse('tasks:period', args=[str(self.period)])}?snapshot={self.number}"

    def __str__(self) -> str:
        return f"{self.period} ({self.number})"


class SnapshotFigure(Totals):
    """One figure of a snapshot, with all that it takes to show it when nothing else is left.

    `node`: public id of the row that it is of, null where it names none; `given`: lights that somebody had given, by
    kind; `money`: by fiscal year, as in the content; null where money is not cut so.
    """

    strategy = tier = nodes = None  # type: ignore[assignment] # of the snapshot; for the engine alone
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="figures", db_index=False)
    node = models.UUIDField(null=True)
    code = models.CharField(_("code"), max_length=160)
    title_ko = models.TextField()
    title_en = models.TextField()
    light = models.CharField(_("computed light"), max_length=10, choices=ComputedLight)
    given = models.JSONField(default=dict)
    money = models.JSONField(null=True)

    title = translated("title")

    objects = OfSnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = _("figure of a snapshot")
        verbose_name_plural = _("figures of a snapshot")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "slice", "key", "second_key"], name="snapshot_figure_once"),
        ]

    @property
    def uuid(self) -> Any:
        """By which files name its row."""
        return self.node or ""

    def __str__(self) -> str:
        return f"{self.slice} {self.code}"
