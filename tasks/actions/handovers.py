"""Hand-over (인수인계): what a person held passes to a named successor when the person moves on."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Delegation, Membership, User
from common import history
from common.errors import Invalid
from tasks.actions.delegations import ACTING
from tasks.actions.records import save_record
from tasks.choices import OPEN_TO_ITS_OFFICE
from tasks.models import StatusReport
from tasks.permissions import Actor, require


@dataclass(frozen=True)
class Estate:
    """What a person holds that can pass on: roles with their desks, open reports, delegations that are not over."""

    memberships: list[Membership]
    reports: list[StatusReport]
    delegations: list[Delegation]

    @property
    def is_empty(self) -> bool:
        return not (self.memberships or self.reports or self.delegations)


def estate_of(person: User, *, on: date) -> Estate:
    """Roles that hold on the day or held last, drafts and returned reports, delegations given or held."""
    roles = person.memberships.filter(role__in=ACTING).select_related("ministry", "office")
    reports = StatusReport.objects.filter(author=person, status__in=OPEN_TO_ITS_OFFICE).select_related("milestone")
    delegations = Delegation.objects.open_on(on).filter(Q(delegator=person) | Q(delegate=person))
    return Estate(
        list(roles.valid(on=on)) or list(roles.filter(valid_to__lt=on).order_by("-valid_to")[:1]),
        list(reports.order_by("pk")),
        list(delegations.select_related("delegator", "delegate").order_by("pk")),
    )


def left_behind(*, on: date) -> QuerySet[User]:
    """People who act for nobody any more and still hold open reports or delegations."""
    acting = Membership.objects.valid(on=on).filter(role__in=ACTING)
    open_reports = StatusReport.objects.filter(status__in=OPEN_TO_ITS_OFFICE, author__isnull=False)
    delegations = Delegation.objects.open_on(on)
    holding = (
        Q(pk__in=open_reports.values("author"))
        | Q(pk__in=delegations.values("delegator"))
        | Q(pk__in=delegations.values("delegate"))
    )
    gone = Q(is_active=False) | ~Q(pk__in=acting.values("user"))
    return User.objects.filter(holding, gone).order_by("name_ko", "username")


def hand_over(person: User, successor: User, *, by: Actor, reason: str, today: date | None = None) -> Estate:
    """Pass roles, drafts, returned reports and delegations of a person to the successor; what passed.

    The roles of both hold today, so that nothing waits; from tomorrow the successor alone has them. Submitted reports
    keep their author: who wrote a report never reviews it. Raises Forbidden, or Invalid: no reason, the same person,
    nothing to pass on, reports above the successor's clearance.
    """
    today = today or timezone.localdate()
    require(by, "hand_over", person)
    if not reason.strip():
        raise Invalid(_("Enter the reason, for instance a transfer with its date."), field="reason")
    if successor.pk == person.pk or not successor.is_active:
        raise Invalid(_("Choose as successor another person with an active account."), field="successor")
    with history.context(actor=by, verb="person.handed_over", reason=reason):
        list(User.objects.select_for_update(no_key=True).filter(pk__in=[person.pk, successor.pk]).order_by("pk"))
        estate = estate_of(person, on=today)
        if estate.is_empty:
            raise Invalid(_("%s holds nothing that could be handed over.") % person, field="person")
        _check_clearance(estate, successor)
        still_open = StatusReport.objects.filter(status__in=OPEN_TO_ITS_OFFICE)
        still_open.filter(pk__in=[report.pk for report in estate.reports]).update(author=successor)
        for membership in estate.memberships:
            _pass_role(membership, successor, today)
        for delegation in estate.delegations:
            _pass_delegation(delegation, person, successor, today)
    return estate


def _check_clearance(estate: Estate, successor: User) -> None:
    above = sum(report.milestone.effective_tier > successor.clearance for report in estate.reports)
    if above:
        words = ngettext(
            "%(count)s open report lies above the clearance of %(person)s. Raise it first, or choose another.",
            "%(count)s open reports lie above the clearance of %(person)s. Raise it first, or choose another.",
            above,
        )
        raise Invalid(words % {"count": above, "person": successor}, field="successor")


def _pass_role(membership: Membership, successor: User, today: date) -> None:
    """The successor has it from today on; the person has it today for the last time."""
    same: dict[str, Any] = {name: getattr(membership, name) for name in ("role", "ministry", "office")}
    if not successor.memberships.valid(on=today).filter(**same).exists():
        until = membership.valid_to if membership.valid_to and membership.valid_to > today else None
        Membership.objects.create(user=successor, **same, valid_from=today, valid_to=until)
    if membership.valid_to is None or membership.valid_to > today:
        membership.valid_to = today
        save_record(membership)


def _pass_delegation(old: Delegation, person: User, successor: User, today: date) -> None:
    """The old one ends, and one with the successor in the person's place runs for the days that are left."""
    old.revoked_at = timezone.now()
    save_record(old)
    delegator = successor if old.delegator_id == person.pk else old.delegator
    delegate = successor if old.delegate_id == person.pk else old.delegate
    if delegator.pk != delegate.pk:
        first = max(old.valid_from, today)
        save_record(
            Delegation(
                delegator=delegator, delegate=delegate, valid_from=first, valid_to=old.valid_to, reason=old.reason
            ),
            force_insert=True,
        )
