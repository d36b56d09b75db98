"""What the whole knows of the ecosystem."""

from django.utils.translation import gettext_lazy as _

from ecosystem.seed.loader import load_ecosystem
from tasks.interfaces import Domain, Noun, Panel

ECOSYSTEM = Domain(
    slug="ecosystem",
    nouns=(
        Noun(_("Supply items"), "ecosystem:supply-item-list", "supply-items"),
        Noun(_("Supply plans"), "ecosystem:supply-plan-list", "supply-plans"),
        Noun(_("Observations of dependence"), "ecosystem:dependence-observation-list", "dependence-observations"),
        Noun(_("Lead projects"), "ecosystem:lead-project-list", "lead-projects"),
        Noun(_("Mother factories"), "ecosystem:mother-factory-list", "mother-factories"),
    ),
    panels=(Panel(_("Supply Chain 3050"), "ecosystem:panel"),),
    seed=load_ecosystem,
)
