"""Strategies: the list of all, and the way to a new one."""

from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.pages import ListPage
from tasks import tables
from tasks.models import Strategy
from tasks.views import base
from tasks.views.entry import New, Offer, doors

OFFERS = (
    Offer(_("Add a strategy"), "tasks:strategy-new"),
    Offer(_("Import a plan from Excel"), "tasks:import-plan", "plan"),
)


class Strategies(ListPage):
    model, columns = Strategy, tables.STRATEGIES
    title = _("Strategies")
    caption = _("Every strategy with its tasks, and where its pages begin")
    template_name = "tasks/strategies.html"

    def prepare(self, rows: Any) -> Any:
        return rows.annotate(task_count=Count("strategic_tasks"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        offered = doors(base.reader(self.request), Strategy, OFFERS)
        return super().get_context_data(**{"doors": offered} | kwargs)


class NewStrategy(New):
    """It leads on to the import of its plan."""

    def target(self, done: Any) -> str:
        return reverse("tasks:import-plan") if done else reverse(self.listed)
