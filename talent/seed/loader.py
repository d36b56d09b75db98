"""Loads talent programmes, cohorts and incentives; what is there already is left alone."""

from common.seeds import Row, provenance, texts
from talent import actions
from talent.choices import CohortStep
from talent.models import Cohort, ForeignTalentIncentive, TalentProgramme
from tasks.permissions import Actor
from tasks.seed import references
from tasks.seed.references import Load, new_rows, picked


def load_talent(load: Load, by: Actor) -> None:
    for row in new_rows(load, "talent_programmes", TalentProgramme):
        _programme(row, by)
    for row in new_rows(load, "cohorts", Cohort):
        actions.create_cohort(
            by=by,
            programme=TalentProgramme.objects.get(key=row["programme"]),
            **picked(row, "key", "year", "planned", *CohortStep.values),
            **texts(row, "name"),
            **provenance(row),
        )
    for row in new_rows(load, "talent_incentives", ForeignTalentIncentive):
        _incentive(row, by)


def _programme(row: Row, by: Actor) -> None:
    actions.create_talent_programme(
        by=by,
        measure=references.measure(row["measure"]),
        ministry=references.ministry(row["ministry"]),
        agency=references.office(row["agency"]),
        target_precision=references.precision(row, "target_on"),
        **picked(row, "key", "kind", "announced_on", "target_people", "target_on"),
        **texts(row, "name"),
        **provenance(row),
    )


def _incentive(row: Row, by: Actor) -> None:
    actions.create_talent_incentive(
        by=by,
        measure=references.measure(row["measure"]),
        milestone=references.milestone(row["started_on_milestone"]),
        indicator=references.indicator(row["indicator"]),
        **picked(row, "key", "kind", "benefits_ko", "benefits_en", "target_people", "target_on"),
        **texts(row, "name"),
        **provenance(row),
    )
