"""Reporting in place: with and without a script, refused with what was typed, undone, never twice."""

from datetime import date
from typing import Any

import pytest
from django.db import connection

from tasks.actions.reports import ReportValues, report_milestone
from tasks.models import Change, Milestone, StatusReport, Strategy
from tasks.permissions import SYSTEM
from tests.pages.conftest import HTMX


@pytest.fixture
def milestone(world: Any) -> Milestone:
    return world.milestones.open


def _post(client: Any, milestone: Milestone, *, htmx: bool = True, **values: Any) -> Any:
    data = {"version": milestone.version, "place": "page"} | values
    return client.post(f"{milestone.get_absolute_url()}report/", data, **(HTMX if htmx else {}))


def test_a_report_moves_the_milestone_and_answers_with_the_page_part(client_of: Any, milestone: Milestone) -> None:
    response = _post(client_of("staff"), milestone, verb="start", progress="12.5", result="Ground broken")
    assert response.status_code == 200
    milestone.refresh_from_db()
    assert (milestone.state, milestone.progress_bp) == ("in_progress", 1250)
    html = response.content.decode()
    assert "<html" not in html
    assert "12.5%" in html
    assert "Undo" in html


def test_without_a_script_the_report_leads_back_to_the_page(client_of: Any, milestone: Milestone) -> None:
    response = _post(client_of("staff"), milestone, htmx=False, verb="complete", completed_on="2026-01-05")
    assert response.status_code == 302
    assert response["Location"] == milestone.get_absolute_url()
    milestone.refresh_from_db()
    assert (milestone.state, milestone.completed_on) == ("completed", date(2026, 1, 5))


def test_of_what_ended_the_page_says_so_and_offers_the_one_move_folded(client_of: Any, milestone: Milestone) -> None:
    report_milestone(milestone, ReportValues("complete", completed_on=date(2026, 1, 5)), by=SYSTEM)
    page = client_of("staff").get(milestone.get_absolute_url()).content.decode()
    assert "Nothing more is to be reported: it is Completed." in page
    assert "report-form" not in page
    page = client_of("coordinator").get(milestone.get_absolute_url()).content.decode()
    assert "Nothing more is to be reported: it is Completed." in page
    folded = page.partition('id="report"')[2].partition("<details")[2]
    assert folded[: folded.index(">")].count("open") == 0
    assert "report-form" in folded.partition("</details>")[0]
    assert "report-form" not in page.partition('id="report"')[2].partition("<details")[0]
    milestone.refresh_from_db()
    refused = _post(client_of("coordinator"), milestone, verb="reopen").content.decode()
    assert "<details" in refused and " open" in refused.partition("<details")[2].partition(">")[0], (
        "what is wrong is seen"
    )


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"verb": "resume"}, "verb"),
        ({"verb": ""}, "verb"),
        ({"verb": "complete", "completed_on": ""}, "completed_on"),
        ({"verb": "complete", "completed_on": "2999-01-01"}, "completed_on"),
        ({"verb": "complete", "completed_on": "soon"}, "completed_on"),
        ({"verb": "suspend", "reason": ""}, "reason"),
        ({"verb": "update", "progress": "50"}, "progress"),
        ({"verb": "start", "progress": "100"}, "progress"),
        ({"verb": "start", "progress": "-1"}, "progress"),
        ({"verb": "start", "forecast": "2020-01-01"}, "forecast"),
    ],
)
def test_a_refusal_stands_at_its_field_and_keeps_what_was_typed(
    client_of: Any, milestone: Milestone, typed: dict[str, str], field: str
) -> None:
    before = (Change.objects.count(), StatusReport.objects.count())
    for htmx in (True, False):
        response = _post(client_of("staff"), milestone, htmx=htmx, result="typed with care", **typed)
        assert response.status_code == 422
        form = response.context["form"]
        assert form.errors.get(field), form.errors
        html = response.content.decode()
        assert "typed with care" in html
        assert str(form.errors[field][0]).replace("“", "")[:20].split(" ")[0] in html
    assert (Change.objects.count(), StatusReport.objects.count()) == before


def test_a_stale_report_shows_both_versions_and_can_be_meant(client_of: Any, milestone: Milestone) -> None:
    client, seen = client_of("staff"), milestone.version
    report_milestone(milestone, ReportValues("start", progress_bp=4_000), by=SYSTEM)
    response = _post(client, milestone, verb="update", progress="70", version=seen)
    assert response.status_code == 409
    sides = {row.name: (str(row.stands), str(row.said)) for row in response.context["compared"]}
    assert sides["progress"] == ("40.0%", "70.0%")
    milestone.refresh_from_db()
    assert milestone.progress_bp == 4_000
    again = _post(client, milestone, verb="update", progress="70", version=response.context["form"]["version"].value())
    assert again.status_code == 200
    milestone.refresh_from_db()
    assert milestone.progress_bp == 7_000


def test_of_both_versions_each_item_can_be_taken(client_of: Any, milestone: Milestone) -> None:
    client, seen = client_of("staff"), milestone.version
    theirs = ReportValues("start", progress_bp=4_000, result="Theirs", issues="Soil")
    report_milestone(milestone, theirs, by=SYSTEM)
    typed = {"verb": "update", "progress": "70", "result": "Mine"}
    stale = _post(client, milestone, version=seen, **typed)
    assert [row.name for row in stale.context["compared"] if row.differs] == ["progress", "result", "issues"]
    typed["version"] = stale.context["form"]["version"].value()
    taken = _post(client, milestone, take="progress", **typed)
    assert taken.status_code == 200
    form = taken.context["form"]
    assert (form["progress"].value(), form["result"].value(), form["verb"].value()) == ("40", "Mine", "update")
    assert not StatusReport.objects.filter(author__isnull=False).exists(), "taking files nothing"
    words = _post(client, milestone, take="words", **typed).context["form"]
    assert (words["progress"].value(), words["result"].value(), words["issues"].value()) == ("70", "Theirs", "Soil")


def test_a_form_sent_twice_files_one_report_also_where_it_waits_for_review(
    client_of: Any, milestone: Milestone
) -> None:
    Strategy.objects.update(review_steps=1)
    client = client_of("staff")
    form = client.get(milestone.get_absolute_url()).context["form"]
    sent = {"verb": "start", "progress": "10", "submission": form["submission"].value()}
    assert [_post(client, milestone, **sent).status_code for _ in range(2)] == [200, 200]
    assert [row.status for row in StatusReport.objects.filter(milestone=milestone)] == ["submitted"]


def test_a_form_whose_answer_was_lost_files_what_was_typed_since_only_after_a_look_at_both(
    client_of: Any, milestone: Milestone
) -> None:
    client = client_of("staff")
    form = client.get(milestone.get_absolute_url()).context["form"]
    sent = {"version": form["version"].value(), "submission": form["submission"].value()}
    assert _post(client, milestone, verb="start", result="First", **sent).status_code == 200
    shown = _post(client, milestone, verb="start", result="First, and more", **sent)
    assert shown.status_code == 409
    form = shown.context["form"]
    assert (form["result"].value(), form["submission"].value() != sent["submission"]) == ("First, and more", True)
    again = {"version": form["version"].value(), "submission": form["submission"].value()}
    assert _post(client, milestone, verb="update", result="First, and more", **again).status_code == 200
    reports = StatusReport.objects.filter(milestone=milestone).order_by("pk")
    assert [row.result for row in reports] == ["First", "First, and more"]


def test_a_draft_is_kept_gone_on_with_and_filed(client_of: Any, milestone: Milestone) -> None:
    client, address = client_of("staff"), milestone.get_absolute_url()
    kept = _post(client, milestone, verb="start", progress="10", result="Half said", act="draft").content.decode()
    assert "it moves nothing until you file it" in kept
    milestone.refresh_from_db()
    assert milestone.state == "planned"
    page = client.get(address)
    assert "You go on with a draft" in page.content.decode()
    form = page.context["form"]
    assert (form["verb"].value(), form["progress"].value(), form["result"].value()) == ("start", "10", "Half said")
    assert client_of("coordinator").get(address).context["form"]["result"].value() is None, "another desk's draft"
    hidden = {field.name: field.value() or "" for field in form.hidden_fields()}
    _post(client, milestone, **hidden | {"verb": "start", "progress": "20", "result": "All said"})
    report = StatusReport.objects.get(milestone=milestone)
    assert (report.status, report.progress_bp, report.result) == ("accepted", 2_000, "All said")


def test_a_returned_report_says_why_and_is_mended_from_its_form(client_of: Any, milestone: Milestone) -> None:
    Strategy.objects.update(review_steps=1)
    client = client_of("staff")
    _post(client, milestone, verb="start", progress="10", result="Vague")
    report = StatusReport.objects.get(milestone=milestone)
    client_of("approver").post(f"/reports/{report.uuid}/review/", {"act": "return", "words": "Say how much."})
    assert "Mend and file again" in client.get(report.get_absolute_url()).content.decode()
    page = client.get(milestone.get_absolute_url())
    assert "Say how much." in page.content.decode()
    form = page.context["form"]
    hidden = {field.name: field.value() or "" for field in form.hidden_fields()}
    stale = _post(client, milestone, **hidden | {"verb": "start", "report_version": 1, "result": "Ten hectares"})
    assert stale.status_code == 409
    _post(client, milestone, **hidden | {"verb": "start", "progress": "10", "result": "Ten hectares"})
    report.refresh_from_db()
    assert (report.status, report.result) == ("submitted", "Ten hectares")
    assert "Mend and file again" not in client.get(report.get_absolute_url()).content.decode()


def test_sending_twice_has_one_effect(client_of: Any, milestone: Milestone) -> None:
    client = client_of("staff")
    answers = [_post(client, milestone, verb="start", progress="10").status_code for _ in range(2)]
    assert answers == [200, 409]
    assert StatusReport.objects.filter(milestone=milestone).count() == 1


def test_undo_takes_the_report_back(client_of: Any, milestone: Milestone) -> None:
    client = client_of("staff")
    _post(client, milestone, verb="start", progress="10")
    report = StatusReport.objects.get(milestone=milestone)
    response = client.post(f"/reports/{report.uuid}/withdraw/", **HTMX)
    assert response.status_code == 200
    milestone.refresh_from_db()
    assert (milestone.state, milestone.progress_bp) == ("planned", None)


def test_who_may_not_report_sees_why_and_changes_nothing(client_of: Any, milestone: Milestone) -> None:
    page = client_of("analyst").get(milestone.get_absolute_url())
    assert page.context["form"] is None
    assert "reads only" in page.content.decode()
    assert _post(client_of("analyst"), milestone, verb="start").status_code == 403
    assert "another ministry" in client_of("staff-msit").get(milestone.get_absolute_url()).content.decode()
    assert not StatusReport.objects.exists()


def test_only_legal_moves_are_offered(client_of: Any, milestone: Milestone) -> None:
    def offered(name: str) -> list[str]:
        form = client_of(name).get(milestone.get_absolute_url()).context["form"]
        return [verb for verb, _label in form.fields["verb"].widget.choices]

    assert offered("staff") == ["update", "start", "complete", "suspend"]
    assert offered("coordinator") == ["update", "start", "complete", "suspend", "cancel"]


def test_my_work_lists_the_open_milestones_of_the_own_ministry(client_of: Any, world: Any) -> None:
    def codes(name: str) -> list[str]:
        return [row.code for row in client_of(name).get("/my-work/").context["page"].object_list]

    assert codes("staff") == ["T1-1-M2", "T1-2-M1", "T2-1-M2", "T1-1-M1", "T1-1.1-M1"]
    assert codes("staff-msit") == ["T2-1-M2"]
    assert codes("nobody") == []


def test_a_row_of_my_work_opens_refuses_and_closes_in_place(client_of: Any, milestone: Milestone) -> None:
    client, address = client_of("staff"), f"{milestone.get_absolute_url()}report/"
    opened = client.get(f"{address}?place=row", **HTMX).content.decode()
    assert opened.strip().startswith("<tbody")
    assert "<form" in opened
    refused = _post(client, milestone, place="row", verb="resume")
    assert refused.status_code == 422
    assert refused.content.decode().strip().startswith("<tbody")
    filed = _post(client, milestone, place="row", verb="start").content.decode()
    assert filed.strip().startswith("<tbody")
    assert "Undo" in filed
    assert "report-form" not in filed


def test_many_milestones_are_reported_in_their_rows_each_by_itself(client_of: Any, world: Any) -> None:
    client = client_of("staff")
    page = client.get("/my-work/")
    forms = {milestone.code: form for milestone, _cells, form in page.context["work"]}
    assert all(form is not None for form in forms.values())
    first, second = forms["T1-1-M1"], forms["T1-1-M2"]

    def save(form: Any, **typed: Any) -> Any:
        hidden = {field.name: field.value() or "" for field in form.carried()}
        address = f"{form.milestone.get_absolute_url()}report/"
        return client.post(address, hidden | {"place": "cells"} | typed, **HTMX)

    assert first["verb"].value() == "", "nothing is begun by an oversight"
    refused = save(first, verb="", progress="30", result="Typed")
    assert refused.status_code == 422
    html = refused.content.decode()
    assert html.strip().startswith("<tbody") and "Choose what happened." in html and "Typed" in html
    saved = save(second, verb="start", progress="30").content.decode()
    assert "Undo" in saved and f'id="row-{second.milestone.uuid}"' in saved
    assert StatusReport.objects.filter(author__isnull=False).count() == 1, "one row, one report"


def test_my_work_is_narrowed_by_what_waits_and_counts_lead_there(
    client_of: Any, milestone: Milestone, world: Any
) -> None:
    Strategy.objects.update(review_steps=1)
    client = client_of("staff")
    _post(client, milestone, verb="start", progress="10")
    page = client.get("/my-work/?report=submitted")
    assert [row.code for row in page.context["page"].object_list] == [milestone.code]
    assert page.context["counts"] | {"submitted": 1, "returned": 0, "draft": 0} == page.context["counts"]
    report = StatusReport.objects.get(milestone=milestone)
    approver = client_of("approver")
    assert approver.get("/my-work/").context["counts"]["desk"] == 1
    approver.post(f"/reports/{report.uuid}/review/", {"act": "return", "words": "Say how much."})
    page = client.get("/my-work/?report=returned")
    assert [row.code for row in page.context["page"].object_list] == [milestone.code]
    assert f'href="{report.get_absolute_url()}"' in page.content.decode()


def test_the_history_tells_who_what_why_and_through_which_door(
    client_of: Any, milestone: Milestone, users: Any
) -> None:
    _post(client_of("staff"), milestone, verb="suspend", reason="Land dispute")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE tasks_milestone SET weight = 3 WHERE id = %s", [milestone.pk])
    by_hand, by_page = client_of("analyst").get(milestone.get_absolute_url()).context["history"][:2]
    assert (by_hand.door, by_hand.changes[0].before, by_hand.changes[0].after) == ("database", 1, 3)
    assert (by_page.door, by_page.who, by_page.what, by_page.reason) == ("page", "staff", "Suspended", "Land dispute")


def test_a_report_in_both_languages_is_read_in_one_on_the_page_and_in_the_file(
    client_of: Any, milestone: Milestone
) -> None:
    both = ReportValues(
        "start", progress_bp=1_000, result="2026-01-05 착공 / Begun on 2026-01-05", next_plan="계획 / A plan"
    )
    report_milestone(milestone, both, by=SYSTEM)
    client = client_of("analyst")
    for language, mine, other in (
        ("en", ("Begun on 5 Jan 2026", "A plan"), "착공"),
        ("ko", ("2026. 1. 5. 착공", "계획"), "Begun"),
    ):
        for address in (milestone.get_absolute_url(), "/reports/?format=csv"):
            answer = client.get(address, headers={"accept-language": language})
            shown = answer.getvalue().decode()
            assert all(words in shown for words in mine), address
            assert other not in shown, address
