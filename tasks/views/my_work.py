"""My work: the open milestones of the own ministries, each reported in its row."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from accounts.models import Role
from common.pages import ListPage
from tasks import record_filters, tables
from tasks.choices import OPEN_TO_ITS_OFFICE, ReportStatus
from tasks.forms import RowReportForm
from tasks.imports import REPORTS
from tasks.models import Milestone, StatusReport
from tasks.permissions import may, on_desk_of, reportable
from tasks.views import base
from tasks.views.milestones import joined


def mine(rows: Any, user: Any) -> Any:
    """The open ones that the user may report: those of the own ministries, and of all for the coordinating office."""
    return reportable(user, rows.filter(in_scope=True).active())


def my_counts(request: HttpRequest) -> dict[str, int]:
    """What stands above the table of My work, each of which leads to its list."""
    user, today = base.reader(request), base.today()
    week = Q(current_due__range=(today, today + base.WEEK))
    of_status = {status.value: Count("pk", filter=Q(report_status=status)) for status in _OPEN}
    rows = mine(Milestone.objects.visible_to(user), user).with_open_report(user).order_by()
    counts: dict[str, int] = rows.aggregate(
        open=Count("pk"), late=Count("pk", filter=Q(current_due__lt=today)), week=Count("pk", filter=week), **of_status
    )
    return counts | {"desk": on_desk_of(user, StatusReport.objects.visible_to(user)).count()}


_OPEN = (*OPEN_TO_ITS_OFFICE, ReportStatus.SUBMITTED)


def row_forms(milestones: Iterable[Milestone], user: Any) -> dict[int, RowReportForm]:
    """By milestone, the form of its row, where this user may report it and a move fits in a row."""
    rows = list(milestones)
    going = StatusReport.objects.visible_to(user).filter(milestone__in=[row.pk for row in rows]).to_continue(user)
    going = going.select_related("period")
    latest: dict[int, StatusReport] = {}
    for report in going:
        latest.setdefault(report.milestone_id, report)
    allowed = [row for row in rows if may(user, "report", row)]
    made = [RowReportForm(milestone=row, reporter=user, continues=latest.get(row.pk)) for row in allowed]
    return {form.milestone.pk: form for form in made if form.has_moves}


def cells(milestone: Milestone) -> dict[str, SafeString]:
    """The cells of a row that are read only, by column."""
    return {column.name: column.cell(milestone) for column in tables.MY_WORK}


class MyWork(ListPage):
    """Open milestones that the user's ministries answer for (all of them, for the coordinating office)."""

    model, columns, filterset_class = Milestone, tables.MY_WORK, record_filters.MyWorkFilter
    title = gettext_lazy("My work")
    caption = gettext_lazy("Open milestones to report, the earliest due first")
    empty_title = gettext_lazy("No open milestone")
    empty_hint = gettext_lazy("Milestones that your ministry answers for appear here, the earliest due first.")
    template_name = "tasks/my_work.html"

    def prepare(self, rows: Any) -> Any:
        return joined(mine(rows, self.request.user), self.request).by_due()

    @cached_property
    def ministries(self) -> list[str]:
        user: Any = self.request.user
        if not user.is_authenticated or user.has_role(Role.COORDINATOR):
            return []
        return sorted({str(m.ministry) for m in user.memberships_now if m.ministry})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given = {"doors": base.import_doors(self.request, REPORTS)} | {
            "counts": my_counts(self.request),
            "ministries": self.ministries,
            "today": base.today(),
        }
        context = super().get_context_data(**given | {"soon": base.today() + base.WEEK} | kwargs)
        rows = context["table"].rows
        found = row_forms(rows, base.reader(self.request))
        work = [(row, cells(row), found.get(row.pk)) for row in rows]
        shown = replace(context["table"], columns=tables.MY_WORK_ROW)
        return context | {"table": shown, "table_template": "tasks/_my_table.html", "work": work}
