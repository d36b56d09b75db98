"""Addresses of talent."""

from django.urls import path
from django.views.generic import RedirectView

from talent import views

app_name = "talent"
urlpatterns = [
    path("", RedirectView.as_view(pattern_name="talent:talent-programme-list"), name="home"),
    path("panel/", views.TalentPanel.as_view(), name="panel"),
    path("talent-programmes/", views.TalentProgrammes.as_view(), name="talent-programme-list"),
    path("talent-programmes/<str:key>/", views.TalentProgrammePage.as_view(), name="talent-programme"),
    path("cohorts/", views.Cohorts.as_view(), name="cohort-list"),
    path("cohorts/<str:key>/", views.CohortPage.as_view(), name="cohort"),
    path("talent-incentives/", views.Incentives.as_view(), name="talent-incentive-list"),
    path("talent-incentives/<str:key>/", views.IncentivePage.as_view(), name="talent-incentive"),
]
