"""Addresses of clusters."""

from django.urls import path
from django.views.generic import RedirectView

from clusters import views

app_name = "clusters"
urlpatterns = [
    path("", RedirectView.as_view(pattern_name="clusters:complex-list"), name="home"),
    path("panel/", views.ClustersPanel.as_view(), name="panel"),
    path("complexes/", views.Complexes.as_view(), name="complex-list"),
    path("complexes/<str:key>/", views.ComplexPage.as_view(), name="complex"),
    path("tenants/", views.Tenants.as_view(), name="tenant-list"),
    path("tenants/<str:key>/", views.TenantPage.as_view(), name="tenant"),
]
