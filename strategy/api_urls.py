"""Every address of the API: each package registers its own."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import DefaultRouter

import accounts.api
import clusters.api
import ecosystem.api
import investment.api
import talent.api
import tasks.api
import technology.api
import trade.api
from common.schema import KeptGenerator

router = DefaultRouter()
router.include_format_suffixes = False
DOMAINS = (technology.api, talent.api, clusters.api, ecosystem.api, investment.api, trade.api)
for package in (tasks.api, accounts.api, *DOMAINS):
    package.register(router)

urlpatterns = [
    path("v1/", include(router.urls)),
    path("schema/", SpectacularAPIView.as_view(generator_class=KeptGenerator), name="schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(template_name="strategy/api_docs.html"), name="api-docs"),
]
