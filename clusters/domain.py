"""What the whole knows of clusters."""

from django.utils.translation import gettext_lazy as _

from clusters.seed.loader import load_clusters
from tasks.interfaces import Domain, Noun, Panel

CLUSTERS = Domain(
    slug="clusters",
    nouns=(
        Noun(_("Complexes"), "clusters:complex-list", "complexes"),
        Noun(_("Designation rounds"), "clusters:designation-round-list", "designation-rounds"),
        Noun(_("Stages and limits"), "clusters:stage-rule-list", "stage-rules"),
        Noun(_("Tenants"), "clusters:tenant-list", "tenants"),
    ),
    panels=(Panel(_("Complexes"), "clusters:panel"),),
    seed=load_clusters,
)
