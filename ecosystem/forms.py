"""What is entered about lead projects, supply items and their dependence, mother factories."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from common.cautions import Caution
from common.forms import country_field
from ecosystem import actions
from ecosystem.choices import Method
from ecosystem.models import DependenceObservation, LeadProject, MotherFactory, SupplyItem
from tasks.forms.rows import RowForm, another_method

NAMED = ("measure", "name_ko", "name_en")


class LeadProjectForm(RowForm):
    model, shown = LeadProject, (*NAMED, "milestone")
    record, change = staticmethod(actions.create_lead_project), staticmethod(actions.change_lead_project)


class SupplyItemForm(RowForm):
    model, shown = SupplyItem, (*NAMED, "lead_project", "hs_code", "target_share_bp")
    labels = RowForm.labels | {"target_share_bp": _("Target share (%)")}
    record, change = staticmethod(actions.create_supply_item), staticmethod(actions.change_supply_item)


def another_count(seen: Iterable[DependenceObservation], method: str) -> list[Caution]:
    """Of a share that was counted as none of the item's before."""
    known = sorted({row.method for row in seen})
    return another_method([str(Method(each).label) for each in known], str(Method(method).label) if method else "")


class DependenceForm(RowForm):
    """The share of one country by one method; methods are never joined."""

    model, parent, fixed = DependenceObservation, "item", ("country",)
    shown = ("country", "observed_on", "precision", "share_bp", "basis", "hs_code", "method", "measured_as")
    labels = RowForm.labels | {"share_bp": _("Share (%)")}
    hints = {"method": _("Each method is a series of its own; what is not observed stays unknown.")}
    country = country_field(_("Country"))
    record, change = staticmethod(actions.record_dependence), staticmethod(actions.change_dependence)

    def values(self) -> dict[str, Any]:
        """The year is the date's."""
        found = super().values()
        return found | ({"year": found["observed_on"].year} if "observed_on" in found else {})

    def cautions(self) -> list[Caution]:
        seen = DependenceObservation.objects.visible_to(self.reader).filter(item=self.above or self.row.item)
        return another_count(seen, self.cleaned_data.get("method", ""))


class MotherFactoryForm(RowForm):
    model = MotherFactory
    shown = (
        *NAMED, "site_ko", "site_en", "overseas_plants", "announced_investment_won", "announced_on", "milestone",
    )  # fmt: skip
    record, change = staticmethod(actions.create_mother_factory), staticmethod(actions.change_mother_factory)
