"""Observations of indicators from a table: the value seen on a day, by a method."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy

from common import formats
from common.entry import SOURCE_HINT
from common.imports.declaration import Column, Importer, Role, Row, state_of
from common.imports.values import Code, Day, Number, Text
from common.imports.words import Wrong, folded, language
from common.uploads import Cell
from tasks.actions.indicators import out_of_bounds, record_observation
from tasks.choices import method_label, method_of
from tasks.forms.outcomes import methods_among
from tasks.forms.rows import another_method
from tasks.imports.rights import refusal_of
from tasks.models import Indicator, IndicatorObservation

_VALUE = Number()


@dataclass(frozen=True)
class Method(Text):
    """A method by its name in either language or by its code."""

    longest: int = 80

    def read(self, cell: Cell) -> str:
        return method_of(super().read(cell))


class Observations(Importer):
    slug = "indicators"
    title = gettext_lazy("Import observations")
    sheet = gettext_lazy("Observations")
    identity = ("indicator", "observed_on", "method")
    columns = (
        Column(
            "indicator", gettext_lazy("Indicator key"), Code(), Role.KEY, hint=gettext_lazy("do not change"), width=28
        ),
        Column("title", gettext_lazy("Indicator"), Text(), Role.INFO, width=36),
        Column("unit", gettext_lazy("Unit"), Text(), Role.INFO, width=14),
        Column("latest", gettext_lazy("Latest value"), Number(), Role.INFO),
        Column("latest_on", gettext_lazy("Latest value, observed on"), Day(), Role.INFO, width=14),
        Column(
            "method",
            gettext_lazy("Method"),
            Method(),
            Role.KEY,
            required=False,
            hint=gettext_lazy("another method starts a series of its own"),
            width=24,
            is_open=True,
        ),
        Column(
            "observed_on", gettext_lazy("Observed on"), Day(), hint=gettext_lazy("a date, as in 2026-01-31"), width=14
        ),
        Column("value", gettext_lazy("Value"), _VALUE, hint=gettext_lazy("a number in the unit beside it")),
        Column("source", gettext_lazy("Source"), Text(longest=2_000), hint=SOURCE_HINT, width=40),
    )

    def refusal(self, user: Any) -> str:
        return refusal_of(user, IndicatorObservation)

    def denied(self, user: Any, row: Row) -> str:
        return refusal_of(user, IndicatorObservation(indicator=row.target))

    def targets(self, user: Any) -> Mapping[str, Indicator]:
        return {folded(row.key): row for row in Indicator.objects.visible_to(user).select_related("measure")}

    def judge(self, row: Row) -> Iterator[tuple[str, Wrong]]:
        if found := out_of_bounds(row.target.value_kind, row.values["value"]):
            yield "value", Wrong(*found)

    def compare(self, rows: Sequence[Row], user: Any) -> None:
        found = _observations(user, {row.target.pk for row in rows})
        for row in rows:
            past = found.get((row.target.pk, _method(row)), [])
            standing = next((o for o in reversed(past) if o.observed_on <= row.values["observed_on"]), None)
            row.standing = state_of(standing)
            row.was = _shown(row, standing.value, standing.observed_on) if standing else ""
            row.will = _shown(row, row.values["value"], row.values["observed_on"])
            row.is_unchanged = standing is not None and _is_same(standing, row)

    def caution(self, rows: Sequence[Row], user: Any) -> None:
        past: dict[int, list[IndicatorObservation]] = {}
        for (pk, _), observations in _observations(user, {row.target.pk for row in rows}).items():
            past.setdefault(pk, []).extend(observations)
        for row in rows:
            seen = sorted(past.get(row.target.pk, ()), key=lambda each: each.observed_on)
            row.cautions = another_method([*map(method_label, methods_among(seen))], method_label(_method(row)))

    def describe(self, row: Row) -> str:
        return " · ".join(filter(None, [str(row.target), method_label(_method(row))]))

    def lock(self, rows: Sequence[Row], user: Any) -> None:
        indicators = {row.target.pk for row in rows}
        for found in (
            Indicator.objects.visible_to(user).filter(pk__in=indicators),
            IndicatorObservation.objects.visible_to(user).filter(indicator__in=indicators),
        ):
            list(found.order_by("pk").select_for_update(of=("self",)))

    def write(self, row: Row, *, by: Any, reason: str) -> None:
        record_observation(
            row.target,
            by=by,
            observed_on=row.values["observed_on"],
            value=row.values["value"],
            method=_method(row),
            source=row.values["source"],
            reason=reason,
        )

    def prefill(self, user: Any) -> Iterator[dict[str, Any]]:
        """Each indicator once a method that was used, with its latest value."""
        indicators = [
            row for row in Indicator.objects.visible_to(user).select_related("measure")
            if not refusal_of(user, IndicatorObservation(indicator=row))
        ]  # fmt: skip
        latest: dict[int, list[IndicatorObservation]] = {}
        for (pk, _method), observations in _observations(user, {row.pk for row in indicators}).items():
            latest.setdefault(pk, []).append(observations[-1])
        for indicator in indicators:
            for seen in latest.get(indicator.pk, [None]):  # type: ignore[list-item]
                yield {
                    "indicator": indicator.key,
                    "title": indicator.title,
                    "unit": indicator.unit,
                    "latest": seen and seen.value,
                    "latest_on": seen and seen.observed_on,
                    "method": seen and method_label(seen.method),
                }


def _observations(user: Any, indicators: set[int]) -> dict[tuple[int, str], list[IndicatorObservation]]:
    """By indicator and method, the oldest first."""
    rows = IndicatorObservation.objects.visible_to(user).filter(indicator__in=indicators)
    found: dict[tuple[int, str], list[IndicatorObservation]] = {}
    for row in rows.order_by("observed_on", "recorded_at", "pk"):
        found.setdefault((row.indicator_id, row.method), []).append(row)
    return found


def _method(row: Row) -> str:
    return row.values.get("method", "")


def _shown(row: Row, value: Any, on: Any) -> str:
    return f"{_VALUE.show(value)} {row.target.unit} ({formats.day(on, language())})"


def _is_same(standing: IndicatorObservation, row: Row) -> bool:
    return (standing.observed_on, standing.value, standing.source) == (
        row.values["observed_on"],
        row.values["value"],
        row.values["source"],
    )
