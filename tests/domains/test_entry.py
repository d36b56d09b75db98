"""Rows of the six domains entered and changed in the browser."""

import re
from datetime import date
from typing import Any

import pytest

from clusters.models import Complex, Tenant
from ecosystem.models import DependenceObservation
from investment.models import InfrastructureNeed, InvestmentVehicle
from talent.models import Cohort
from tasks.models import Change
from tests.domains.rows import make_rows
from trade.models import Position

SOURCE = {"source": "Ministry report of 2026-01-31"}
REFERENCE = ("tax-credit-rates", "designation-rounds", "supply-plans")  # edited in the admin


@pytest.fixture
def rows(strategy_tree: Any) -> dict[str, Any]:
    made = make_rows(strategy_tree.measures.m11, strategy_tree.milestones.open, "seen")
    return {name: row for name, row in made.items() if name not in REFERENCE}


def send(client: Any, address: str, **typed: Any) -> Any:
    shown = client.get(address).context["form"]
    filled = {field.html_name: field.value() for field in shown} | typed
    return client.post(address, {name: value for name, value in filled.items() if value is not None})


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def test_every_noun_is_changed_with_a_reason_that_its_history_shows(client_of: Any, rows: Any) -> None:
    """Sent as it stands but for the note: whatever a form shows, it reads back unchanged."""
    office, wrong = client_of("coordinator"), []
    for name, row in rows.items():
        before = Change.objects.count()
        response = send(
            office, f"{row.get_absolute_url()}change/", source_note="seen again", reason="checked", **SOURCE
        )
        if response.status_code != 302:
            wrong.append(f"{name}: {response.context['form'].errors}")
            continue
        change = Change.objects.latest("sequence")
        assert change.verb.endswith(".changed") and change.door == "page", name
        assert set(change.after) <= {"source", "source_note", "version"}, name
        assert Change.objects.count() == before + 1, name
        assert "checked" in text(office.get(response["Location"])), name
    assert wrong == []


def test_what_is_yes_or_no_is_a_box_to_tick(client_of: Any, rows: Any) -> None:
    office, row = client_of("coordinator"), rows["investment-vehicles"]
    address = f"{row.get_absolute_url()}change/"
    shown = office.get(address).content.decode()
    assert re.search(r'<input type="checkbox" name="size_is_initial"', shown)
    send(office, address, size_is_initial="on", reason="seen", **SOURCE)
    row.refresh_from_db()
    assert row.size_is_initial is True


def test_two_people_at_once_and_a_change_without_a_reason(client_of: Any, rows: Any) -> None:
    office, row = client_of("coordinator"), rows["infrastructure-needs"]
    address = f"{row.get_absolute_url()}change/"
    seen = office.get(address).context["form"]
    typed = {field.html_name: field.value() for field in seen if field.value() is not None} | SOURCE
    assert office.post(address, typed | {"secured": "4", "reason": ""}).status_code == 422
    assert office.post(address, typed | {"secured": "4", "reason": "first"}).status_code == 302
    response = office.post(address, typed | {"secured": "7", "reason": "second"})
    assert response.status_code == 409
    assert "<td>4</td><td>7</td>" in text(response)
    row.refresh_from_db()
    assert row.secured == 4


def test_a_new_row_asks_for_one_of_the_own_measures(client_of: Any, rows: Any, strategy_tree: Any) -> None:
    typed = {
        "measure": strategy_tree.measures.m11.uuid, "kind": "water", "unit": "m3/day", "required": "１,700,000",
        "name_ko": "용수", "name_en": "Water", "bound": "at_least", "needed_by": "2035",
        "part_of": rows["infrastructure-needs"].uuid,
    }  # fmt: skip
    staff, address = client_of("staff"), "/investment/infrastructure-needs/new/"
    wrong = send(staff, address, **(typed | {"unit": "MW"}), **SOURCE)
    assert wrong.status_code == 422 and "Power is in MW" in text(wrong)
    unit = dict(wrong.context["form"].fields["unit"].choices)
    typed["unit"] = next(value for value in unit if value and value != "MW")
    response = send(staff, address, **typed, **SOURCE)
    assert response.status_code == 302, response.context["form"].errors
    need = InfrastructureNeed.objects.latest("pk")
    assert (need.required, need.bound, need.needed_by) == (1_700_000, "at_least", 2035)
    assert need.part_of == rows["infrastructure-needs"]
    assert need not in staff.get(f"{need.get_absolute_url()}change/").context["form"].fields["part_of"].queryset
    refused = client_of("staff-msit").get(address)
    assert refused.status_code == 403 and "leads no measure" in text(refused)


def test_a_complex_is_chosen_by_its_name(client_of: Any, rows: Any) -> None:
    office, row, place = client_of("coordinator"), rows["infrastructure-needs"], rows["complexes"]
    address = f"{row.get_absolute_url()}change/"
    form = office.get(address).context["form"]
    assert (place.key, str(place)) in form.fields["complex_key"].choices
    typed = {field.html_name: field.value() for field in form if field.value() is not None} | SOURCE
    assert office.post(address, typed | {"complex_key": "nowhere", "reason": "wrong"}).status_code == 422
    assert office.post(address, typed | {"complex_key": place.key, "reason": "known now"}).status_code == 302
    row.refresh_from_db()
    assert row.complex_key == place.key
    assert place.get_absolute_url() in text(office.get(row.get_absolute_url()))
    assert row.get_absolute_url() in text(office.get(place.get_absolute_url()))


def test_a_need_does_not_name_a_complex_that_is_hidden(client_of: Any, rows: Any, strategy_tree: Any) -> None:
    row, place = rows["infrastructure-needs"], rows["complexes"]
    type(row)._default_manager.filter(pk=row.pk).update(complex_key=place.key)
    type(place)._default_manager.filter(pk=place.pk).update(measure=strategy_tree.measures.m12)  # internal
    assert place.get_absolute_url() in text(client_of("coordinator").get(row.get_absolute_url()))
    shown = text(client_of("nobody").get(row.get_absolute_url()))
    assert place.get_absolute_url() not in shown and place.name_en not in shown


def test_numbers_stand_with_separators_and_years_without(client_of: Any, rows: Any) -> None:
    office = client_of("coordinator")

    def shown(row: Any, name: str) -> Any:
        return office.get(f"{row.get_absolute_url()}change/").context["form"][name].value()

    need, programme = rows["infrastructure-needs"], rows["research-programmes"]
    type(need)._default_manager.filter(pk=need.pk).update(required=1_700_000)
    assert shown(need, "required") == "1,700,000"
    assert str(shown(programme, "first_year")) == str(programme.first_year)


def test_figures_below_a_row_are_entered_from_its_page(client_of: Any, rows: Any) -> None:
    staff = client_of("staff")
    names = {"name_ko": "이름", "name_en": "Name"}
    place: Complex = rows["complexes"]
    assert f"{place.get_absolute_url()}tenants/new/" in text(staff.get(place.get_absolute_url()))
    tenant = send(staff, f"{place.get_absolute_url()}tenants/new/", **names, realised_investment_won="4.12조", **SOURCE)
    assert tenant.status_code == 422 and "as of which day" in text(tenant)
    tenant = send(
        staff, f"{place.get_absolute_url()}tenants/new/", **names, realised_investment_won="4.12조",
        realised_on="2026-01-31", **SOURCE,
    )  # fmt: skip
    assert tenant.status_code == 302
    assert Tenant.objects.latest("pk").realised_investment_won == 4_120_000_000_000
    item = rows["supply-items"]
    seen = {"country": "CN", "observed_on": "2025-12-31", "share_bp": "62.35%", "method": "unspecified"}
    assert send(staff, f"{item.get_absolute_url()}observations/new/", **seen, **SOURCE).status_code == 302
    found = DependenceObservation.objects.latest("pk")
    assert (found.share_bp, found.year, found.observed_on) == (6_235, 2025, date(2025, 12, 31))
    programme = rows["talent-programmes"]
    cohort = send(
        staff,
        f"{programme.get_absolute_url()}cohorts/new/",
        **names,
        selected="10",
        returned="11",
        dispatched="10",
        **SOURCE,
    )
    assert cohort.status_code == 422 and "later step" in text(cohort)
    assert (
        send(staff, f"{programme.get_absolute_url()}cohorts/new/", **names, selected="10", **SOURCE).status_code == 302
    )
    assert (Cohort.objects.latest("pk").selected, Cohort.objects.latest("pk").called) == (10, None)
    vehicle: InvestmentVehicle = rows["investment-vehicles"]
    part = send(staff, f"{vehicle.get_absolute_url()}parts/new/", **names, amount_won="1,000억원")
    assert part.status_code == 302 and part["Location"] == vehicle.get_absolute_url()


def test_a_position_above_the_own_clearance_is_not_offered(client_of: Any, rows: Any) -> None:
    address = f"{rows['negotiation-cases'].get_absolute_url()}positions/new/"
    form = client_of("staff").get(address).context["form"]
    assert [int(value) for value, _label in form.fields["tier"].choices] == [1, 2]
    titles = {"title_ko": "입장", "title_en": "Stance"}
    before = Position.objects.count()
    assert send(client_of("staff"), address, **titles, tier="3", **SOURCE).status_code == 422
    assert Position.objects.count() == before
    assert send(client_of("staff"), address, **titles, tier="2", **SOURCE).status_code == 302
