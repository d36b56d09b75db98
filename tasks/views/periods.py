"""Reporting periods: the list, the page of a month, who reported by ministry and month, what was published."""

from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Ministry
from common.lookup import named
from common.pages import Crumb, ListPage, Page, Table
from common.parameters import whole_number
from common.templatetags.display import month as month_text
from common.tiers import clearance_of
from tasks import filters, period_tables, tables
from tasks.changes import history_of
from tasks.choices import Slice
from tasks.models import Milestone, ReportingPeriod, Snapshot, SnapshotFigure, StatusReport
from tasks.rollups import Reporting, reporting_of, reporting_then, restated, total, view_of
from tasks.views import base
from tasks.views.entry import Change, New, Offer, doors

OPEN = Offer(gettext_lazy("Open a month"), "tasks:period-new", "close")
CLOSE = Offer(gettext_lazy("Close the period"), "tasks:period-close", "close")
DUE = Offer(gettext_lazy("Change the due day"), "tasks:period-change", "close")
REOPEN = Offer(gettext_lazy("Reopen the period"), "tasks:period-reopen", "close")
PARENT = Crumb(gettext_lazy("Periods"), "tasks:periods")
TABS = ((gettext_lazy("Periods"), "tasks:periods"), (gettext_lazy("Who reported"), "tasks:period-matrix"))
# How many months stand side by side.
MONTHS = 12
# What the page of a month shows of a snapshot and compares; every slice stands in the list of published figures.
SHOWN = (Slice.STRATEGY, Slice.TASK)
COMPARED = (*SHOWN, Slice.MINISTRY)
# In an address: milestones that no ministry answers for.
NOBODY = "none"


@dataclass(frozen=True)
class Row:
    """A ministry and what it reported of a period; `ministry` is None where none answers."""

    period: ReportingPeriod
    ministry: Ministry | None
    of: Reporting

    @property
    def key(self) -> str:
        return self.ministry.key if self.ministry else NOBODY


class Periods(ListPage):
    model, columns, filterset_class = ReportingPeriod, period_tables.PERIODS, filters.ReportingPeriodFilter
    title = gettext_lazy("Periods")
    caption = gettext_lazy("Months that are reported on, the latest first")
    empty_title = gettext_lazy("No month has been opened yet")
    empty_hint = gettext_lazy(
        "The coordinating office opens the first month; from then on each is opened when it begins. Until then reports"
        " belong to no period."
    )
    tabs = TABS

    def prepare(self, rows: Any) -> QuerySet:
        snapshots = Snapshot.objects.filter(period=OuterRef("pk")).order_by("-number")
        return rows.annotate(
            published_at=Subquery(snapshots.values("taken_at")[:1]),
            published_number=Subquery(snapshots.values("number")[:1]),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"doors": doors(base.reader(self.request), self.model, [OPEN])} | kwargs)


class OfMonth(Page):
    """A page about the month in its address, of the strategy that pages speak of; what does not exist is 404."""

    parent = PARENT

    @cached_property
    def period(self) -> ReportingPeriod:
        rows = ReportingPeriod.objects.visible_to(self.request.user).select_related("strategy")
        found = named(rows.filter(strategy=base.strategy_of(self.request)), "month", self.kwargs["month"])
        if found is None:
            raise Http404
        return found

    @cached_property
    def tier(self) -> int:
        return clearance_of(self.request.user)

    @cached_property
    def snapshots(self) -> list[Snapshot]:
        """The versions in the reader's own tier, the latest first."""
        rows = Snapshot.objects.visible_to(self.request.user).filter(period=self.period, tier=self.tier)
        found = list(rows.select_related("taken_by").defer("missing").order_by("-number"))
        for snapshot in found:
            snapshot.period = self.period
        return found

    @cached_property
    def snapshot(self) -> Snapshot | None:
        """The version that the address asks for, else the latest; 404 where there is no such one."""
        asked = self.request.GET.get("snapshot")
        if asked is None:
            return self.snapshots[0] if self.snapshots else None
        number = whole_number(asked, len(self.snapshots))
        if number is None:
            raise Http404
        return next(row for row in self.snapshots if row.number == number)

    def reporting(self) -> dict[int, Reporting]:
        return reporting_for(self.period, self.snapshots[0] if self.snapshots else None, self.tier)


def reporting_for(period: ReportingPeriod, latest: Snapshot | None, tier: int) -> dict[int, Reporting]:
    """Who reported, by ministry: of a closed period what its closing kept, else as it is counted now."""
    if period.is_closed and latest is not None:
        return reporting_then(latest)
    return reporting_of(period, tier=tier)


class PeriodPage(OfMonth):
    """A month: its state, who reported when, what was published, and what is known otherwise by now."""

    model, template_name = ReportingPeriod, "tasks/period.html"

    def get_title(self) -> str:
        return str(month_text(self.period.starts_on))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        period, rows = self.period, self.rows()
        is_over = period.ends_on < base.today()
        offers = [REOPEN] if period.is_closed else [*([CLOSE] if is_over else []), DUE]
        context = {
            "object": period,
            "is_over": is_over,
            "doors": doors(base.reader(self.request), period, offers, "month"),
            "whole": total(row.of for row in rows),
            "missing_url": period_tables.missing_url(period),
            "reporting": Table(
                period_tables.REPORTING, rows, _("Reports by ministry"), "reporting", "",
                _("Nothing has begun or is due, so no report is expected."),
            ),
            "snapshot": self.snapshot,
            "snapshots": self.snapshots,
            "history": history_of(period, self.request.user),
        }  # fmt: skip
        if self.snapshot is not None:
            context |= self._published(self.snapshot) | self._restated(self.snapshot)
        return super().get_context_data(**context | kwargs)

    def rows(self) -> list[Row]:
        """By name, last what no ministry answers for."""
        found = self.reporting()
        ministries = Ministry.objects.visible_to(self.request.user).filter(pk__in=found)
        rows = [Row(self.period, ministry, found[ministry.pk]) for ministry in ministries]
        rows.sort(key=lambda row: str(row.ministry))
        return rows + ([Row(self.period, None, found[0])] if 0 in found else [])

    def _published(self, snapshot: Snapshot) -> dict[str, Any]:
        rows = SnapshotFigure.objects.visible_to(self.request.user).filter(snapshot=snapshot, slice__in=SHOWN)
        shown, caption = with_figures(rows, snapshot), _("Published figures of the strategy and its tasks")
        return {
            "published": Table(period_tables.PUBLISHED_SHORT, shown, caption, "published"),
            "published_url": f"{reverse('tasks:period-published', args=[str(self.period)])}?snapshot={snapshot.number}",
            "content_url": reverse("snapshot-content", args=[snapshot.uuid]),
        }

    def _restated(self, snapshot: Snapshot) -> dict[str, Any]:
        found = restated(snapshot, *COMPARED)
        reports = StatusReport.objects.visible_to(self.request.user)
        since = {"effective_on__lte": self.period.ends_on, "accepted_at__gte": snapshot.taken_at}
        return {
            "restated": Table(period_tables.RESTATED, found, _("Figures that are known otherwise by now"), "restated"),
            "later_reports": reports.filter(**since).count(),
            "later_url": period_tables.reports_url(**since),
            "changed_url": period_tables.changed_url(self.period),
        }


def with_figures(rows: Any, snapshot: Snapshot) -> list[Any]:
    """Rows of a snapshot, each with its `figure` as tables show one."""
    found = list(rows)
    for row in found:
        row.snapshot, row.figure = snapshot, view_of(row, snapshot)
    return found


class PublishedFigures(OfMonth, ListPage):
    """Every figure of a snapshot in the reader's tier, one a row; `?snapshot=1` is an earlier version."""

    model, columns, filterset_class = SnapshotFigure, period_tables.PUBLISHED, filters.SnapshotFigureFilter
    parameters = ("snapshot", "strategy")
    page_size = 100

    def get_title(self) -> str:
        return _("Published figures of %s") % month_text(self.period.starts_on)

    @property
    def lede(self) -> str:  # type: ignore[override]
        if self.snapshot is None:
            return ""
        words = {"number": self.snapshot.number, "day": period_tables.taken(self.snapshot)}
        return _("Version %(number)s, taken %(day)s. It is never changed.") % words

    def get_crumbs(self) -> list[Crumb]:
        period = self.period
        return [PARENT, Crumb(month_text(period.starts_on), period.get_absolute_url()), Crumb(_("Published figures"))]

    def prepare(self, rows: QuerySet) -> QuerySet:
        return rows.none() if self.snapshot is None else rows.filter(snapshot=self.snapshot)

    def shown(self, rows: list[Any]) -> list[Any]:
        return rows if self.snapshot is None else with_figures(rows, self.snapshot)


class NotReported(OfMonth, ListPage):
    """Milestones of which a report is expected and none came, of one ministry if the address names it."""

    model, columns = Milestone, tables.MILESTONES
    parameters = ("ministry", "strategy")
    caption = gettext_lazy("Milestones of which a report is expected and none came")
    empty_title = gettext_lazy("Everything was reported")
    empty_hint = gettext_lazy("No milestone that you may see is without a report of this month.")

    @cached_property
    def ministry(self) -> Ministry | None:
        key = self.request.GET.get("ministry", NOBODY)
        if key == NOBODY:
            return None
        found = named(Ministry.objects.visible_to(self.request.user), "key", key)
        if found is None:
            raise Http404
        return found

    def get_title(self) -> str:
        words = {"month": month_text(self.period.starts_on), "ministry": self.ministry}
        if self.ministry is None:
            return _("Not reported: %(month)s") % words
        return _("Not reported: %(month)s, %(ministry)s") % words

    def get_crumbs(self) -> list[Crumb]:
        period = self.period
        return [PARENT, Crumb(month_text(period.starts_on), period.get_absolute_url()), Crumb(_("Not reported"))]

    def missing(self) -> list[int]:
        """Ids, as the page of the month counts them."""
        by_ministry = self._kept() if self.period.is_closed else self._counted()
        if "ministry" not in self.request.GET:
            return [key for keys in by_ministry.values() for key in keys]
        return list(by_ministry.get(self.ministry.pk if self.ministry else 0, ()))

    def _counted(self) -> dict[int, Any]:
        return {key: row.milestones for key, row in reporting_of(self.period, tier=self.tier).items()}

    def _kept(self) -> dict[int, Any]:
        rows = Snapshot.objects.visible_to(self.request.user).filter(period=self.period, tier=self.tier)
        latest = rows.order_by("-number").values_list("missing", flat=True).first()
        return {int(key): keys for key, keys in (latest or {}).items()}

    def prepare(self, rows: Any) -> QuerySet:
        joined = base.with_light(rows.filter(pk__in=self.missing()), self.request)
        return joined.select_related("responsible_ministry").by_due()


class Matrix(ListPage):
    """Ministries by months: how many of the expected reports came, late or not; a cell leads to what is missing."""

    model = Ministry
    title = gettext_lazy("Who reported")
    parameters, page_size, tabs = ("strategy",), 100, TABS
    caption = gettext_lazy("Reports that came, of those expected, by ministry and month")
    empty_title = gettext_lazy("No month has been opened yet")
    empty_hint = gettext_lazy("Once a month is open, the reports that are expected of each ministry stand here.")

    @cached_property
    def found(self) -> dict[ReportingPeriod, dict[int, Reporting]]:
        """Of the latest months, the latest first: closed ones as their closing kept them, others as they are now."""
        user, strategy, tier = self.request.user, base.strategy_of(self.request), clearance_of(self.request.user)
        periods = list(ReportingPeriod.objects.visible_to(user).filter(strategy=strategy)[:MONTHS])
        rows: Any = Snapshot.objects.visible_to(user).filter(period__in=periods, tier=tier)
        latest = {row.period_id: row for row in rows.defer("missing").standing()}
        return {period: reporting_for(period, latest.get(period.pk), tier) for period in periods}

    @property
    def columns(self) -> Any:  # type: ignore[override]
        return period_tables.matrix_columns(self.found, lambda period, ministry: self.found[period].get(ministry.pk))

    def prepare(self, rows: QuerySet) -> QuerySet:
        return rows.filter(pk__in={key for of in self.found.values() for key in of})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"doors": doors(base.reader(self.request), ReportingPeriod, [OPEN])} | kwargs)


# Forms -------------------------------------------------------------------------------------------------------------


class OpenPeriod(New):
    verb = "close"
    submit = gettext_lazy("Open the month")

    def get_title(self) -> str:
        return str(OPEN.label)


class ChangePeriod(Change):
    """Another due day, closing, reopening: an act on the month in the address."""

    verb = "close"
    offer = DUE

    def prepare(self, rows: QuerySet) -> QuerySet:
        return rows.select_related("strategy").filter(strategy=base.strategy_of(self.request))

    @property
    def submit(self) -> Any:  # type: ignore[override]
        return self.offer.label

    @property
    def short(self) -> Any:  # type: ignore[override]
        return self.offer.label

    def get_title(self) -> str:
        return f"{self.offer.label}: {month_text(self.object.starts_on)}"

    def get_crumbs(self) -> list[Crumb]:
        here = Crumb(month_text(self.object.starts_on), self.object.get_absolute_url())
        return [PARENT, here, Crumb(str(self.short))]

    def said(self, form: Any, done: Any) -> str:
        return self.get_title()


class ClosePeriod(ChangePeriod):
    """Says what is not in yet; then it is closed all the same, or not."""

    offer, template_name = CLOSE, "tasks/period_close.html"
    lede = gettext_lazy(
        "The figures of its last day are published as they are known now, in a version that nobody can change. Reports"
        " wait for as long as that takes."
    )

    def act(self, form: Any) -> Any:
        data = form.cleaned_data
        anyway, version = data.get("anyway", False), data["version"]
        return form.change(self.object, by=base.reader(self.request), anyway=anyway, expected_version=version)

    def target(self, done: Any) -> str:
        return self.object.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"missing_url": period_tables.missing_url(self.object)} | kwargs)


class ReopenPeriod(ChangePeriod):
    offer = REOPEN
    lede = gettext_lazy(
        "Reports of its days belong to it again. What was published stays, and closing it again publishes a further"
        " version beside it."
    )
