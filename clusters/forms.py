"""What is entered about complexes, their stages and tenants."""

from django.utils.translation import gettext_lazy as _

from clusters.actions import add_complex_stage, change_complex, change_tenant, create_complex, create_tenant
from clusters.models import Complex, ComplexStage, Tenant
from tasks.forms.rows import RowForm, StepForm


class ComplexForm(RowForm):
    model, fixed = Complex, ("measure", "code")
    shown = (
        "measure", "code", "kind", "name_ko", "name_en", "industry_ko", "industry_en", "location_ko", "location_en",
        "region", "other_regions", "latitude", "longitude", "lead_companies_ko", "lead_companies_en",
        "announced_investment_won", "announced_investment_until", "announced_investment_confidence",
        "area_m2",
    )  # fmt: skip
    labels = RowForm.labels | {"kind": _("Legal kind")}
    hints = {"announced_investment_won": _("Announced, not realised. For instance 3.74 tn or 740 bn.")}
    record, change = staticmethod(create_complex), staticmethod(change_complex)


class ComplexStageForm(StepForm):
    model, parent, steps = ComplexStage, "place", "stages"
    shown = ("stage", "milestone", "position", "statutory_days")
    has_source = True
    record = staticmethod(add_complex_stage)


class TenantForm(RowForm):
    model, parent = Tenant, "complex"
    shown = ("name_ko", "name_en", "announced_investment_won", "realised_investment_won", "realised_on")
    record, change = staticmethod(create_tenant), staticmethod(change_tenant)
