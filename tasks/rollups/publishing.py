"""Freezes what a period publishes: the figures of its last day in every tier, computed from nothing, and who reported.

The content of a snapshot is canonical JSON – sorted keys, no blanks, UTF-8, whole numbers – of what stands in its rows;
its digest is the sha256 of those bytes. Nothing of the moment is in it, so what is taken twice is the same.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import translation

from accounts.models import Ministry
from common import past
from common.tiers import Tier, tier_code
from tasks.choices import Slice
from tasks.interfaces import FigureView, MoneyYear
from tasks.models import ReportingPeriod, Snapshot, SnapshotFigure, StrategicTask
from tasks.models.figure import COUNTS, SUMS
from tasks.rollups.explain import FORMULA_VERSION
from tasks.rollups.named import CELLS, NODES, NONE, label_of
from tasks.rollups.past import reading_with_figures
from tasks.rollups.read import figures
from tasks.rollups.reporting import Reporting, as_kept, reporting_of
from tasks.rollups.stored_money import money

FORMAT = "strategy-tracker/snapshot/1"
_BOTH = ("ko", "en")


@dataclass(frozen=True)
class Frozen:
    """What one tier is given, before it is stored."""

    tier: int
    figures: list[SnapshotFigure]
    reporting: dict[int, Reporting]


def freeze(period: ReportingPeriod) -> list[Frozen]:
    """The figures of the period's last day as they are known now, and who reported, for every tier; nothing is stored.

    What it reads is of one moment if the caller's transaction is (`engine.alone`).
    """
    reported = {tier: reporting_of(period, tier=tier) for tier in Tier.values}
    with past.reading(period.ends_on):
        reading_with_figures()  # from nothing, whatever is kept of the day
        return [Frozen(tier, list(_figures(period, tier)), reported[tier]) for tier in Tier.values]


def publish(period: ReportingPeriod, frozen: list[Frozen], *, by: Any, at: datetime) -> list[Snapshot]:
    """Store a further version of the period's snapshot, the lowest tier first: each digest holds those below it."""
    number = 1 + (period.snapshots.order_by("-number").values_list("number", flat=True).first() or 0)
    made: list[Snapshot] = []
    for part in sorted(frozen, key=lambda part: part.tier):
        snapshot = Snapshot(
            period=period, number=number, tier=part.tier, taken_at=at, taken_by=by, formulas=FORMULA_VERSION,
            reporting=as_kept(part.reporting.values()),
            missing={str(key): list(row.milestones) for key, row in part.reporting.items() if row.milestones},
        )  # fmt: skip
        snapshot.digest = digest_of(content_of(snapshot, part.figures, {s.tier: s.digest for s in made}))
        snapshot.save(force_insert=True)
        for row in part.figures:
            row.snapshot = snapshot
        SnapshotFigure.objects.bulk_create(part.figures, batch_size=2_000)
        made.append(snapshot)
    return made


def content_of(snapshot: Snapshot, rows: Iterable[SnapshotFigure], below: dict[int, str]) -> bytes:
    """What the digest of a snapshot is of; `below`: the digests of the lower tiers, by tier."""
    period = snapshot.period
    ministries = Ministry.objects.filter(pk__in=[row["ministry"] for row in snapshot.reporting])
    keys = dict(ministries.values_list("pk", "key"))
    reporting = [row | {"ministry": keys.get(row["ministry"], NONE)} for row in snapshot.reporting]
    content = {
        "format": FORMAT,
        "strategy": period.strategy.slug,
        "period": str(period),
        "as_of": period.ends_on.isoformat(),
        "due_on": period.due_on.isoformat(),
        "tier": tier_code(snapshot.tier),
        "formulas": snapshot.formulas,
        "below": {tier_code(tier): digest for tier, digest in below.items()},
        "reporting": sorted(reporting, key=lambda row: row["ministry"]),
        "figures": [_content(row) for row in sorted(rows, key=_place)],
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _place(row: SnapshotFigure) -> tuple[int, str]:
    return Slice.values.index(row.slice), row.code


def _content(row: SnapshotFigure) -> dict[str, Any]:
    return {
        "slice": row.slice,
        "code": row.code,
        "id": None if row.node is None else str(row.node),
        "title": {"ko": row.title_ko, "en": row.title_en},
        "sums": {name: getattr(row, name) for name in SUMS},
        "counts": {name: getattr(row, name) for name in COUNTS},
        "next_due": row.next_due.isoformat() if row.next_due else None,
        "light": str(row.light),
        "given": row.given,
        "money": row.money,
    }


def _figures(period: ReportingPeriod, tier: int) -> Iterator[SnapshotFigure]:
    strategy = period.strategy
    tasks = {row.pk: row for row in StrategicTask.objects.filter(strategy=strategy)}
    for slice in Slice:
        found = figures(slice, strategy=strategy, tier=tier)
        nodes = _nodes(slice, found, strategy)
        years = {} if slice in CELLS else money(slice, strategy=strategy, tier=tier)
        for key, view in found.items():
            task, own = (tasks[key[0]], key[1]) if isinstance(key, tuple) else (None, key)
            cut = None if slice in CELLS else [year_content(year) for year in years.get(own, ())]
            yield _row(view, nodes.get(own), task, cut)


def _nodes(slice: str, found: Iterable[Any], strategy: Any) -> dict[int, Any]:
    """The rows that figures are of, by the key that they have; of the strategy itself it is 0."""
    if slice == Slice.STRATEGY:
        return {0: strategy}
    model = NODES[CELLS.get(slice, slice)][0]
    keys = {key[1] if isinstance(key, tuple) else key for key in found}
    return dict(model._default_manager.in_bulk(keys))  # type: ignore[attr-defined]


def _row(view: FigureView, node: Any, task: Any, years: Any) -> SnapshotFigure:
    inner = CELLS.get(view.slice, view.slice)
    code = NONE if node is None else getattr(node, NODES[inner][1])
    titles = []
    for language in _BOTH:
        with translation.override(language):
            label = str(label_of(inner, node))
            titles.append(f"{task.title} × {label}" if task else label)
    first, second = view.key if isinstance(view.key, tuple) else (view.key, 0)
    counts = dict.fromkeys(COUNTS, 0) | view.counts
    return SnapshotFigure(
        slice=view.slice, key=first, second_key=second,
        **{name: getattr(view.sums, name) for name in SUMS}, **counts, next_due=view.next_due,
        node=None if task or node is None else node.uuid, code=f"{task.slug}:{code}" if task else code,
        title_ko=titles[0], title_en=titles[1], light=view.light, given=_given(view), money=years,
    )  # fmt: skip


def _given(view: FigureView) -> dict[str, dict[str, Any]]:
    found = {"declared": view.declared, "independent": view.independent}
    return {
        kind: {"light": light.light, "assessed_on": light.assessed_on.isoformat(), "confidence": light.confidence}
        for kind, light in found.items()
        if light is not None
    }


def year_content(year: MoneyYear) -> dict[str, Any]:
    """Whole won by phase, None where nothing is known, as a snapshot keeps it."""
    rate = year.execution_rate
    return {
        "fiscal_year": year.fiscal_year,
        "amounts": year.amounts,
        "at_least": list(year.at_least),
        "execution_rate": rate and {"executed": rate.numerator, "of": rate.denominator, "base": str(rate.base)},
    }


def is_over(period: ReportingPeriod, today: date) -> bool:
    """Only then the figures of its last day are all there."""
    return period.ends_on < today
