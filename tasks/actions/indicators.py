"""Indicators: definitions, dated targets, observations."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from common.errors import Invalid
from tasks.actions.records import create_record
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
    if observed_on > timezone.localdate() and details.get("precision", DatePrecision.DAY) == DatePrecision.DAY:
        raise Invalid(_("Nothing can be observed on a day that has not come yet."), field="observed_on")
    return create_record(
        IndicatorObservation,
        by=by,
        verb="indicator.observed",
        indicator=indicator,
        observed_on=observed_on,
        value=value,
        **details,
    )
