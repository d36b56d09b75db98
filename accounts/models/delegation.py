"""Delegation (대리): who reviews in whose place, from one day to another."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models.membership import Role
from common.records import Record


class DelegationQuerySet(models.QuerySet["Delegation"]):
    def visible_to(self, user: Any) -> Self:
        """Seen by both persons, and by those who see to who acts for whom: coordinating office, administrators."""
        if user is None or not user.is_authenticated or not user.is_active:
            return self.none()
        if user.has_role(Role.COORDINATOR, Role.ADMINISTRATOR):
            return self
        return self.filter(Q(delegator=user) | Q(delegate=user))

    def valid(self, *, on: date) -> Self:
        """Not revoked, and the day lies between first and last day (both count)."""
        return self.filter(revoked_at=None, valid_from__lte=on, valid_to__gte=on)

    def open_on(self, day: date) -> Self:
        """Valid on the day, or still to come."""
        return self.filter(revoked_at=None, valid_to__gte=day)


class Delegation(Record):
    """On these days the delegate takes the delegator's review steps. What the delegator holds counts, as of the day;
    what is held by delegation is not handed on. The delegate's own clearance stays as it is."""

    delegator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="delegations_given", verbose_name=_("in place of")
    )
    delegate = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="delegations_held", verbose_name=_("delegate")
    )
    valid_from = models.DateField(_("first day"))
    valid_to = models.DateField(_("last day"))
    reason = models.CharField(_("reason"), max_length=200)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True, editable=False)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering = ["-valid_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="delegation_days_in_order",
                condition=Q(valid_to__gte=F("valid_from")),
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                name="delegation_to_another",
                condition=~Q(delegator=F("delegate")),
                violation_error_message=_("Nobody stands in for themselves: choose another person."),
            ),
            models.CheckConstraint(
                name="delegation_has_reason",
                condition=~Q(reason=""),
                violation_error_message=_("Say why, for instance leave or a business trip."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delegator} → {self.delegate}"

    def get_absolute_url(self) -> str:
        return reverse("tasks:delegations")

    def state(self, *, on: date) -> str:
        """`revoked`, `over`, `to_come` or `valid` on a day."""
        if self.revoked_at:
            return "revoked"
        return "over" if self.valid_to < on else "to_come" if self.valid_from > on else "valid"
