"""Loads talent programmes, cohorts and incentives; what is there already is left alone."""

from common.seeds import Row, provenance, texts
from talent import actions
from talent.choices import CohortStep
from talent.models import Cohort, ForeignTalentIncentive, ProgrammeFigure, TalentProgramme
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
    programme = actions.create_talent_programme(
        by=by,
        measure=references.measure(row["measure"]),
        ministry=references.ministry(row["ministry"]),
        agency=references.office(row["agency"]),
        milestone=references.milestone(row.get("started_on_milestone")),
        target_precision=references.precision(row, "target_on"),
        **picked(row, "key", "kind", "announced_on", "target_people", "target_on"),
        **texts(row, "name", "criteria"),
        **provenance(row),
    )
    for figure in row["figures"]:
        _figure(programme, figure, by)


def _figure(programme: TalentProgramme, row: Row, by: Actor) -> None:
    actions.record_programme_figure(
        by=by,
        programme=programme,
        part_of=ProgrammeFigure.objects.filter(key=row["part_of"] or "").first(),
        precision=references.precision(row, "as_of"),
        **picked(row, "key", "value", "unit", "as_of"),
        **texts(row, "name"),
        **provenance(row),
    )


def _incentive(row: Row, by: Actor) -> None:
    actions.create_talent_incentive(
        by=by,
        measure=references.measure(row["measure"]),
        milestone=references.milestone(row["started_on_milestone"]),
        indicator=references.indicator(row["indicator"]),
        target_precision=references.precision(row, "target_on"),
        **picked(row, "key", "kind", "benefits_ko", "benefits_en", "target_people", "target_on"),
        **texts(row, "name"),
        **provenance(row),
    )
