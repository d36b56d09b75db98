"""What is entered about frameworks, negotiation cases, positions, consultations and protection measures."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from common.forms import country_field
from common.tiers import clearance_of
from tasks.forms.rows import RowForm, StepForm
from trade import actions
from trade.models import (
    CaseStep,
    Consultation,
    Framework,
    FrameworkStep,
    NegotiationCase,
    Position,
    ProtectionMeasure,
)

NAMED = ("measure", "name_ko", "name_en")


class TieredForm(RowForm):
    """A row with a tier of its own: up to what its author may read."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tier: Any = self.fields["tier"]
        tier.choices = [choice for choice in tier.choices if int(choice[0]) <= clearance_of(self.reader)]


class FrameworkForm(RowForm):
    model, shown = Framework, (*NAMED, "parent", "member_count", "launched_on", "status")
    labels = RowForm.labels | {"member_count": _("Members (countries)")}
    record, change = staticmethod(actions.create_framework), staticmethod(actions.change_framework)


class FrameworkStepForm(StepForm):
    model, parent = FrameworkStep, "framework"
    shown = (*StepForm.shown, "status_after")
    record = staticmethod(actions.add_framework_step)


class NegotiationCaseForm(RowForm):
    model = NegotiationCase
    shown = (
        *NAMED, "counterpart", "issue_ko", "issue_en", "stake_ko", "stake_en", "next_step_ko", "next_step_en", "status",
    )  # fmt: skip
    counterpart = country_field(_("Counterpart"))
    record, change = staticmethod(actions.create_negotiation_case), staticmethod(actions.change_negotiation_case)


class CaseStepForm(StepForm):
    model, parent = CaseStep, "case"
    shown = (*StepForm.shown, "status_after")
    record = staticmethod(actions.add_case_step)


class PositionForm(TieredForm):
    model, parent = Position, "case"
    shown = ("title_ko", "title_en", "tier", "text_ko", "text_en", "taken_on")
    record, change = staticmethod(actions.take_position), staticmethod(actions.change_position)


class ConsultationForm(TieredForm):
    model, labels = Consultation, RowForm.labels | {"kind": _("Who was heard")}
    shown = ("measure", "case", "kind", "title_ko", "title_en", "tier", "input_ko", "input_en", "held_on")
    record, change = staticmethod(actions.record_consultation), staticmethod(actions.change_consultation)


class ProtectionMeasureForm(RowForm):
    model = ProtectionMeasure
    shown = (
        *NAMED, "kind", "law_ko", "bill", "milestone", "value_before", "value_after", "unit", "text_before_ko",
        "text_before_en", "text_after_ko", "text_after_en",
    )  # fmt: skip
    record, change = staticmethod(actions.create_protection_measure), staticmethod(actions.change_protection_measure)
