"""One FilterSet per noun of the core, for HTML lists and the API; of what is recorded row by row: `record_filters`."""

from typing import Any, ClassVar

import django_filters
from django.db.models import Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import Ministry
from common.filters import (
    ChoicesFilter,
    NounFilter,
    ReferenceFilter,
    ReferencesFilter,
    TierFilter,
    YesNoFilter,
    ordering_by,
    visible,
)
from common.search import Labels
from tasks.choices import KINDS_IN_SHORT, ScheduleLight, Verdict
from tasks.models import (
    Bill,
    BudgetLine,
    Commitment,
    Indicator,
    LegislativeStep,
    Measure,
    Milestone,
    Region,
    ReportingPeriod,
    Snapshot,
    SnapshotFigure,
    StrategicTask,
    Strategy,
    Technology,
)
from tasks.schedule import linked_in, schedule, schedule_around

TITLES = ("title_ko", "title_en")
CODED = ("code", *TITLES)
NAMES = ("key", "name_ko", "name_en")
MINISTRY_NAMES = ("key", "name_ko", "name_en", "short_ko")
DATE = ["exact", "lte", "gte", "isnull"]
CHOICE = ["exact", "in"]


def names_at(path: str, names: tuple[str, ...] = NAMES) -> tuple[str, ...]:
    """The names of an open row that a list shows beside its own, for `search_in`."""
    return tuple(f"{path}__{name}" for name in names)


def one_of(model: type, path: str, code: str, label: Any = None) -> ReferenceFilter:
    """A filter by one row of a noun, named by its code or public id."""
    words = label or capfirst(model._meta.verbose_name)  # type: ignore[attr-defined]
    return ReferenceFilter(field_name=path, queryset=visible(model), to_field_name=code, label=words)


def of_strategy(path: str) -> ReferenceFilter:
    return one_of(Strategy, path, "slug")


def of_task(path: str = "strategic_task", label: Any = None) -> ReferenceFilter:
    return one_of(StrategicTask, path, "slug", label)


def of_measure(path: str = "measure", label: Any = None) -> ReferenceFilter:
    return one_of(Measure, path, "code", label)


def of_milestone(path: str = "milestone", label: Any = None) -> ReferenceFilter:
    return one_of(Milestone, path, "code", label)


def of_ministry(path: str = "ministry", label: Any = None) -> ReferenceFilter:
    return one_of(Ministry, path, "key", label)


def of_ministries(path: str = "ministry") -> ReferencesFilter:
    return ReferencesFilter(field_name=path, to_field_name="key", label=Ministry._meta.verbose_name_plural)


class WaitsForFilter(ReferenceFilter):
    """Milestones that wait for an open milestone of the named row, directly or through others."""

    def filter(self, qs: QuerySet, value: Any) -> QuerySet:
        if value is None:
            return qs
        user = self.parent.request.user
        keys = linked_in(value, user)
        return qs.filter(pk__in=schedule_around(keys, user).waiting(keys))


def that_wait_for(model: type, code: str, label: Any) -> WaitsForFilter:
    return WaitsForFilter(queryset=visible(model), to_field_name=code, label=label)


class StrategyFilter(NounFilter):
    search_in = ("slug", *TITLES)
    ordering = ordering_by("announced_on", "slug")

    class Meta:
        model = Strategy
        fields: ClassVar = {"slug": ["exact"], "announced_on": DATE, "confidence": CHOICE}


class RegionFilter(NounFilter):
    search_in = (*NAMES, "code")
    on_page = ("search",)
    ordering = ordering_by("key", "code", "name_ko", "name_en", "valid_from")

    class Meta:
        model = Region
        fields: ClassVar = {"key": CHOICE, "code": ["exact"]}


class LegislativeStepFilter(NounFilter):
    search_in = ("stage", "name_ko", "name_en")
    ordering = ordering_by("number", "stage")

    class Meta:
        model = LegislativeStep
        fields: ClassVar = {"stage": CHOICE, "confidence": CHOICE}


class StrategicTaskFilter(NounFilter):
    search_in = ("slug", *TITLES)
    strategy = of_strategy("strategy")
    ministry = of_ministry("lead_ministry")
    ordering = ordering_by("number", "slug", "weight")

    class Meta:
        model = StrategicTask
        fields: ClassVar = {"number": CHOICE, "slug": CHOICE, "confidence": CHOICE}


class MeasureFilter(NounFilter):
    search_in = ("code", *TITLES, *names_at("lead_ministry", MINISTRY_NAMES))
    on_page = ("search", "strategic_task", "ministry", "region", "technology", "scope")

    strategy = of_strategy("strategic_task__strategy")
    strategic_task = of_task()
    parent = of_measure("parent", _("Parent measure"))
    ministry = of_ministry("lead_ministry", _("Lead ministry"))
    ministry__in = of_ministries("lead_ministry")
    cooperating_ministry = of_ministry("cooperating_ministries", _("Cooperating ministry"))
    region = one_of(Region, "region", "key")
    technology = one_of(Technology, "technology", "key")
    tier = TierFilter(field_name="effective_tier", label=_("Classification"))
    ordering = ordering_by("code", "weight", "title_ko", "title_en", strategic_task__number="strategic_task")

    class Meta:
        model = Measure
        fields: ClassVar = {
            "code": ["exact", "in", "startswith"],
            "scope": CHOICE,
            "weight": ["exact", "lte", "gte"],
            "parent": ["isnull"],
            "lead_ministry": ["isnull"],
            "confidence": CHOICE,
        }


class CommitmentFilter(NounFilter):
    """Needs the annotation `verdict`: the value of the latest verdict."""

    search_in = ("code", *TITLES, "strength", Labels("verdict", dict(Verdict.choices)))
    on_page = ("search", "strategic_task", "strength", "verdict")

    strategic_task = of_task()
    measure = of_measure("measures")
    verdict = django_filters.ChoiceFilter(choices=Verdict.choices, label=_("Verdict"))
    verdict__in = ChoicesFilter(field_name="verdict", lookup_expr="in", choices=Verdict.choices, label=_("Verdicts"))
    ordering = ordering_by("code", "deadline", "strength")

    class Meta:
        model = Commitment
        fields: ClassVar = {"code": CHOICE, "strength": CHOICE, "deadline": DATE, "confidence": CHOICE}


class MilestoneFilter(NounFilter):
    """Needs the annotation `light` (`with_light`)."""

    search_in = (
        "code",
        *TITLES,
        *names_at("responsible_ministry", MINISTRY_NAMES),
        "state",
        Labels("light", dict(ScheduleLight.choices)),
    )
    on_page = ("search", "strategic_task", "ministry", "state", "light", "kept_late", "waits_for_bill")

    strategy = of_strategy("measure__strategic_task__strategy")
    strategic_task = of_task("measure__strategic_task")
    measure = of_measure()
    below = ReferenceFilter(
        queryset=visible(Measure), to_field_name="code", method="filter_below", label=_("Measure with all below it")
    )
    ministry = of_ministry("responsible_ministry", _("Responsible ministry"))
    ministry__in = of_ministries("responsible_ministry")
    region = one_of(Region, "measure__region", "key")
    technology = one_of(Technology, "measure__technology", "key")
    tier = TierFilter(field_name="effective_tier", label=_("Classification"))
    light = django_filters.ChoiceFilter(choices=ScheduleLight.choices, label=_("Schedule light"))
    light__in = ChoicesFilter(
        field_name="light", lookup_expr="in", choices=ScheduleLight.choices, label=_("Schedule lights")
    )
    light__isnull = YesNoFilter(
        field_name="light", lookup_expr="isnull", label=_("Without a light: ended, cancelled or undated")
    )
    in_scope = YesNoFilter(label=_("In scope"))
    kept_late = YesNoFilter(
        method="filter_kept_late",
        label=_("Kept beyond its due date by others"),
        help_text=_(
            "“Yes”: what it waits for ends too late. All others are “No”, also those that can keep their date."
        ),
    )
    waits_for = that_wait_for(Milestone, "code", _("Waits for the milestone"))
    waits_for_bill = that_wait_for(Bill, "key", _("Waits for the bill"))
    waits_for_measure = that_wait_for(Measure, "code", _("Waits for the measure"))
    waits_for_task = that_wait_for(StrategicTask, "slug", _("Waits for the strategic task"))
    due_on = django_filters.DateFilter(field_name="current_due", label=_("Due on"))
    due_on__lte = django_filters.DateFilter(field_name="current_due", lookup_expr="lte", label=_("Due on or before"))
    due_on__gte = django_filters.DateFilter(field_name="current_due", lookup_expr="gte", label=_("Due on or after"))
    ordering = ordering_by(
        "code", "current_due", "baseline_due", "forecast", "started_on", "completed_on", "state", "weight",
        "progress_bp", "title_ko", "title_en", responsible_ministry__name_ko="ministry",
    )  # fmt: skip

    class Meta:
        model = Milestone
        fields: ClassVar = {
            "code": ["exact", "in", "startswith"],
            "state": CHOICE,
            "weight": ["exact", "lte", "gte"],
            "progress_bp": ["lte", "gte", "isnull"],
            "responsible_ministry": ["isnull"],
            "baseline_start": DATE,
            "baseline_due": DATE,
            "current_due": DATE,
            "forecast": DATE,
            "started_on": DATE,
            "completed_on": DATE,
            "confidence": CHOICE,
        }

    def filter_below(self, queryset: QuerySet, name: str, value: Measure | None) -> QuerySet:
        """Milestones of a measure and of every measure under it."""
        return queryset if value is None else queryset.filter(measure__path__contains=[value.pk])

    def filter_kept_late(self, queryset: QuerySet, name: str, value: bool) -> QuerySet:
        """Milestones that what they wait for, also through others, keeps beyond their due date."""
        late = Q(pk__in=schedule(self.request.user).late_by_others())
        return queryset.filter(late if value else ~late)


class ReportingPeriodFilter(NounFilter):
    search = None
    on_page = ("state", "starts_on__gte", "starts_on__lte")
    month = django_filters.CharFilter(label=_("Month"), help_text=_("As 2026-10."))
    strategy = of_strategy("strategy")
    ordering = ordering_by("starts_on", "due_on")

    class Meta:
        model = ReportingPeriod
        fields: ClassVar = {"state": CHOICE, "starts_on": DATE, "ends_on": DATE, "due_on": DATE}


class SnapshotFilter(NounFilter):
    search = None
    strategy = of_strategy("period__strategy")
    period = django_filters.CharFilter(field_name="period__month", label=_("Month"), help_text=_("As 2026-10."))
    tier = TierFilter(label=_("Classification"))
    ordering = ordering_by("taken_at", "number", period__starts_on="period")

    class Meta:
        model = Snapshot
        fields: ClassVar = {"number": ["exact"]}


class SnapshotFigureFilter(NounFilter):
    search_in = ("code", *TITLES, "slice", "light")
    on_page = ("search", "slice")

    class Meta:
        model = SnapshotFigure
        fields: ClassVar = {"slice": ["exact"]}

    labels: ClassVar = {"slice": _("Cut by")}


class BudgetLineFilter(NounFilter):
    search_in = (
        "key",
        *TITLES,
        "measure__code",
        *names_at("ministry", MINISTRY_NAMES),
        *names_at("technology"),
        Labels("kind", KINDS_IN_SHORT),
    )
    on_page = ("search", "strategic_task", "ministry", "fiscal_year", "technology")

    strategic_task = of_task("measure__strategic_task")
    measure = of_measure()
    ministry = of_ministry()
    technology = one_of(Technology, "technology", "key")
    ordering = ordering_by("key", "fiscal_year", measure__code="measure")

    class Meta:
        model = BudgetLine
        fields: ClassVar = {
            "key": CHOICE,
            "kind": CHOICE,
            "fiscal_year": ["exact", "in", "lte", "gte", "isnull"],
            "account": ["exact"],
            "confidence": CHOICE,
        }


class IndicatorFilter(NounFilter):
    search_in = ("key", *TITLES, "measure__code", "direction", "unit_ko", "unit_en")
    on_page = ("search", "strategic_task", "direction")

    strategic_task = of_task("measure__strategic_task")
    measure = of_measure()
    ordering = ordering_by("key", "title_ko", "title_en", measure__code="measure")

    class Meta:
        model = Indicator
        fields: ClassVar = {
            "key": CHOICE,
            "value_kind": CHOICE,
            "direction": CHOICE,
            "aggregation": CHOICE,
            "confidence": CHOICE,
        }


class BillFilter(NounFilter):
    search_in = ("key", "law_number", *TITLES, "measure__code", *names_at("ministry", MINISTRY_NAMES), "route")
    on_page = ("search", "strategic_task", "ministry", "route")

    strategic_task = of_task("measure__strategic_task")
    measure = of_measure()
    ministry = of_ministry()
    ordering = ordering_by("key", "title_ko", "title_en", measure__code="measure")

    class Meta:
        model = Bill
        fields: ClassVar = {"key": CHOICE, "route": CHOICE, "confidence": CHOICE}
