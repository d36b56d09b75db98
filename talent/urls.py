"""Addresses of talent."""

from django.urls import path
from django.views.generic import RedirectView

from talent import forms, views
from talent.models import TalentProgramme
from tasks.views.entry import below_path, noun_paths

app_name = "talent"
urlpatterns = [
    *noun_paths("talent-programmes", "talent-programme", forms.TalentProgrammeForm),
    below_path("talent-programmes/<str:key>/cohorts/new/", forms.CohortForm, "cohort-new", TalentProgramme),
    *noun_paths("cohorts", "cohort", forms.CohortForm),
    *noun_paths("talent-incentives", "talent-incentive", forms.TalentIncentiveForm),
    path("", RedirectView.as_view(pattern_name="talent:talent-programme-list"), name="home"),
    path("panel/", views.TalentPanel.as_view(), name="panel"),
    path("talent-programmes/", views.TalentProgrammes.as_view(), name="talent-programme-list"),
    path("talent-programmes/<str:key>/", views.TalentProgrammePage.as_view(), name="talent-programme"),
    path("cohorts/", views.Cohorts.as_view(), name="cohort-list"),
    path("cohorts/<str:key>/", views.CohortPage.as_view(), name="cohort"),
    path("talent-incentives/", views.Incentives.as_view(), name="talent-incentive-list"),
    path("talent-incentives/<str:key>/", views.IncentivePage.as_view(), name="talent-incentive"),
]
