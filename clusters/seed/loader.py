"""Loads complexes with their stages; what is there already is left alone."""

from decimal import Decimal

from clusters import actions
from clusters.models import Complex
from common.seeds import Row, provenance, texts
from tasks.permissions import Actor
from tasks.seed import references
from tasks.seed.references import Load, new_rows, picked

COLUMNS = (
    "key",
    "code",
    "kind",
    "location_ko",
    "coordinates_confidence",
    "announced_investment_won",
    "announced_investment_until",
    "area_m2",
)


def load_clusters(load: Load, by: Actor) -> None:
    for row in new_rows(load, "complexes", Complex):
        place = _complex(row, by)
        for position, stage in enumerate(row["stages"], start=1):
            milestone = references.milestone(stage["milestone"])
            if milestone is not None:
                actions.add_complex_stage(
                    place, milestone, by=by, stage=stage["stage"], position=position, **provenance(row)
                )


def _complex(row: Row, by: Actor) -> Complex:
    return actions.create_complex(
        by=by,
        measure=references.measure(row["measure"]),
        region=references.region(row["region"]),
        other_regions=[region for key in row["regions"] if key != row["region"] and (region := references.region(key))],
        latitude=Decimal(str(row["latitude"])),
        longitude=Decimal(str(row["longitude"])),
        lead_companies=row["lead_companies_ko"],
        announced_investment_confidence=row["announced_investment_confidence"] or "",
        **picked(row, *COLUMNS),
        **texts(row, "name", "industry"),
        **provenance(row),
    )
