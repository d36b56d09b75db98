"""Indicators: definitions, dated targets, observations."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from common.errors import Invalid
from tasks.actions.records import change_record, create_record
from tasks.choices import DatePrecision
from tasks.models import Indicator, IndicatorObservation, IndicatorTarget
from tasks.permissions import Actor


def create_indicator(*, by: Actor, **values: Any) -> Indicator:
    return create_record(Indicator, by=by, verb="indicator.created", **values)


def set_target(indicator: Indicator, *, by: Actor, due_on: date, value: Decimal, **provenance: Any) -> IndicatorTarget:
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
    """Record a value seen; a different `method` starts a line of its own."""
    _not_in_the_future(observed_on, details.get("precision", DatePrecision.DAY))
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
    return change_record(target, verb="indicator.target_changed", **change)


def change_observation(observation: IndicatorObservation, **change: Any) -> IndicatorObservation:
    """Correct an observation, with the reason; what stood stays in the history."""
    day, precision = (change.get(name, getattr(observation, name)) for name in ("observed_on", "precision"))
    _not_in_the_future(day, precision)
    return change_record(observation, verb="indicator.observation_changed", **change)


def _not_in_the_future(day: date, precision: str) -> None:
    """Of a month or year that is not over the last day stands for it."""
    if day > timezone.localdate() and precision == DatePrecision.DAY:
        raise Invalid(_("Nothing can be observed on a day that has not come yet."), field="observed_on")
