"""Addresses of trade."""

from django.urls import path
from django.views.generic import RedirectView

from tasks.views.entry import below_path, noun_paths
from trade import forms, views
from trade.models import Framework, NegotiationCase

app_name = "trade"
urlpatterns = [
    *noun_paths("frameworks", "framework", forms.FrameworkForm),
    below_path("frameworks/<str:key>/steps/new/", forms.FrameworkStepForm, "framework-step-new", Framework),
    *noun_paths("negotiation-cases", "negotiation-case", forms.NegotiationCaseForm),
    below_path("negotiation-cases/<str:key>/steps/new/", forms.CaseStepForm, "case-step-new", NegotiationCase),
    below_path("negotiation-cases/<str:key>/positions/new/", forms.PositionForm, "position-new", NegotiationCase),
    *noun_paths("positions", "position", forms.PositionForm, lookup="uuid"),
    *noun_paths("consultations", "consultation", forms.ConsultationForm, lookup="uuid"),
    *noun_paths("protection-measures", "protection-measure", forms.ProtectionMeasureForm),
    path("", RedirectView.as_view(pattern_name="trade:framework-list"), name="home"),
    path("panel/", views.TradePanel.as_view(), name="panel"),
    path("frameworks/", views.Frameworks.as_view(), name="framework-list"),
    path("frameworks/<str:key>/", views.FrameworkPage.as_view(), name="framework"),
    path("negotiation-cases/", views.NegotiationCases.as_view(), name="negotiation-case-list"),
    path("negotiation-cases/<str:key>/", views.NegotiationCasePage.as_view(), name="negotiation-case"),
    path("positions/", views.Positions.as_view(), name="position-list"),
    path("positions/<uuid:uuid>/", views.PositionPage.as_view(), name="position"),
    path("consultations/", views.Consultations.as_view(), name="consultation-list"),
    path("consultations/<uuid:uuid>/", views.ConsultationPage.as_view(), name="consultation"),
    path("protection-measures/", views.ProtectionMeasures.as_view(), name="protection-measure-list"),
    path("protection-measures/<str:key>/", views.ProtectionMeasurePage.as_view(), name="protection-measure"),
]
