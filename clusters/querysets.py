"""Who sees the rows of clusters that hang on more than a measure. Imports no model."""

from typing import Self

from tasks.querysets import VisibleQuerySet


class OfComplexQuerySet(VisibleQuerySet):
    tier_path = "complex__measure__effective_tier"


class ComplexStageQuerySet(OfComplexQuerySet):
    """A stage is seen by who sees both the complex and the milestone."""

    def within(self, tier: int) -> Self:
        return super().within(tier).filter(milestone__effective_tier__lte=tier)


class OfRoundQuerySet(VisibleQuerySet):
    tier_path = "round__measure__effective_tier"


class RoundStepQuerySet(OfRoundQuerySet):
    """A step is seen by who sees both the round and the milestone."""

    def within(self, tier: int) -> Self:
        return super().within(tier).filter(milestone__effective_tier__lte=tier)
