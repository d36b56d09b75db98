"""My work: the open milestones of the own ministries, each reported in its row."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, QueryDict
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from accounts.models import Role
from common.pages import ListPage
from tasks import record_filters, tables
from tasks.actions.periods import month_of
from tasks.choices import OPEN_TO_ITS_OFFICE, ReportStatus
from tasks.forms import RowReportForm
from tasks.imports import REPORTS
from tasks.models import Milestone, ReportingPeriod, StatusReport
from tasks.month_filter import MonthFilter
from tasks.permissions import may, reportable
from tasks.views import base
from tasks.views.milestones import joined
from tasks.views.review import desk_count


def mine(rows: Any, user: Any) -> Any:
    """The open ones that the user may report: those of the own ministries, and of all for the coordinating office."""
    return reportable(user, rows.filter(in_scope=True).active())


def my_counts(request: HttpRequest, months: "Months") -> dict[str, int]:
    """What stands above the table of My work, each of which leads to its list."""
    user, today = base.reader(request), base.today()
    week = Q(current_due__range=(today, today + base.WEEK))
    of_status = {status.value: Count("pk", filter=Q(report_status=status)) for status in _OPEN}
    counts: dict[str, int] = _own(user, months).aggregate(
        to_report=Count("pk", filter=record_filters.to_report()),
        open=Count("pk"),
        late=Count("pk", filter=Q(current_due__lt=today)),
        week=Count("pk", filter=week),
        **of_status,
    )
    return counts | {"desk": desk_count(user)}


def to_report_count(user: Any) -> int:
    """What of this waits for a report: of the month that My work reports where its address names none."""
    return _own(user, Months.of(user, QueryDict())).filter(record_filters.to_report()).count()


def _own(user: Any, months: "Months") -> Any:
    rows = mine(Milestone.objects.visible_to(user), user).with_open_report(user)
    return rows.with_reported(*months.days()).order_by()


_OPEN = (*OPEN_TO_ITS_OFFICE, ReportStatus.SUBMITTED)


def row_forms(milestones: Iterable[Milestone], user: Any, months: "Months") -> dict[int, RowReportForm]:
    """By milestone, the form of its row, where this user may report it and a move fits in a row."""
    rows = list(milestones)
    going = StatusReport.objects.visible_to(user).filter(milestone__in=[row.pk for row in rows]).to_continue(user)
    going = going.select_related("period")
    latest: dict[int, StatusReport] = {}
    for report in going:
        latest.setdefault(report.milestone_id, report)
    allowed = [row for row in rows if may(user, "report", row)]
    of = {"reporter": user, "month": months.name, "months": months.open}
    made = [RowReportForm(milestone=row, continues=latest.get(row.pk), **of) for row in allowed]
    return {form.milestone.pk: form for form in made if form.has_moves}


def cells(milestone: Milestone) -> dict[str, SafeString]:
    """The cells of a row that are read only, by column."""
    return {column.name: column.cell(milestone) for column in tables.MY_WORK}


@dataclass(frozen=True)
class Months:
    """The months that can be reported still, the latest first, and the one that the table reports; None: as of today.

    The address says which (`MonthFilter`); else it is the latest one, while its reports are due.
    """

    open: tuple[ReportingPeriod, ...]
    chosen: ReportingPeriod | None

    @classmethod
    def of(cls, user: Any, query: QueryDict) -> "Months":
        today, asked = base.today(), query.get("month", "")
        found = tuple(ReportingPeriod.objects.visible_to(user).to_report(on=today))
        named = next((period for period in found if str(period) == asked), None)
        due = found[0] if found and found[0].is_due(today) else None
        return cls(found, named or (None if asked == MonthFilter.NOW else due))

    @property
    def name(self) -> str:
        return str(self.chosen or "")

    @property
    def due_in(self) -> int | None:
        """Days until its reports are due; negative where they are late."""
        return (self.chosen.due_on - base.today()).days if self.chosen else None

    def days(self) -> tuple[date, date]:
        """The first and the last day of the month that is reported."""
        return (self.chosen.starts_on, self.chosen.ends_on) if self.chosen else month_of(base.today())


def with_month(rows: Any, request: HttpRequest, months: Months) -> Any:
    """Milestones with all that their row shows."""
    return joined(rows, request).with_reported(*months.days())


class MyWork(ListPage):
    """Open milestones that the user's ministries answer for (all of them, for the coordinating office)."""

    model, columns, filterset_class = Milestone, tables.MY_WORK, record_filters.MyWorkFilter
    title = gettext_lazy("My work")
    caption = gettext_lazy("Open milestones to report, the earliest due first")
    empty_title = gettext_lazy("No open milestone")
    empty_hint = gettext_lazy("Milestones that your ministry answers for appear here, the earliest due first.")
    template_name = "tasks/my_work.html"

    def prepare(self, rows: Any) -> Any:
        return with_month(mine(rows, self.request.user), self.request, self.months).by_due()

    @cached_property
    def months(self) -> Months:
        return Months.of(self.request.user, self.request.GET)

    @cached_property
    def ministries(self) -> list[str]:
        user: Any = self.request.user
        if not user.is_authenticated or user.has_role(Role.COORDINATOR):
            return []
        return sorted({str(m.ministry) for m in user.memberships_now if m.ministry})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given = {"doors": base.import_doors(self.request, REPORTS)} | {
            "counts": my_counts(self.request, self.months),
            "ministries": self.ministries,
            "today": base.today(),
        }
        context = super().get_context_data(**given | {"soon": base.today() + base.WEEK} | kwargs)
        rows = context["table"].rows
        found = row_forms(rows, base.reader(self.request), self.months)
        work = [(row, cells(row), found.get(row.pk)) for row in rows]
        shown = replace(context["table"], columns=tables.MY_WORK_ROW)
        return context | {"months": self.months, "table": shown, "table_template": "tasks/_my_table.html", "work": work}
