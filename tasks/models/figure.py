"""What the rollup engine derives and alone writes, never logged: shares, contributions, figures, its passes."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.tiers import Tier
from tasks.choices import MilestoneState, ScheduleLight, Slice
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
# Milestones by state and by schedule light; one that is cancelled is in no figure.
COUNTS = (
    *(f"state_{state}" for state in MilestoneState.values if state != MilestoneState.CANCELLED),
    *(f"light_{light}" for light in ScheduleLight.values),
)


class NodeKind(models.IntegerChoices):
    """In the order in which siblings win ties."""

    STRATEGY = 0, _("Strategy")
    TASK = 1, _("Strategic task")
    MEASURE = 2, _("Measure")
    MILESTONE = 3, _("Milestone")


class Share(models.Model):
    """Units of a strategy, task or measure in each tier; a strategy holds 10^11. Null: it is not in that tier.

    Those of a milestone stand where it is counted.
    """

    pk = models.CompositePrimaryKey("node_id", "kind")
    node_id = models.BigIntegerField()
    kind = models.PositiveSmallIntegerField(choices=NodeKind)
    public = models.BigIntegerField(null=True)
    internal = models.BigIntegerField(null=True)
    restricted = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{NodeKind(self.kind).name.lower()} {self.node_id}"


class NewShare(models.Model):
    """Units of a milestone that have just been shared out anew; counting it takes them from here.

    Outside of the engine's transaction there are none.
    """

    milestone_id = models.BigIntegerField(primary_key=True)
    public = models.BigIntegerField(null=True)
    internal = models.BigIntegerField(null=True)
    restricted = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"milestone {self.milestone_id}"


class CountedMilestone(models.Model):
    """A milestone as the figures count it: what a change takes away is exactly what was added.

    A copy, narrow and in one place, of what figures depend on; ids of what is not named are 0. No
    foreign keys: a row outlives its milestone until the next drain.
    """

    milestone_id = models.BigIntegerField(primary_key=True)
    measure_id = models.BigIntegerField(db_index=True)
    ministry_id = models.BigIntegerField()
    public = models.BigIntegerField(null=True)
    internal = models.BigIntegerField(null=True)
    restricted = models.BigIntegerField(null=True)
    progress_bp = models.IntegerField(null=True)
    baseline_start = models.DateField(null=True)
    baseline_due = models.DateField(null=True)
    current_due = models.DateField(null=True)
    forecast = models.DateField(null=True)
    completed_on = models.DateField(null=True)
    reported_on = models.DateField(null=True)
    effective_tier = models.PositiveSmallIntegerField(choices=Tier)
    # The lowest tier that sees a predecessor which ends too late for this one, while it is open and not due yet.
    blocked_from = models.PositiveSmallIntegerField(null=True, choices=Tier)
    state = models.CharField(max_length=12, choices=MilestoneState)
    # It is of positive weight, so its measure keeps no units for itself.
    weighs = models.BooleanField()

    class Meta:
        indexes = [
            models.Index(
                fields=["current_due"], condition=~models.Q(state=MilestoneState.COMPLETED), name="counted_next_due"
            )
        ]

    def __str__(self) -> str:
        return f"milestone {self.milestone_id}"


class CountedNode(models.Model):
    """The strategy, a task or a measure as the figures count it: its place, and the units it keeps by tier.

    Ministry, region and technology are those of the nearest ancestor that names one. Units are 0
    where children take them, null where the node is not in the tier.
    """

    pk = models.CompositePrimaryKey("node_id", "kind")
    node_id = models.BigIntegerField()
    kind = models.PositiveSmallIntegerField(choices=NodeKind)
    strategy_id = models.BigIntegerField()
    task_id = models.BigIntegerField()
    path = ArrayField(models.BigIntegerField())
    ministry_id = models.BigIntegerField()
    region_id = models.BigIntegerField()
    technology_id = models.BigIntegerField()
    public = models.BigIntegerField(null=True)
    internal = models.BigIntegerField(null=True)
    restricted = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{NodeKind(self.kind).name.lower()} {self.node_id}"


class Totals(models.Model):
    """The totals of one slice in one tier, exact: units; units × basis points; units × days; numbers of milestones.

    `nodes` counts the tasks and measures that exist in a strategy, task or measure: its figure stands
    even if all else is 0.

    `key` is the id of the task, measure, ministry, region or technology; 0 for the strategy
    itself, and for what no ministry answers for or no region or technology names. In a cell, task ×
    `second_key`; elsewhere that is 0.
    """

    strategy = models.ForeignKey(Strategy, models.CASCADE, db_constraint=False, db_index=False)
    tier = models.PositiveSmallIntegerField(choices=Tier)
    slice = models.CharField(max_length=16, choices=Slice)
    key = models.BigIntegerField()
    second_key = models.BigIntegerField(default=0)
    nodes = models.IntegerField()
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
    state_planned = models.IntegerField()
    state_in_progress = models.IntegerField()
    state_completed = models.IntegerField()
    state_suspended = models.IntegerField()
    light_overdue = models.IntegerField()
    light_at_risk = models.IntegerField()
    light_due_soon = models.IntegerField()
    light_on_track = models.IntegerField()
    next_due = models.DateField(null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.slice} {self.key} (tier {self.tier})"


class Figure(Totals):
    """The totals of the day of the latest pass."""

    version = models.PositiveIntegerField(default=1)
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["strategy", "tier", "slice", "key", "second_key"], name="figure_once"),
        ]


class CurvePoint(models.Model):
    """What the plan asks for by a day, and what is done by then if all ends as forecast: units × basis points.

    `key` as in `Totals`. Stored by night, where there are too many milestones to add them up for whoever asks.
    """

    strategy = models.ForeignKey(Strategy, models.CASCADE, db_constraint=False, db_index=False)
    tier = models.PositiveSmallIntegerField(choices=Tier)
    slice = models.CharField(max_length=16, choices=Slice)
    key = models.BigIntegerField()
    day = models.DateField()
    planned = models.BigIntegerField()
    expected = models.BigIntegerField()
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["strategy", "tier", "slice", "key", "day"], name="curve_once"),
        ]

    def __str__(self) -> str:
        return f"{self.slice} {self.key} {self.day} (tier {self.tier})"


class KeptDay(models.Model):
    """A past day whose figures are kept, and when they were computed.

    `snapshot`: what PostgreSQL saw then (`pg_snapshot`); of what it did not see the log tells what speaks of the day.
    `has_measures`: whether those of measures are kept as well.
    """

    as_of = models.DateField(_("as of"), unique=True)
    computed_at = models.DateTimeField(_("computed"))
    snapshot = models.TextField()
    has_measures = models.BooleanField()

    class Meta:
        ordering = ["-as_of"]

    def __str__(self) -> str:
        return f"{self.as_of}"


class KeptFigure(Totals):
    """The totals of a past day."""

    day = models.ForeignKey(KeptDay, models.CASCADE, related_name="figures", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "strategy", "tier", "slice", "key", "second_key"], name="kept_figure_once"
            ),
        ]


class KeptOutlook(models.Model):
    """What the overview lists of a past day, for readers of a tier: ids of milestones, and how many fall due when.

    Of many milestones none is found by what it was on a past day, but by looking at all: so the lists are kept too.
    """

    day = models.ForeignKey(KeptDay, models.CASCADE, related_name="outlooks", db_index=False)
    strategy = models.ForeignKey(Strategy, models.CASCADE, db_constraint=False, db_index=False)
    tier = models.PositiveSmallIntegerField(choices=Tier)
    late = ArrayField(models.BigIntegerField())
    due_next = ArrayField(models.BigIntegerField())
    # [task, date, precision]: how exactly the next due dates of the strategy and its tasks are known.
    due_first = models.JSONField()
    due_within = ArrayField(models.IntegerField())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "strategy", "tier"], name="kept_outlook_once")]

    def __str__(self) -> str:
        return f"{self.day} (tier {self.tier})"


class RollupPass(models.Model):
    """One computation of everything: the latest says which day the figures are of.

    `drift` counts stored rows that differed although no change waited and the day was the same: an alarm.
    """

    as_of = models.DateField(_("as of"))
    finished_at = models.DateTimeField(_("finished"))
    changed = models.IntegerField(_("changed rows"))
    drift = models.IntegerField(_("drift"), null=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("rollup pass")
        verbose_name_plural = _("rollup passes")

    def __str__(self) -> str:
        return f"{self.as_of}: {self.changed}"
