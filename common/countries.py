"""Names of the countries that rows refer to by ISO 3166 code."""

from django.utils.translation import gettext_lazy as _

COUNTRIES = {
    "AU": _("Australia"),
    "CN": _("China"),
    "DE": _("Germany"),
    "JP": _("Japan"),
    "KR": _("Korea"),
    "NL": _("Netherlands"),
    "TW": _("Taiwan"),
    "US": _("United States"),
    "VN": _("Vietnam"),
}


def country_name(code: str) -> str:
    """The name in the reader's language; the code where it has none here."""
    return str(COUNTRIES.get(code, code))
