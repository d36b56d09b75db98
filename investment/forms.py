"""What is entered about vehicles, infrastructure needs, reviews and permits, and what the calculators are asked."""

from datetime import date
from typing import Any

from django import forms
from django.apps import apps
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from common import past
from common.entry import EMPTY
from common.errors import Invalid, add_to_form
from common.forms import DayField, WonField, countries_field
from common.order import in_readers_order
from investment import actions
from investment.choices import CompanySize, PermitLaw, PermitStep, TaxClass
from investment.models import (
    GlobalStandardReview,
    InfrastructureNeed,
    InvestmentVehicle,
    Permit,
    PermitEvent,
    VehiclePart,
)
from investment.rollups.clock import Supposed
from investment.rollups.tax_credit import YEARS, Investment
from tasks.forms.rows import RowForm

# Since 2025 the strategic technologies are two classes; the rate of the undivided one is found for the days before.
CLASSES = [choice for choice in TaxClass.choices if choice[0] != TaxClass.NST]
NAMED = ("measure", "name_ko", "name_en")


class InvestmentVehicleForm(RowForm):
    model = InvestmentVehicle
    shown = (*NAMED, "status", "size_won", "size_is_initial", "public_won", "private_won", "replaces", "milestone")
    labels = RowForm.labels | {"replaces": _("Earlier vehicle")}
    record, change = staticmethod(actions.create_investment_vehicle), staticmethod(actions.change_investment_vehicle)


class VehiclePartForm(RowForm):
    model, parent, shown, has_source = VehiclePart, "vehicle", ("name_ko", "name_en", "amount_won"), False
    record = staticmethod(actions.add_vehicle_part)


class InfrastructureNeedForm(RowForm):
    """Required and secured levels: a new level is a change with its reason."""

    model = InfrastructureNeed
    shown = (
        *NAMED, "kind", "unit", "complex_key", "part_of", "bound", "required", "secured", "needed_by", "milestone",
    )  # fmt: skip
    labels = RowForm.labels | {"part_of": _("Part of"), "bound": _("Exact or at least")}
    complex_key = forms.ChoiceField(label=_("Complex"), required=False)
    hints = {"secured": _("Leave it empty where nobody published what is secured: empty is not 0.")}
    record, change = staticmethod(actions.create_infrastructure_need), staticmethod(actions.change_infrastructure_need)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # By its label: domains do not import each other.
        model: Any = apps.get_model("clusters.Complex")
        complexes = in_readers_order(model._default_manager.visible_to(self.reader))
        named = [(row.key, str(row)) for row in complexes]
        stands = self.initial.get("complex_key")
        hidden = [(stands, stands)] if stands and stands not in dict(named) else []
        field: Any = self.fields["complex_key"]
        field.choices = [("", EMPTY[field.required]), *hidden, *named]

    def offered(self, name: str, rows: Any) -> Any:
        found = super().offered(name, rows)
        return found.exclude(pk=self.row.pk) if name == "part_of" and self.row else found


class StandardReviewForm(RowForm):
    model = GlobalStandardReview
    shown = (
        *NAMED, "peer_countries", "peer_level_ko", "peer_level_en", "our_level_ko", "our_level_en", "gap_ko", "gap_en",
        "decision_ko", "decision_en", "milestone",
    )  # fmt: skip
    peer_countries = countries_field(_("Peer countries"))
    record, change = staticmethod(actions.create_standard_review), staticmethod(actions.change_standard_review)


class PermitForm(RowForm):
    """An application. What happens to it is entered on its page."""

    model, shown = Permit, (*NAMED, "law", "matter", "applicant", "authority")
    record, change = staticmethod(actions.create_permit), staticmethod(actions.change_permit)


class PermitEventForm(RowForm):
    model, parent, shown = PermitEvent, "permit", ("step", "happened_on", "note")
    record = staticmethod(actions.record_permit_event)


class WithdrawEventForm(RowForm):
    """Only the reason."""

    model, has_source = PermitEvent, False
    change = staticmethod(actions.withdraw_permit_event)


class ClockTrialForm(forms.Form):
    """Days that somebody wants the clock for; nothing of it is kept."""

    law = forms.ChoiceField(label=_("Law"), choices=PermitLaw)
    applied = DayField(label=PermitStep.APPLIED.label, required=False)
    requested = DayField(label=PermitStep.REQUESTED.label, required=False)
    supplement_asked = DayField(label=PermitStep.SUPPLEMENT_ASKED.label, required=False)
    supplement_received = DayField(label=PermitStep.SUPPLEMENT_RECEIVED.label, required=False)
    plan_received = DayField(label=PermitStep.PLAN_RECEIVED.label, required=False)
    extended = DayField(label=PermitStep.EXTENDED.label, required=False)
    result_notified = DayField(label=PermitStep.RESULT_NOTIFIED.label, required=False)
    on = DayField(label=_("As of"), help_text=_("Left empty: today."), required=False)

    def events(self) -> list[Supposed]:
        days = ((step, self.cleaned_data.get(step.value)) for step in PermitStep)
        return [Supposed(step, day) for step, day in days if day]

    @property
    def as_of(self) -> date:
        return self.cleaned_data.get("on") or past.day()

    def clean(self) -> dict[str, Any]:
        if not self.errors:
            try:
                self._check()
            except Invalid as error:
                add_to_form(error, self)
        return self.cleaned_data

    def _check(self) -> None:
        events, values = self.events(), self.cleaned_data
        if not (values.get("applied") or values.get("requested")):
            raise Invalid(_now("Enter the day of the application or of the request."))
        actions.check_order(events)
        if values.get("extended"):
            before = [event for event in events if event.step != PermitStep.EXTENDED]
            actions.check_extension(values["law"], before, values["extended"])


class TaxCreditForm(forms.Form):
    """What the credit is computed from; page and API read the same parameters."""

    tax_class = forms.ChoiceField(label=_("Class"), choices=CLASSES)
    size = forms.ChoiceField(label=_("Company size"), choices=CompanySize)
    invested_on = DayField(label=_("Day of the investment"), help_text=_("It decides which rate applies."))
    eligible_won = WonField(
        label=_("Eligible investment"), help_text=_("Won, for instance 3.74 tn, 100 bn or 3,740,000,000,000.")
    )
    preceding_1_won = WonField(label=_("Investment one year before"), required=False, help_text="")
    preceding_2_won = WonField(label=_("Investment two years before"), required=False, help_text="")
    preceding_3_won = WonField(
        label=_("Investment three years before"),
        required=False,
        help_text=_("All three years, 0 where nothing was invested. Left empty, only the base credit is computed."),
    )

    def clean(self) -> dict[str, Any]:
        names = [f"preceding_{year}_won" for year in range(1, YEARS + 1)]
        missing = [name for name in names if self.cleaned_data.get(name) is None and name not in self.errors]
        if missing and len(missing) < YEARS:
            for name in missing:
                self.add_error(
                    name, _("Enter all three years, 0 where nothing was invested, or leave all of them empty.")
                )
        return self.cleaned_data

    def investment(self) -> Investment:
        """Of a valid form."""
        data = self.cleaned_data
        before = (data["preceding_1_won"], data["preceding_2_won"], data["preceding_3_won"])
        return Investment(
            tax_class=data["tax_class"],
            size=data["size"],
            invested_on=data["invested_on"],
            eligible_won=data["eligible_won"],
            preceding_won=None if None in before else before,
        )
