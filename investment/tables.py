"""The columns of investment's tables and facts, one tuple per noun."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from common.tables import Column
from common.templatetags.display import amount, bp_percent, dash, day, state_badge
from investment.models import InfrastructureNeed, TaxCreditRate, TaxCreditRule
from tasks.choices import Bound
from tasks.domain_tables import (
    MEASURE,
    MILESTONE,
    SOURCE,
    choice,
    countries,
    itself,
    marked,
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
    related("milestone", _("Amended by")),
    MEASURE,
)


def _rule_value(rule: TaxCreditRule) -> Any:
    """One number, a range, or none: a rule in words."""
    if rule.value is None:
        return dash(None, _now("A rule in words"))
    ends = (rule.value,) if rule.value_to is None else (rule.value, rule.value_to)
    return "–".join(str(amount(end)) for end in ends)


RULES = (
    Column("name", _("Rule"), itself, _rule, order="name_ko", is_row_head=True),
    Column("value", _("Value"), itself, _rule_value, "num"),
    choice("unit", _("Unit")),
    Column("text", _("Wording"), kind="wide"),
    Column("confidence", _("How sure"), itself, lambda rule: marked(rule.get_confidence_display(), rule.confidence)),
    SOURCE,
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
VEHICLE_FACTS = (
    *VEHICLES[1:],
    Column("field_count", _("Number of fields"), show=amount),
    Column("outside_capital_min_bp", _("At least outside the capital area"), show=bp_percent),
)
VEHICLE_PARTS = (
    Column("name", _("Meant for"), is_row_head=True),
    choice("cut", _("Cut")),
    money("amount_won", _("Amount")),
)


def _required(need: InfrastructureNeed) -> Any:
    text = amount(need.required)
    return _now("at least %s") % text if need.bound == Bound.AT_LEAST else text


NEEDS = (
    name_column(_("Infrastructure need")),
    choice("kind", _("Kind")),
    Column("required", _("Required"), itself, _required, "num", order="required"),
    Column("secured", _("Secured"), show=amount, kind="num", order="secured"),
    Column("gap", _("Not secured"), show=amount, kind="num"),
    choice("unit", _("Unit")),
    Column("needed_by", _("Needed by (year)"), kind="num", order="needed_by"),
    related("part_of", _("Part of")),
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
