"""Figures: one function to read them (`figures`), one engine to store them (`drain`, `recompute`, `audit`)."""

from tasks.rollups.changes import changes, columns_of
from tasks.rollups.curves import store_curves
from tasks.rollups.divergence import count_rated, with_divergence
from tasks.rollups.effect import Effect, effects
from tasks.rollups.engine import alone, audit, drain, recompute
from tasks.rollups.explain import explain
from tasks.rollups.keeping import keep_what_is_due
from tasks.rollups.money import latest_levels
from tasks.rollups.outlook import known_dues
from tasks.rollups.published import content_and_digest, latest_snapshot, published, published_money, restated, view_of
from tasks.rollups.publishing import freeze, is_over, publish
from tasks.rollups.read import condition, figure, figures, outlook
from tasks.rollups.rehearsal import MovedFigure, rehearse
from tasks.rollups.reporting import Reporting, reporting_of, reporting_then, total, who_has_not_reported
from tasks.rollups.series import series
from tasks.rollups.shares import with_share
from tasks.rollups.stored_money import money, store_money

__all__ = [
    "Effect",
    "MovedFigure",
    "Reporting",
    "alone",
    "audit",
    "changes",
    "columns_of",
    "condition",
    "content_and_digest",
    "count_rated",
    "drain",
    "effects",
    "explain",
    "figure",
    "figures",
    "freeze",
    "is_over",
    "keep_what_is_due",
    "known_dues",
    "latest_levels",
    "latest_snapshot",
    "money",
    "outlook",
    "publish",
    "published",
    "published_money",
    "recompute",
    "rehearse",
    "reporting_of",
    "reporting_then",
    "restated",
    "series",
    "store_curves",
    "store_money",
    "total",
    "view_of",
    "who_has_not_reported",
    "with_divergence",
    "with_share",
]
