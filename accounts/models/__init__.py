"""Users and the bodies that they act for."""

from accounts.models.delegation import Delegation
from accounts.models.holiday import HolidayCorrection
from accounts.models.membership import Membership, Role
from accounts.models.ministry import Ministry, MinistrySuccession, Office
from accounts.models.token import ApiToken, TokenScope
from accounts.models.user import User

__all__ = [
    "ApiToken",
    "Delegation",
    "HolidayCorrection",
    "Membership",
    "Ministry",
    "MinistrySuccession",
    "Office",
    "Role",
    "TokenScope",
    "User",
]
