"""Risks: raised, changed, and moved from state to state."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.cautions import Caution
from common.entry import EMPTY, Effect, EntryForm
from common.templatetags.display import day_text
from tasks.actions.risks import change_risk, move_risk, raise_risk
from tasks.choices import RISK_MOVES, Move, moves_from, risk_level
from tasks.forms.rows import RowForm
from tasks.models import Risk

REASON_HINT = _("It stands in the history for every reader of this page.")


def numbered(choices: Any) -> list[tuple[Any, str]]:
    """1 – Negligible: the number is what the score is made of."""
    return [(value, f"{value} – {label}" if value else label) for value, label in choices]


class RiskForm(RowForm):
    """A risk of the measure or milestone in the address, with what its score comes to."""

    model, parent = Risk, "node"
    shown = (
        "title_ko", "title_en", "description", "severity", "likelihood", "ministry", "office", "mitigation",
        "decide_by", "decision_asked", "raised_on",
    )  # fmt: skip
    has_source = False
    hints = {
        "title_ko": _("In one sentence: what may go wrong."),
        "severity": _("The harm done to the measure or milestone if it comes to it."),
        "likelihood": _("How likely it is to come to it before the measure or milestone has ended."),
        "office": _("Who deals with it from day to day."),
        "mitigation": _("What is done so that it does not come to it, or does less harm."),
        "decide_by": _("Only where somebody above has to decide; it then stands on the overview until it is decided."),
        "decision_asked": _("Needed with a day: the question, so that a meeting can answer it."),
    }
    record, change = staticmethod(raise_risk), staticmethod(change_risk)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("severity", "likelihood"):
            field: Any = self.fields[name]
            field.choices = numbered(field.choices)
        self.fields["decision_asked"].is_needed = True  # type: ignore[attr-defined]

    def proposed(self) -> dict[str, Any]:
        node = self.above
        ministry = getattr(node, "responsible_ministry", None) or getattr(node, "lead_ministry", None)
        office = getattr(node, "responsible_office", None)
        return {"raised_on": timezone.localdate(), "ministry": ministry, "office": office}

    def effects(self) -> list[Effect]:
        """The score, and what stood before."""
        severity, likelihood = self.cleaned_data.get("severity"), self.cleaned_data.get("likelihood")
        if not severity or not likelihood:
            return []
        stands = score_words(self.row.score) if self.row else None
        return [Effect(_("Score"), stands, score_words(severity * likelihood))]

    def cautions(self) -> list[Caution]:
        day = self.cleaned_data.get("decide_by")
        if day is None or day >= timezone.localdate():
            return []
        words = _now("The day by which a decision is needed, %s, has gone by: it is shown as late.") % day_text(day)
        return [Caution("decide_by", words)]


def score_words(score: int) -> str:
    """12 (High)."""
    return f"{score} ({risk_level(score).label})"


def _named(moves: Iterable[Move]) -> list[tuple[str, Any]]:
    return [(str(move.verb.value), move.verb.label) for move in moves]


class MoveForm(EntryForm):
    """One of the moves that the state allows, and why; `moves` is the table, `column` holds the state."""

    has_source = False
    column_of_state = "state"
    moves: dict[str, Any] = {}
    labels = {
        "verb": pgettext_lazy("of a risk, meeting or decision", "What happened"),
        "reason": _("What happened or was done, in words"),
    }
    hints = {"reason": REASON_HINT}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stands = getattr(self.row, self.column_of_state)
        verb = forms.ChoiceField(choices=_named(self.moves.values()), label=self.labels["verb"])
        # Any move is read: whether it is legal is judged with what stands by then, which is shown if it has changed.
        verb.widget.choices = [("", EMPTY[True]), *_named(moves_from(stands, self.moves))]  # type: ignore[attr-defined]
        self.fields = {"verb": verb} | self.fields

    def compared(self, now: Any) -> list[Effect]:
        """The state that stands by now, beside the move that was chosen."""
        stands = getattr(now, f"get_{self.column_of_state}_display")()
        chosen = self.words("verb", self.cleaned_data.get("verb"))
        return [Effect(_("State"), stands, chosen), *super().compared(now)]

    def values(self) -> dict[str, Any]:
        """All that was typed: a move is made as a whole."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("reason", "version")}


class MoveRiskForm(MoveForm):
    model, moves = Risk, RISK_MOVES
    change = staticmethod(move_risk)
