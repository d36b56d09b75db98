"""The columns of investment's tables and facts, one tuple per noun."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from common.tables import Column
from common.templatetags.display import amount, day, state_badge
from investment.models import TaxCreditRate, TaxCreditRule
from tasks.domain_tables import (
    MEASURE,
    MILESTONE,
    choice,
    countries,
    itself,
    link_of,
    marked_link,
    money,
    name_column,
    related,
    share,
)
from tasks.templatetags.figures import sure


def _period(rate: TaxCreditRate) -> SafeString:
    end = day(rate.invest_to) if rate.invest_to else _now("until further notice")
    return format_html("<span>{} – {}</span>", day(rate.invest_from), end)


def _standing(rate: TaxCreditRate) -> Any:
    """Superseded by a rate that came into force for the same time, or good for its period."""
    if not rate.is_superseded:
        return state_badge("valid", _now("Good for its period"), "info")
    badge = state_badge("superseded", _now("Superseded"), "mute")
    return format_html("<span>{} {}</span>", badge, day(rate.superseded_on))


def _rule(rule: TaxCreditRule) -> SafeString:
    return format_html("{} {}", rule.name, sure(rule))


PERIOD = Column("period", _("Invested"), itself, _period, order="invest_from")
STANDING = Column("standing", _("Standing"), itself, _standing, order="superseded_on")
RATES = (
    Column("name", _("Rate"), itself, marked_link, "wide", order="tax_class", is_row_head=True),
    choice("kind", _("Kind")),
    PERIOD,
    share("base_bp", _("Base"), "base_confidence"),
    share("incremental_bp", _("On the increase"), "incremental_confidence"),
    STANDING,
    Column("article", _("Article"), lambda rate: f"{rate.law_ko} §{rate.article}"),
)
RATE_FACTS = (
    choice("tax_class", _("Class")),
    choice("size", _("Company size")),
    *RATES[1:],
    related("superseded_by", _("Superseded by")),
    Column("milestone", _("Amended by"), link=lambda row: link_of(row.milestone)),
    MEASURE,
)
RULES = (
    Column("name", _("Rule"), itself, _rule, order="name_ko", is_row_head=True),
    Column("value", _("Value"), show=amount, kind="num"),
    choice("unit", _("Unit")),
    Column("text", _("Wording"), kind="wide"),
    choice("confidence", _("How sure")),
)
VEHICLES = (
    name_column(_("Investment vehicle")),
    choice("status", _("Status")),
    money("size_won", _("Size")),
    money("public_won", _("Public part")),
    money("private_won", _("Private part")),
    related("replaces", _("Came instead of")),
    MILESTONE,
    MEASURE,
)
VEHICLE_PARTS = (
    Column("name", _("Meant for"), is_row_head=True),
    money("amount_won", _("Amount")),
)
NEEDS = (
    name_column(_("Infrastructure need")),
    choice("kind", _("Kind")),
    Column("required", _("Required"), show=amount, kind="num", order="required"),
    Column("secured", _("Secured"), show=amount, kind="num", order="secured"),
    Column("gap", _("Not secured"), show=amount, kind="num"),
    choice("unit", _("Unit")),
    MILESTONE,
    MEASURE,
)
REVIEWS = (
    name_column(_("Regulation")),
    countries("peer_countries", _("Peer countries")),
    Column("peer_level", _("Level of the peers")),
    Column("our_level", _("Our level")),
    Column("gap", _("Gap")),
    Column("decision", _("Decision")),
    MILESTONE,
)
