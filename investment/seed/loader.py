"""Loads rates, rules, vehicles, needs and the limits of permits; what is there already is left alone."""

from decimal import Decimal

from common.seeds import Row, provenance, texts
from investment import actions
from investment.models import InfrastructureNeed, InvestmentVehicle, PermitRule, TaxCreditRate, TaxCreditRule
from tasks.permissions import Actor
from tasks.seed import references
from tasks.seed.references import Load, new_rows, picked


def load_investment(load: Load, by: Actor) -> None:
    # A superseded rate names a later row of the file, so it comes last.
    for row in sorted(new_rows(load, "tax_credit_rates", TaxCreditRate), key=lambda row: bool(row["superseded_by"])):
        _rate(row, by)
    for row in new_rows(load, "tax_credit_rules", TaxCreditRule):
        actions.create_tax_credit_rule(
            by=by,
            value=_decimal(row["value"]),
            value_to=_decimal(row["value_to"]),
            unit=row["unit"] or "",
            key=row["key"],
            **texts(row, "name", "text"),
            **provenance(row),
        )
    for row in new_rows(load, "investment_vehicles", InvestmentVehicle):
        _vehicle(row, by)
    # A phase names its whole, so it comes after it.
    for row in sorted(new_rows(load, "infrastructure_needs", InfrastructureNeed), key=lambda row: bool(row["part_of"])):
        _need(row, by)
    for row in new_rows(load, "permit_rules", PermitRule):
        _permit_rule(row, by)


def _decimal(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _rate(row: Row, by: Actor) -> None:
    actions.create_tax_credit_rate(
        by=by,
        measure=references.measure(row["measure"]),
        milestone=references.milestone(row["amended_by"]),
        superseded_by=TaxCreditRate.objects.get(key=row["superseded_by"]) if row["superseded_by"] else None,
        tax_class=row["class"],
        base_bp=references.basis_points(row["base_percent"]),
        incremental_bp=references.basis_points(row["incremental_percent"]),
        known_from=row.get("known_from"),
        **picked(row, "key", "size", "kind", "law_ko", "article", "invest_from", "invest_to", "superseded_on"),
        **picked(row, "base_confidence", "incremental_confidence"),
        **provenance(row),
    )


def _vehicle(row: Row, by: Actor) -> None:
    vehicle = actions.create_investment_vehicle(
        by=by,
        measure=references.measure(row["measure"]),
        milestone=references.milestone(row["milestone"]),
        replaces=InvestmentVehicle.objects.get(key=row["replaces"]) if row["replaces"] else None,
        outside_capital_min_bp=references.basis_points(row["outside_capital_min_percent"]),
        **picked(row, "key", "status", "size_won", "size_is_initial", "public_won", "private_won", "field_count"),
        **texts(row, "name"),
        **provenance(row),
    )
    for part in row["split"]:
        actions.add_vehicle_part(by=by, vehicle=vehicle, **picked(part, "cut", "amount_won"), **texts(part, "name"))


def _need(row: Row, by: Actor) -> None:
    actions.create_infrastructure_need(
        by=by,
        measure=references.measure(row["measure"]),
        milestone=references.milestone(row["milestone"]),
        part_of=InfrastructureNeed.objects.get(key=row["part_of"]) if row["part_of"] else None,
        complex_key=row["complex"] or "",
        **picked(row, "key", "kind", "bound", "required", "secured", "unit", "needed_by"),
        **texts(row, "name"),
        **provenance(row),
    )


def _permit_rule(row: Row, by: Actor) -> None:
    actions.create_permit_rule(
        by=by,
        **picked(row, "key", "law", "article", "valid_from", "valid_to", "limits_move", "counting_confidence"),
        **picked(
            row, "application_days", "plan_days", "plan_cap_days", "result_days", "extension_days", "deeming_days"
        ),
        **texts(row, "law", "counting"),
        **provenance(row),
    )
