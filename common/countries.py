"""Names of the countries that rows refer to by ISO 3166 code."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Country(models.TextChoices):
    AU = "AU", _("Australia")
    CN = "CN", _("China")
    DE = "DE", _("Germany")
    JP = "JP", _("Japan")
    KR = "KR", _("Korea")
    NL = "NL", _("Netherlands")
    TW = "TW", _("Taiwan")
    US = "US", _("United States")
    VN = "VN", _("Vietnam")


COUNTRIES = {country.value: country.label for country in Country}


def country_name(code: str) -> str:
    """The name in the reader's language; the code where it has none here."""
    return str(COUNTRIES.get(code, code))
