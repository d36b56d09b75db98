"""Choices of technology."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class HubField(models.TextChoices):
    """In the order in which the announcement extends the hub."""

    SEMICONDUCTOR = "semiconductor", _("Semiconductors")
    BATTERY = "battery", _("Batteries")
    BIO = "bio", _("Bio")


class HubFunction(models.TextChoices):
    RESEARCH = "research", _("Research")
    EDUCATION = "education", _("Education")
    DEMONSTRATION = "demonstration", pgettext_lazy("function of a research hub", "Demonstration")
