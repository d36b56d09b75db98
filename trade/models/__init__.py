"""The nouns of trade, one per file."""

from trade.models.consultation import Consultation
from trade.models.framework import Framework, FrameworkStep
from trade.models.negotiation import CaseStep, NegotiationCase, Position
from trade.models.protection import ProtectionMeasure

__all__ = [
    "CaseStep",
    "Consultation",
    "Framework",
    "FrameworkStep",
    "NegotiationCase",
    "Position",
    "ProtectionMeasure",
]
