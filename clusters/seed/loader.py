"""Loads rules of stages, rounds, complexes with stages and figures; what is there already is left alone."""

from decimal import Decimal

from clusters import actions
from clusters.models import Complex, DesignationRound, PublishedTotal, StageRule
from common.seeds import Row, provenance, texts
from tasks.permissions import Actor
from tasks.seed import references
from tasks.seed.references import Load, new_rows, picked

COLUMNS = (
    "key",
    "code",
    "kind",
    "coordinates_confidence",
    "coordinates_within_km",
    "lead_companies_ko",
    "lead_companies_en",
    "announced_investment_won",
    "announced_investment_until",
    "area_m2",
    "area_pyeong",
)
CONFIDENCES = ("lead_companies_confidence", "announced_investment_confidence", "area_confidence")
LIMIT = ("value", "unit", "bound", "law_ko", "article", "is_stopped_by_supplementation")


def load_clusters(load: Load, by: Actor) -> None:
    for row in new_rows(load, "stage_rules", StageRule):
        _rule(row, by)
    for row in new_rows(load, "designation_rounds", DesignationRound):
        _round(row, by)
    for row in new_rows(load, "complexes", Complex):
        place = _complex(row, by)
        _stages(place, row, by)
        _figures(place, row, by)
    known = set(PublishedTotal.objects.values_list("key", flat=True))
    for row in load("designation_rounds"):
        for total in row["totals"]:
            if total["key"] not in known:
                _total(DesignationRound.objects.get(key=row["key"]), total, by)


def _rule(row: Row, by: Actor) -> None:
    rule = actions.create_stage_rule(
        by=by, **picked(row, "key", "kind", "stage", "position"), **texts(row, "name"), **provenance(row)
    )
    for limit in row["limits"]:
        actions.add_stage_limit(by=by, rule=rule, **picked(limit, *LIMIT), **texts(limit, "name"), **provenance(limit))


def _round(row: Row, by: Actor) -> None:
    round_ = actions.create_designation_round(
        by=by,
        measure=references.measure(row["measure"]),
        **picked(row, "key", "kind", "applicant_count", "selected_count"),
        **texts(row, "name", "remark"),
        **provenance(row),
    )
    for position, step in enumerate(row["steps"], start=1):
        milestone = references.milestone(step["milestone"])
        if milestone is not None:
            actions.add_round_step(round_, milestone, by=by, stage=step["stage"] or "", position=position)


def _total(round_: DesignationRound, row: Row, by: Actor) -> None:
    actions.record_published_total(
        by=by,
        round=round_,
        complexes=Complex.objects.filter(key__in=row["complexes"]),
        **picked(row, "key", "quantity", "value", "until"),
        **texts(row, "name"),
        **provenance(row),
    )


def _complex(row: Row, by: Actor) -> Complex:
    return actions.create_complex(
        by=by,
        measure=references.measure(row["measure"]),
        round=DesignationRound.objects.get(key=row["round"]),
        region=references.region(row["region"]),
        other_regions=[region for key in row["regions"] if key != row["region"] and (region := references.region(key))],
        latitude=Decimal(str(row["latitude"])),
        longitude=Decimal(str(row["longitude"])),
        **{name: row[name] or "" for name in CONFIDENCES},
        **picked(row, *COLUMNS),
        **texts(row, "name", "industry", "location"),
        **provenance(row),
    )


def _stages(place: Complex, row: Row, by: Actor) -> None:
    for position, stage in enumerate(row["stages"], start=1):
        milestone = references.milestone(stage["milestone"])
        if milestone is not None:
            actions.add_complex_stage(
                place, milestone, by=by, stage=stage["stage"], position=position, **provenance(row)
            )


def _figures(place: Complex, row: Row, by: Actor) -> None:
    for figure in row["figures"]:
        actions.record_complex_figure(
            by=by,
            complex=place,
            precision=references.precision(figure, "as_of"),
            **picked(figure, "quantity", "value", "until", "as_of"),
            **texts(figure, "name"),
            **provenance(figure),
        )
