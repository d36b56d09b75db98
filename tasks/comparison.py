"""What stands of a milestone beside what a report says, or a form that was typed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.records import own_words
from common.templatetags.display import bp_percent, dash, exact_day
from tasks.choices import MOVES, DatePrecision, MilestoneState
from tasks.forms import ReportForm
from tasks.forms.reports import WORDS, percent_text
from tasks.models import Milestone, StatusReport

DATES = ("forecast", "started_on", "completed_on")


@dataclass(frozen=True)
class Said:
    """One side. A milestone and a report have the same attributes."""

    state: str = ""
    progress_bp: int | None = None
    forecast: date | None = None
    started_on: date | None = None
    completed_on: date | None = None
    completed_precision: str = DatePrecision.DAY
    result: str = ""
    next_plan: str = ""
    issues: str = ""


@dataclass(frozen=True)
class Compared:
    """An item with both sides as they are shown; `takes`: whether a form can take what stands."""

    name: str
    label: Any
    stands: Any
    said: Any
    takes: bool = False

    @property
    def differs(self) -> bool:
        return str(self.stands) != str(self.said)


def _words(name: str) -> Callable[[Any], Any]:
    return lambda side: dash(own_words(getattr(side, name)), _("Nothing was written"))


SHOWN: dict[str, tuple[Any, Callable[[Any], Any]]] = {
    "state": (gettext_lazy("State"), lambda side: MilestoneState(side.state).label if side.state else dash(None)),
    "progress": (gettext_lazy("Progress"), lambda side: bp_percent(side.progress_bp)),
    "forecast": (gettext_lazy("Expected completion"), lambda side: exact_day(side.forecast)),
    "started_on": (gettext_lazy("Began"), lambda side: exact_day(side.started_on)),
    "completed_on": (
        gettext_lazy("Completed on"),
        lambda side: exact_day(side.completed_on, side.completed_precision),
    ),
    "result": (gettext_lazy("This month's result"), _words("result")),
    "next_plan": (gettext_lazy("Next month's plan"), _words("next_plan")),
    "issues": (gettext_lazy("Issues"), _words("issues")),
}
OF_A_REVIEW = ("state", "progress", "forecast", "started_on", "completed_on")
OF_A_MERGE = ("state", "progress", "forecast", "completed_on", *WORDS)
# The state follows from the move that is typed: nothing to take.
TAKEN = frozenset(OF_A_MERGE) - {"state"}


def compared(stands: Any, said: Any, names: Iterable[str] = OF_A_REVIEW) -> list[Compared]:
    rows = []
    for name in names:
        label, shown = SHOWN[name]
        rows.append(Compared(name, label, shown(stands), shown(said), name in TAKEN))
    return rows


def merge_rows(stands: Said, form: ReportForm) -> list[Compared]:
    """Both versions of a form that somebody was faster than."""
    return compared(stands, _typed(form), OF_A_MERGE)


def standing_of(milestone: Milestone, latest: StatusReport | None) -> Said:
    """What stands now, with the words of the latest report."""
    words = {name: getattr(latest, name) for name in WORDS} if latest else {}
    return Said(
        state=milestone.state,
        progress_bp=milestone.progress_bp,
        forecast=milestone.forecast,
        completed_on=milestone.completed_on,
        completed_precision=milestone.completed_precision,
        **words,
    )


def said_by(report: StatusReport) -> Said:
    return Said(**{name: getattr(report, name) for name in Said.__dataclass_fields__})


def taken(stands: Any, name: str) -> str:
    """What stands of one item, as it is typed."""
    if name == "progress":
        return percent_text(stands.progress_bp) or ""
    value = getattr(stands, name)
    if name in DATES:
        return value.isoformat() if value else ""
    return str(value)


def _typed(form: ReportForm) -> Said:
    data = getattr(form, "cleaned_data", {})
    move, progress = MOVES.get(data.get("verb") or ""), data.get("progress")
    completes = move is not None and move.target_from(form.milestone.state) == MilestoneState.COMPLETED
    return Said(
        state=move.target_from(form.milestone.state) if move else "",
        progress_bp=10_000 if completes else None if progress is None else int(progress * 100),
        forecast=None if completes else data.get("forecast"),
        completed_on=data.get("completed_on") if completes else None,
        completed_precision=data.get("completed_precision") or DatePrecision.DAY,
        **{name: data.get(name, "") for name in WORDS},
    )
