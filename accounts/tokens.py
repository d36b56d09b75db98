"""Making and checking API tokens: the plain token exists only in the answer that shows it."""

import hashlib
import hmac
import secrets
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from accounts.models import ApiToken, TokenScope, User
from common import history
from common.errors import Invalid

PREFIX = "st_"
MAX_DAYS = 365


def digest(token: str) -> str:
    """HMAC-SHA256 of a token under the server's secret, as hex."""
    return hmac.new(settings.SECRET_KEY.encode(), token.encode(), hashlib.sha256).hexdigest()


def create_token(user: User, *, by: User | None, name: str, scope: str = TokenScope.READ, days: int = 90) -> str:
    """Make a token that lives `days` (1 to 365) and return it in plain: it is never shown again."""
    if scope not in TokenScope.values:
        raise Invalid(f"Unknown scope “{scope}”. Known: {', '.join(TokenScope.values)}.", field="scope")
    if not 1 <= days <= MAX_DAYS:
        raise Invalid(f"A token lives 1 to {MAX_DAYS} days, not {days}.", field="days")
    plain = PREFIX + secrets.token_urlsafe(32)
    with history.context(actor=by, verb="token.created"):
        ApiToken.objects.create(
            user=user,
            name=name,
            scope=scope,
            digest=digest(plain),
            expires_at=timezone.now() + timedelta(days=days),
        )
    return plain


def find_token(plain: str) -> ApiToken | None:
    """The living token with this text, with its active user; None for anything else."""
    rows = ApiToken.objects.filter(digest=digest(plain), revoked_at__isnull=True, expires_at__gt=timezone.now())
    return rows.filter(user__is_active=True).select_related("user").first()
