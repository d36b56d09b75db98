"""Who is mentioned in a text: `@account`, as people write it, with Korean particles and signs behind it."""

import re
from collections.abc import Mapping

from django.db.models import Q, QuerySet

from accounts.models import User

MOST = 20
_MENTION = re.compile(r"(?<![\w@.+-])@(?P<name>[\w.+-]{1,150})")
_BEHIND = re.compile(r"[.+-]*(?:[^\x00-\x7f]|$)")


def mentioned(text: str, most: int | None = MOST) -> dict[str, User]:
    """By account name the people that a text mentions: the longest account name that a mention begins with.

    What follows the name is a sign or Korean: @kim님, @kim. and @kim's mention kim; @kimchi and @kim-lee do not.
    """
    written = [found["name"] for found in _MENTION.finditer(text)][:most]
    candidates = {name for word in written for name in _names_in(word)}
    known = {user.username: user for user in User.objects.filter(username__in=candidates, is_active=True)}
    found = (next((name for name in _names_in(word) if name in known), None) for word in written)
    return {name: known[name] for name in found if name}


def people_named(typed: str) -> QuerySet[User]:
    """Active accounts with a role whose account or name begins so."""
    named = Q(username__istartswith=typed) | Q(name_ko__startswith=typed) | Q(first_name__istartswith=typed)
    return User.objects.filter(named, is_active=True, memberships__isnull=False).distinct().order_by("username")


def _names_in(word: str) -> list[str]:
    """What of a word could be the account, the longest first."""
    return [word[:n] for n in range(len(word), 0, -1) if _BEHIND.match(word, n)]


def parts(text: str, known: Mapping[str, object]) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is a mention of somebody known."""
    pieces, end = [], 0
    for found in _MENTION.finditer(text):
        name = next((name for name in _names_in(found["name"]) if name in known), None)
        if name:
            stop = found.start() + 1 + len(name)
            pieces += [(text[end : found.start()], False), (text[found.start() : stop], True)]
            end = stop
    return [*pieces, (text[end:], False)]
