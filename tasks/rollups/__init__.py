"""Figures: one function to read them (`figures`), one engine to store them (`recompute`, `drain`)."""

from tasks.rollups.engine import compute, drain, recompute
from tasks.rollups.read import figure, figures

__all__ = ["compute", "drain", "figure", "figures", "recompute"]
