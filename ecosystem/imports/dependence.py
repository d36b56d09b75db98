"""Observations of dependence from a table: the share of one country of an item, by a method, on a day."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import formats
from common.cautions import Caution
from common.countries import Country, country_name
from common.entry import SOURCE_HINT
from common.imports.declaration import Column, Importer, Role, Row, state_of
from common.imports.values import Choice, Code, Day, Share, Text
from common.imports.words import folded, language
from ecosystem.actions import change_dependence, record_dependence
from ecosystem.choices import Basis, Method
from ecosystem.forms import another_count
from ecosystem.models import DependenceObservation, SupplyItem
from tasks.choices import DatePrecision
from tasks.imports.rights import refusal_of

_SHARE = Share()
# A series, in which a day has one share.
_Series = tuple[int, str, str, str]


class Dependence(Importer):
    """An observation of a day that is on record is changed, with the file as the reason: there is one of each."""

    slug, namespace = "dependence", "ecosystem"
    title = gettext_lazy("Import observations of dependence")
    sheet = gettext_lazy("Dependence")
    identity = ("item", "country", "method", "hs_code", "observed_on")
    columns = (
        Column("item", gettext_lazy("Item key"), Code(), Role.KEY, hint=gettext_lazy("do not change"), width=28),
        Column("name", gettext_lazy("Supply item"), Text(), Role.INFO, width=28),
        Column("latest", gettext_lazy("Latest share (%)"), _SHARE, Role.INFO),
        Column("latest_on", gettext_lazy("Latest share, observed on"), Day(), Role.INFO, width=14),
        Column("country", gettext_lazy("Country"), Choice(of_class=Country), Role.KEY, width=14, is_open=True),
        Column(
            "method",
            gettext_lazy("Method"),
            Choice(of_class=Method),
            Role.KEY,
            hint=gettext_lazy("another method starts a series of its own"),
            width=28,
            is_open=True,
        ),
        Column("hs_code", gettext_lazy("HS code"), Text(longest=12), Role.KEY, required=False, is_open=True),
        Column(
            "observed_on",
            gettext_lazy("Observed on"),
            Day(),
            hint=gettext_lazy("a date, as in 2026-01-31; of a month or year its last day"),
            width=14,
        ),
        Column(
            "precision", gettext_lazy("How exact the date is"), Choice(of_class=DatePrecision), required=False, width=14
        ),
        Column("share", gettext_lazy("Share (%)"), _SHARE, hint=gettext_lazy("0 to 100, without %")),
        Column("basis", gettext_lazy("Basis"), Choice(of_class=Basis), required=False, width=16),
        Column("measured_as", gettext_lazy("Measured as"), Text(longest=120), required=False, width=24),
        Column("source", gettext_lazy("Source"), Text(longest=2_000), hint=SOURCE_HINT, width=40),
    )

    def refusal(self, user: Any) -> str:
        return refusal_of(user, DependenceObservation)

    def denied(self, user: Any, row: Row) -> str:
        return refusal_of(user, DependenceObservation(item=row.target))

    def targets(self, user: Any) -> Mapping[str, SupplyItem]:
        return {folded(item.key): item for item in SupplyItem.objects.visible_to(user).select_related("measure")}

    def compare(self, rows: Sequence[Row], user: Any) -> None:
        found = _by_series(user, {row.target.pk for row in rows})
        for row in rows:
            past = found.get(_series(row), [])
            standing = next((each for each in reversed(past) if each.observed_on <= row.values["observed_on"]), None)
            row.standing = state_of(standing)
            row.was = _shown(standing.share_bp, standing.observed_on) if standing else ""
            row.will = _shown(row.values["share"], row.values["observed_on"])
            row.is_unchanged = standing is not None and _is_of(standing, row) and not _changes(standing, row)

    def caution(self, rows: Sequence[Row], user: Any) -> None:
        """Another method, as the form says; and a share that is on record already, which the form does not take."""
        seen: dict[int, list[DependenceObservation]] = {}
        for each in _observations(user, {row.target.pk for row in rows}):
            seen.setdefault(each.item_id, []).append(each)
        for row in rows:
            past = seen.get(row.target.pk, [])
            row.cautions = another_count(past, row.values["method"])
            if (twin := next((each for each in past if _is_of(each, row)), None)) is not None:
                words = _("%s is on record for this day. It is changed; what stood stays in the history.")
                row.cautions.append(Caution("share", words % _SHARE.show(twin.share_bp), twin))

    def describe(self, row: Row) -> str:
        values = row.values
        method = str(Method(values["method"]).label)
        return " · ".join(filter(None, [str(row.target), country_name(values["country"]), method, values["hs_code"]]))

    def lock(self, rows: Sequence[Row], user: Any) -> None:
        items = {row.target.pk for row in rows}
        for found in (
            SupplyItem.objects.visible_to(user).filter(pk__in=items),
            DependenceObservation.objects.visible_to(user).filter(item__in=items),
        ):
            list(found.order_by("pk").select_for_update(of=("self",)))

    def write(self, row: Row, *, by: Any, reason: str) -> None:
        values = row.values
        same = {name: values[name] for name in ("country", "method", "hs_code", "observed_on")}
        twin = DependenceObservation.objects.visible_to(by).filter(item=row.target, **same).first()
        if twin is not None:
            change_dependence(twin, by=by, reason=reason, **_changes(twin, row))
        else:
            year = values["observed_on"].year
            record_dependence(by=by, reason=reason, item=row.target, year=year, **same, **_entered(row))

    def prefill(self, user: Any) -> Iterator[dict[str, Any]]:
        """Each item once a series, with its latest share; one that nobody observed once."""
        items = [
            item for item in SupplyItem.objects.visible_to(user).select_related("measure").order_by("name_ko", "pk")
            if not refusal_of(user, DependenceObservation(item=item))
        ]  # fmt: skip
        latest: dict[int, list[DependenceObservation]] = {}
        for (pk, *_rest), rows in _by_series(user, {item.pk for item in items}).items():
            latest.setdefault(pk, []).append(rows[-1])
        for item in items:
            named = {"item": item.key, "name": item.name}
            for seen in latest.get(item.pk, ()):
                yield named | {
                    "latest": seen.share_bp / 100,
                    "latest_on": seen.observed_on,
                    "country": country_name(seen.country),
                    "method": str(Method(seen.method).label),
                    "hs_code": seen.hs_code,
                }
            if item.pk not in latest:
                yield named | {"hs_code": item.hs_code}


def _observations(user: Any, items: set[int]) -> Sequence[DependenceObservation]:
    """Of these items, the oldest first."""
    rows = DependenceObservation.objects.visible_to(user).filter(item__in=items)
    return list(rows.order_by("observed_on", "pk"))


def _by_series(user: Any, items: set[int]) -> dict[_Series, list[DependenceObservation]]:
    found: dict[_Series, list[DependenceObservation]] = {}
    for row in _observations(user, items):
        found.setdefault((row.item_id, row.country, row.method, row.hs_code), []).append(row)
    return found


def _series(row: Row) -> _Series:
    return (row.target.pk, row.values["country"], row.values["method"], row.values["hs_code"])


def _is_of(seen: DependenceObservation, row: Row) -> bool:
    """Whether it is the one observation that the row names."""
    series = (seen.item_id, seen.country, seen.method, seen.hs_code)
    return series == _series(row) and seen.observed_on == row.values["observed_on"]


def _entered(row: Row) -> dict[str, Any]:
    """What was filled in of the columns that may be left empty, and the share."""
    optional = {name: row.values.get(name) for name in ("precision", "basis", "measured_as")}
    filled = {name: value for name, value in optional.items() if value}
    return {"share_bp": row.values["share"], "source": row.values["source"]} | filled


def _changes(seen: DependenceObservation, row: Row) -> dict[str, Any]:
    """What would be different; what was left empty stays."""
    return {name: value for name, value in _entered(row).items() if getattr(seen, name) != value}


def _shown(share_bp: int, on: Any) -> str:
    return f"{_SHARE.show(share_bp)} ({formats.day(on, language())})"
