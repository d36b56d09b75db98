"""A person with an account."""

from functools import cached_property

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models.membership import Membership, Role
from common.records import Record
from common.tiers import Tier


class User(Record, AbstractUser):
    """Role (what one does, by membership) and clearance (what one may read) are separate."""

    name_ko = models.CharField(_("name (Korean)"), max_length=80, blank=True)
    clearance = models.PositiveSmallIntegerField(_("clearance"), choices=Tier, default=Tier.PUBLIC)
    # Pages follow the browser; what is sent has only this to go by.
    language = models.CharField(
        _("language of e-mails"), max_length=2, choices=settings.LANGUAGES, default="ko", db_default="ko"
    )

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        korean, english = self.name_ko, self.get_full_name()
        names = (korean, english) if (get_language() or "ko").startswith("ko") else (english, korean)
        return next(filter(None, names), self.username)

    @cached_property
    def memberships_now(self) -> list[Membership]:
        """The memberships valid today, read once per request."""
        return list(self.memberships.valid(on=timezone.localdate()).select_related("ministry", "office"))

    @property
    def roles(self) -> set[str]:
        return {membership.role for membership in self.memberships_now}

    @property
    def ministry_ids(self) -> set[int]:
        """The ministries that the user acts for."""
        return {m.ministry_id for m in self.memberships_now if m.ministry_id is not None}

    @cached_property
    def stands_in_for(self) -> list["User"]:
        """Those in whose place the user reviews today, by delegation; read once per request."""
        valid = self.delegations_held.valid(on=timezone.localdate()).filter(delegator__is_active=True)
        return list(dict.fromkeys(row.delegator for row in valid.select_related("delegator").order_by("pk")))

    def has_role(self, *roles: Role) -> bool:
        return not self.roles.isdisjoint(roles)
