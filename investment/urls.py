"""Addresses of investment."""

from django.urls import path
from django.views.generic import RedirectView

from investment import forms
from investment.models import InvestmentVehicle, Permit
from investment.views import calculators, permits, rows
from tasks.views.entry import below_path, entry_path, noun_paths

app_name = "investment"
urlpatterns = [
    *noun_paths("investment-vehicles", "investment-vehicle", forms.InvestmentVehicleForm),
    below_path(
        "investment-vehicles/<str:key>/parts/new/", forms.VehiclePartForm, "vehicle-part-new", InvestmentVehicle
    ),
    *noun_paths("infrastructure-needs", "infrastructure-need", forms.InfrastructureNeedForm),
    *noun_paths("global-standard-reviews", "global-standard-review", forms.StandardReviewForm),
    *noun_paths("permits", "permit", forms.PermitForm),
    below_path("permits/<str:key>/events/new/", forms.PermitEventForm, "permit-event-new", Permit),
    entry_path(
        "permit-events/<uuid:uuid>/withdraw/", permits.WithdrawEvent, forms.WithdrawEventForm, "permit-event-withdraw"
    ),
    path("", RedirectView.as_view(pattern_name="investment:tax-credit-rate-list"), name="home"),
    path("panel/", rows.InvestmentPanel.as_view(), name="panel"),
    path("tax-credit-rates/", rows.TaxCreditRates.as_view(), name="tax-credit-rate-list"),
    path("tax-credit-rates/<str:key>/", rows.TaxCreditRatePage.as_view(), name="tax-credit-rate"),
    path("tax-credit-calculations/", calculators.TaxCreditCalculation.as_view(), name="tax-credit-calculation"),
    path("tax-credit-rules/", rows.TaxCreditRules.as_view(), name="tax-credit-rule-list"),
    path("investment-vehicles/", rows.InvestmentVehicles.as_view(), name="investment-vehicle-list"),
    path("investment-vehicles/<str:key>/", rows.InvestmentVehiclePage.as_view(), name="investment-vehicle"),
    path("infrastructure-needs/", rows.InfrastructureNeeds.as_view(), name="infrastructure-need-list"),
    path("infrastructure-needs/<str:key>/", rows.InfrastructureNeedPage.as_view(), name="infrastructure-need"),
    path("permits/", permits.Permits.as_view(), name="permit-list"),
    path("permit-clock/", calculators.ClockTrial.as_view(), name="clock-trial"),
    path("permits/<str:key>/", permits.PermitPage.as_view(), name="permit"),
    path("permit-rules/", permits.PermitRules.as_view(), name="permit-rule-list"),
    path("permit-rules/<str:key>/", permits.PermitRulePage.as_view(), name="permit-rule"),
    path("global-standard-reviews/", rows.StandardReviews.as_view(), name="global-standard-review-list"),
    path("global-standard-reviews/<str:key>/", rows.StandardReviewPage.as_view(), name="global-standard-review"),
]
