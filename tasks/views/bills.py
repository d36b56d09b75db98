"""Bills: laws on their way. Their stages are milestones."""

from typing import Any

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from common.pages import Crumb, DetailPage, ListPage
from common.tiers import clearance_of
from tasks import filters, outcome_tables
from tasks.changes import history_of
from tasks.choices import ENDED, BillStep, MilestoneState
from tasks.models import Bill, BillStage, LegislativeStep
from tasks.views import base, waits
from tasks.views.entry import CHANGE, Offer, doors


def with_stages(rows: QuerySet, user: Any) -> QuerySet:
    """Bills with how many stages they have and have passed, and the day of the last, as the reader may see them."""
    seen = Q(stages__milestone__effective_tier__lte=clearance_of(user))
    done = seen & Q(stages__milestone__state=MilestoneState.COMPLETED)
    completed = BillStage.objects.visible_to(user).filter(
        bill=OuterRef("pk"), milestone__state=MilestoneState.COMPLETED
    )
    last = completed.order_by(F("milestone__completed_on").desc(nulls_last=True))
    return rows.select_related("ministry", "measure").annotate(
        stages_all=Count("stages", filter=seen),
        stages_done=Count("stages", filter=done),
        last_stage_on=Max("stages__milestone__completed_on", filter=done),
        last_stage_precision=Subquery(last.values("milestone__completed_precision")[:1]),
    )


class Bills(ListPage):
    model, columns, filterset_class = Bill, outcome_tables.BILLS, filters.BillFilter
    title = _("Bills")
    caption = _("Bills and how far they have come")

    def prepare(self, rows: QuerySet) -> QuerySet:
        return with_stages(rows, self.request.user)


class BillPage(DetailPage):
    model, lookup, template_name = Bill, "key", "tasks/bill.html"
    parent = Crumb(_("Bills"), "tasks:bills")
    offers = (Offer(_("Add a stage"), "tasks:bill-stage-new"), Offer(CHANGE, "tasks:bill-change"))

    def prepare(self, rows: QuerySet) -> QuerySet:
        return rows.select_related("measure__strategic_task", "ministry")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        stages = BillStage.objects.visible_to(self.request.user).filter(bill=self.object)
        rows = list(stages.select_related("milestone__responsible_ministry").order_by("position", "pk"))
        steps = self._steps(rows)
        context = {
            "stages": rows,
            "has_open_stage": any(stage.milestone.state not in ENDED for stage in rows),
            **waits.of_noun(self.request, self.object, self.object.key),
            "steps": steps,
            "step_sources": list(dict.fromkeys(step.source for step in steps)),
            "today": base.today(),
            "doors": doors(base.reader(self.request), self.object, self.offers, "key"),
            "history": history_of(self.object, self.request.user),
        }
        return super().get_context_data(**context | kwargs)

    def _steps(self, stages: list[BillStage]) -> list[LegislativeStep]:
        """The whole procedure; each stage of the bill knows its step, and each step the bill's milestone."""
        steps = list(LegislativeStep.objects.visible_to(self.request.user))
        by_stage = {step.stage: step for step in steps}
        for stage in stages:
            stage.step = by_stage.get(stage.stage)  # type: ignore[attr-defined]
            if stage.step:  # type: ignore[attr-defined]
                stage.step.milestone = stage.milestone  # type: ignore[attr-defined]
                # The step is named as for a bill of the government; another one is proposed otherwise.
                stage.step.is_of_unknown_route = (  # type: ignore[attr-defined]
                    stage.stage == BillStep.PROPOSAL and not self.object.route
                )
        return steps
