"""Shares of nodes as a reader of a tier sees them."""

from django.db.models import OuterRef, QuerySet, Subquery

from common.tiers import Tier
from tasks.models import CountedMilestone, Share
from tasks.models.figure import NodeKind
from tasks.rollups.past import reading_with_figures


def with_share(nodes: QuerySet, *, kind: NodeKind, tier: int) -> QuerySet:
    """Adds `share` (units of 10^11) to tasks, measures or milestones; null for one that is not in the tier."""
    reading_with_figures()
    if kind == NodeKind.MILESTONE:
        rows: QuerySet = CountedMilestone.objects.filter(milestone_id=OuterRef("pk"))
    else:
        rows = Share.objects.filter(kind=kind, node_id=OuterRef("pk"))
    return nodes.annotate(share=Subquery(rows.values(Tier(tier).code)[:1]))
