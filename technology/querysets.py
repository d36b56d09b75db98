"""Who sees the rows of technology that hang on more than a measure. Imports no model."""

from typing import Self

from tasks.querysets import VisibleQuerySet


class HubPhaseQuerySet(VisibleQuerySet):
    """A phase is seen by who sees both the hub and the milestone."""

    tier_path = "hub__measure__effective_tier"

    def within(self, tier: int) -> Self:
        return self.filter(milestone__effective_tier__lte=tier, hub__measure__effective_tier__lte=tier)
