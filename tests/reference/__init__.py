"""Independent reference model of the rollups: standard library only, written for clarity."""

from .figures import Figure, Sums, computed_light
from .model import Rollup, compute
from .place import NONE, UNASSIGNED
from .plan import Dependency, Measure, Milestone, Plan, StrategicTask, Strategy
from .tree import STRATEGY, UNITS, largest_remainder, visible

__all__ = [
    "NONE",
    "STRATEGY",
    "UNASSIGNED",
    "UNITS",
    "Dependency",
    "Figure",
    "Measure",
    "Milestone",
    "Plan",
    "Rollup",
    "StrategicTask",
    "Strategy",
    "Sums",
    "compute",
    "computed_light",
    "largest_remainder",
    "visible",
]
