"""Choices of clusters: the three legal objects and the stages of each."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ComplexKind(models.TextChoices):
    """Three legal objects under three laws; they are never summed into one."""

    ADVANCED_STRATEGIC = "advanced_strategic", _("Advanced strategic industry complex")
    SOBUJANG = "sobujang", _("Materials, parts and equipment complex")
    NATIONAL_INDUSTRIAL = "national_industrial", _("National industrial complex")


class Stage(models.TextChoices):
    """Call to support plan: specialised complexes. Candidate to compensation: national ones. The rest: all."""

    CALL = "call", _("Call")
    APPLICATION = "application", _("Application")
    REVIEW = "review", _("Review")
    RESOLUTION = "resolution", _("Resolution")
    DESIGNATION = "designation", _("Designation")
    SUPPORT_PLAN = "support_plan", _("Support plan")
    CANDIDATE = "candidate", _("Candidate site")
    DEVELOPER = "developer", _("Developer")
    FEASIBILITY = "feasibility", _("Feasibility study")
    PLAN = "plan", _("Plan filed")
    CONSULTATION = "consultation", _("Consultation")
    EIA = "eia", _("Environmental assessment")
    COMMITTEE = "committee", _("Committee")
    APPROVAL = "approval", _("Plan approved")
    COMPENSATION = "compensation", _("Compensation")
    GROUNDBREAKING = "groundbreaking", _("Groundbreaking")
    COMPLETION = "completion", _("Completion")
    OPERATION = "operation", _("Operation")
