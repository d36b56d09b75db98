"""Every address of the site."""

from django.contrib import admin
from django.urls import include, path

from strategy import health, views

urlpatterns = [
    path("", views.Overview.as_view(), name="overview"),
    path("figures/", views.OverviewFigures.as_view(), name="overview-figures"),
    path("", include("tasks.urls")),
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path("accounts/", include("allauth.account.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
]
