"""Loads frameworks, negotiation cases and protection measures; what is there already is left alone."""

from collections.abc import Iterator

from common.seeds import Row, provenance, texts
from tasks.permissions import Actor
from tasks.seed import references
from tasks.seed.references import Load, new_rows, picked
from trade import actions
from trade.models import Framework, NegotiationCase, ProtectionMeasure


def load_trade(load: Load, by: Actor) -> None:
    # A pillar names its framework, so it comes after it.
    for row in sorted(new_rows(load, "frameworks", Framework), key=lambda row: bool(row["parent"])):
        _framework(row, by)
    for row in new_rows(load, "negotiation_cases", NegotiationCase):
        _case(row, by)
    for row in new_rows(load, "protection_measures", ProtectionMeasure):
        _protection(row, by)


def _framework(row: Row, by: Actor) -> None:
    framework = actions.create_framework(
        by=by,
        measure=references.measure(row["measure"]),
        parent=Framework.objects.get(key=row["parent"]) if row["parent"] else None,
        status=row["status"] or "",
        **picked(row, "key", "member_count", "launched_on"),
        **texts(row, "name"),
        **provenance(row),
    )
    for step in _steps(row):
        actions.add_framework_step(framework, by=by, **step)


def _case(row: Row, by: Actor) -> None:
    case = actions.create_negotiation_case(
        by=by,
        measure=references.measure(row["measure"]),
        status=row["status"] or "",
        **picked(row, "key", "counterpart"),
        **texts(row, "name", "issue", "stake", "next_step"),
        **provenance(row),
    )
    for step in _steps(row):
        actions.add_case_step(case, by=by, **step)


def _steps(row: Row) -> Iterator[Row]:
    """The milestones in their order, each with what becomes of the row by it."""
    after = row.get("status_after") or {}
    for position, key in enumerate(row["milestones"], start=1):
        yield {"milestone": references.milestone(key), "position": position, "status_after": after.get(key, "")}


def _protection(row: Row, by: Actor) -> None:
    actions.create_protection_measure(
        by=by,
        measure=references.measure(row["measure"]),
        bill=references.bill(row["bill"]),
        milestone=references.milestone(row["milestone"]),
        unit=row["unit"] or "",
        **picked(row, "key", "kind", "law_ko", "value_before", "value_after"),
        **texts(row, "name", "text_before", "text_after"),
        **provenance(row),
    )
