"""What a change of a row tells whom. A rule reads one change and names people; whether they see it is asked later."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from accounts.models import Delegation, Membership, Role, User
from tasks.choices import NoticeKind, PeriodState, ReportStatus
from tasks.mentions import mentioned
from tasks.models import Change, Comment, StatusReport
from tasks.permissions import on_desk_of

Named = tuple[str, int | None]
NOTHING: Named = ("", None)


@dataclass(frozen=True)
class Event:
    """One piece of news: its kind, a name that is unique for each person, about which row, for whom.

    `followed` is the row that the person follows, where that is another one.
    """

    kind: NoticeKind
    name: str
    about: Named
    recipients: tuple[int, ...]
    at: datetime
    verb: str = ""
    actor: int | None = None
    followed: Named = NOTHING


def personal_events(change: Change) -> Iterator[Event]:
    """What a change tells those whom it concerns by themselves."""
    rule = RULES.get(change.table)
    for kind, people, about in rule(change) if rule else ():
        name = f"{kind}:{change.sequence}"
        yield Event(kind, name, about, tuple(people), change.at, change.verb, change.actor_id)


Told = Iterable[tuple[NoticeKind, Iterable[int], Named]]


def _of_report(change: Change) -> Told:
    after, about = change.after or {}, (change.table, change.object_id)
    status = after.get("status")
    moved = status or (ReportStatus.SUBMITTED if after.get("endorsed_at") else None)
    if moved not in (ReportStatus.SUBMITTED, ReportStatus.RETURNED, ReportStatus.ACCEPTED):
        return
    rows = StatusReport.objects.select_related("milestone__measure__strategic_task__strategy")
    row = rows.filter(pk=change.object_id).first()
    if row is None:
        return
    if moved == ReportStatus.RETURNED:
        yield NoticeKind.RETURNED, _persons(row.author_id), about
    elif moved == ReportStatus.ACCEPTED:
        yield NoticeKind.ACCEPTED, _persons(row.author_id), about
    else:
        yield NoticeKind.WAITS, reviewers_of(row), about


def reviewers_of(report: StatusReport) -> list[int]:
    """Whose desk the report lies on now, delegates among them."""
    today = timezone.localdate()
    valid = Membership.objects.valid(on=today)
    at_desks = valid.filter(Q(role=Role.COORDINATOR) | Q(role=Role.APPROVER, ministry=report.ministry_id))
    people = set(at_desks.values_list("user", flat=True))
    people |= set(Delegation.objects.valid(on=today).filter(delegator__in=people).values_list("delegate", flat=True))
    rows: Any = StatusReport.objects.filter(pk=report.pk)
    return [
        user.pk
        for user in User.objects.filter(pk__in=people, is_active=True).order_by("pk")
        if on_desk_of(user, rows).exists()
    ]


def _of_comment(change: Change) -> Told:
    """Of a correction those whom the words before did not mention."""
    text = (change.after or {}).get("text")
    row = Comment.objects.filter(pk=change.object_id, withdrawn_at=None).first()
    if text is None or row is None:
        return
    before = mentioned((change.before or {}).get("text", "")) if change.before else {}
    people = [person.pk for name, person in mentioned(text).items() if name not in before]
    yield NoticeKind.MENTIONED, people, (change.table, change.object_id)


def _of_delegation(change: Change) -> Told:
    row = Delegation.objects.filter(pk=change.object_id).first()
    if row is not None and (change.operation == "insert" or (change.after or {}).get("revoked_at")):
        yield NoticeKind.DELEGATED, (row.delegate_id, row.delegator_id), (change.table, change.object_id)


def _of_membership(change: Change) -> Told:
    """A role that was handed over: told to the successor, about no row."""
    if change.verb == "person.handed_over" and change.operation == "insert":
        yield NoticeKind.DELEGATED, _persons((change.after or {}).get("user_id")), NOTHING


def _of_period(change: Change) -> Told:
    state = (change.after or {}).get("state")
    if change.operation == "update" and state in (PeriodState.CLOSED, PeriodState.REOPENED):
        yield NoticeKind.PERIOD, reporters(), (change.table, change.object_id)


def reporters() -> list[int]:
    """Everybody who reports or approves for a ministry today."""
    valid = Membership.objects.valid(on=timezone.localdate()).filter(role__in=(Role.STAFF, Role.APPROVER))
    return sorted(set(valid.filter(user__is_active=True).values_list("user", flat=True)))


def _persons(*keys: int | None) -> list[int]:
    return [key for key in keys if key is not None]


RULES: dict[str, Callable[[Change], Told]] = {
    "tasks_statusreport": _of_report,
    "tasks_comment": _of_comment,
    "accounts_delegation": _of_delegation,
    "accounts_membership": _of_membership,
    "tasks_reportingperiod": _of_period,
}
