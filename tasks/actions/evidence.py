"""Evidence: adding files and links to a milestone, changing what is said of them, taking them back."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from common import history
from common.errors import Invalid
from common.tiers import Tier
from common.uploads import Refused
from common.uploads.content import TYPES, file_type, plain_name
from tasks.actions.records import locked_as_seen, save_record
from tasks.choices import EvidenceKind, MilestoneState, ReportStatus, Verb
from tasks.models import Evidence, Milestone, StatusReport
from tasks.permissions import Actor, System, require
from tasks.querysets import EvidenceQuerySet

FOLDER = "evidence"
# Codes of the refusals of what is there already: seen beforehand, or by the constraint where two came at once.
THERE_ALREADY = ("twin", "evidence_file_once")
# A file is written before its row: younger ones may still get theirs.
STRAY_AFTER = timedelta(days=1)


def most_bytes() -> int:
    """How large one file may be."""
    return settings.EVIDENCE_MAX_MB * 2**20


def allowed_types() -> frozenset[str]:
    """Keys of the types that are taken: those of the setting, else all that are known."""
    found = frozenset(settings.EVIDENCE_TYPES or TYPES)
    if unknown := sorted(found - set(TYPES)):
        raise ImproperlyConfigured(f"EVIDENCE_TYPES: there is no “{unknown[0]}”. Known: {', '.join(TYPES)}.")
    return found


def too_big() -> Refused:
    return Refused(
        _("The file is larger than %s MB. Save it smaller, or split it.") % settings.EVIDENCE_MAX_MB, code="too_big"
    )


def add_file(
    milestone: Milestone,
    *,
    by: Actor,
    kind: str,
    name: str,
    content: bytes,
    title: str = "",
    tier: int | None = None,
) -> Evidence:
    """Keep a file as evidence; without a tier it has the milestone's.

    Raises Forbidden; Refused, beginning with the name of the file, for what is no document of the kinds that are
    taken; Invalid where it is there already or the tier is looser than the milestone's.
    """
    shown = plain_name(name)
    row = _row(milestone, by=by, kind=kind, title=title, tier=tier)
    try:
        found = _judged(content)
    except Refused as error:
        raise Refused(f"{shown}: {error.message}", code=error.code) from error
    row.name, row.content_type = plain_name(name, found.suffixes), found.media
    row.size, row.sha256 = len(content), sha256(content).hexdigest()
    _refuse_twin(row, by, sha256=row.sha256)
    with _kept(content) as row.stored_as, history.context(actor=by, verb="evidence.added"):
        save_record(row, force_insert=True)
    return row


def add_link(
    milestone: Milestone,
    *,
    by: Actor,
    kind: str,
    url: str,
    title: str = "",
    tier: int | None = None,
    **values: Any,
) -> Evidence:
    """Keep a web address as evidence. Raises Forbidden, Invalid."""
    row = _row(milestone, by=by, kind=kind, title=title, tier=tier, url=url.strip(), **values)
    if not row.url.startswith("https://"):
        raise Invalid(_("Enter an address that begins with https://."), field="url")
    _refuse_twin(row, by, url=row.url)
    with history.context(actor=by, verb="evidence.added"):
        save_record(row, force_insert=True)
    return row


def change_evidence(
    evidence: Evidence, *, by: Actor, reason: str, expected_version: int | None = None, **values: Any
) -> Evidence:
    """Change kind, title or tier; what was uploaded never changes. Raises Forbidden, Invalid, Stale."""
    require(by, "record", evidence)
    if not values:
        raise Invalid(_("Nothing was changed: change a field, or go back."))
    with _written_anew(evidence, by, "evidence.changed", reason, expected_version) as locked:
        for name, value in values.items():
            setattr(locked, name, value)
        _check_tier(locked)
        require(by, "record", locked)
        save_record(locked)
    evidence.refresh_from_db()
    return evidence


def withdraw_evidence(evidence: Evidence, *, by: Actor, reason: str) -> Evidence:
    """Take evidence back; it stays on record. Raises Forbidden, Invalid where a completion rests on it."""
    require(by, "record", evidence)
    with _written_anew(evidence, by, "evidence.withdrawn", reason) as locked:
        locked.withdrawn_at = timezone.now()
        save_record(locked)
    evidence.refresh_from_db()
    return evidence


def require_evidence(report: StatusReport, *, by: Actor) -> None:
    """A completion needs what its milestone asks for, as far as the actor sees it; Invalid names what is missing.

    The starter data are exempt: they record what sources say of the past, and no source hands over its files.
    """
    if report.verb != Verb.COMPLETE or isinstance(by, System):
        return
    if missing := _missing(report.milestone, by):
        raise Invalid(
            _("It cannot be completed yet. This evidence is missing: %s. Add it, then try again.")
            % kinds_text(missing),
            field="evidence",
            code="evidence_missing",
        )


def file_with(report: StatusReport, *, by: Actor) -> None:
    """What the reporter has added since the last report goes with this one; so does that of one taken back."""
    if isinstance(by, System):
        return
    free = Q(report=None) | Q(report__status=ReportStatus.WITHDRAWN)
    Evidence.objects.in_force().filter(free, milestone=report.milestone, author=by).update(report=report)


def kinds_text(kinds: list[str]) -> str:
    return ", ".join(str(EvidenceKind(kind).label) for kind in kinds)


def forget_stray_files() -> int:
    """Delete stored files that no row names: left over where a process ended before its row was written; how many."""
    known = set(Evidence.objects.exclude(stored_as="").values_list("stored_as", flat=True))
    before, count = timezone.now() - STRAY_AFTER, 0
    for path in _stored():
        if path not in known and default_storage.get_modified_time(path) < before:
            default_storage.delete(path)
            count += 1
    return count


def _stored() -> Iterator[str]:
    if default_storage.exists(FOLDER):
        for part in default_storage.listdir(FOLDER)[0]:
            yield from (f"{FOLDER}/{part}/{name}" for name in default_storage.listdir(f"{FOLDER}/{part}")[1])


def _row(milestone: Milestone, *, by: Actor, tier: int | None, **values: Any) -> Evidence:
    """An unsaved row that the actor may add."""
    person = None if isinstance(by, System) else by
    row = Evidence(milestone=milestone, tier=tier or milestone.effective_tier, author=person, **values)
    require(by, "record", row)
    _check_tier(row)
    return row


def _check_tier(row: Evidence) -> None:
    if row.tier < row.milestone.effective_tier:
        raise Invalid(
            _("Evidence is never less classified than its milestone: choose “%s” or a stricter classification.")
            % Tier(row.milestone.effective_tier).label,
            field="tier",
        )


def _judged(content: bytes) -> Any:
    if len(content) > most_bytes():
        raise too_big()
    return file_type(content, allowed_types())


def _refuse_twin(row: Evidence, by: Actor, **same: str) -> None:
    """The same content again adds nothing. Only what the actor sees is named; the constraint judges the race."""
    twin = _seen(by).in_force().filter(milestone=row.milestone, **same).first()
    if twin is not None:
        raise Invalid(
            _("%(name)s: the same is among the evidence of this milestone already, as “%(twin)s”.")
            % {"name": row.name or row.url, "twin": twin},
            field="url" if row.url else "",
            code="twin",
        )


@contextmanager
def _kept(content: bytes) -> Iterator[str]:
    """The name of the stored file; it is removed where the block, with its transaction, fails."""
    key = uuid4().hex
    name = default_storage.save(f"{FOLDER}/{key[:2]}/{key}", ContentFile(content))
    try:
        yield name
    except BaseException:
        default_storage.delete(name)
        raise


@contextmanager
def _written_anew(
    evidence: Evidence, by: Actor, verb: str, reason: str, expected_version: int | None = None
) -> Iterator[Evidence]:
    """The row in force, locked after its milestone, as reports lock."""
    if not reason.strip():
        raise Invalid(_("Enter the reason of the change."), field="reason")
    with history.context(actor=by, verb=verb, reason=reason):
        milestone = Milestone.objects.select_for_update(of=("self",)).get(pk=evidence.milestone_id)
        locked = locked_as_seen(evidence, expected_version)
        if locked.withdrawn_at:
            raise Invalid(_("This evidence was withdrawn already."), code="withdrawn")
        locked.milestone = milestone
        missing = _missing(milestone, by)
        yield locked
        _check_still_complete(milestone, set(_missing(milestone, by)) - set(missing))


def _missing(milestone: Milestone, by: Actor) -> list[str]:
    return _seen(by).missing_of(milestone)


def _seen(by: Actor) -> EvidenceQuerySet:
    return Evidence.objects.all() if isinstance(by, System) else Evidence.objects.visible_to(by)


def _check_still_complete(milestone: Milestone, lost: set[str]) -> None:
    """What was completed with evidence keeps it: the better one comes first, or the milestone is reopened."""
    if milestone.state == MilestoneState.COMPLETED and lost:
        raise Invalid(
            _("The completion rests on it: %s would be missing. Add the right one first, or have it reopened.")
            % kinds_text(sorted(lost)),
            code="completed",
        )
