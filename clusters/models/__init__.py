"""The nouns of clusters, one per file."""

from clusters.models.complex import Complex, ComplexStage
from clusters.models.tenant import Tenant

__all__ = ["Complex", "ComplexStage", "Tenant"]
