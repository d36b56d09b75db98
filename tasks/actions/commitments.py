"""Commitments: what was promised, and the verdicts on it."""

from collections.abc import Iterable
from typing import Any

from tasks.actions.records import create_record
from tasks.models import Commitment, CommitmentVerdict, Measure
from tasks.permissions import Actor


def create_commitment(*, by: Actor, measures: Iterable[Measure] = (), **values: Any) -> Commitment:
    return create_record(Commitment, by=by, verb="commitment.created", measures=measures, **values)


def judge_commitment(commitment: Commitment, *, by: Actor, **values: Any) -> CommitmentVerdict:
    return create_record(CommitmentVerdict, by=by, verb="commitment.judged", commitment=commitment, **values)
