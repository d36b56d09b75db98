"""Commitments: what was promised, and the verdicts on it."""

from collections.abc import Iterable
from typing import Any

from common import history
from tasks.actions.records import create_record
from tasks.models import Commitment, CommitmentVerdict, Measure
from tasks.permissions import Actor


def create_commitment(*, by: Actor, measures: Iterable[Measure] = (), **values: Any) -> Commitment:
    with history.context(actor=by, verb="commitment.created"):
        commitment = create_record(Commitment, by=by, verb="commitment.created", **values)
        commitment.measures.set(measures)
    return commitment


def judge_commitment(commitment: Commitment, *, by: Actor, **values: Any) -> CommitmentVerdict:
    return create_record(CommitmentVerdict, by=by, verb="commitment.judged", commitment=commitment, **values)
