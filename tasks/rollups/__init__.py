"""Figures: one function to read them (`figures`), one engine to store them (`drain`, `recompute`, `audit`)."""

from tasks.rollups.engine import audit, drain, recompute
from tasks.rollups.money import latest_levels, money
from tasks.rollups.read import condition, figure, figures
from tasks.rollups.shares import with_share

__all__ = ["audit", "condition", "drain", "figure", "figures", "latest_levels", "money", "recompute", "with_share"]
