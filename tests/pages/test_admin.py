"""Django admin: reference data are edited in the log's sight; what only actions write is read-only."""

from typing import Any

from tasks.models import Change, Region


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
