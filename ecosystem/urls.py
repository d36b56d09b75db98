"""Addresses of the ecosystem."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView

from ecosystem import forms, views
from ecosystem.imports import DEPENDENCE
from ecosystem.models import SupplyItem
from tasks.views.entry import below_path, noun_paths
from tasks.views.imports import importing

app_name = "ecosystem"
urlpatterns = [
    *noun_paths("supply-items", "supply-item", forms.SupplyItemForm),
    below_path(
        "supply-items/<str:key>/observations/new/", forms.DependenceForm, "dependence-observation-new", SupplyItem
    ),
    *noun_paths("dependence-observations", "dependence-observation", forms.DependenceForm),
    *noun_paths("lead-projects", "lead-project", forms.LeadProjectForm),
    *noun_paths("mother-factories", "mother-factory", forms.MotherFactoryForm),
    *importing(DEPENDENCE, "ecosystem:dependence-observation-list", _("Observations of dependence")),
    path("", RedirectView.as_view(pattern_name="ecosystem:supply-item-list"), name="home"),
    path("panel/", views.EcosystemPanel.as_view(), name="panel"),
    path("supply-plans/", views.SupplyPlans.as_view(), name="supply-plan-list"),
    path("supply-plans/<str:key>/", views.SupplyPlanPage.as_view(), name="supply-plan"),
    path("supply-items/", views.SupplyItems.as_view(), name="supply-item-list"),
    path("supply-items/<str:key>/", views.SupplyItemPage.as_view(), name="supply-item"),
    path("dependence-observations/", views.Observations.as_view(), name="dependence-observation-list"),
    path("dependence-observations/<str:key>/", views.ObservationPage.as_view(), name="dependence-observation"),
    path("lead-projects/", views.LeadProjects.as_view(), name="lead-project-list"),
    path("lead-projects/<str:key>/", views.LeadProjectPage.as_view(), name="lead-project"),
    path("mother-factories/", views.MotherFactories.as_view(), name="mother-factory-list"),
    path("mother-factories/<str:key>/", views.MotherFactoryPage.as_view(), name="mother-factory"),
]
