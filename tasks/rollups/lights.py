"""The lights of a figure: the computed one, in integers, tested in the order that its definition fixes; those given."""

from collections.abc import Iterable, Iterator

from tasks.choices import ComputedLight, LightTest, Slice
from tasks.interfaces import RATED, GivenLight, Ratio, Sums, TestedLight
from tasks.models import Assessment, Strategy

BP = 10_000


def computed_light(sums: Sums, strategy: Strategy) -> str:
    """none, red, no data, amber or green; thresholds of the strategy in basis points."""
    return deciding_test(sums, strategy).light


def deciding_test(sums: Sums, strategy: Strategy) -> TestedLight:
    """The first test that holds: its light is the computed one."""
    return next(test for test in _tests(sums, strategy) if test.holds)


def light_tests(sums: Sums, strategy: Strategy) -> tuple[TestedLight, ...]:
    """The tests as far as they were asked: the last one holds and decides."""
    asked: list[TestedLight] = []
    for test in _tests(sums, strategy):
        asked.append(test)
        if test.holds:
            break
    return tuple(asked)


def _tests(sums: Sums, strategy: Strategy) -> Iterator[TestedLight]:
    yield TestedLight(LightTest.NOTHING_TO_COMPARE, ComputedLight.NONE, holds=sums.planned == 0 and sums.overdue == 0)
    red, amber = ComputedLight.RED, ComputedLight.AMBER
    yield _index(LightTest.INDEX_BELOW_RED, red, sums, strategy.red_index_bp)
    yield _overdue(LightTest.OVERDUE_ABOVE_RED, red, sums, strategy.red_overdue_bp)
    compared = Ratio(sums.planned_compared, sums.planned)
    too_little = 2 * sums.planned_compared < sums.planned
    yield TestedLight(LightTest.TOO_LITTLE_COMPARED, ComputedLight.NO_DATA, too_little, compared, BP // 2)
    yield _index(LightTest.INDEX_BELOW_AMBER, amber, sums, strategy.amber_index_bp)
    yield _overdue(LightTest.OVERDUE_ABOVE_AMBER, amber, sums, strategy.amber_overdue_bp)
    yield TestedLight(LightTest.NOTHING_WRONG, ComputedLight.GREEN, holds=True)


def _index(test: LightTest, light: ComputedLight, sums: Sums, threshold_bp: int) -> TestedLight:
    """A null index is below nothing."""
    is_below = sums.planned_compared > 0 and sums.earned_compared * BP < threshold_bp * sums.planned_compared
    return TestedLight(test, light, is_below, Ratio(sums.earned_compared, sums.planned_compared), threshold_bp)


def _overdue(test: LightTest, light: ComputedLight, sums: Sums, threshold_bp: int) -> TestedLight:
    is_above = sums.overdue * BP > threshold_bp * sums.share
    return TestedLight(test, light, is_above, Ratio(sums.overdue, sums.share), threshold_bp)


def given_lights(slice: Slice, keys: Iterable[int]) -> dict[tuple[int, str], GivenLight]:
    """The lights that stand of these tasks or measures, by id and kind; of other slices there are none."""
    if slice not in RATED:
        return {}
    node = RATED[slice]
    rows = Assessment.objects.standing().filter(**{f"{node}__in": keys}).order_by()
    found = rows.values_list(node, "kind", "light", "assessed_on", "confidence")
    return {(key, kind): GivenLight(light, day, confidence) for key, kind, light, day, confidence in found}
