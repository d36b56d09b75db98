"""Addresses of investment."""

from django.urls import path
from django.views.generic import RedirectView

from investment import forms, views
from investment.models import InvestmentVehicle
from tasks.views.entry import below_path, noun_paths

app_name = "investment"
urlpatterns = [
    *noun_paths("investment-vehicles", "investment-vehicle", forms.InvestmentVehicleForm),
    below_path(
        "investment-vehicles/<str:key>/parts/new/", forms.VehiclePartForm, "vehicle-part-new", InvestmentVehicle
    ),
    *noun_paths("infrastructure-needs", "infrastructure-need", forms.InfrastructureNeedForm),
    *noun_paths("global-standard-reviews", "global-standard-review", forms.StandardReviewForm),
    path("", RedirectView.as_view(pattern_name="investment:tax-credit-rate-list"), name="home"),
    path("panel/", views.InvestmentPanel.as_view(), name="panel"),
    path("tax-credit-rates/", views.TaxCreditRates.as_view(), name="tax-credit-rate-list"),
    path("tax-credit-rates/<str:key>/", views.TaxCreditRatePage.as_view(), name="tax-credit-rate"),
    path("tax-credit-rules/", views.TaxCreditRules.as_view(), name="tax-credit-rule-list"),
    path("investment-vehicles/", views.InvestmentVehicles.as_view(), name="investment-vehicle-list"),
    path("investment-vehicles/<str:key>/", views.InvestmentVehiclePage.as_view(), name="investment-vehicle"),
    path("infrastructure-needs/", views.InfrastructureNeeds.as_view(), name="infrastructure-need-list"),
    path("infrastructure-needs/<str:key>/", views.InfrastructureNeedPage.as_view(), name="infrastructure-need"),
    path("global-standard-reviews/", views.StandardReviews.as_view(), name="global-standard-review-list"),
    path("global-standard-reviews/<str:key>/", views.StandardReviewPage.as_view(), name="global-standard-review"),
]
