"""Indicators with targets and observations; commitments and verdicts; bills and their stages."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from common import formats
from common.cautions import Caution
from common.entry import Effect, EntryForm
from common.templatetags.display import day_text
from tasks.actions.bills import add_bill_stage, change_bill, create_bill
from tasks.actions.commitments import create_commitment, judge_commitment
from tasks.actions.indicators import (
    change_indicator,
    change_observation,
    change_target,
    create_indicator,
    record_observation,
    set_target,
)
from tasks.choices import method_label, method_of
from tasks.forms.rows import RowForm, StepForm, another_method
from tasks.models import (
    Bill,
    BillStage,
    Commitment,
    CommitmentVerdict,
    Indicator,
    IndicatorObservation,
    IndicatorTarget,
)


class IndicatorForm(RowForm):
    model, parent = Indicator, "measure"
    shown = (
        "title_ko", "title_en", "unit_ko", "unit_en", "value_kind", "direction", "aggregation",
        "baseline_value", "baseline_on",
    )  # fmt: skip
    labels = RowForm.labels | {"aggregation": _("Over time"), "baseline_value": _("Baseline value")}
    hints = {"value_kind": _("It says which values are possible: nobody counts fewer than 0 people.")}
    record, change = staticmethod(create_indicator), staticmethod(change_indicator)


class OfIndicatorForm(RowForm):
    """A value of an indicator: its label says in which unit."""

    parent = "indicator"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        value = self.fields["value"]
        value.label = f"{value.label} ({self.indicator.unit})"

    @property
    def indicator(self) -> Indicator:
        return self.above or self.row.indicator


class TargetForm(OfIndicatorForm):
    model = IndicatorTarget
    shown = ("due_on", "precision", "value")
    record, change = staticmethod(set_target), staticmethod(change_target)


def methods_among(observations: Iterable[IndicatorObservation]) -> list[str]:
    """The methods of observations that come oldest first, the latest last."""
    found = [row.method for row in observations if row.method]
    return list(dict.fromkeys(found[::-1]))[::-1]


class MethodField(forms.CharField):
    """A method by its name, kept as its code where it has one."""

    def prepare_value(self, value: Any) -> Any:
        return method_label(value) if isinstance(value, str) else value

    def to_python(self, value: Any) -> str:
        return method_of(super().to_python(value) or "")


class ObservationForm(OfIndicatorForm):
    """A value seen by a method. Methods are never joined, so another one is pointed out."""

    model = IndicatorObservation
    shown = ("observed_on", "precision", "value", "method")
    needed = ("method",)
    method = MethodField(max_length=80, label=_("Method"))
    hints = {"observed_on": _("The same day by the same method again restates what was recorded for it.")}
    record, change = staticmethod(record_observation), staticmethod(change_observation)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words: Any = _("How the value was found, for instance survey or customs statistics.")
        if known := self._methods():
            words = _now("Used so far: %s. Write it the same way, or it becomes a line of its own.") % ", ".join(
                map(method_label, known)
            )
        self.fields["method"].help_text = words

    def proposed(self) -> dict[str, Any]:
        known = self._methods()
        return {"method": known[-1]} if known else {}

    def _seen(self) -> Any:
        return IndicatorObservation.objects.visible_to(self.reader).filter(indicator=self.indicator)

    def _methods(self) -> list[str]:
        return methods_among(self._seen().order_by("observed_on", "pk"))

    def effects(self) -> list[Effect]:
        method, value = self.cleaned_data.get("method"), self.cleaned_data.get("value")
        last = self._seen().filter(method=method).order_by("-observed_on", "-pk").first() if method else None
        if value is None or last is None:
            return []
        label = f"{last.indicator.title} ({last.indicator.unit})"
        lines = [Effect(label, formats.number(last.value), formats.number(value))]
        if day := self.cleaned_data.get("observed_on"):
            lines.append(Effect(_("As of"), day_text(last.observed_on), day_text(day)))
        return lines

    def cautions(self) -> list[Caution]:
        return another_method([*map(method_label, self._methods())], method_label(self.cleaned_data.get("method", "")))


class CommitmentForm(EntryForm):
    model = Commitment
    shown = (
        "strategic_task", "code", "title_ko", "title_en", "promise_ko", "promise_en", "strength", "wording_en",
        "deadline", "deadline_precision", "measures",
    )  # fmt: skip
    hints = {"promise_ko": _("What the announcement says and what its terms mean, for a reader who knows neither.")}
    labels = {"strategic_task": _("Strategic task"), "measures": _("Measures that answer it")}
    record = staticmethod(create_commitment)


class VerdictForm(EntryForm):
    """What became of a commitment; the latest verdict stands, earlier ones stay."""

    model, parent = CommitmentVerdict, "commitment"
    shown = ("value", "judged_on", "judged_by", "reason_ko", "reason_en", "sources")
    needed = ("reason_ko", "sources")
    has_source = False
    hints = {"sources": _("The documents or addresses that the verdict rests on, one a line.")}
    record = staticmethod(judge_commitment)

    def proposed(self) -> dict[str, Any]:
        return {"judged_on": timezone.localdate()}


class BillForm(RowForm):
    model, parent = Bill, "measure"
    shown = (
        "title_ko", "title_en", "law_ko", "law_en", "kind", "summary_ko", "summary_en", "route",
        "law_number", "ministry",
    )  # fmt: skip
    labels = RowForm.labels | {"ministry": _("Ministry")}
    record, change = staticmethod(create_bill), staticmethod(change_bill)


class BillStageForm(StepForm):
    model, parent, steps = BillStage, "bill", "stages"
    shown = ("stage", "milestone", "position")
    has_source = True
    record = staticmethod(add_bill_stage)
