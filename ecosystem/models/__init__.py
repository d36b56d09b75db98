"""The nouns of ecosystem, one per file."""

from ecosystem.models.dependence import DependenceObservation
from ecosystem.models.lead_project import LeadProject
from ecosystem.models.mother_factory import MotherFactory
from ecosystem.models.supply_item import SupplyItem

__all__ = ["DependenceObservation", "LeadProject", "MotherFactory", "SupplyItem"]
