"""Every address of the site."""

from django.contrib import admin
from django.urls import include, path

from strategy import glossary, health, views

urlpatterns = [
    path("", views.Overview.as_view(), name="overview"),
    path("figures/", views.OverviewFigures.as_view(), name="overview-figures"),
    path("glossary/", glossary.Glossary.as_view(), name="glossary"),
    path("", include("tasks.urls")),
    path("technology/", include("technology.urls")),
    path("talent/", include("talent.urls")),
    path("clusters/", include("clusters.urls")),
    path("ecosystem/", include("ecosystem.urls")),
    path("investment/", include("investment.urls")),
    path("trade/", include("trade.urls")),
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path("accounts/", include("allauth.account.urls")),
    path("api/", include("strategy.api_urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
]

handler404 = "common.problems.not_found"
handler500 = "common.problems.server_error"
