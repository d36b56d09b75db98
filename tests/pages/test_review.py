"""The review queue and the page of a report: what waits for whom, what would change, approved and returned."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from tasks.actions.reports import ReportValues, report_milestone, return_report
from tasks.models import Milestone, StatusReport, Strategy


@pytest.fixture
def submitted(world: Any, users: Any) -> Any:
    def of(steps: int, author: str = "staff", verb: str = "start") -> StatusReport:
        Strategy.objects.update(review_steps=steps)
        values = ReportValues(verb, progress_bp=4000, result="Ground broken")
        return report_milestone(Milestone.objects.get(pk=world.milestones.open.pk), values, by=users[author])

    return of


def _queue(client: Any) -> list[Any]:
    return list(client.get("/review/").context["table"].rows)


def test_a_report_waits_on_the_desk_of_its_next_step_and_on_no_other(client_of: Any, submitted: Any) -> None:
    report = submitted(2)
    assert [_queue(client_of(name)) for name in ("approver", "coordinator", "staff", "analyst")] == [
        [report], [], [], [],
    ]  # fmt: skip
    client_of("approver").post("/review/", {"report": [str(report.uuid)]})
    assert [_queue(client_of(name)) for name in ("approver", "coordinator")] == [[], [report]]
    client_of("coordinator").post("/review/", {"report": [str(report.uuid)]})
    report.refresh_from_db()
    assert report.status == "accepted"
    assert _queue(client_of("coordinator")) == []


def test_the_own_report_waits_for_somebody_else(client_of: Any, submitted: Any) -> None:
    report = submitted(1, author="approver")
    assert _queue(client_of("approver")) == []
    assert _queue(client_of("coordinator")) == [report]


def test_what_is_ticked_is_approved_one_by_one_and_a_refusal_says_why(client_of: Any, submitted: Any) -> None:
    report = submitted(1)
    answer = client_of("staff-msit").post("/review/", {"report": [str(report.uuid), "nonsense"]}, follow=True)
    html = answer.content.decode()
    assert "The approver of the reporting ministry approves its reports." in html
    assert "One of the reports does not exist" in html
    report.refresh_from_db()
    assert report.status == "submitted"
    assert "Tick the reports" in client_of("approver").post("/review/", {}, follow=True).content.decode()


def test_the_page_of_a_report_shows_what_would_change_and_by_how_much(client_of: Any, submitted: Any) -> None:
    report = submitted(1)
    page = client_of("approver").get(report.get_absolute_url())
    html = page.content.decode()
    assert "Ground broken" in html
    assert [row.said for row in page.context["compared"]][:2] == ["In progress", "40.0%"]
    (of_measure, of_task) = page.context["effects"]
    assert of_measure.by > of_task.by > 0
    assert "tasks:report-review" not in client_of("analyst").get(report.get_absolute_url()).content.decode()
    assert "Your review" not in client_of("analyst").get(report.get_absolute_url()).content.decode()


def test_a_report_is_returned_with_a_reason_from_the_page(client_of: Any, submitted: Any) -> None:
    report = submitted(1)
    address = f"{report.get_absolute_url()}review/"
    refused = client_of("approver").post(address, {"act": "return", "common": "", "words": " "})
    assert refused.status_code == 422
    assert "Say what is to be mended" in refused.content.decode()
    answer = client_of("approver").post(address, {"act": "return", "common": "0", "words": "See page 3."}, follow=True)
    assert "Returned:" in answer.content.decode()
    report.refresh_from_db()
    assert report.status == "returned"
    assert report.return_reason == "The date does not fit the evidence or the source.\nSee page 3."
    assert "See page 3." in client_of("staff").get(report.get_absolute_url()).content.decode()


def _submitted_ago(report: StatusReport, days: int) -> None:
    StatusReport.objects.filter(pk=report.pk).update(submitted_at=timezone.now() - timedelta(days=days))


def test_what_waits_too_long_comes_to_the_coordinating_office_as_escalated(client_of: Any, submitted: Any) -> None:
    report = submitted(2)
    assert "Escalated" not in client_of("approver").get("/review/").content.decode()
    _submitted_ago(report, 30)
    for desk in ("approver", "coordinator"):
        (row,) = _queue(client_of(desk))
        assert row.is_escalated
        html = client_of(desk).get("/review/").content.decode()
        assert "Escalated" in html and "30 days" in html
        assert "Escalated" in client_of(desk).get(report.get_absolute_url()).content.decode()
    sheet = b"".join(client_of("coordinator").get("/review/?format=csv").streaming_content).decode()
    assert ",30," in sheet and "Escalated" in sheet


def test_escalation_can_be_turned_off(client_of: Any, submitted: Any, settings: Any) -> None:
    settings.REVIEW_ESCALATES_AFTER = 0
    _submitted_ago(submitted(2), 300)
    assert _queue(client_of("coordinator")) == []


def test_the_page_of_a_report_tells_on_whose_desk_it_was_and_for_how_long(client_of: Any, submitted: Any) -> None:
    report = submitted(2)
    client_of("approver").post("/review/", {"report": [str(report.uuid)]})
    page = client_of("staff").get(report.get_absolute_url())
    assert [(str(row.desk), row.days) for row in page.context["way"].rows] == [
        ("Approver of Ministry of Trade, Industry and Resources", 0), ("Coordinating office", 0),
    ]  # fmt: skip
    client_of("coordinator").post("/review/", {"report": [str(report.uuid)]})
    page = client_of("staff").get(report.get_absolute_url())
    assert page.context["way"].rows[-1].desk is None
    assert "Time in each state" in page.content.decode()


def _menu(client: Any) -> dict[str, int]:
    return {entry.counted: entry.count for entry in client.get("/").context["navigation"] if entry.counted}


def test_the_menu_counts_what_the_pages_count(client_of: Any, submitted: Any, world: Any) -> None:
    Milestone.objects.filter(pk=world.milestones.open.pk).update(current_due=date(2025, 1, 1))
    staff, approver = client_of("staff"), client_of("approver")
    before = _menu(staff)["my-work"]
    report = submitted(1)
    assert _menu(staff) == {"my-work": before - 1}  # it waits for the approver now
    assert _menu(approver)["review"] == approver.get("/review/").context["page"].paginator.count == 1
    assert 'id="count-review">1<' in approver.get("/").content.decode()
    for client in (staff, approver):
        page = client.get("/my-work/?waiting=true")
        assert _menu(client)["my-work"] == page.context["counts"]["to_report"] == page.context["page"].paginator.count
        others = client.get("/my-work/?waiting=false").context["page"].paginator.count
        assert _menu(client)["my-work"] + others == page.context["counts"]["open"]
    return_report(report, by=User.objects.get(username="approver"), reason="The day is missing")
    Milestone.objects.filter(pk=world.milestones.open.pk).update(current_due=date(2099, 1, 1))
    assert _menu(staff) == {"my-work": before}  # returned, though it is not late
    assert _menu(approver) == {"my-work": before, "review": 0}


def test_the_menu_counts_nothing_for_others_and_on_no_past_day(client_of: Any, submitted: Any) -> None:
    submitted(1)
    assert _menu(client_of("analyst")) == {}
    assert _menu(client_of("coordinator")) == {"review": 1}
    past = client_of("approver").get("/as-of/2025-12-31/").context["navigation"]
    assert not any(entry.counted for entry in past)


def test_a_report_filed_in_its_row_brings_the_counts_of_the_menu(client_of: Any, world: Any) -> None:
    address = f"/milestones/{world.milestones.open.uuid}/report/"
    version = str(Milestone.objects.get(pk=world.milestones.open.pk).version)
    sent = {"verb": "start", "version": version, "progress": "10", "place": "cells"}
    answer = client_of("staff").post(address, sent, headers={"HX-Request": "true"})
    assert 'id="count-my-work" hx-swap-oob="true"' in answer.content.decode().replace(" hidden", "")
