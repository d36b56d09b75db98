"""The nouns of ecosystem, one per file."""

from ecosystem.models.dependence import DependenceObservation
from ecosystem.models.lead_project import LeadProject
from ecosystem.models.mother_factory import MotherFactory
from ecosystem.models.supply_item import SupplyItem
from ecosystem.models.supply_plan import SupplyPlan, SupplySector

__all__ = ["DependenceObservation", "LeadProject", "MotherFactory", "SupplyItem", "SupplyPlan", "SupplySector"]
