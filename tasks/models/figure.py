"""Share and figure: derived tables, written by the rollup engine alone, never logged."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.tiers import Tier
from tasks.choices import Slice
from tasks.models.strategy import Strategy

SUMS = (
    "share",
    "unplanned",
    "undated",
    "reported",
    "earned",
    "planned",
    "earned_compared",
    "planned_compared",
    "overdue",
    "expected",
    "fresh",
    "slip_share",
    "slip",
)


class NodeKind(models.TextChoices):
    TASK = "task", _("Strategic task")
    MEASURE = "measure", _("Measure")
    MILESTONE = "milestone", _("Milestone")


class Share(models.Model):
    """Units of a node in a tier; a strategy holds 10^11 in each. No row: the node is not in it."""

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="shares")
    tier = models.PositiveSmallIntegerField(choices=Tier)
    kind = models.CharField(max_length=9, choices=NodeKind)
    node_id = models.BigIntegerField()
    units = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "node_id", "tier"], name="share_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.node_id}: {self.units}"


class Figure(models.Model):
    """The sums of one slice in one tier, as exact integers (units, units × bp, units × days).

    `key` is the id of the task, measure, ministry, region or technology; 0 for the strategy
    itself, and for what no ministry answers for or no region or technology names.
    """

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="figures")
    tier = models.PositiveSmallIntegerField(choices=Tier)
    slice = models.CharField(max_length=12, choices=Slice)
    key = models.BigIntegerField()
    as_of = models.DateField()
    share = models.BigIntegerField()
    unplanned = models.BigIntegerField()
    undated = models.BigIntegerField()
    reported = models.BigIntegerField()
    earned = models.BigIntegerField()
    planned = models.BigIntegerField()
    earned_compared = models.BigIntegerField()
    planned_compared = models.BigIntegerField()
    overdue = models.BigIntegerField()
    expected = models.BigIntegerField()
    fresh = models.BigIntegerField()
    slip_share = models.BigIntegerField()
    slip = models.BigIntegerField()
    counts = models.JSONField(default=dict)
    next_due = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["strategy", "tier", "slice", "key"], name="figure_once"),
        ]

    def __str__(self) -> str:
        return f"{self.slice} {self.key} (tier {self.tier})"
