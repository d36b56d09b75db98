"""The columns of clusters' tables and facts, one tuple per noun."""

from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clusters.models import Complex, ComplexStage
from common.tables import Column
from common.templatetags.display import amount, dash
from tasks.domain_tables import MEASURE, choice, dated, itself, money, name_column, related, steps, unsure, words
from tasks.templatetags.figures import named

INVESTMENT = money(
    "announced_investment_won", _("Announced private investment"), mark="announced_investment_confidence"
)


def _coordinates(row: Complex) -> Any:
    if row.latitude is None:
        return dash(None)
    return format_html(
        "<span>{}° N {}° E {}</span>", f"{row.latitude:.2f}", f"{row.longitude:.2f}", unsure(row.coordinates_confidence)
    )


def _latest(row: Complex) -> ComplexStage | None:
    """The last stage reached, of those the reader may see (prefetched)."""
    return next((stage for stage in reversed(row.stages.all()) if stage.milestone.completed_on), None)


def _reached(row: Complex) -> Any:
    stages = list(row.stages.all())
    done = sum(1 for stage in stages if stage.milestone.completed_on)
    latest = _latest(row)
    if latest is None:
        return dash(None)
    return format_html("{} ({}/{})", latest.get_stage_display(), done, len(stages))


def _days_taken(stage: ComplexStage) -> Any:
    """From the start to the completion, where both are known."""
    milestone = stage.milestone
    started = milestone.started_on or milestone.baseline_start
    if started is None or milestone.completed_on is None:
        return dash(None)
    return amount((milestone.completed_on - started).days)


def _regions(row: Complex) -> Any:
    regions = [row.region] if row.region else []
    names = [(named(region),) for region in [*regions, *row.other_regions.all()]]
    return format_html_join(", ", "{}", names) or dash(None)


def _stage(stage: ComplexStage) -> SafeString:
    return format_html("{}", stage.get_stage_display())


COMPLEXES = (
    Column("code", _("Code"), order="code"),
    name_column(_("Complex")),
    choice("kind", _("Legal kind")),
    Column("industry", pgettext_lazy("complex", "Industry")),
    Column("region", _("Region"), itself, _regions, order="region__name_ko"),
    Column("stage", _("Stage reached"), itself, _reached),
    INVESTMENT,
    Column("until", _("Until (year)"), "announced_investment_until", kind="num", order="announced_investment_until"),
)
COMPLEX_FACTS = (
    COMPLEXES[0],
    COMPLEXES[2],
    MEASURE,
    COMPLEXES[3],
    Column("location_ko", _("Location")),
    COMPLEXES[4],
    Column("coordinates", _("Coordinates"), itself, _coordinates),
    words("lead_companies", _("Lead companies")),
    INVESTMENT,
    COMPLEXES[7],
    Column("area_m2", _("Area (m²)"), show=amount),
)
STAGES = steps(
    Column("stage", _("Stage"), itself, _stage, is_row_head=True),
    last=(
        Column("days", _("Days taken"), itself, _days_taken, "num"),
        Column("statutory_days", _("Statutory limit (days)"), show=amount, kind="num"),
    ),
)
TENANTS_OF_COMPLEX = (
    name_column(_("Tenant")),
    money("announced_investment_won", _("Announced investment")),
    money("realised_investment_won", _("Realised investment")),
    dated("realised_on", _("Realised as of")),
)
TENANTS = (TENANTS_OF_COMPLEX[0], related("complex", _("Complex"), "complex__code"), *TENANTS_OF_COMPLEX[1:])
