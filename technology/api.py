"""Doors of the API to technology, one view per noun."""

from rest_framework.routers import BaseRouter

from common.api import ReadOnly
from technology import filters, models, serializers


class TechnologyViewSet(ReadOnly):
    """Technology fields as a legal list names them."""

    dated = True
    queryset = models.TechnologyProfile.objects.all()
    serializer_class = serializers.TechnologyProfileSerializer
    filterset_class = filters.TechnologyProfileFilter
    lookup_code = "key"


class LegalListViewSet(ReadOnly):
    """The four legal meanings of “strategic technology”, never merged."""

    queryset = models.LegalList.objects.all()
    serializer_class = serializers.LegalListSerializer
    filterset_class = filters.LegalListFilter
    lookup_code = "key"


class ResearchProgrammeViewSet(ReadOnly):
    """Research money promised over several years."""

    dated = True
    queryset = models.ResearchProgramme.objects.all()
    serializer_class = serializers.ResearchProgrammeSerializer
    filterset_class = filters.ResearchProgrammeFilter
    lookup_code = "key"


class ResearchHubViewSet(ReadOnly):
    """Research hubs with their phases."""

    dated = True
    queryset = models.ResearchHub.objects.all()
    serializer_class = serializers.ResearchHubSerializer
    filterset_class = filters.ResearchHubFilter
    lookup_code = "key"


def register(router: BaseRouter) -> None:
    router.register("technologies", TechnologyViewSet, "technology-profile")
    router.register("legal-lists", LegalListViewSet, "legal-list")
    router.register("research-programmes", ResearchProgrammeViewSet, "research-programme")
    router.register("research-hubs", ResearchHubViewSet, "research-hub")
