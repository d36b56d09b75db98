"""Commitments: what was promised, how firmly, by when, and what became of it."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from common.pages import Crumb, DetailPage, ListPage, Table
from tasks import filters, outcome_tables, tables
from tasks.changes import history_of
from tasks.models import Commitment, CommitmentVerdict, Measure
from tasks.views import base
from tasks.views.entry import Offer, doors


def with_verdict(rows: QuerySet, **more: str) -> QuerySet:
    """Commitments with the latest verdict, its day and how sure it is; `more`: others, `verdict_sources="sources"`."""
    latest = CommitmentVerdict.objects.filter(commitment=OuterRef("pk")).order_by("-judged_on", "-pk")
    fields = {"verdict": "value", "verdict_confidence": "confidence", "judged_on": "judged_on"} | more
    return rows.annotate(**{name: Subquery(latest.values(field)[:1]) for name, field in fields.items()})


class Commitments(ListPage):
    model, columns, filterset_class = Commitment, outcome_tables.COMMITMENTS, filters.CommitmentFilter
    title = _("Commitments")
    caption = _("What the announcement promised, and what became of it")

    def prepare(self, rows: QuerySet) -> QuerySet:
        # Joined, so that there are none before there is a task.
        rows = rows.select_related("strategic_task")
        return with_verdict(rows, verdict_reason_ko="reason_ko", verdict_reason_en="reason_en",
                            verdict_sources="sources")  # fmt: skip

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        new = Offer(_("Add a commitment"), "tasks:commitment-new")
        return super().get_context_data(**{"doors": doors(base.reader(self.request), Commitment, [new])} | kwargs)


class CommitmentPage(DetailPage):
    model, lookup, template_name = Commitment, "code", "tasks/commitment.html"
    parent = Crumb(_("Commitments"), "tasks:commitments")
    offers = (Offer(_("Give a verdict"), "tasks:verdict-new"),)

    def prepare(self, rows: QuerySet) -> QuerySet:
        return rows.select_related("strategic_task__strategy")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        commitment, user = self.object, self.request.user
        measures = Measure.objects.visible_to(user).filter(commitments=commitment).select_related("lead_ministry")
        strategy = commitment.strategic_task.strategy
        views = base.figures_for(self.request, "measure", strategy, [measure.pk for measure in measures])
        verdicts = list(CommitmentVerdict.objects.visible_to(user).filter(commitment=commitment))
        table = Table(
            tables.MEASURES, base.attach_figures(measures, views), _("Measures that answer this commitment"),
            "measures", _("No measure answers it yet"), _("The coordinating office links measures to commitments."),
        )  # fmt: skip
        context = {
            "measures": table,
            "verdicts": verdicts,
            "doors": doors(base.reader(self.request), commitment, self.offers, "code"),
            "history": history_of(commitment, user, verdicts),
        }
        return super().get_context_data(**context | kwargs)
