"""Talent: programmes, their cohorts, incentives for foreign talent."""

from typing import Any

from talent.models import Cohort, ForeignTalentIncentive, TalentProgramme
from tasks.actions.records import create_record
from tasks.permissions import Actor


def create_talent_programme(*, by: Actor, **values: Any) -> TalentProgramme:
    return create_record(TalentProgramme, by=by, verb="talent_programme.created", **values)


def create_cohort(*, by: Actor, **values: Any) -> Cohort:
    return create_record(Cohort, by=by, verb="cohort.created", **values)


def create_talent_incentive(*, by: Actor, **values: Any) -> ForeignTalentIncentive:
    return create_record(ForeignTalentIncentive, by=by, verb="talent_incentive.created", **values)
