"""Addresses of trade."""

from django.urls import path
from django.views.generic import RedirectView

from trade import views

app_name = "trade"
urlpatterns = [
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
