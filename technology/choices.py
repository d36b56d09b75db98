"""Choices of technology."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class HubField(models.TextChoices):
    """In the order in which the announcement extends the hub."""

    SEMICONDUCTOR = "semiconductor", _("Semiconductors")
    BATTERY = "battery", _("Batteries")
    BIO = "bio", _("Bio")


class HubFunction(models.TextChoices):
    RESEARCH = "research", _("Research")
    EDUCATION = "education", _("Education")
    DEMONSTRATION = "demonstration", _("Testbed")
