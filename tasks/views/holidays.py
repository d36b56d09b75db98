"""Public holidays of a year, with the rule of substitutes in words: what the permit clock counts by."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accounts.models import HolidayCorrection
from common import substitutes
from common.calendar import published
from common.pages import Column, Page, Table, Unread
from common.parameters import unknown, whole_number
from common.records import Confidence
from common.templatetags.display import day, instead
from tasks.domain_tables import SOURCE, itself, links
from tasks.templatetags.figures import sure
from tasks.views import base

FIRST, AHEAD = 2022, 4


@dataclass(frozen=True)
class Holiday:
    day: dt.date
    name: str
    kind: Any
    source: str
    confidence: str = Confidence.DERIVED.value
    unsure_of: str = ""

    def __str__(self) -> str:
        return self.name


def _is_korean() -> bool:
    return (get_language() or "ko").startswith("ko")


def _columns(rows: list[Holiday]) -> tuple[Column, ...]:
    """A Korean date names its weekday itself; the calendar is named once below, the source of a correction here."""
    left_out = {"weekday"} if _is_korean() else set()
    if all(row.source == substitutes.PACKAGE for row in rows):
        left_out.add("source")
    return tuple(column for column in HOLIDAYS if column.name not in left_out)


def _source(row: Holiday) -> Any:
    return instead(None, _("The published calendar")) if row.source == substitutes.PACKAGE else links(row.source)


def _name(row: Holiday) -> Any:
    return format_html("{} {}", row.name, sure(row))


HOLIDAYS = (
    Column("day", gettext_lazy("Date"), show=day, kind="nowrap", is_row_head=True),
    Column("weekday", gettext_lazy("Weekday"), "day", lambda on: date_format(on, "l")),
    Column("name", gettext_lazy("Holiday"), itself, _name),
    Column("kind", gettext_lazy("Kind")),
    Column("source", gettext_lazy("Source"), itself, _source),
)
RULES = (
    Column("since", gettext_lazy("Since"), show=day, kind="nowrap", is_row_head=True),
    Column("holidays", gettext_lazy("Holidays"), kind="wide"),
    Column("meets", gettext_lazy("A substitute follows where it meets"), kind="wide"),
    SOURCE,
)


class Holidays(Page):
    title = gettext_lazy("Public holidays")
    lede = gettext_lazy("Days off of government offices. Deadlines of permits and working days are counted by them.")
    template_name = "tasks/holidays.html"

    @cached_property
    def years(self) -> range:
        return range(FIRST, base.today().year + AHEAD + 1)

    @cached_property
    def year(self) -> int | None:
        """The year that the address asks for, this one where it asks for none; None where it cannot be read."""
        asked = self.request.GET.get("year", "")
        year = whole_number(asked, self.years[-1]) if asked else base.today().year
        return year if year in self.years else None

    @property
    def unread(self) -> list[Unread]:
        found = [Unread(name, name, words) for name, words in unknown(self.request.GET, ("year",)).items()]
        if self.year is None:
            words = {"first": self.years[0], "last": self.years[-1]}
            found.append(Unread("year", _("Year"), _("The calendar knows the years %(first)s to %(last)s.") % words))
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        unread = self.unread
        rows = [] if unread or self.year is None else self._rows(self.year)
        context = {
            "year": self.year,
            "years": self.years,
            "unread": unread,
            "table": Table(_columns(rows), rows, _("Public holidays of %s") % self.year, "holidays"),
            "calendar": substitutes.PACKAGE,
            "rules": Table(RULES, substitutes.SUBSTITUTES, _("When a substitute follows"), "rules"),
        }
        return super().get_context_data(**context | kwargs)

    def _rows(self, year: int) -> list[Holiday]:
        corrections = list(
            HolidayCorrection.objects.visible_to(self.request.user).filter(day__year=year).select_related("ministry")
        )
        replaced = {row.day for row in corrections if row.ministry is None}
        found = [row for row in _published(year) if row.day not in replaced] + [_corrected(row) for row in corrections]
        return sorted(found, key=lambda row: row.day)


def _published(year: int) -> Iterator[Holiday]:
    names = published(year, "ko" if _is_korean() else "en")
    for on, korean in published(year).items():
        if substitutes.is_appointed(korean):
            kind, confidence = _("Election or temporary holiday"), Confidence.UNVERIFIED
        else:
            kind = _("Substitute holiday") if substitutes.is_substitute(korean) else _("Holiday by law")
            confidence = Confidence.DERIVED
        yield Holiday(on, names[on], kind, substitutes.PACKAGE, confidence.value)


def _corrected(row: HolidayCorrection) -> Holiday:
    kind = _("Day off by correction") if row.is_holiday else _("Worked by correction")
    kind = f"{kind}: {row.ministry}" if row.ministry else kind
    return Holiday(row.day, row.name, kind, row.source, row.confidence)
