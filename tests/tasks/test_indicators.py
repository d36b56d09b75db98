"""What an indicator's values may be, by action and by database; and which of several observations stands."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from common.errors import Invalid
from tasks.actions import indicators
from tasks.choices import VALUE_BOUNDS, ValueKind
from tasks.models import Change, Indicator, IndicatorObservation, IndicatorTarget
from tasks.permissions import SYSTEM

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 31)
PROBES = [Decimal(text) for text in ("-0.000001", "0", "100", "100.000001", "-3", "250")]


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def made(strategy_tree):
    def indicator(kind, **values):
        words = {"title_ko": "지표", "title_en": "Indicator", "unit_ko": "%", "unit_en": "%"}
        return indicators.create_indicator(
            by=SYSTEM, measure=strategy_tree.measures.m11, key=f"ind-{kind}", value_kind=kind, **words | values
        )

    return indicator


def fits(kind, value):
    least, most = VALUE_BOUNDS[kind]
    return (least is None or value >= least) and (most is None or value <= most)


def is_refused(by_database):
    try:
        with transaction.atomic():
            by_database()
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize("kind", ValueKind.values)
def test_action_and_database_refuse_the_same(made, kind):
    indicator, row = made(kind), {"observed_on": DAY, "by": SYSTEM}
    for number, value in enumerate(PROBES):
        fit = fits(kind, value)
        attempts = [
            lambda value=value: indicators.record_observation(indicator, value=value, **row),
            lambda value=value, day=date(2030, 1, 1 + number): indicators.set_target(
                indicator, by=SYSTEM, due_on=day, value=value
            ),
        ]
        for attempt in attempts:
            if fit:
                attempt()
            else:
                with pytest.raises(Invalid, match="kind") as refusal:
                    attempt()
                assert refusal.value.field == "value"
        for model, day in ((IndicatorObservation, "observed_on"), (IndicatorTarget, "due_on")):
            written = {"indicator": indicator, "value": value, day: date(2031, 1, 1 + number)}
            assert is_refused(lambda m=model, w=written: m.objects.create(**w)) is not fit
        assert is_refused(lambda value=value: Indicator.objects.update(baseline_value=value)) is not fit


def test_a_correction_keeps_within_the_bounds(made):
    indicator = made("amount")
    seen = indicators.record_observation(indicator, by=SYSTEM, observed_on=DAY, value=Decimal(3))
    target = indicators.set_target(indicator, by=SYSTEM, due_on=DAY, value=Decimal(3))
    before = Change.objects.count()
    for change, row in ((indicators.change_observation, seen), (indicators.change_target, target)):
        with pytest.raises(Invalid, match="Below 0"):
            change(row, by=SYSTEM, reason="typed wrongly", value=Decimal(-3))
    assert Change.objects.count() == before


def test_a_baseline_is_of_the_kind_too(made):
    with pytest.raises(Invalid, match="Above 100") as refusal:
        made("share", baseline_value=Decimal(101))
    assert refusal.value.field == "baseline_value"
    assert not Indicator.objects.exists()


def test_the_kind_is_changed_only_where_what_is_on_record_fits(made):
    indicator = made("change", baseline_value=Decimal(5))
    indicators.record_observation(indicator, by=SYSTEM, observed_on=DAY, value=Decimal("-1.5"))
    with pytest.raises(Invalid, match="is on record") as refusal:
        indicators.change_indicator(indicator, by=SYSTEM, reason="a count", value_kind="amount")
    assert refusal.value.field == "value_kind"
    assert is_refused(lambda: Indicator.objects.filter(pk=indicator.pk).update(value_kind="amount"))
    IndicatorObservation.objects.update(value=1)
    indicators.change_indicator(indicator, by=SYSTEM, reason="a count", value_kind="amount")
    assert Change.objects.latest("sequence").verb == "indicator.changed"


def test_the_same_day_and_method_again_restates(made):
    indicator = made("amount")
    seen = [
        indicators.record_observation(indicator, by=SYSTEM, observed_on=on, value=Decimal(value), method=method)
        for on, value, method in [
            (DAY, 1, "survey"), (DAY, 2, "survey"), (DAY, 3, "register"), (date(2025, 12, 31), 4, "survey"),
        ]
    ]  # fmt: skip
    marked = dict(IndicatorObservation.objects.with_standing().values_list("pk", "is_standing"))
    assert [marked[row.pk] for row in seen] == [False, True, True, True]
