"""Talent: programmes, their cohorts, incentives for foreign talent."""

from typing import Any

from talent.models import Cohort, ForeignTalentIncentive, ProgrammeFigure, TalentProgramme
from tasks.actions.records import change_record, create_record
from tasks.permissions import Actor


def create_talent_programme(*, by: Actor, **values: Any) -> TalentProgramme:
    return create_record(TalentProgramme, by=by, verb="talent_programme.created", **values)


def change_talent_programme(row: TalentProgramme, **change: Any) -> TalentProgramme:
    return change_record(row, verb="talent_programme.changed", **change)


def record_programme_figure(*, by: Actor, **values: Any) -> ProgrammeFigure:
    return create_record(ProgrammeFigure, by=by, verb="talent_programme.figure_recorded", **values)


def create_cohort(*, by: Actor, **values: Any) -> Cohort:
    return create_record(Cohort, by=by, verb="cohort.created", **values)


def change_cohort(row: Cohort, **change: Any) -> Cohort:
    return change_record(row, verb="cohort.changed", **change)


def create_talent_incentive(*, by: Actor, **values: Any) -> ForeignTalentIncentive:
    return create_record(ForeignTalentIncentive, by=by, verb="talent_incentive.created", **values)


def change_talent_incentive(row: ForeignTalentIncentive, **change: Any) -> ForeignTalentIncentive:
    return change_record(row, verb="talent_incentive.changed", **change)
