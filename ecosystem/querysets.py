"""Who sees the rows of ecosystem that hang on an item. Imports no model."""

from tasks.querysets import VisibleQuerySet


class OfItemQuerySet(VisibleQuerySet):
    tier_path = "item__measure__effective_tier"


class OfPlanQuerySet(VisibleQuerySet):
    tier_path = "plan__measure__effective_tier"
