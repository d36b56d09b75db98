"""The columns of talent's tables and facts, one tuple per noun."""

from dataclasses import replace
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from common.tables import Column
from common.templatetags.display import amount, dash, exact_day
from talent.choices import PLANNED, CohortStep, in_people
from tasks.domain_tables import (
    MEASURE,
    MINISTRY,
    SOURCE,
    choice,
    dated,
    itself,
    marked,
    name_column,
    numbered,
    related,
    sourced,
)

PROGRAMME = related("programme", _("Talent programme"), "programme__name_ko")
AIM = Column("target_people", _("Aim (people)"), show=amount, kind="num", order="target_people")

TALENT_PROGRAMMES = (
    name_column(_("Talent programme")),
    choice("kind", _("Kind")),
    MEASURE,
    MINISTRY,
    related("agency", _("Agency"), "agency__name_ko"),
    dated("announced_on", _("Announced on")),
    AIM,
    dated("target_on", _("Target date"), "target_precision"),
)
START = related("milestone", _("Start (milestone)"))
TALENT_PROGRAMME_FACTS = (
    *TALENT_PROGRAMMES[1:6],
    START,
    *TALENT_PROGRAMMES[6:],
    Column("criteria", _("Who is eligible")),
)
FIGURES = (
    Column(
        "name", _("Announced figure"), itself, lambda row: marked(row.name, row.confidence), "wide", is_row_head=True
    ),
    Column("part_of", _("Part of"), lambda row: row.part_of and row.part_of.name),
    Column("value", _("Value"), show=amount, kind="num"),
    choice("unit", _("Unit")),
    dated("as_of", _("As of"), "precision"),
    SOURCE,
)


def _planned(mark: Any) -> Any:
    """With the mark of the row: a plan may be added up from what the source gives."""
    return lambda row: amount(None) if row.planned is None else mark(amount(row.planned), row.confidence)


# Too many columns for each head to say what it counts: a line above the table does.
COHORT_STEPS = tuple(Column(step.value, step.label, show=amount, kind="num", order=step.value) for step in CohortStep)
COHORTS_OF_PROGRAMME = (
    name_column(_("Cohort")),
    Column("year", _("Year"), show=lambda year: dash(year), kind="num", order="year"),
    Column(
        "planned",
        PLANNED,
        itself,
        _planned(numbered),
        "num",
        order="planned",
        plain="planned",
        note=_("All of these numbers are numbers of people."),
    ),
    *COHORT_STEPS,
)
COHORTS = (COHORTS_OF_PROGRAMME[0], PROGRAMME, *COHORTS_OF_PROGRAMME[1:])


COHORT_FACTS = (*COHORTS[1:3], replace(COHORTS[3], head=in_people(PLANNED), show=_planned(sourced)))


def _issued(row: Any) -> Any:
    """24 (October 2025): never without the day that it is counted to."""
    if row.issued is None:
        return dash(None, _now("No source found says how many."))
    return format_html("<span>{} ({})</span>", amount(row.issued), exact_day(row.issued_on, row.issued_precision))


INCENTIVES = (
    name_column(_("Incentive")),
    choice("kind", _("Kind")),
    MEASURE,
    Column("benefits", _("Benefits"), show=lambda texts: dash(", ".join(texts)), kind="wide"),
    AIM,
    dated("target_on", _("Target date"), "target_precision"),
    Column(
        "issued",
        _("Issued (people)"),
        itself,
        _issued,
        kind="num",
        plain=lambda row: None if row.issued is None else int(row.issued),
        beside=(Column("issued_on", _("Issued up to")),),
    ),
    related("indicator", _("Issued (indicator)")),
    START,
)
