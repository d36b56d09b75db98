"""Who sees the rows of investment that hang on a vehicle. Imports no model."""

from tasks.querysets import VisibleQuerySet


class OfVehicleQuerySet(VisibleQuerySet):
    tier_path = "vehicle__measure__effective_tier"
