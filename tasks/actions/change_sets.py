"""Change sets: edits of the plan, collected, shown with every figure that they move, then saved whole or not at all."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from common import history
from common.errors import DomainError, Invalid, Stale
from common.tiers import clearance_of
from tasks.actions.edits import KINDS, OPERATIONS, Site, Values, changed_by, nodes_in
from tasks.actions.plans import LINKS
from tasks.choices import Operation
from tasks.models import ChangeSet, PlanVersion, Strategy
from tasks.permissions import require
from tasks.rollups import MovedFigure, rehearse

# Beyond, a preview takes longer than anybody waits: each node is planned anew by its own action.
MOST_NODES = 200
NAMED = 5


@dataclass(frozen=True)
class Preview:
    """What a change set would move, and the plan that it was computed on.

    `of_later_day`: it takes effect on a day to come; shown are the figures of today as if that day were here.
    """

    moved: tuple[MovedFigure, ...]
    basis: str
    of_later_day: bool


def pending_changes(by: User) -> ChangeSet | None:
    """The set that the user has collected; nobody finds another's."""
    return ChangeSet.objects.filter(owner_id=by.pk).select_related("strategy").first()


def propose_edit(strategy: Strategy, operation: str, values: Values, *, by: User) -> ChangeSet:
    """Add one edit to the user's set. It is tried on top of those before it, and nothing of it is kept.

    Raises Forbidden; Invalid for what could not be saved today either.
    """
    require(by, "plan", strategy)
    with transaction.atomic():
        found, _is_new = ChangeSet.objects.select_for_update().get_or_create(
            owner_id=by.pk, defaults={"strategy": strategy}
        )
        if found.strategy_id != strategy.pk:
            words = _("Your change set is about “%s”. Save or discard it first.")
            raise Invalid(words % found.strategy)
        edit = {"operation": str(operation), "values": values, "seen": _versions_of(strategy, changed_by(values), by)}
        _try_edit(found, edit, by)
        found.edits.append(edit)
        found.save(update_fields=["edits"])
    return found


def drop_edit(number: int, *, by: User) -> None:
    """Take the edit with this number, from 1 on, out of the user's set."""
    with transaction.atomic():
        found = _own(by)
        if not 1 <= number <= len(found.edits):
            raise Invalid(_("This edit is gone already."))
        del found.edits[number - 1]
        found.save(update_fields=["edits"])


def describe_changes(*, by: User, effective_on: date, reason: str, source: str) -> ChangeSet:
    """Say from which day on the set is in force, why, and where that stands."""
    with transaction.atomic():
        found = _own(by)
        found.effective_on, found.reason, found.source = effective_on, reason, source
        found.save(update_fields=["effective_on", "reason", "source"])
    return found


def discard_changes(*, by: User) -> None:
    ChangeSet.objects.filter(owner_id=by.pk).delete()


def preview_changes(changes: ChangeSet, *, by: User) -> Preview:
    """Every figure that the set would move, exact: it is made, counted and taken back. Raises what saving raises."""
    require(by, "plan", changes.strategy)
    today = timezone.localdate()
    site = _site(changes, by, made_on=min(changes.effective_on, today))
    moved = rehearse(lambda: _make(changes.edits, site), strategy=changes.strategy, tier=clearance_of(by))
    return Preview(moved, plan_basis(changes.strategy), changes.effective_on > today)


def save_changes(*, by: User, basis: str) -> int:
    """Make every edit of the user's set, in one transaction, or none; how many.

    `basis` is that of the preview. Raises Stale where a node, or anything else of the plan, was changed since it was
    seen; Invalid, naming the edit.
    """
    with transaction.atomic():
        changes = _own(by)
        strategy = Strategy.objects.select_for_update(no_key=True).get(pk=changes.strategy_id)
        require(by, "plan", strategy)
        for name, words in (("reason", _("Enter the reason of the change.")), ("source", _("Say where it stands."))):
            if not getattr(changes, name).strip():
                raise Invalid(words, field=name)
        _require_seen(changes, by)
        if basis != plan_basis(strategy):
            raise Stale(_("The plan was changed elsewhere meanwhile. Look at the figures again, then save."))
        with history.context(actor=by, verb="plan.restructured", reason=changes.reason):
            _make(changes.edits, _site(changes, by, made_on=changes.effective_on))
        changes.delete()
    return len(changes.edits)


def look_again(*, by: User) -> None:
    """Let the set rest on the plan as it stands now: saved once more, it is meant."""
    with transaction.atomic():
        found = _own(by)
        for edit in found.edits:
            edit["seen"] = _versions_of(found.strategy, changed_by(edit["values"]), by)
        found.save(update_fields=["edits"])


def plan_basis(strategy: Strategy) -> str:
    """A word that changes with every change of the strategy's plan."""
    of_it = (
        Q(strategic_task__strategy=strategy)
        | Q(measure__strategic_task__strategy=strategy)
        | Q(milestone__measure__strategic_task__strategy=strategy)
    )
    found = PlanVersion.objects.filter(of_it).aggregate(last=Max("pk"), number=Count("pk"))
    return f"{found['last']}.{found['number']}"


def _own(by: User) -> ChangeSet:
    found = ChangeSet.objects.select_for_update(of=("self",)).filter(owner_id=by.pk).select_related("strategy").first()
    if found is None or not found.edits:
        raise Invalid(_("There is no change set any more: it was saved or discarded."), code="gone")
    return found


def _site(changes: ChangeSet, by: User, *, made_on: date) -> Site:
    return Site(by, changes.strategy, changes.effective_on, made_on, changes.reason.strip() or "–", changes.source)


def _make(edits: list[dict[str, Any]], site: Site) -> None:
    if len({name for edit in edits for name in changed_by(edit["values"])}) > MOST_NODES:
        raise Invalid(
            _("A change set changes at most %s nodes. Save what is collected, then go on.") % f"{MOST_NODES:,}"
        )
    for number, edit in enumerate(edits, 1):
        try:
            OPERATIONS[edit["operation"]](site, edit["values"])
        except DomainError as error:
            if len(edits) > 1:
                error.message = f"{number}. {Operation(edit['operation']).label}: {error.message}"
            raise


def _try_edit(changes: ChangeSet, edit: dict[str, Any], by: User) -> None:
    """Whether it can be made. From which day on is asked later: the set's own day is not judged here."""
    site = _site(changes, by, made_on=min(changes.effective_on, timezone.localdate()))
    with transaction.atomic():
        _make([*changes.edits, edit], site)
        transaction.set_rollback(True)


def _versions_of(strategy: Strategy, names: list[str], by: User) -> dict[str, int]:
    """The plan version last recorded of each node that stands already, by name."""
    found: dict[str, int] = {}
    for kind, (model, field) in KINDS.items():
        keys = [name.partition(":")[2] for name in names if name.startswith(f"{kind}:")]
        rows = nodes_in(strategy, kind, by).filter(**{f"{field}__in": keys})
        link = LINKS[model]
        latest = PlanVersion.objects.filter(**{f"{link}__in": rows}).order_by().values(f"{link}__{field}")
        found |= {f"{kind}:{row[f'{link}__{field}']}": row["last"] for row in latest.annotate(last=Max("pk"))}
    return found


def _require_seen(changes: ChangeSet, by: User) -> None:
    """Hold what the set changes, and refuse where any of it was planned anew since its edit was made."""
    seen: dict[str, int] = {}
    for edit in changes.edits:
        seen = edit["seen"] | seen  # of a node that several edits change, the first saw what stood
    for kind, (_model, field) in KINDS.items():
        keys = [name.partition(":")[2] for name in seen if name.startswith(f"{kind}:")]
        rows = nodes_in(changes.strategy, kind, by).filter(**{f"{field}__in": keys})
        list(rows.order_by("pk").select_for_update(of=("self",)))
    now = _versions_of(changes.strategy, list(seen), by)
    if moved := sorted(name.partition(":")[2] for name, version in seen.items() if now.get(name) != version):
        words = _("Somebody changed this meanwhile: %s. Look at what stands now, then save again.")
        raise Stale(words % (", ".join(moved[:NAMED]) + ("…" if len(moved) > NAMED else "")))
