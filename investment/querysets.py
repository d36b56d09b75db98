"""Who sees the rows of investment that hang on a vehicle or a permit. Imports no model."""

from tasks.querysets import VisibleQuerySet


class OfVehicleQuerySet(VisibleQuerySet):
    tier_path = "vehicle__measure__effective_tier"


class OfPermitQuerySet(VisibleQuerySet):
    tier_path = "permit__measure__effective_tier"
