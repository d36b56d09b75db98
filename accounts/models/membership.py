"""In which role a user acts, for which ministry, and since when."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.ministry import Ministry, Office
from common.records import Record


class Role(models.TextChoices):
    STAFF = "staff", _("Ministry staff")
    APPROVER = "approver", _("Ministry approver")
    COORDINATOR = "coordinator", _("Coordinating office")
    ANALYST = "analyst", _("Analyst")
    EXECUTIVE = "executive", _("Executive")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")


class MembershipQuerySet(models.QuerySet["Membership"]):
    def valid(self, *, on: date) -> "MembershipQuerySet":
        return self.filter(
            models.Q(valid_from__isnull=True) | models.Q(valid_from__lte=on),
            models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=on),
        )


class Membership(Record):
    """Offices own values; people come and go (인사이동)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=16, choices=Role)
    ministry = models.ForeignKey(Ministry, models.PROTECT, null=True, blank=True, related_name="memberships")
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="memberships")
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.CheckConstraint(
                name="membership_ministry_where_needed",
                condition=~models.Q(role__in=["staff", "approver"]) | models.Q(ministry__isnull=False),
                violation_error_message=_("Staff and approvers act for a ministry: choose one."),
            ),
            models.CheckConstraint(
                name="membership_valid_in_order",
                condition=models.Q(valid_to__gte=models.F("valid_from")),
                violation_error_message=_("The last day lies before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.get_role_display()}"
