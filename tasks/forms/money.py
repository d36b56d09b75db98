"""Budget lines and their entries."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

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
    labels = RowForm.labels | {"part_of": _("Part of"), "ministry": _("Ministry"), "technology": _("Technology")}
    hints = {
        "kind": _("Only amounts of a fiscal year are summed."),
        "fiscal_year": _("Needed for an amount of a fiscal year, for instance 2026."),
        "part_of": _("Of a breakdown: the line that it is a part of."),
    }
    record = staticmethod(create_budget_line)

    def proposed(self) -> dict[str, Any]:
        return {"ministry": self.above.lead_ministry, "fiscal_year": timezone.localdate().year}

    def offered(self, name: str, rows: Any) -> Any:
        return rows.filter(measure=self.above) if name == "part_of" else super().offered(name, rows)


class BudgetEntryForm(RowForm):
    """A level of one phase from a day on. An entry is never edited: a further one restates it."""

    model, parent = BudgetEntry, "line"
    shown = ("phase", "amount_won", "bound", "effective_on")
    hints = {
        "phase": _("Phases are different series and are never added."),
        "effective_on": _("The day from which this level holds. The same day again restates what was entered for it."),
    }
    record = staticmethod(record_budget_entry)

    def proposed(self) -> dict[str, Any]:
        return {"effective_on": timezone.localdate()}

    def _entries(self) -> Any:
        rows = BudgetEntry.objects.visible_to(self.reader).in_force().filter(line=self.above)
        return rows.filter(phase=self.cleaned_data["phase"]).order_by("-effective_on", "-recorded_at", "-pk")

    def _standing(self, day: date) -> BudgetEntry | None:
        """The entry that stands on a day, as the figures read it."""
        return self._entries().filter(effective_on__lte=day).first()

    def _budget(self, day: date) -> BudgetEntry | None:
        """What may be spent of the line on a day: its current budget, else what was appropriated."""
        rows = BudgetEntry.objects.visible_to(self.reader).in_force().filter(line=self.above, effective_on__lte=day)
        rows = rows.order_by("-effective_on", "-recorded_at", "-pk")
        return rows.filter(phase=MoneyPhase.CURRENT).first() or rows.filter(phase=MoneyPhase.APPROPRIATED).first()

    def effects(self) -> list[Effect]:
        phase, won, day = (self.cleaned_data.get(name) for name in ("phase", "amount_won", "effective_on"))
        if not phase or won is None or day is None:
            return []
        stands = self._standing(day)
        level = None if stands is None else won_full(stands.amount_won)
        lines = [Effect(MoneyPhase(phase).label, level, won_full(won))]
        if stands is not None:
            lines.append(Effect(_("As of"), day_text(stands.effective_on), day_text(day)))
            lines.append(Effect(_("Difference"), None, won_full(won - stands.amount_won)))
        return lines

    def warnings(self) -> list[str]:
        phase, won, day = (self.cleaned_data.get(name) for name in ("phase", "amount_won", "effective_on"))
        if not phase or day is None:
            return []
        found = []
        stands, later = self._standing(day), self._entries().filter(effective_on__gt=day).last()
        if day > timezone.localdate():
            found.append(_now("It takes effect on %s; until then the level stands as it is.") % day_text(day))
        if later is not None:
            words = _now("From %s on a later level is on record and stays in force; this becomes part of the past.")
            found.append(words % day_text(later.effective_on))
        if won is not None and phase in GROWING and (whole := self._budget(day)) is not None and won > whole.amount_won:
            words = _now("This is more than the budget on record (%(phase)s %(won)s). Check the amount.")
            found.append(words % {"phase": whole.get_phase_display(), "won": won_full(whole.amount_won)})
        if stands is not None and won is not None and won < stands.amount_won and phase in GROWING:
            found.append(_now("This is less than what stands. Enter the whole amount so far, not what was added."))
        return found


class WithdrawEntryForm(ReasonForm):
    model, parent = BudgetEntry, "line"
    change = staticmethod(withdraw_budget_entry)
