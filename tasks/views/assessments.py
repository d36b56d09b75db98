"""Lights that somebody gives: the list of all, their section on the page of a task or measure, and their forms."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common.pages import DetailPage, ListPage
from common.templatetags.display import day_text
from common.tiers import clearance_of
from tasks import record_filters, record_tables
from tasks.models import Assessment, Dispute, Measure, RecoveryPlan, StrategicTask
from tasks.rollups import count_rated, with_divergence
from tasks.views import base
from tasks.views.entry import Change, EntryPage, NewBelow, Offer, TakeBack, doors

PLAN = Offer(gettext_lazy("Give a recovery plan"), "tasks:recovery-plan-new", "recover")
DISPUTE = Offer(gettext_lazy("Dispute this light"), "tasks:dispute-new", "dispute")
ANSWER = Offer(gettext_lazy("Answer the dispute"), "tasks:dispute-answer", "answer")
WITHDRAW = Offer(gettext_lazy("Withdraw this light"), "tasks:assessment-withdraw", "withdraw_light")


class Assessments(ListPage):
    model, columns, filterset_class = Assessment, record_tables.ASSESSMENTS, record_filters.AssessmentFilter
    title = gettext_lazy("Assessments")
    empty_hint = gettext_lazy(
        "No light has been given yet. Ministries declare theirs, and the coordinating office gives its own, on the page"
        " of a strategic task or measure."
    )

    @property
    def caption(self) -> str:  # type: ignore[override]
        """Where lights lie apart all of a task or measure are listed, so it says of how many they are."""
        if self.request.GET.get("diverging") != "true":
            return _("Lights that ministries declare and the coordinating office gives, the latest first")
        count = self.rows.order_by().aggregate(count=count_rated(Q()))["count"]
        return ngettext(
            "Lights of %(count)s task or measure whose lights lie apart",
            "Lights of %(count)s tasks and measures whose lights lie apart",
            count,
        ) % {"count": count}

    def prepare(self, rows: Any) -> QuerySet:
        joined = rows.select_related("strategic_task", "measure", "ministry")
        joined = joined.prefetch_related("recovery_plans", "disputes")
        return with_divergence(joined.with_open_ends(), tier=clearance_of(self.request.user))


def assessments_of(request: HttpRequest, node: StrategicTask | Measure) -> dict[str, Any]:
    """The section of a page: the lights of a node, those that matter now first, each with what the reader may do."""
    user = base.reader(request)
    place = Assessment.place(node)
    rows: Any = Assessment.objects.visible_to(user).filter(**place).with_open_ends()
    plans = RecoveryPlan.objects.visible_to(user).select_related("ministry", "author")
    disputes = Dispute.objects.visible_to(user).select_related("ministry", "author", "answered_by")
    below = Prefetch("recovery_plans", plans), Prefetch("disputes", disputes)
    found = list(rows.select_related("ministry", "author").prefetch_related(*below))
    for row in found:
        vars(row).update(place)
        row.doors = _doors(user, row)
    kind = "measure" if isinstance(node, Measure) else "task"
    offers = (
        Offer(_("Declare a light"), f"tasks:{kind}-declare", "declare"),
        Offer(_("Give an independent light"), f"tasks:{kind}-assess", "assess"),
    )
    return {
        "assessments_now": [row for row in found if row.is_standing or row.is_disputed],
        "assessments_before": [row for row in found if not (row.is_standing or row.is_disputed)],
        "assessment_doors": doors(user, node, offers, "code" if kind == "measure" else "slug"),
    }


def rows_below(context: dict[str, Any]) -> list[Any]:
    """What of that section the history of the page tells too."""
    found = [*context["assessments_now"], *context["assessments_before"]]
    return [
        *found,
        *(plan for row in found for plan in row.recovery_plans.all()),
        *(dispute for row in found for dispute in row.disputes.all()),
    ]


def _doors(user: Any, row: Any) -> list[Any]:
    """What the reader may do about one light now."""
    offers: Sequence[Offer] = ()
    if row.withdrawn_at is None:
        offers = [PLAN] if row.is_standing and row.light == "red" else []
        offers += [DISPUTE] if row.is_standing and not row.disputes.all() else []
        offers += [WITHDRAW] if row.is_standing else []
    found = doors(user, row, offers, "uuid")
    for dispute in row.disputes.all() if row.is_disputed else ():
        dispute.assessment = row
        found = [*doors(user, dispute, [ANSWER], "uuid"), *found]
    return found


class NewLight(NewBelow):
    """A light of the strategic task or measure in the address."""

    verb = "declare"

    def get_title(self) -> str:
        return _("Declare a light") if self.verb == "declare" else _("Give an independent light")

    @property
    def submit(self) -> str:  # type: ignore[override]
        return self.get_title()

    def prepare(self, rows: QuerySet) -> QuerySet:
        return rows.select_related("lead_ministry")

    def said(self, form: Any, done: Assessment) -> str:
        return f"{done.get_kind_display()} {done.get_light_display()}, {day_text(done.assessed_on)}"


class BesideLight(EntryPage, DetailPage):
    """A form about one light, which stands above it with all that was said to it."""

    template_name = "tasks/light_form.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pk = self.object.assessment_id if isinstance(self.object, Dispute) else self.object.pk
        rows: Any = Assessment.objects.visible_to(self.request.user).with_open_ends()
        light = rows.select_related("strategic_task", "measure", "ministry", "author").get(pk=pk)
        return super().get_context_data(**{"assessment": light} | kwargs)


class ToLight(BesideLight, NewBelow):
    """What the ministry says to a light: its recovery plan, its dispute."""

    def prepare(self, rows: QuerySet) -> QuerySet:
        return rows.select_related("strategic_task", "measure__strategic_task")

    def get_crumbs(self) -> list[Any]:
        *before, row, here = super().get_crumbs()
        return [*before, type(row)(str(self.object.node), self.object.get_absolute_url()), here]


class NewRecoveryPlan(ToLight):
    verb = "recover"

    def get_title(self) -> str:
        return str(PLAN.label)


class NewDispute(ToLight):
    verb = "dispute"

    def get_title(self) -> str:
        return str(DISPUTE.label)


class AnswerDispute(BesideLight, Change):
    verb = "answer"
    submit = gettext_lazy("Answer the dispute")
    short = gettext_lazy("Answer")

    def prepare(self, rows: QuerySet) -> QuerySet:
        return rows.select_related("assessment__strategic_task", "assessment__measure")

    def get_title(self) -> str:
        return str(self.submit)


class WithdrawLight(BesideLight, TakeBack):
    verb = "withdraw_light"
    submit = gettext_lazy("Withdraw this light")
    lede = gettext_lazy("It stays on record and no longer counts; the light before it stands again.")

    def prepare(self, rows: QuerySet) -> QuerySet:
        return rows.select_related("strategic_task", "measure")

    def get_title(self) -> str:
        return _("Withdraw: %s") % self.object
