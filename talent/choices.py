"""Choices of talent, and the steps of a cohort in their order."""

from typing import Any

from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ProgrammeKind(models.TextChoices):
    OVERSEAS_TRAINING = "overseas_training", _("Training abroad")
    ATTRACTION = "attraction", _("Attraction from abroad")
    DOMESTIC_TRAINING = "domestic_training", _("Training in Korea")
    CENTRE = "centre", _("Centre")


class IncentiveKind(models.TextChoices):
    VISA = "visa", _("Visa")
    TAX = "tax", _("Tax")
    SETTLEMENT = "settlement", _("Settlement")


class FigureUnit(models.TextChoices):
    PEOPLE = "people", _("people")
    PLACES = "places", _("places")
    WON = "won", _("won")
    USD = "usd", _("US dollars")


PLANNED = pgettext_lazy("cohort", "Planned")


class CohortStep(models.TextChoices):
    CALLED = "called", pgettext_lazy("cohort", "Called")
    APPLIED = "applied", pgettext_lazy("cohort", "Applied")
    SELECTED = "selected", pgettext_lazy("cohort", "Selected")
    DISPATCHED = "dispatched", pgettext_lazy("cohort", "Dispatched")
    RETURNED = "returned", pgettext_lazy("cohort", "Returned")
    PLACED = "placed", pgettext_lazy("cohort", "Placed")


def in_people(head: Any) -> Any:
    """A head or label with the unit of what it counts."""
    return format_lazy(_("{} (people)"), head)
