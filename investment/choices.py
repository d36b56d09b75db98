"""Choices of investment."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TaxClass(models.TextChoices):
    """Until the end of 2024 semiconductors had no class of their own."""

    NST = "nst", _("National strategic technology")
    NST_SEMICONDUCTOR = "nst_semiconductor", _("National strategic technology (semiconductors)")
    NST_OTHER = "nst_other", _("National strategic technology (other than semiconductors)")
    NEW_GROWTH = "new_growth", _("New growth and source technology")
    GENERAL = "general", _("General")


class CompanySize(models.TextChoices):
    LARGE = "large", _("Large")
    MID = "mid", _("Mid-sized")
    SME = "sme", _("Small or medium")


class RateKind(models.TextChoices):
    """A temporary rate takes precedence over the regular one."""

    REGULAR = "regular", _("Regular")
    TEMPORARY = "temporary", _("Temporary")


class RuleUnit(models.TextChoices):
    TIMES_BASE_CREDIT = "times_base_credit", _("times the base credit")
    YEARS = "years", _("years")
    YEARS_MEAN = "years_mean", _("years, their mean")
    PERCENT = "percent", _("percent")


class PartBy(models.TextChoices):
    """Two ways of cutting the same money; they are never added."""

    USE = "use", _("By use")
    FIELD = "field", _("By field")


class VehicleStatus(models.TextChoices):
    CONSIDERED = "considered", _("Under consideration")
    DISCUSSED = "discussed", _("Discussed")
    PLANNED = "planned", _("Planned")
    LAUNCHED = "launched", _("Launched")


class NeedKind(models.TextChoices):
    POWER = "power", _("Power")
    WATER = "water", _("Water")


class NeedUnit(models.TextChoices):
    MW = "MW", _("MW")
    M3_PER_DAY = "m3_per_day", _("m³ a day")


class PermitLaw(models.TextChoices):
    STRATEGIC_INDUSTRIES = "strategic_industries", _("National Advanced Strategic Industries Act, art. 19")
    SEMICONDUCTOR = "semiconductor", _("Semiconductor Special Act, art. 27")


class PermitMatter(models.TextChoices):
    """The closed list of the act and its decree."""

    INDUSTRIAL_SITES = "industrial_sites", _("Matters deemed under the Industrial Sites Act, art. 21")
    CLUSTER_CONSULTATION = "cluster_consultation", _("Consultations under the Industrial Cluster Act, art. 13-2")
    RURAL_ROAD = "rural_road", _("Occupation of a rural road")
    BURIED_HERITAGE = "buried_heritage", _("Consultation on buried heritage")
    EMISSIONS = "emissions", _("Air-emission and water-discharge permits")
    LANDSCAPE = "landscape", _("Landscape review (Landscape Act, art. 27)")
    BUILDING_USE = "building_use", _("Approval to use a building (Building Act, art. 22)")


class PermitStep(models.TextChoices):
    """What can happen to a permit, in the order of the procedure."""

    APPLIED = "applied", _("Application received by the minister")
    REQUESTED = "requested", _("Minister requests processing (day 0)")
    SUPPLEMENT_ASKED = "supplement_asked", _("Supplementation asked for")
    SUPPLEMENT_RECEIVED = "supplement_received", _("Supplement received")
    PLAN_RECEIVED = "plan_received", _("Authority returns its plan of processing")
    EXTENDED = "extended", _("Result extended once")
    RESULT_NOTIFIED = "result_notified", _("Authority notifies the result")
    WITHDRAWN = "withdrawn", _("Application withdrawn by the applicant")


# step → one of these must have happened before it, if any are named.
STEP_NEEDS: dict[PermitStep, frozenset[PermitStep]] = {
    PermitStep.APPLIED: frozenset(),
    PermitStep.REQUESTED: frozenset(),
    PermitStep.SUPPLEMENT_ASKED: frozenset({PermitStep.APPLIED, PermitStep.REQUESTED}),
    PermitStep.SUPPLEMENT_RECEIVED: frozenset({PermitStep.SUPPLEMENT_ASKED}),
    PermitStep.PLAN_RECEIVED: frozenset({PermitStep.REQUESTED}),
    PermitStep.EXTENDED: frozenset({PermitStep.PLAN_RECEIVED}),
    PermitStep.RESULT_NOTIFIED: frozenset({PermitStep.REQUESTED}),
    PermitStep.WITHDRAWN: frozenset({PermitStep.APPLIED, PermitStep.REQUESTED}),
}
# step → none of these may have happened before it.
STEP_ENDS: dict[PermitStep, frozenset[PermitStep]] = {
    PermitStep.APPLIED: frozenset({PermitStep.REQUESTED}),
    PermitStep.SUPPLEMENT_ASKED: frozenset({PermitStep.PLAN_RECEIVED}),
    PermitStep.SUPPLEMENT_RECEIVED: frozenset({PermitStep.PLAN_RECEIVED}),
}
STEPS_REPEATED = frozenset({PermitStep.SUPPLEMENT_ASKED, PermitStep.SUPPLEMENT_RECEIVED})
STEPS_LAST = frozenset({PermitStep.RESULT_NOTIFIED, PermitStep.WITHDRAWN})


class PermitState(models.TextChoices):
    """Where a permit stands on a day. Deemed completion is never a permit granted (허가)."""

    NOT_APPLIED = "not_applied", _("Nothing received yet")
    WITH_MINISTER = "with_minister", _("With the minister")
    PLAN_AWAITED = "plan_awaited", _("Plan of processing awaited")
    SUPPLEMENTING = "supplementing", _("Being supplemented")
    RESULT_AWAITED = "result_awaited", _("Result awaited")
    RESULT_NOTIFIED = "result_notified", _("Result notified")
    DEEMED = "deemed", _("Processing deemed completed")
    WITHDRAWN = "withdrawn", _("Application withdrawn")


class StageName(models.TextChoices):
    """The stretches of the clock that have a limit of their own."""

    APPLICATION = "application", _("Application to request")
    PLAN = "plan", _("Request to plan")
    RESULT = "result", _("Plan to result")
