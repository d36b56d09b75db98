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
