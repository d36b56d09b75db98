"""The month that My work reports, as its address says it: `month=2026-10`, or `month=now` for as of today."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from common import formats
from tasks.models import ReportingPeriod


class MonthFilter(django_filters.ChoiceFilter):
    """Narrows nothing: it says for when the rows are filed. Offers the months that have ended and are not closed."""

    NOW = "now"

    def __init__(self) -> None:
        super().__init__(label=_("Month that it reports"), empty_label=_("The month that is due"))

    @property
    def field(self) -> Any:
        if "choices" not in self.extra:
            rows = ReportingPeriod.objects.visible_to(self.parent.request.user).to_report(on=timezone.localdate())
            months = dict.fromkeys(rows.values_list("starts_on", flat=True))
            named = [(f"{day:%Y-%m}", formats.month(day, get_language() or "ko")) for day in months]
            self.extra["choices"] = [(self.NOW, _("The current month, as of today")), *named]
        return super().field

    def filter(self, queryset: QuerySet, value: str) -> QuerySet:
        return queryset
