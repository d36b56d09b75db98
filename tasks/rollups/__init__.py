"""Figures: one function to read them (`figures`), one engine to store them (`drain`, `recompute`, `audit`)."""

from tasks.rollups.changes import changes, columns_of
from tasks.rollups.curves import store_curves
from tasks.rollups.divergence import count_rated, with_divergence
from tasks.rollups.effect import Effect, effects
from tasks.rollups.engine import audit, drain, recompute
from tasks.rollups.explain import explain
from tasks.rollups.keeping import keep_what_is_due
from tasks.rollups.money import latest_levels
from tasks.rollups.outlook import known_dues
from tasks.rollups.read import condition, figure, figures, outlook
from tasks.rollups.series import series
from tasks.rollups.shares import with_share
from tasks.rollups.stored_money import money, store_money

__all__ = [
    "Effect",
    "audit",
    "changes",
    "columns_of",
    "condition",
    "count_rated",
    "drain",
    "effects",
    "explain",
    "figure",
    "figures",
    "keep_what_is_due",
    "known_dues",
    "latest_levels",
    "money",
    "outlook",
    "recompute",
    "series",
    "store_curves",
    "store_money",
    "with_divergence",
    "with_share",
]
