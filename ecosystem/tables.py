"""The columns of ecosystem's tables and facts, one tuple per noun."""

from typing import Any

from django.utils.html import format_html
from django.utils.text import format_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from common.countries import country_name
from common.records import Confidence, own_words
from common.tables import Column, follow, hundredth
from common.templatetags.display import amount, bp_percent, bp_points, dash
from ecosystem.choices import Method
from ecosystem.models import DependenceObservation, SupplyItem
from ecosystem.rollups import Observed, latest
from tasks.domain_tables import (
    MEASURE,
    MILESTONE,
    choice,
    country,
    dated,
    done_on,
    how_sure,
    itself,
    link_of,
    money,
    name_column,
    numbered,
    related,
    share,
    unsure,
    words,
)

LEAD_PROJECT = related("lead_project", _("Lead project"))


def _computed(change_bp: int | None) -> Any:
    """Between two published shares: computed here."""
    return dash(None) if change_bp is None else numbered(bp_points(change_bp), Confidence.DERIVED)


def _change(found: Observed) -> Any:
    if found.change_bp is None:
        return ""
    words = format_html(_now("{change} since {year}"), change=_computed(found.change_bp), year=found.since)
    return format_html('<div class="small soft">{}</div>', words)


def _latest(method: str) -> Any:
    def shown(item: SupplyItem) -> Any:
        found = latest(item.observations.all(), method)
        if found is None:
            return dash(None, _now("Not observed by this method"))
        row = found.observation
        link = format_html('<a href="{}">{}</a>', row.get_absolute_url(), bp_percent(row.share_bp))
        return format_html(
            '{} <div class="small soft">{} {}</div>{}',
            numbered(link, row.confidence),
            country_name(row.country),
            row.year,
            _change(found),
        )

    return shown


def _method(method: Method) -> Column:
    """The latest share that this method found, of which country and year."""

    def part(*path: str) -> Any:
        def of(item: SupplyItem) -> Any:
            found = latest(item.observations.all(), method)
            return None if found is None else follow(found.observation, ".".join(path))

        return of

    def beside(name: str, head: Any, of: Any) -> Column:
        return Column(f"{method}_{name}", format_lazy("{}: {}", method.label, head), of)

    share_of, country_of = part("share_bp"), part("country")
    return Column(
        method.value,
        method.label,
        itself,
        _latest(method),
        "num",
        plain=lambda item: hundredth(share_of(item)),
        unit="%",
        beside=(
            beside("country", _("Country"), lambda item: country_name(country_of(item) or "")),
            beside("year", _("Year"), part("year")),
            beside("sure", _("How sure"), part("get_confidence_display")),
        ),
    )


SUPPLY_ITEMS = (
    name_column(_("Supply item")),
    LEAD_PROJECT,
    *(_method(method) for method in Method),
    Column("target_share_bp", _("Target share"), show=bp_percent, kind="num", order="target_share_bp"),
)
SUPPLY_ITEM_FACTS = (
    MEASURE,
    LEAD_PROJECT,
    Column("hs_code", _("HS code")),
    Column("target_share_bp", _("Target share"), show=bp_percent),
)


def _of(observed: Observed) -> Any:
    return observed.observation


SERIES = (
    Column(
        "year",
        _("Year"),
        lambda observed: observed.observation.year,
        is_row_head=True,
        link=lambda observed: link_of(observed.observation),
    ),
    Column("country", _("Country"), lambda observed: country_name(observed.observation.country)),
    Column("share", _("Share"), "observation.share_bp", bp_percent, "num"),
    Column("change", _("Change"), "change_bp", _computed, "num"),
    Column("basis", _("Basis"), _of, lambda row: dash(row.get_basis_display())),
    Column("hs_code", _("HS code"), "observation.hs_code"),
    Column("measured_as", _("Measured as"), lambda observed: own_words(observed.observation.measured_as)),
    Column(
        "sure",
        _("How sure"),
        _of,
        how_sure,
    ),
)


def _observed(row: DependenceObservation) -> Any:
    return format_html('<a href="{}">{}</a> {}', row.get_absolute_url(), row.item, unsure(row.confidence))


OBSERVATIONS = (
    Column(
        "item",
        _("Supply item"),
        itself,
        _observed,
        order="item__name_ko",
        is_row_head=True,
        plain="item",
    ),
    Column("year", _("Year"), kind="num", order="year"),
    country("country", _("Country")),
    share("share_bp", _("Share")),
    choice("method", _("Method")),
    choice("basis", _("Basis")),
    Column("hs_code", _("HS code"), order="hs_code"),
)
OBSERVATION_FACTS = (
    related("item", _("Supply item")),
    *OBSERVATIONS[1:],
    dated("observed_on", _("Observed on"), "precision"),
    Column("measured_as", _("Measured as"), lambda row: own_words(row.measured_as)),
)


def _announced(milestone: Any) -> Any:
    return dash(None) if milestone is None else done_on(milestone)


SUPPLY_PLANS = (
    name_column(_("Supply plan")),
    related("milestone", _("Announced (milestone)")),
    Column("announced_on", _("Announced on"), "milestone", _announced, "num", plain="milestone.completed_on"),
    Column("target", _("Aim"), kind="wide"),
    Column("candidate_count", _("Items considered"), show=amount, kind="num"),
    Column("selected_count", _("Items selected"), show=amount, kind="num", order="selected_count"),
)
SUPPLY_PLAN_FACTS = (
    MEASURE,
    *SUPPLY_PLANS[1:],
    related("indicator", _("Average share (indicator)")),
    Column("selection_rule", _("Rule of selection")),
    Column("implementation_task_count", _("Implementation tasks"), show=amount),
    Column("lead_project_count", _("Lead projects"), show=amount),
    Column("domestic_support_count", _("Items with support of domestic investment"), show=amount),
    words("axes", _("Axes")),
)
SECTORS = (
    Column("name", _("Sector"), is_row_head=True),
    Column("item_count", _("Items"), show=amount, kind="num"),
)
LEAD_PROJECTS = (
    name_column(_("Lead project")),
    MEASURE,
    Column("items", _("Supply items"), lambda row: ", ".join(item.name for item in row.items.all()), kind="wide"),
    MILESTONE,
)
MOTHER_FACTORIES = (
    name_column(_("Company")),
    Column("site", _("Domestic site")),
    words("overseas_plants", _("Overseas plants")),
    money("announced_investment_won", _("Announced investment")),
    dated("announced_on", _("Announced on")),
    MEASURE,
    MILESTONE,
)
