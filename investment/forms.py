"""What is entered about investment vehicles, infrastructure needs and reviews of regulation."""

from django.utils.translation import gettext_lazy as _

from common.forms import countries_field
from investment import actions
from investment.models import GlobalStandardReview, InfrastructureNeed, InvestmentVehicle, VehiclePart
from tasks.forms.rows import RowForm

NAMED = ("measure", "name_ko", "name_en")


class InvestmentVehicleForm(RowForm):
    model = InvestmentVehicle
    shown = (*NAMED, "status", "size_won", "public_won", "private_won", "replaces", "milestone")
    record, change = staticmethod(actions.create_investment_vehicle), staticmethod(actions.change_investment_vehicle)


class VehiclePartForm(RowForm):
    model, parent, shown, has_source = VehiclePart, "vehicle", ("name_ko", "name_en", "amount_won"), False
    record = staticmethod(actions.add_vehicle_part)


class InfrastructureNeedForm(RowForm):
    """Required and secured levels: a new level is a change with its reason."""

    model = InfrastructureNeed
    shown = (*NAMED, "kind", "unit", "complex_key", "required", "secured", "milestone")
    labels = RowForm.labels | {"complex_key": _("Key of the complex")}
    hints = {"secured": _("Leave it empty where nobody published what is secured: empty is not 0.")}
    record, change = staticmethod(actions.create_infrastructure_need), staticmethod(actions.change_infrastructure_need)


class StandardReviewForm(RowForm):
    model = GlobalStandardReview
    shown = (
        *NAMED, "peer_countries", "peer_level_ko", "peer_level_en", "our_level_ko", "our_level_en", "gap_ko", "gap_en",
        "decision_ko", "decision_en", "milestone",
    )  # fmt: skip
    peer_countries = countries_field(_("Peer countries"))
    record, change = staticmethod(actions.create_standard_review), staticmethod(actions.change_standard_review)
