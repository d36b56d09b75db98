"""The three classification tiers, lowest first, and who reads up to which."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Tier(models.IntegerChoices):
    """Who may read a row: a reader's clearance must be at least its tier."""

    PUBLIC = 1, _("Public")
    INTERNAL = 2, _("Internal")
    RESTRICTED = 3, _("Restricted")

    @property
    def code(self) -> str:
        """The name used in the API: `public`, `internal` or `restricted`."""
        return self.name.lower()


def tier_code(value: int) -> str:
    return Tier(value).code


def clearance_of(user: Any) -> int:
    """The highest tier a user may read; 0 reads nothing."""
    if user is None or not user.is_authenticated:
        return Tier.PUBLIC if settings.ANONYMOUS_READING else 0
    return user.clearance if user.is_active else 0


CODES = [(tier.code, tier.label) for tier in Tier]
