"""Loads plans, lead projects, supply items, observations, mother factories; what is there already is left alone."""

from common.seeds import Row, provenance, texts
from ecosystem import actions
from ecosystem.models import DependenceObservation, LeadProject, MotherFactory, SupplyItem, SupplyPlan
from tasks.permissions import Actor
from tasks.seed import references
from tasks.seed.references import Load, new_rows, picked

PLAN_COLUMNS = (
    "key",
    "candidate_count",
    "selected_count",
    "implementation_task_count",
    "lead_project_count",
    "domestic_support_count",
    "axes_ko",
    "axes_en",
)


def load_ecosystem(load: Load, by: Actor) -> None:
    for row in new_rows(load, "supply_plans", SupplyPlan):
        _plan(row, by)
    for row in new_rows(load, "lead_projects", LeadProject):
        actions.create_lead_project(
            by=by,
            key=row["key"],
            measure=references.measure(row["measure"]),
            milestone=references.milestone(row["milestone"]),
            **texts(row, "name"),
            **provenance(row),
        )
    for row in new_rows(load, "supply_items", SupplyItem):
        _item(row, by)
    for row in new_rows(load, "dependence_observations", DependenceObservation):
        _observation(row, by)
    for row in new_rows(load, "mother_factories", MotherFactory):
        _factory(row, by)


def _plan(row: Row, by: Actor) -> None:
    plan = actions.create_supply_plan(
        by=by,
        measure=references.measure(row["measure"]),
        milestone=references.milestone(row["milestone"]),
        indicator=references.indicator(row["indicator"]),
        **picked(row, *PLAN_COLUMNS),
        **texts(row, "name", "target", "selection_rule"),
        **provenance(row),
    )
    for sector in row["sectors"]:
        actions.add_supply_sector(by=by, plan=plan, item_count=sector["item_count"], **texts(sector, "name"))


def _item(row: Row, by: Actor) -> None:
    actions.create_supply_item(
        by=by,
        key=row["key"],
        measure=references.measure(row["measure"]),
        lead_project=LeadProject.objects.filter(key=row["lead_project"] or "").first(),
        hs_code=row["hs_code"] or "",
        target_share_bp=references.basis_points(row["target_share_percent"]),
        **texts(row, "name"),
        **provenance(row),
    )


def _observation(row: Row, by: Actor) -> None:
    actions.record_dependence(
        by=by,
        item=SupplyItem.objects.get(key=row["item"]),
        observed_on=row["on"],
        precision=references.precision(row, "on"),
        share_bp=references.basis_points(row["share_percent"]),
        basis=row["basis"] or "",
        hs_code=row["hs_code"] or "",
        measured_as=" / ".join(word for word in texts(row, "measured_as").values() if word),
        **picked(row, "key", "country", "year", "method"),
        **provenance(row),
    )


def _factory(row: Row, by: Actor) -> None:
    actions.create_mother_factory(
        by=by,
        measure=references.measure(row["measure"]),
        milestone=references.milestone(row["milestone"]),
        name_ko=row["company_ko"],
        name_en=row["company_en"],
        site_ko=row["domestic_site_ko"],
        site_en=row["domestic_site_en"],
        **picked(row, "key", "overseas_plants", "announced_investment_won", "announced_on"),
        **provenance(row),
    )
