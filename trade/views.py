"""The pages of trade."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from common.pages import Crumb, Table
from tasks.domain_tables import STEPS
from tasks.views.entry import CHANGE, Offer
from tasks.views.rows import RowList, RowPage, RowPanel
from trade import filters, tables
from trade.domain import TRADE
from trade.models import (
    CaseStep,
    Consultation,
    Framework,
    FrameworkStep,
    NegotiationCase,
    Position,
    ProtectionMeasure,
)


def with_steps(rows: Any, user: Any) -> Any:
    """Rows with the steps that the reader may see."""
    return rows.with_visible(user, "steps").prefetch_related("steps__milestone")


class Frameworks(RowList):
    domain, model = TRADE, Framework
    offers = (Offer(_("Register a framework"), "trade:framework-new"),)
    columns, filterset_class = tables.FRAMEWORKS, filters.FrameworkFilter
    joins, related = ("measure",), ("parent",)
    lede = _(
        "Rounds, conclusions, signatures and entries into force are milestones. The status is that of Korea; "
        "a latest step can be that of other countries."
    )

    def prepare(self, rows: Any) -> Any:
        return with_steps(super().prepare(rows), self.request.user)


class FrameworkPage(RowPage):
    model, facts = Framework, tables.FRAMEWORK_FACTS
    offers = (Offer(_("Add a step"), "trade:framework-step-new"), Offer(CHANGE, "trade:framework-change"))
    parent = Crumb(_("Frameworks"), "trade:framework-list")
    joins, related = ("measure",), ("parent",)

    def tables(self) -> list[Table]:
        user = self.request.user
        steps = FrameworkStep.objects.visible_to(user).filter(framework=self.object).select_related("milestone")
        pillars = Framework.objects.visible_to(user).filter(parent=self.object).select_related("measure")
        rows = list(with_steps(pillars.with_visible(user, "parent"), user))
        return [
            Table(STEPS, steps, _("Timeline"), "steps"),
            *([Table(tables.PILLARS, rows, _("Pillars"), "pillars")] if rows else []),
        ]


class NegotiationCases(RowList):
    domain, model = TRADE, NegotiationCase
    offers = (Offer(_("Register a negotiation case"), "trade:negotiation-case-new"),)
    columns, filterset_class = tables.CASES, filters.NegotiationCaseFilter
    joins = ("measure",)

    def prepare(self, rows: Any) -> Any:
        return with_steps(super().prepare(rows), self.request.user)


class NegotiationCasePage(RowPage):
    model, facts = NegotiationCase, tables.CASE_FACTS
    offers = (
        Offer(_("Add a step"), "trade:case-step-new"),
        Offer(_("Add a position"), "trade:position-new"),
        Offer(CHANGE, "trade:negotiation-case-change"),
    )
    parent = Crumb(_("Negotiation cases"), "trade:negotiation-case-list")
    joins = ("measure",)

    def tables(self) -> list[Table]:
        user = self.request.user
        steps = CaseStep.objects.visible_to(user).filter(case=self.object).select_related("milestone")
        positions = Position.objects.visible_to(user).filter(case=self.object).select_related("case__measure")
        heard = (
            Consultation.objects.visible_to(user).filter(case=self.object).select_related("measure", "case__measure")
        )
        more = [
            Table(tables.POSITIONS, list(positions), _("Positions"), "positions"),
            Table(tables.CONSULTATIONS, list(heard), _("Consultations"), "consultations"),
        ]
        return [Table(STEPS, steps, _("Timeline"), "steps"), *(table for table in more if table.rows)]


class Positions(RowList):
    domain, model = TRADE, Position
    columns, filterset_class = tables.POSITIONS, filters.PositionFilter
    joins = ("case__measure",)
    empty_hint = _("Positions are entered here by those who negotiate; none has been entered that you may see.")


class PositionPage(RowPage):
    model, lookup, facts = Position, "uuid", tables.POSITIONS[1:]
    offers = (Offer(CHANGE, "trade:position-change"),)
    parent = Crumb(_("Positions"), "trade:position-list")
    joins = ("case__measure",)


class Consultations(RowList):
    domain, model = TRADE, Consultation
    offers = (Offer(_("Register a consultation"), "trade:consultation-new"),)
    columns, filterset_class = tables.CONSULTATIONS, filters.ConsultationFilter
    joins = ("measure", "case__measure")


class ConsultationPage(RowPage):
    model, lookup, facts = Consultation, "uuid", tables.CONSULTATIONS[1:]
    offers = (Offer(CHANGE, "trade:consultation-change"),)
    parent = Crumb(_("Consultations"), "trade:consultation-list")
    joins = ("measure", "case__measure")


class ProtectionMeasures(RowList):
    domain, model = TRADE, ProtectionMeasure
    offers = (Offer(_("Register a protection measure"), "trade:protection-measure-new"),)
    columns, filterset_class = tables.PROTECTION_MEASURES, filters.ProtectionMeasureFilter
    joins, related = ("measure",), ("bill", "milestone")


class ProtectionMeasurePage(RowPage):
    model, facts = ProtectionMeasure, tables.PROTECTION_FACTS
    offers = (Offer(CHANGE, "trade:protection-measure-change"),)
    parent = Crumb(_("Protection measures"), "trade:protection-measure-list")
    joins, related = ("measure",), ("bill", "milestone")


class TradePanel(RowPanel):
    model, columns, caption = Framework, tables.FRAMEWORKS, _("Frameworks")
    more = "trade:framework-list"
    joins, related = ("measure",), ("parent",)

    def rows(self) -> Any:
        return with_steps(super().rows(), self.request.user)

    def tables(self) -> list[Table]:
        user = self.request.user
        cases = with_steps(NegotiationCase.objects.visible_to(user).select_related("measure"), user)
        return [*super().tables(), Table(tables.CASES, cases, _("Negotiation cases"), "panel-cases")]
