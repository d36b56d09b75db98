"""The nouns of clusters, one per file."""

from clusters.models.complex import Complex, ComplexStage
from clusters.models.complex_figure import ComplexFigure
from clusters.models.round import DesignationRound, PublishedTotal, RoundStep
from clusters.models.stage_rule import StageLimit, StageRule
from clusters.models.tenant import Tenant

__all__ = [
    "Complex",
    "ComplexFigure",
    "ComplexStage",
    "DesignationRound",
    "PublishedTotal",
    "RoundStep",
    "StageLimit",
    "StageRule",
    "Tenant",
]
