"""Shares of nodes as a reader of a tier sees them."""

from django.db.models import OuterRef, QuerySet, Subquery

from common.tiers import Tier
from tasks.models import Share
from tasks.models.figure import NodeKind


def with_share(nodes: QuerySet, *, kind: NodeKind, tier: int) -> QuerySet:
    """Adds `share` (units of 10^11) to tasks, measures or milestones; null for one that is not in the tier."""
    rows = Share.objects.filter(kind=kind, node_id=OuterRef("pk"))
    return nodes.annotate(share=Subquery(rows.values(Tier(tier).code)[:1]))
