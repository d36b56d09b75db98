"""Choices of trade."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class FrameworkStatus(models.TextChoices):
    """In force means for Korea."""

    NEGOTIATING = "negotiating", _("Negotiating")
    CONCLUDED = "concluded", _("Concluded")
    SIGNED = "signed", _("Signed")
    IN_FORCE = "in_force", pgettext_lazy("treaty", "In force")
    NOT_CONCLUDED = "not_concluded", _("Not concluded")


class CaseStatus(models.TextChoices):
    OPEN = "open", _("Under way")
    OVERTAKEN = "overtaken", _("Overtaken by events")
    CLOSED = "closed", _("Closed")


class StakeholderKind(models.TextChoices):
    INDUSTRY = "industry", _("Industry")
    ACADEMIA = "academia", _("Academia")
    LEGAL = "legal", _("Legal experts")


class ProtectionKind(models.TextChoices):
    FINE = "fine", _("Fine")
    DAMAGES = "damages", _("Damages")
    PROCEDURE = "procedure", _("Procedure")
    INTENT = "intent", _("Requirement of intent")


class ProtectionUnit(models.TextChoices):
    WON_AT_MOST = "won_at_most", _("won at most")
    TIMES_AT_MOST = "times_at_most", _("times at most")
