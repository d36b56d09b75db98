"""What the whole knows of talent."""

from django.utils.translation import gettext_lazy as _

from talent.seed.loader import load_talent
from tasks.interfaces import Domain, Noun, Panel

TALENT = Domain(
    slug="talent",
    nouns=(
        Noun(_("Talent programmes"), "talent:talent-programme-list", "talent-programmes"),
        Noun(_("Cohorts"), "talent:cohort-list", "cohorts"),
        Noun(_("Incentives for foreign talent"), "talent:talent-incentive-list", "talent-incentives"),
    ),
    panels=(Panel(_("Talent programmes"), "talent:panel"),),
    seed=load_talent,
)
