"""The computed light of a figure, in integers, tested in the order that its definition fixes."""

from tasks.choices import ComputedLight
from tasks.interfaces import Sums
from tasks.models import Strategy

BP = 10_000


def computed_light(sums: Sums, strategy: Strategy) -> ComputedLight:
    """none, red, no data, amber or green; thresholds of the strategy in basis points."""
    if sums.planned == 0 and sums.overdue == 0:
        return ComputedLight.NONE
    if _index_below(sums, strategy.red_index_bp) or _overdue_above(sums, strategy.red_overdue_bp):
        return ComputedLight.RED
    if 2 * sums.planned_compared < sums.planned:
        return ComputedLight.NO_DATA
    if _index_below(sums, strategy.amber_index_bp) or _overdue_above(sums, strategy.amber_overdue_bp):
        return ComputedLight.AMBER
    return ComputedLight.GREEN


def _index_below(sums: Sums, threshold_bp: int) -> bool:
    """A null index is below nothing."""
    return sums.planned_compared > 0 and sums.earned_compared * BP < threshold_bp * sums.planned_compared


def _overdue_above(sums: Sums, threshold_bp: int) -> bool:
    return sums.overdue * BP > threshold_bp * sums.share
