"""Who sees the rows of trade that have a tier of their own or hang on two rows. Imports no model."""

from typing import Self

from django.db.models import Q

from tasks.querysets import VisibleQuerySet


class FrameworkStepQuerySet(VisibleQuerySet):
    """A step is seen by who sees both the framework and the milestone."""

    tier_path = "framework__measure__effective_tier"

    def within(self, tier: int) -> Self:
        return self.filter(milestone__effective_tier__lte=tier, framework__measure__effective_tier__lte=tier)


class CaseStepQuerySet(VisibleQuerySet):
    tier_path = "case__measure__effective_tier"

    def within(self, tier: int) -> Self:
        return self.filter(milestone__effective_tier__lte=tier, case__measure__effective_tier__lte=tier)


class PositionQuerySet(VisibleQuerySet):
    """The stricter of the own tier and the case's."""

    tier_path = "case__measure__effective_tier"

    def within(self, tier: int) -> Self:
        return self.filter(tier__lte=tier, case__measure__effective_tier__lte=tier)


class ConsultationQuerySet(VisibleQuerySet):
    """The strictest of the own tier, the measure's and, where it is about a case, the case's."""

    tier_path = "measure__effective_tier"

    def within(self, tier: int) -> Self:
        of_case = Q(case__isnull=True) | Q(case__measure__effective_tier__lte=tier)
        return self.filter(of_case, tier__lte=tier, measure__effective_tier__lte=tier)
