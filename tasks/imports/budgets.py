"""Budget entries from a table: the level of one phase of one line, as of a day."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import formats
from common.entry import SOURCE_HINT
from common.imports.declaration import Column, Importer, Role, Row, state_of
from common.imports.values import Choice, Code, Day, Text, Won, Year
from common.imports.words import Wrong, folded, language
from tasks.actions.budgets import record_budget_entry
from tasks.choices import Bound, MoneyPhase
from tasks.forms.money import Levels, levels_on_record
from tasks.imports.rights import refusal_of
from tasks.models import BudgetEntry, BudgetLine
from tasks.rollups.money import latest_levels, with_levels, with_since

# Where a field of the form stands in the table.
_COLUMN_OF = {"amount_won": "amount", "effective_on": "as_of"}


class BudgetEntries(Importer):
    slug = "budget"
    title = gettext_lazy("Import budget entries")
    sheet = gettext_lazy("Budget")
    identity = ("line", "phase", "as_of")
    columns = (
        Column("line", gettext_lazy("Budget key"), Code(), Role.KEY, hint=gettext_lazy("do not change"), width=24),
        Column("title", gettext_lazy("Budget line"), Text(), Role.INFO, width=34),
        Column("fiscal_year", gettext_lazy("Fiscal year"), Year(), Role.KEY, required=False, width=11),
        Column("phase", gettext_lazy("Phase"), Choice(of_class=MoneyPhase), Role.KEY, width=18),
        Column("level", gettext_lazy("Level now (won)"), Won(), Role.INFO, width=22),
        Column("level_on", gettext_lazy("Level now, as of"), Day(), Role.INFO, width=14),
        Column("as_of", gettext_lazy("As of"), Day(), hint=gettext_lazy("a date, as in 2026-01-31"), width=14),
        Column(
            "amount",
            gettext_lazy("Amount (won)"),
            Won(),
            hint=gettext_lazy("the whole level in won, not the change; 3조 7,400억 works too"),
            width=24,
        ),
        Column("bound", gettext_lazy("Exact or at least"), Choice(of_class=Bound), required=False, width=14),
        Column("source", gettext_lazy("Source"), Text(longest=2_000), hint=SOURCE_HINT, width=40),
    )

    def refusal(self, user: Any) -> str:
        return refusal_of(user, BudgetEntry)

    def denied(self, user: Any, row: Row) -> str:
        return refusal_of(user, BudgetEntry(line=row.target))

    def targets(self, user: Any) -> Mapping[str, BudgetLine]:
        return {folded(line.key): line for line in BudgetLine.objects.visible_to(user).select_related("measure")}

    def judge(self, row: Row) -> Iterator[tuple[str, Wrong]]:
        year = row.values.get("fiscal_year")
        if year and year != row.target.fiscal_year:
            of_line = row.target.fiscal_year or _("none: it runs over several years")
            remedy = _("Leave the key and the year as in the template; another year has a key of its own.")
            yield "fiscal_year", Wrong(_("Not the fiscal year of this line (%s)") % of_line, remedy)

    def compare(self, rows: Sequence[Row], user: Any) -> None:
        lines, days = {row.target.pk for row in rows}, {row.values["as_of"] for row in rows}
        levels = {
            (day, entry.line_id, entry.phase): entry
            for day in days
            for entry in latest_levels(as_of=day).filter(line__in=lines)
        }
        for row in rows:
            standing = levels.get((row.values["as_of"], row.target.pk, row.values["phase"]))
            row.standing = state_of(standing)
            row.was = _level(standing.amount_won, standing.bound, standing.effective_on) if standing else ""
            row.will = _level(row.values["amount"], _bound(row), row.values["as_of"])
            row.is_unchanged = standing is not None and _is_same(standing, row)

    def caution(self, rows: Sequence[Row], user: Any) -> None:
        """Each row beside what is on record and the other rows of its line."""
        coming: dict[int, list[BudgetEntry]] = {}
        for row in rows:
            coming.setdefault(row.target.pk, []).append(_entry(row))
        recorded = levels_on_record(user, coming)
        levels = {line: Levels(recorded.get(line, ()), entries) for line, entries in coming.items()}
        for row in rows:
            found = levels[row.target.pk].cautions(row.values["phase"], row.values["amount"], row.values["as_of"])
            row.cautions = [replace(caution, field=_COLUMN_OF[caution.field]) for caution in found]

    def describe(self, row: Row) -> str:
        return f"{row.target.title} · {MoneyPhase(row.values['phase']).label}"

    def lock(self, rows: Sequence[Row], user: Any) -> None:
        lines = {row.target.pk for row in rows}
        for found in (
            BudgetLine.objects.visible_to(user).filter(pk__in=lines),
            BudgetEntry.objects.visible_to(user).filter(line__in=lines),
        ):
            list(found.order_by("pk").select_for_update(of=("self",)))

    def write(self, row: Row, *, by: Any, reason: str) -> None:
        record_budget_entry(
            row.target,
            by=by,
            phase=row.values["phase"],
            amount_won=row.values["amount"],
            effective_on=row.values["as_of"],
            bound=_bound(row),
            source=row.values["source"],
            reason=reason,
        )

    def prefill(self, user: Any) -> Iterator[dict[str, Any]]:
        """Each line once a phase, with the level that stands today."""
        lines = BudgetLine.objects.visible_to(user).select_related("measure").order_by("fiscal_year", "key")
        for line in with_since(with_levels(lines)):
            if refusal_of(user, BudgetEntry(line=line)):
                continue
            for phase in MoneyPhase:
                yield {
                    "line": line.key,
                    "title": line.title,
                    "fiscal_year": line.fiscal_year,
                    "phase": str(phase.label),
                    "level": getattr(line, f"level_{phase.value}"),
                    "level_on": getattr(line, f"since_{phase.value}"),
                }


def _entry(row: Row) -> BudgetEntry:
    """The entry that would be written; it is only compared with."""
    values = row.values
    return BudgetEntry(
        line=row.target, phase=values["phase"], amount_won=values["amount"], effective_on=values["as_of"]
    )


def _bound(row: Row) -> str:
    return row.values.get("bound") or Bound.EXACT.value


def _level(amount: int, bound: str, on: Any) -> str:
    words = formats.won_exact(amount, language())
    if bound == Bound.AT_LEAST:
        words = _("at least {}").format(words)
    return f"{words} ({formats.day(on, language())})"


def _is_same(standing: BudgetEntry, row: Row) -> bool:
    return (standing.effective_on, standing.amount_won, standing.bound, standing.source) == (
        row.values["as_of"],
        row.values["amount"],
        _bound(row),
        row.values["source"],
    )
