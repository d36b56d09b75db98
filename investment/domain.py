"""What the whole knows of investment."""

from django.utils.translation import gettext_lazy as _

from investment.seed.loader import load_investment
from tasks.interfaces import Domain, Noun, Panel

INVESTMENT = Domain(
    slug="investment",
    nouns=(
        Noun(_("Tax credit rates"), "investment:tax-credit-rate-list", "tax-credit-rates"),
        Noun(_("Rules of the tax credit"), "investment:tax-credit-rule-list", "tax-credit-rules"),
        Noun(_("Investment vehicles"), "investment:investment-vehicle-list", "investment-vehicles"),
        Noun(_("Infrastructure needs"), "investment:infrastructure-need-list", "infrastructure-needs"),
        Noun(_("Permits"), "investment:permit-list", "permits"),
        Noun(_("Rules of the permit clock"), "investment:permit-rule-list", "permit-rules"),
        Noun(_("Global standard reviews"), "investment:global-standard-review-list", "global-standard-reviews"),
    ),
    panels=(Panel(_("Investment"), "investment:panel"),),
    seed=load_investment,
)
