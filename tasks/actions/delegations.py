"""Delegations: a review desk that another person of the same body sees to for some days."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Delegation, Role, User
from accounts.models.membership import Membership
from common import history
from common.errors import Invalid
from common.records import known_day
from tasks.actions.records import locked_as_seen, save_record
from tasks.permissions import Actor, require

REVIEWERS = (Role.APPROVER, Role.COORDINATOR)
# Those who act for a body; whoever reads or audits only reviews in nobody's place.
ACTING = (Role.STAFF, *REVIEWERS)


def reviewers() -> QuerySet[User]:
    """Everybody who has a desk of review today."""
    return _with(Q(role__in=REVIEWERS))


def everybody() -> QuerySet[User]:
    """Every account: for those who see to people, who are asked by the rule `hand_over`."""
    return User.objects.order_by("name_ko", "username")


def acting() -> QuerySet[User]:
    """Everybody who acts for a body today."""
    return _with(Q(role__in=ACTING))


def colleagues(person: User) -> QuerySet[User]:
    """Who may stand in for a person: who acts today for the same ministry, or like them for the coordinating office."""
    own = Q(ministry__in=person.ministry_ids, role__in=ACTING)
    if person.has_role(Role.COORDINATOR):
        own |= Q(role=Role.COORDINATOR)
    return _with(own).exclude(pk=person.pk)


def _with(memberships: Q) -> QuerySet[User]:
    valid = Membership.objects.valid(on=timezone.localdate()).filter(memberships)
    return User.objects.filter(is_active=True, pk__in=valid.values("user")).order_by("name_ko", "username")


def give_delegation(
    delegator: User, delegate: User, *, by: Actor, valid_from: date, valid_to: date, reason: str, **values: Any
) -> Delegation:
    """Let `delegate` take the review steps of `delegator` from the first to the last day.

    Raises Forbidden, or Invalid at the field that is wrong: days gone by or in the wrong order, a person of another
    body or without a desk, days for which the two have a delegation already.
    """
    require(by, "delegate", delegator)
    _check_days(valid_from, valid_to)
    if not reason.strip():
        raise Invalid(_("Say why, for instance leave or a business trip."), field="reason")
    if not delegator.has_role(*REVIEWERS):
        raise Invalid(_("%s reviews nothing: there is no desk to see to.") % delegator, field="delegator")
    if delegate.pk == delegator.pk:
        raise Invalid(_("Nobody stands in for themselves: choose another person."), field="delegate")
    if not colleagues(delegator).filter(pk=delegate.pk).exists():
        raise Invalid(
            _("%(delegate)s does not act for the ministry of %(person)s today. Choose a colleague from there.")
            % {"delegate": delegate, "person": delegator},
            field="delegate",
        )
    with history.context(actor=by, verb="delegation.given", reason=reason):
        _lock_people(delegator, delegate)
        given = Delegation.objects.filter(delegator=delegator, delegate=delegate, revoked_at=None)
        if (twice := given.filter(valid_from__lte=valid_to, valid_to__gte=valid_from).first()) is not None:
            days = {"first": known_day(twice.valid_from), "last": known_day(twice.valid_to)}
            words = _("There is such a delegation already, from %(first)s to %(last)s. Revoke it or choose other days.")
            raise Invalid(words % days, field="valid_from")
        row = Delegation(
            delegator=delegator, delegate=delegate, valid_from=valid_from, valid_to=valid_to, reason=reason, **values
        )
        save_record(row, force_insert=True)
    return row


def revoke_delegation(delegation: Delegation, *, by: Actor) -> Delegation:
    """Take a delegation back: it ends at once. Raises Forbidden, or Invalid where it has ended."""
    require(by, "revoke_delegation", delegation)
    with history.context(actor=by, verb="delegation.revoked"):
        locked = locked_as_seen(delegation, None)
        if locked.state(on=timezone.localdate()) in ("revoked", "over"):
            raise Invalid(_("This delegation has ended already."))
        locked.revoked_at = timezone.now()
        save_record(locked)
    return locked


def _check_days(first: date, last: date) -> None:
    if last < first:
        raise Invalid(_("The last day lies before the first."), field="valid_to")
    if last < timezone.localdate():
        raise Invalid(_("These days have gone by. Choose a last day from today on."), field="valid_to")


def _lock_people(*people: User) -> None:
    """So that two at once do not give the same delegation; in one order, against deadlock."""
    list(User.objects.select_for_update(no_key=True).filter(pk__in=[each.pk for each in people]).order_by("pk"))
