"""The standing of stored permits: rules, corrections of the calendar and the setting are read once for many."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from accounts.models import HolidayCorrection
from common.calendar import Calendar
from investment.choices import PermitStep
from investment.models import Permit, PermitRule
from investment.rollups.clock import Happened, Standing, standing


@dataclass(frozen=True)
class Clocked:
    """A standing and the rule that it follows."""

    rule: PermitRule
    standing: Standing
    deeming_moves: bool = False


@dataclass(frozen=True)
class Reckoner:
    """Reckons any number of permits on one day without another query."""

    on: date
    rules: tuple[PermitRule, ...]
    calendar: Calendar
    by_ministry: dict[int, Calendar]
    deeming_moves: bool

    def of(self, permit: Permit) -> Clocked | None:
        """Of a permit whose `events` and `measure` are fetched; None where no rule holds on its day."""
        events = [event for event in permit.events.all() if event.holds]
        return self.reckon(permit.law, events, permit.measure.lead_ministry_id)

    def reckon(self, law: str, events: Iterable[Happened], ministry: int | None = None) -> Clocked | None:
        events = list(events)
        rule = self.rule(law, governing_day(events, self.on))
        if rule is None:
            return None
        minister = self.by_ministry.get(ministry) if ministry else None
        moves = self.deeming_moves
        found = standing(events, rule, self.calendar, self.on, minister=minister, deeming_moves=moves)
        return Clocked(rule, found, moves)

    def rule(self, law: str, day: date) -> PermitRule | None:
        """The rule of a law that holds on a day; both ends count, an open end has no limit."""
        for rule in self.rules:
            begun = rule.valid_from is None or rule.valid_from <= day
            if rule.law == law and begun and (rule.valid_to is None or day <= rule.valid_to):
                return rule
        return None


def reckoner(on: date) -> Reckoner:
    corrections = HolidayCorrection.objects
    ministries = set(corrections.exclude(ministry=None).values_list("ministry", flat=True))
    return Reckoner(
        on=on,
        rules=tuple(PermitRule.objects.all()),
        calendar=corrections.calendar(),
        by_ministry={key: corrections.calendar(key) for key in ministries},
        deeming_moves=settings.PERMIT_DEEMING_MOVES,
    )


def governing_day(events: Iterable[Happened], on: date) -> date:
    """The day whose law holds: of the request, else of the application, else the day asked about."""
    dates = {event.step: event.happened_on for event in events}
    return dates.get(PermitStep.REQUESTED) or dates.get(PermitStep.APPLIED) or on
