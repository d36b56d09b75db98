"""Choices of clusters: the three legal objects, the stages of each, what is measured of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ComplexKind(models.TextChoices):
    """Three legal objects under three laws; they are never summed into one."""

    ADVANCED_STRATEGIC = "advanced_strategic", _("Advanced strategic industry complex")
    SOBUJANG = "sobujang", _("Materials, parts and equipment complex")
    NATIONAL_INDUSTRIAL = "national_industrial", _("National industrial complex")


class Stage(models.TextChoices):
    """Call to permits: specialised complexes. Candidate to compensation: national ones. The rest: all."""

    CALL = "call", _("Call")
    APPLICATION = "application", _("Application")
    REVIEW = "review", _("Review")
    RESOLUTION = "resolution", _("Resolution")
    DESIGNATION = "designation", _("Designation")
    SUPPORT_PLAN = "support_plan", _("Support plan")
    PERMITS = "permits", _("Permits and infrastructure")
    CANDIDATE = "candidate", _("Candidate site")
    DEVELOPER = "developer", _("Developer")
    FEASIBILITY = "feasibility", _("Feasibility study or exemption")
    PLAN = "plan", _("Plan filed")
    CONSULTATION = "consultation", _("Consultation")
    EIA = "eia", _("Environmental assessment")
    COMMITTEE = "committee", _("Committee")
    APPROVAL = "approval", _("Plan approved")
    COMPENSATION = "compensation", _("Compensation")
    GROUNDBREAKING = "groundbreaking", _("Groundbreaking")
    COMPLETION = "completion", _("Completion")
    OPERATION = "operation", _("Operation")


class LimitUnit(models.TextChoices):
    DAYS = "days", _("days")
    WORKING_DAYS = "working_days", _("working days")
    MONTHS = "months", _("months")


class LimitBound(models.TextChoices):
    """An inspection lasts at least, an answer takes at most."""

    AT_MOST = "at_most", _("at most")
    AT_LEAST = "at_least", _("at least")


class Quantity(models.TextChoices):
    INVESTMENT_WON = "investment_won", _("Announced private investment")
    AREA_M2 = "area_m2", _("Area (m²)")
