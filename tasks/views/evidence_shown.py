"""What pages show of evidence: the rows that the reader sees, what a completion still needs, the form for more."""

from collections.abc import Iterable
from typing import Any

from tasks.choices import EvidenceKind
from tasks.forms.evidence import UploadForm
from tasks.models import Evidence, Milestone, StatusReport
from tasks.permissions import may


def of_milestone(milestone: Milestone, user: Any) -> dict[str, Any]:
    """All evidence of a milestone, and the form, for who may add to it."""
    rows = _rows(milestone, user)
    in_force = [row for row in rows if row.withdrawn_at is None]
    missing = milestone.evidence_missing(row.kind for row in in_force)
    return {
        "evidence": in_force,
        "evidence_withdrawn": [row for row in rows if row.withdrawn_at],
        "needed": needed(milestone, missing),
        "upload": upload_form(milestone, user, missing),
    }


def of_report(report: StatusReport, user: Any) -> dict[str, Any]:
    """Of its milestone: what was filed with the report, and what else is there."""
    shown = of_milestone(report.milestone, user)
    return shown | {
        "filed_with_it": [row for row in shown["evidence"] if row.report_id == report.pk],
        "evidence": [row for row in shown["evidence"] if row.report_id != report.pk],
    }


def of_form(milestone: Milestone, user: Any) -> dict[str, Any]:
    """The part of a report form: what is needed, and the form for files in short."""
    missing = Evidence.objects.visible_to(user).missing_of(milestone)
    form = upload_form(milestone, user, missing, is_brief=True)
    return {"needed": needed(milestone, missing), "report_upload": form}


def needed(milestone: Milestone, missing: Iterable[str]) -> list[tuple[Any, bool]]:
    """Each kind that a completion needs, and whether it is there."""
    return [(EvidenceKind(kind).label, kind not in missing) for kind in milestone.required_evidence]


def upload_form(milestone: Milestone, user: Any, missing: Iterable[str], *, is_brief: bool = False) -> Any:
    """None for who may not add."""
    if not may(user, "record", Evidence(milestone=milestone)):
        return None
    return UploadForm(milestone=milestone, reader=user, missing=missing, is_brief=is_brief)


def _rows(milestone: Milestone, user: Any) -> list[Evidence]:
    found: Any = Evidence.objects.visible_to(user).filter(milestone=milestone)
    rows = list(found.with_visible(user, "report").select_related("author"))
    for row in rows:
        row.milestone = milestone
        row.may_change = row.withdrawn_at is None and bool(may(user, "record", row))
    return rows
