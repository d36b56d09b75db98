"""Addresses of clusters."""

from django.urls import path
from django.views.generic import RedirectView

from clusters import forms, views
from clusters.models import Complex
from tasks.views.entry import below_path, noun_paths

app_name = "clusters"
urlpatterns = [
    *noun_paths("complexes", "complex", forms.ComplexForm),
    below_path("complexes/<str:key>/stages/new/", forms.ComplexStageForm, "complex-stage-new", Complex),
    below_path("complexes/<str:key>/tenants/new/", forms.TenantForm, "tenant-new", Complex),
    *noun_paths("tenants", "tenant", forms.TenantForm),
    path("", RedirectView.as_view(pattern_name="clusters:complex-list"), name="home"),
    path("panel/", views.ClustersPanel.as_view(), name="panel"),
    path("complexes/", views.Complexes.as_view(), name="complex-list"),
    path("complexes/<str:key>/", views.ComplexPage.as_view(), name="complex"),
    path("designation-rounds/", views.DesignationRounds.as_view(), name="designation-round-list"),
    path("designation-rounds/<str:key>/", views.DesignationRoundPage.as_view(), name="designation-round"),
    path("stage-rules/", views.StageRules.as_view(), name="stage-rule-list"),
    path("tenants/", views.Tenants.as_view(), name="tenant-list"),
    path("tenants/<str:key>/", views.TenantPage.as_view(), name="tenant"),
]
