"""Doors of the API to talent, one view per noun."""

from django.db.models import QuerySet
from rest_framework.routers import BaseRouter

from common.api import ReadOnly
from talent import filters, models, serializers
from talent.rollups import with_issued


class TalentProgrammeViewSet(ReadOnly):
    """Programmes that train or attract talent."""

    dated = True
    queryset = models.TalentProgramme.objects.all()
    serializer_class = serializers.TalentProgrammeSerializer
    filterset_class = filters.TalentProgrammeFilter
    lookup_code = "key"


class CohortViewSet(ReadOnly):
    """Cohorts, from call to placement."""

    dated = True
    queryset = models.Cohort.objects.all()
    serializer_class = serializers.CohortSerializer
    filterset_class = filters.CohortFilter
    lookup_code = "key"


class TalentIncentiveViewSet(ReadOnly):
    """What is offered to talent from abroad, and how many were issued up to which day."""

    dated = True
    queryset = models.ForeignTalentIncentive.objects.all()
    serializer_class = serializers.ForeignTalentIncentiveSerializer
    filterset_class = filters.ForeignTalentIncentiveFilter
    lookup_code = "key"

    def prepare(self, rows: QuerySet) -> QuerySet:
        return with_issued(rows, self.request.user)


def register(router: BaseRouter) -> None:
    router.register("talent-programmes", TalentProgrammeViewSet, "talent-programme")
    router.register("cohorts", CohortViewSet, "cohort")
    router.register("talent-incentives", TalentIncentiveViewSet, "talent-incentive")
