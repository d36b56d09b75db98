"""What a report would do to the figures above its milestone, once it is accepted."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from common.tiers import Tier
from tasks.choices import Slice
from tasks.models import CountedMilestone, Figure, StatusReport
from tasks.rollups.lights import BP


@dataclass(frozen=True)
class Effect:
    """By how much the progress of a node rises, as a part of its whole; exact."""

    node: Any
    by: Fraction

    @property
    def points(self) -> int:
        """Rounded to basis points."""
        return round(self.by * BP)


def effects(reports: Iterable[StatusReport], *, tier: int) -> dict[int, tuple[Effect, ...]]:
    """By report: what its measure and its strategic task gain in a reader's tier, if it alone is accepted.

    Of the figures as they are stored. A milestone that counts for nothing moves nothing. Reports come with their
    milestone, its measure and that one's strategic task.
    """
    rows = list(reports)
    unit = Tier(tier).code
    counted = CountedMilestone.objects.filter(milestone_id__in={row.milestone_id for row in rows})
    counted = counted.filter(effective_tier__lte=tier)
    units = {key: (share or 0, bp or 0) for key, share, bp in counted.values_list("milestone_id", unit, "progress_bp")}
    places = {(Slice.MEASURE, row.milestone.measure_id) for row in rows}
    places |= {(Slice.TASK, row.milestone.measure.strategic_task_id) for row in rows}
    shares = {
        (slice, key): share
        for slice, key, share in Figure.objects.filter(
            tier=tier, slice__in=[Slice.MEASURE, Slice.TASK], key__in={key for _, key in places}
        ).values_list("slice", "key", "share")
    }

    def of(row: StatusReport) -> tuple[Effect, ...]:
        share, before = units.get(row.milestone_id, (0, 0))
        gained = share * ((row.progress_bp or 0) - before)
        measure = row.milestone.measure
        nodes = ((Slice.MEASURE, measure), (Slice.TASK, measure.strategic_task))
        return tuple(
            Effect(node, Fraction(gained, shares[slice, node.pk] * BP))
            for slice, node in nodes
            if shares.get((slice, node.pk))
        )

    return {row.pk: of(row) for row in rows}
