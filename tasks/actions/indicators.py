"""Indicators: definitions, dated targets, observations."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from common import formats
from common.errors import Invalid
from tasks.actions.records import change_record, create_record
from tasks.choices import VALUE_BOUNDS, DatePrecision, ValueKind
from tasks.models import Indicator, IndicatorObservation, IndicatorTarget
from tasks.permissions import Actor


def out_of_bounds(kind: str, value: Decimal | None) -> tuple[str, str] | None:
    """Why an indicator of this kind cannot be so, and what to do about it; None where it can."""
    least, most = VALUE_BOUNDS[kind]
    label = ValueKind(kind).label
    if value is not None and least is not None and value < least:
        words = _("Below %(least)s, while the indicator is of the kind “%(kind)s”.") % {"least": least, "kind": label}
        return words, _("Check the sign, or change the kind of the indicator.")
    if value is not None and most is not None and value > most:
        words = _("Above %(most)s, while the indicator is of the kind “%(kind)s”.") % {"most": most, "kind": label}
        return words, _("Check the unit, or change the kind of the indicator.")
    return None


def create_indicator(*, by: Actor, **values: Any) -> Indicator:
    """Register an indicator. Raises Forbidden, or Invalid where its baseline is not of its kind."""
    _within(values.get("value_kind", ValueKind.AMOUNT), values.get("baseline_value"), "baseline_value")
    return create_record(Indicator, by=by, verb="indicator.created", **values)


def change_indicator(indicator: Indicator, **change: Any) -> Indicator:
    """Correct an indicator, with the reason. Raises Invalid where what is on record is not of its new kind."""
    kind = change.get("value_kind", indicator.value_kind)
    _within(kind, change.get("baseline_value", indicator.baseline_value), "baseline_value")
    rows = (indicator.targets, indicator.observations)
    for value in (value for found in rows for value in found.values_list("value", flat=True)):
        if out_of_bounds(kind, value):
            words = _(
                "%(value)s is on record, which this kind does not allow. Choose another kind, or correct it first."
            )
            raise Invalid(words % {"value": formats.number(value)}, field="value_kind")
    return change_record(indicator, verb="indicator.changed", **change)


def set_target(indicator: Indicator, *, by: Actor, due_on: date, value: Decimal, **provenance: Any) -> IndicatorTarget:
    """Set what is aimed at by a day. Raises Forbidden, or Invalid for a value that is not of the indicator's kind."""
    _within(indicator.value_kind, value)
    return create_record(
        IndicatorTarget,
        by=by,
        verb="indicator.target_set",
        indicator=indicator,
        due_on=due_on,
        value=value,
        **provenance,
    )


def record_observation(
    indicator: Indicator, *, by: Actor, observed_on: date, value: Decimal, **details: Any
) -> IndicatorObservation:
    """Record a value seen. A different `method` starts a line of its own; the same day and method again restates.

    Raises Forbidden, or Invalid for a day to come and for a value that is not of the indicator's kind.
    """
    _not_in_the_future(observed_on, details.get("precision", DatePrecision.DAY))
    _within(indicator.value_kind, value)
    return create_record(
        IndicatorObservation,
        by=by,
        verb="indicator.observed",
        indicator=indicator,
        observed_on=observed_on,
        value=value,
        **details,
    )


def change_target(target: IndicatorTarget, **change: Any) -> IndicatorTarget:
    _within(target.indicator.value_kind, change.get("value", target.value))
    return change_record(target, verb="indicator.target_changed", **change)


def change_observation(observation: IndicatorObservation, **change: Any) -> IndicatorObservation:
    """Correct an observation, with the reason; what stood stays in the history."""
    day, precision = (change.get(name, getattr(observation, name)) for name in ("observed_on", "precision"))
    _not_in_the_future(day, precision)
    _within(observation.indicator.value_kind, change.get("value", observation.value))
    return change_record(observation, verb="indicator.observation_changed", **change)


def _within(kind: str, value: Decimal | None, field: str = "value") -> None:
    if found := out_of_bounds(kind, value):
        raise Invalid(" ".join(found), field=field)


def _not_in_the_future(day: date, precision: str) -> None:
    """Of a month or year that is not over the last day stands for it."""
    if day > timezone.localdate() and precision == DatePrecision.DAY:
        raise Invalid(_("Nothing can be observed on a day that has not come yet."), field="observed_on")
