"""Budget lines and their entries."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from common.cautions import Caution
from common.entry import Effect
from common.templatetags.display import day_text, won_full
from tasks.actions.budgets import create_budget_line, record_budget_entry, withdraw_budget_entry
from tasks.choices import MoneyPhase
from tasks.forms.rows import ReasonForm, RowForm
from tasks.models import BudgetEntry, BudgetLine

# What grows over the year; of the other phases a lower level is nothing to wonder at.
GROWING = (MoneyPhase.ALLOTTED, MoneyPhase.EXECUTED, MoneyPhase.ACTUALLY_EXECUTED)


class BudgetLineForm(RowForm):
    model, parent = BudgetLine, "measure"
    shown = ("title_ko", "title_en", "kind", "fiscal_year", "part_of", "ministry", "account", "technology")
    labels = RowForm.labels | {
        "part_of": _("Part of"),
        "ministry": _("Ministry"),
        "technology": _("Strategic technology"),
    }
    hints = {
        "kind": _("Only amounts of a fiscal year are summed."),
        "fiscal_year": _("Needed for an amount of a fiscal year, for instance 2026."),
        "part_of": _("Of a breakdown: the line that it is a part of."),
    }
    record = staticmethod(create_budget_line)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fiscal_year"].is_needed = True  # type: ignore[attr-defined]  # by one kind: its hint says so

    def proposed(self) -> dict[str, Any]:
        return {"ministry": self.above.lead_ministry, "fiscal_year": timezone.localdate().year}

    def offered(self, name: str, rows: Any) -> Any:
        return rows.filter(measure=self.above) if name == "part_of" else super().offered(name, rows)


def levels_on_record(reader: Any, lines: Iterable[int]) -> dict[int, list[BudgetEntry]]:
    """By line the entries in force, as the figures read them: the latest first."""
    rows = BudgetEntry.objects.visible_to(reader).in_force().filter(line__in=lines)
    found: dict[int, list[BudgetEntry]] = {}
    for entry in rows.order_by("-effective_on", "-recorded_at", "-pk"):
        found.setdefault(entry.line_id, []).append(entry)
    return found


@dataclass(frozen=True)
class Levels:
    """The levels of one line: on record, the latest first, and beside them those that come with the same file."""

    recorded: Sequence[BudgetEntry]
    coming: Sequence[BudgetEntry] = ()

    def standing(self, phase: str, day: date) -> BudgetEntry | None:
        """What a new entry of this day restates. Of a file, which names each day once, only what is older."""
        before = (entry for entry in self._until(day) if entry.phase == phase)
        return next((entry for entry in before if entry.pk or entry.effective_on < day), None)

    def cautions(self, phase: str, won: int | None, day: date) -> Iterator[Caution]:
        """What is remarkable about a level of so much from this day on."""
        stands, later, whole = self.standing(phase, day), self._later(phase, day), self._budget(day)
        if day > timezone.localdate():
            words = _now("It takes effect on %s; until then the level stands as it is.")
            yield Caution("effective_on", words % day_text(day))
        if later is not None:
            words = _now("From %s on a later level is on record and stays in force; this becomes part of the past.")
            yield Caution("effective_on", words % day_text(later.effective_on), later)
        if phase not in GROWING or won is None:
            return
        if whole is not None and won > whole.amount_won:
            words = _now("This is more than the budget on record (%(phase)s %(won)s). Check the amount.")
            values = {"phase": whole.get_phase_display(), "won": won_full(whole.amount_won)}
            yield Caution("amount_won", words % values, whole)
        if stands is not None and won < stands.amount_won:
            words = _now("This is less than what stands. Enter the whole amount so far, not what was added.")
            yield Caution("amount_won", words, stands)

    def _until(self, day: date) -> list[BudgetEntry]:
        """All that holds on a day, the latest first; what comes restates what is on record for the same day."""
        rows = [entry for entry in (*self.coming, *self.recorded) if entry.effective_on <= day]
        return sorted(rows, key=lambda entry: entry.effective_on, reverse=True)

    def _later(self, phase: str, day: date) -> BudgetEntry | None:
        """The next level on record after a day."""
        later = [entry for entry in self.recorded if entry.phase == phase and entry.effective_on > day]
        return later[-1] if later else None

    def _budget(self, day: date) -> BudgetEntry | None:
        """What may be spent of the line on a day: its current budget, else what was appropriated."""
        rows = self._until(day)
        by_phase = {entry.phase: entry for entry in reversed(rows)}
        return by_phase.get(MoneyPhase.CURRENT) or by_phase.get(MoneyPhase.APPROPRIATED)


class BudgetEntryForm(RowForm):
    """A level of one phase from a day on. An entry is never edited: a further one restates it."""

    model, parent = BudgetEntry, "line"
    shown = ("phase", "amount_won", "bound", "effective_on", "precision")
    hints = {
        "phase": _("Phases are different series and are never added."),
        "effective_on": _("The day from which this level holds. The same day again restates what was entered for it."),
    }
    record = staticmethod(record_budget_entry)

    def proposed(self) -> dict[str, Any]:
        return {"effective_on": timezone.localdate()}

    def _levels(self) -> Levels:
        return Levels(levels_on_record(self.reader, [self.above.pk]).get(self.above.pk, ()))

    def effects(self) -> list[Effect]:
        phase, won, day = (self.cleaned_data.get(name) for name in ("phase", "amount_won", "effective_on"))
        if not phase or won is None or day is None:
            return []
        stands = self._levels().standing(phase, day)
        level = None if stands is None else won_full(stands.amount_won)
        lines = [Effect(MoneyPhase(phase).label, level, won_full(won))]
        if stands is not None:
            lines.append(Effect(_("As of"), day_text(stands.effective_on), day_text(day)))
            lines.append(Effect(_("Difference"), None, won_full(won - stands.amount_won)))
        return lines

    def cautions(self) -> list[Caution]:
        phase, won, day = (self.cleaned_data.get(name) for name in ("phase", "amount_won", "effective_on"))
        return [] if not phase or day is None else list(self._levels().cautions(phase, won, day))


class WithdrawEntryForm(ReasonForm):
    model, parent = BudgetEntry, "line"
    change = staticmethod(withdraw_budget_entry)
