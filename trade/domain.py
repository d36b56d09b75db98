"""What the whole knows of trade."""

from django.utils.translation import gettext_lazy as _

from tasks.interfaces import Domain, Noun, Panel
from trade.seed.loader import load_trade

TRADE = Domain(
    slug="trade",
    nouns=(
        Noun(_("Frameworks"), "trade:framework-list", "frameworks"),
        Noun(_("Negotiation cases"), "trade:negotiation-case-list", "negotiation-cases"),
        Noun(_("Positions"), "trade:position-list", "positions"),
        Noun(_("Consultations"), "trade:consultation-list", "consultations"),
        Noun(_("Protection measures"), "trade:protection-measure-list", "protection-measures"),
    ),
    panels=(Panel(_("Frameworks and cases"), "trade:panel"),),
    seed=load_trade,
)
