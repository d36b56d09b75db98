"""Choices of ecosystem."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Basis(models.TextChoices):
    VALUE = "value", _("Import value")
    WEIGHT = "weight", _("Import weight")


class Method(models.TextChoices):
    """How a share was counted; shares of different methods are never joined in one line."""

    ANNOUNCEMENT_2023 = "announcement_2023", _("Announcement of 2023")
    WEIGHT_REPRESENTATIVE_HS = "weight_representative_hs", _("Weight, representative HS code")
    UNSPECIFIED = "unspecified", _("Method not stated")
