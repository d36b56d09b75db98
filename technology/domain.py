"""What the whole knows of technology."""

from django.utils.translation import gettext_lazy as _

from tasks.interfaces import Domain, Noun, Panel
from technology.seed.loader import load_technology

TECHNOLOGY = Domain(
    slug="technology",
    nouns=(
        Noun(_("Research programmes"), "technology:research-programme-list", "research-programmes"),
        Noun(_("Research hubs"), "technology:research-hub-list", "research-hubs"),
        Noun(_("Technology profiles"), "technology:technology-list", "technologies"),
        Noun(_("Legal lists"), "technology:legal-list-list", "legal-lists"),
    ),
    panels=(Panel(_("Strategic technology R&D"), "technology:panel"),),
    seed=load_technology,
)
