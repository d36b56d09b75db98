"""Django admin: reference data are edited in the log's sight; what only actions write is read-only."""

from typing import Any

from investment.actions import create_tax_credit_rate
from tasks.models import Change, Region
from tasks.permissions import SYSTEM


def test_an_edit_is_logged_with_actor_and_door(client_of: Any, users: Any) -> None:
    region = Region.objects.create(key="seoul", name_ko="서울", name_en="Soul")
    data = {
        "key": "seoul",
        "name_ko": "서울",
        "name_en": "Seoul",
        "confidence": "published",
        "source": "",
        "source_note": "",
    }
    response = client_of("admin").post(f"/admin/tasks/region/{region.pk}/change/", data)
    assert response.status_code == 302, response.context["errors"]
    change = Change.objects.filter(table="tasks_region", operation="update").latest("sequence")
    assert (change.actor_id, change.door, change.verb) == (users["admin"].pk, "page", "region.edited")


def test_milestones_and_reports_are_read_only(client_of: Any, world: Any) -> None:
    admin = client_of("admin")
    assert admin.get("/admin/tasks/milestone/").status_code == 200
    assert admin.get("/admin/tasks/milestone/add/").status_code == 403
    assert admin.post(f"/admin/tasks/milestone/{world.milestones.open.pk}/change/", {}).status_code == 403
    assert admin.get("/admin/tasks/statusreport/add/").status_code == 403


def test_only_staff_of_the_admin_come_in(client_of: Any) -> None:
    assert client_of("staff").get("/admin/").status_code == 302


def _rate(world: Any) -> dict[str, Any]:
    return {
        "measure": world.measures.m11.pk, "key": "rate-a", "tax_class": "general", "size": "sme", "kind": "regular",
        "law_ko": "조세특례제한법", "article": "24", "invest_from": "2025-01-01", "base_bp": "100",
        "base_confidence": "published", "confidence": "published", "source": "", "source_note": "",
    }  # fmt: skip


def test_reference_data_of_the_law_are_edited_with_history(client_of: Any, world: Any, users: Any) -> None:
    response = client_of("admin").post("/admin/investment/taxcreditrate/add/", _rate(world))
    assert response.status_code == 302, response.context["errors"]
    change = Change.objects.filter(table="investment_taxcreditrate").latest("sequence")
    assert (change.actor_id, change.door, change.verb) == (users["admin"].pk, "page", "taxcreditrate.edited")


def test_the_admin_offers_and_replaces_nothing_above_the_tier(client_of: Any, world: Any, users: Any) -> None:
    users["admin"].clearance = 1
    users["admin"].save()
    page = client_of("admin").get("/admin/investment/taxcreditrate/add/")
    offered = page.context["adminform"].form.fields["milestone"].queryset
    assert world.milestones.open in offered
    assert world.milestones.restricted not in offered
    rate = create_tax_credit_rate(
        by=SYSTEM, **_rate(world) | {"measure": world.measures.m11, "milestone": world.milestones.restricted}
    )
    address = f"/admin/investment/taxcreditrate/{rate.pk}/change/"
    assert "milestone" not in client_of("admin").get(address).context["adminform"].form.fields
    assert client_of("admin").post(address, _rate(world) | {"article": "25"}).status_code == 302
    rate.refresh_from_db()
    assert (rate.article, rate.milestone) == ("25", world.milestones.restricted)


def test_lists_of_sourced_rows_say_how_sure_each_is(client_of: Any, world: Any) -> None:
    for address in ("tasks/milestone", "tasks/measure"):
        page = client_of("admin").get(f"/admin/{address}/").content.decode()
        assert "column-confidence" in page, address
