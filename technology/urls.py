"""Addresses of technology."""

from django.urls import path
from django.views.generic import RedirectView

from tasks.views.entry import below_path, noun_paths
from technology import forms, views
from technology.models import ResearchHub

app_name = "technology"
urlpatterns = [
    *noun_paths("research-programmes", "research-programme", forms.ResearchProgrammeForm),
    *noun_paths("research-hubs", "research-hub", forms.ResearchHubForm),
    below_path("research-hubs/<str:key>/phases/new/", forms.HubPhaseForm, "hub-phase-new", ResearchHub),
    path("", RedirectView.as_view(pattern_name="technology:research-programme-list"), name="home"),
    path("panel/", views.TechnologyPanel.as_view(), name="panel"),
    path("research-programmes/", views.ResearchProgrammes.as_view(), name="research-programme-list"),
    path("research-programmes/<str:key>/", views.ResearchProgrammePage.as_view(), name="research-programme"),
    path("research-hubs/", views.ResearchHubs.as_view(), name="research-hub-list"),
    path("research-hubs/<str:key>/", views.ResearchHubPage.as_view(), name="research-hub"),
    path("technologies/", views.Technologies.as_view(), name="technology-list"),
    path("technologies/<str:key>/", views.TechnologyPage.as_view(), name="technology"),
    path("legal-lists/", views.LegalLists.as_view(), name="legal-list-list"),
    path("legal-lists/<str:key>/", views.LegalListPage.as_view(), name="legal-list"),
]
