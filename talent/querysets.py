"""Who sees the rows of talent that hang on a programme. Imports no model."""

from tasks.querysets import VisibleQuerySet


class OfProgrammeQuerySet(VisibleQuerySet):
    tier_path = "programme__measure__effective_tier"
