"""The pages of permits: the list with clocks, one permit and what happened to it, the rules."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import past
from common.pages import Crumb, Table
from investment import filters, tables
from investment.domain import INVESTMENT
from investment.models import Permit, PermitRule
from investment.rollups.permits import reckoner
from tasks.changes import history_of
from tasks.permissions import may
from tasks.views.base import reader
from tasks.views.entry import CHANGE, Change, Door, Offer
from tasks.views.rows import RowList, RowPage

PERMITS = Crumb(gettext_lazy("Permits"), "investment:permit-list")


def holidays_door() -> Door:
    """The way to the days off by which the clock counts."""
    return Door(_("Public holidays"), reverse("tasks:holidays"))


def with_clocks(permits: Any) -> Any:
    """The same permits, each with its rule and standing of the day as `clocked`."""
    clock = reckoner(past.day())
    for permit in permits:
        permit.clocked = clock.of(permit)
    return permits


class Permits(RowList):
    domain, model = INVESTMENT, Permit
    columns, filterset_class = tables.PERMITS, filters.PermitFilter
    joins = ("measure",)
    offers = (Offer(gettext_lazy("Register a permit"), "investment:permit-new"),)
    lede = gettext_lazy(
        "Applications under the statutory clock. Where the authority misses a limit, processing is deemed completed "
        "when 60 days have passed since the request; that is not a permit granted."
    )
    empty_title = gettext_lazy("No permit is on record")
    empty_hint = gettext_lazy(
        "No published source names an application under these laws, or none fits your filters. "
        "Ministry staff register them here; with “Try the clock” you can see what the rules say of any days."
    )

    def prepare(self, rows: Any) -> Any:
        return super().prepare(rows).prefetch_related("events")

    def shown(self, rows: Any) -> Any:
        return with_clocks(rows)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        trial = Door(_("Try the clock"), reverse("investment:clock-trial"))
        return context | {"doors": [*context["doors"], trial, holidays_door()]}


class PermitPage(RowPage):
    model, facts = Permit, tables.PERMIT_FACTS
    parent = PERMITS
    joins = ("measure",)
    template_name = "investment/permit.html"
    offers = (
        Offer(gettext_lazy("Record what happened"), "investment:permit-event-new"),
        Offer(CHANGE, "investment:permit-change"),
    )

    def prepare(self, rows: Any) -> Any:
        return super().prepare(rows).prefetch_related("events")

    def get_object(self) -> Any:
        return with_clocks([super().get_object()])[0]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, events = self.request.user, list(self.object.events.all())
        may_withdraw = bool(may(reader(self.request), "record", self.object))
        columns = tables.PERMIT_EVENTS + ((tables.WITHDRAW,) if may_withdraw else ())
        context = {
            "clocked": self.object.clocked,
            "stages": tables.STAGES,
            "events": Table(columns, events, _("Entries, the earliest first"), "events", _("Nothing is recorded yet")),
            "history": history_of(self.object, user, events),
        }
        return super().get_context_data(**context | kwargs)


class WithdrawEvent(Change):
    """Its form has only the reason."""

    submit = gettext_lazy("Withdraw this entry")

    def prepare(self, rows: Any) -> Any:
        return rows.select_related("permit__measure")

    def get_title(self) -> str:
        return _("Withdraw: %s") % self.object

    def get_crumbs(self) -> list[Crumb]:
        return [PERMITS, Crumb(str(self.object.permit), self.target(None)), Crumb(_("Withdraw this entry"))]

    def target(self, done: Any) -> str:
        return self.object.permit.get_absolute_url()


class PermitRules(RowList):
    domain, model = INVESTMENT, PermitRule
    columns, filterset_class = tables.PERMIT_RULES, filters.PermitRuleFilter
    lede = gettext_lazy(
        "Limits by law and time, in days. The rule in force on the day of the request governs a permit."
    )


class PermitRulePage(RowPage):
    model, facts = PermitRule, tables.PERMIT_RULE_FACTS
    parent = Crumb(gettext_lazy("Rules of the permit clock"), "investment:permit-rule-list")
