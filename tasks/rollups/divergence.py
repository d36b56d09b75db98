"""Which lights stand beside others that say something else; figures are read to know it."""

from collections import defaultdict

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Cast

from tasks.choices import Slice
from tasks.interfaces import RATED
from tasks.models import Assessment, Strategy
from tasks.rollups.read import figures


def with_divergence(rows: QuerySet[Assessment], *, tier: int) -> QuerySet[Assessment]:
    """Adds `divergence` to lights that have `is_standing`: that of their node's figure in this tier (`FigureView`).

    None where the light no longer stands, or nothing can be compared.
    """
    apart: dict[int, Q] = {}
    for node, by_steps in _steps(tier).items():
        for steps, keys in by_steps.items():
            apart[steps] = apart.get(steps, Q()) | Q(**{f"{node}__in": keys})
    whens = [When(condition, then=Value(steps)) for steps, condition in apart.items()]
    unsaid = When(is_standing=False, then=Value(None))
    # Where nothing can be compared it is nothing but nulls, of which the database does not know the type.
    return rows.annotate(divergence=Cast(Case(unsaid, *whens, default=Value(None)), IntegerField()))


def count_rated(asked: Q) -> CombinedExpression:
    """How many tasks and measures there are among lights, those of a condition."""
    strategic_tasks, measures = (Count(node, filter=asked, distinct=True) for node in RATED.values())
    return strategic_tasks + measures


def _steps(tier: int) -> dict[str, dict[int, list[int]]]:
    """By way to the node and steps apart, the nodes that somebody gave a light and that this tier sees."""
    found: dict[str, dict[int, list[int]]] = {node: defaultdict(list) for node in RATED.values()}
    rated = Assessment.objects.standing().within(tier).order_by()
    nodes = set(rated.values_list("strategic_task", "measure"))
    strategies = Strategy.objects.all() if nodes else ()
    for strategy in strategies:
        for slice_, place in ((Slice.TASK, 0), (Slice.MEASURE, 1)):
            keys = [node[place] for node in nodes if node[place]]
            for key, view in figures(slice_, strategy=strategy, tier=tier, keys=keys).items():
                if view.divergence is not None and isinstance(key, int):
                    found[RATED[slice_]][view.divergence].append(key)
    return found
