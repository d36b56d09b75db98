"""Two pages that compute from what is entered and keep nothing: the clock of a permit, the tax credit."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import Invalid, add_to_form
from common.pages import Crumb, Page
from investment import tables
from investment.forms import ClockTrialForm, TaxCreditForm
from investment.models import TaxCreditRate, TaxCreditRule
from investment.rollups.permits import Clocked, reckoner
from investment.rollups.tax_credit import Credit, credit
from investment.views.permits import PERMITS, holidays_door


class ClockTrial(Page):
    """What the rule says of days that somebody enters; the address holds them."""

    title = gettext_lazy("Try the clock")
    lede = gettext_lazy(
        "Enter days and see which limits follow. Nothing is recorded, and nothing here is a real permit."
    )
    parent = PERMITS
    template_name = "investment/clock_trial.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = ClockTrialForm(self.request.GET or None)
        clocked = self._clocked(form) if form.is_bound and form.is_valid() else None
        return super().get_context_data(
            **{"form": form, "clocked": clocked, "stages": tables.STAGES, "doors": [holidays_door()]} | kwargs
        )

    def _clocked(self, form: ClockTrialForm) -> Clocked | None:
        found = reckoner(form.as_of).reckon(form.cleaned_data["law"], form.events())
        if found is None:
            form.add_error(
                "law",
                _("This law was not in force on the day of the request: choose the other one, or check the days."),
            )
        return found


class TaxCreditCalculation(Page):
    title = gettext_lazy("Compute a tax credit")
    lede = gettext_lazy("By the rate in force on the day of the investment. Nothing is recorded.")
    parent = Crumb(gettext_lazy("Tax credit rates"), "investment:tax-credit-rate-list")
    template_name = "investment/tax_credit_calculation.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = TaxCreditForm(self.request.GET or None)
        found = self._credit(form) if form.is_bound and form.is_valid() else None
        rates = [found.rate, *found.superseded] if found else []
        return super().get_context_data(
            **{"form": form, "credit": found, "rates": tables.RATES_APPLIED.showing(rates)} | kwargs
        )

    def _credit(self, form: TaxCreditForm) -> Credit | None:
        user = self.request.user
        try:
            return credit(
                form.investment(), TaxCreditRate.objects.visible_to(user), TaxCreditRule.objects.visible_to(user)
            )
        except Invalid as error:
            add_to_form(error, form)
            return None
