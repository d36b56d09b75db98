"""Evidence on pages and in the API: sent with and without a script, shown, downloaded, hidden from who may not see it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from common.tiers import Tier
from tasks.actions import plans
from tasks.actions.evidence import add_file, add_link
from tasks.models import Change, Evidence, Milestone, StatusReport, Strategy
from tasks.permissions import SYSTEM
from tests.documents import JPEG, PROGRAM, WORD, pdf, png
from tests.pages.conftest import HTMX


@pytest.fixture
def milestone(strategy_tree: Any) -> Milestone:
    found: Milestone = strategy_tree.milestones.open
    plans.change_at_once(found, by=SYSTEM, reason="asked", required_evidence=["contract"])
    found.refresh_from_db()
    return found


def chosen(*files: tuple[str, bytes], kind: str = "contract", **typed: Any) -> dict[str, Any]:
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    return {"evidence-kind": kind, "evidence-documents": sent} | {f"evidence-{name}": v for name, v in typed.items()}


def address(milestone: Milestone) -> str:
    return f"/milestones/{milestone.uuid}/evidence/"


def kept(milestone: Milestone, content: bytes = b"", name: str = "계약서.pdf", **values: Any) -> Evidence:
    return add_file(milestone, by=SYSTEM, kind="contract", name=name, content=content or pdf(), **values)


def test_several_files_are_sent_at_once_without_a_script(client_of: Any, milestone: Milestone) -> None:
    answer = client_of("staff").post(address(milestone), chosen(("a.pdf", pdf()), ("b.png", png()), title="No. 7"))
    assert (answer.status_code, answer["Location"]) == (302, f"{milestone.get_absolute_url()}#evidence")
    html = client_of("staff").get(milestone.get_absolute_url()).content.decode()
    assert html.count("No. 7") >= 2
    assert "There" in html and "Missing" not in html
    assert set(Evidence.objects.values_list("name", "kind")) == {("a.pdf", "contract"), ("b.png", "contract")}


def test_what_is_refused_is_named_and_the_others_stay(client_of: Any, milestone: Milestone) -> None:
    files = (("a.pdf", pdf()), ("report.pdf", PROGRAM), ("b.docx", WORD))
    answer = client_of("staff").post(address(milestone), chosen(*files))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "report.pdf: This is a program, whatever its name says." in html
    assert "2 files were added as evidence." in html
    assert set(Evidence.objects.values_list("name", flat=True)) == {"a.pdf", "b.docx"}


def test_a_report_with_files_that_is_sent_twice_is_answered_alike_and_has_one_effect(
    client_of: Any, milestone: Milestone
) -> None:
    client = client_of("staff")
    page = client.get(milestone.get_absolute_url()).context["form"]
    hidden = {field.name: field.value() or "" for field in page.hidden_fields()}
    typed = hidden | {"verb": "complete", "completed_on": "2026-05-01", "result": "Signed"}

    to = f"{milestone.get_absolute_url()}report/"
    answers = [client.post(to, typed | chosen(("a.pdf", pdf()))) for _ in range(2)]
    assert [(each.status_code, each["Location"]) for each in answers] == [(302, milestone.get_absolute_url())] * 2
    report = StatusReport.objects.get(milestone=milestone)
    assert (report.status, report.result) == ("accepted", "Signed")
    assert [(row.name, row.report) for row in Evidence.objects.all()] == [("a.pdf", report)]


def test_a_refused_report_takes_its_files_along_again(client_of: Any, milestone: Milestone) -> None:
    client = client_of("staff")
    page = client.get(milestone.get_absolute_url()).context["form"]
    hidden = {field.name: field.value() or "" for field in page.hidden_fields()}
    for day, status in (("2030-01-01", 422), ("2026-05-01", 302)):
        typed = hidden | {"verb": "complete", "completed_on": day, "result": "Signed"} | chosen(("a.pdf", pdf()))
        assert client.post(f"{milestone.get_absolute_url()}report/", typed).status_code == status
    assert Evidence.objects.get().report == StatusReport.objects.get()


def test_a_script_sends_one_file_and_gets_one_line(client_of: Any, milestone: Milestone) -> None:
    staff = client_of("staff")
    line = staff.post(address(milestone), chosen(("a.pdf", pdf())), **HTMX)
    assert line.status_code == 200 and line.content.decode().strip().startswith("<li")
    again = staff.post(address(milestone), chosen(("a.pdf", pdf())), **HTMX)
    assert again.status_code == 422 and "the same is among the evidence" in again.content.decode()
    refused = client_of("staff-msit").post(address(milestone), chosen(("c.pdf", pdf("c"))), **HTMX)
    assert refused.status_code == 403 and refused.content.decode().strip().startswith("<li")
    for wrong in ({"evidence-kind": "contract"}, chosen(("a.pdf", pdf("x")), kind="promise")):
        assert staff.post(address(milestone), wrong, **HTMX).status_code == 422
    assert Evidence.objects.count() == 1


def test_parts_of_the_page_are_asked_for_anew(client_of: Any, milestone: Milestone) -> None:
    analyst = client_of("analyst")
    assert analyst.get(address(milestone)).status_code == 302
    needed = analyst.get(f"{address(milestone)}?part=needed", **HTMX).content.decode()
    assert "Contract or agreement" in needed and "Missing" in needed
    kept(milestone)
    assert "There" in analyst.get(f"{address(milestone)}?part=needed", **HTMX).content.decode()
    assert "계약서.pdf" in analyst.get(address(milestone), **HTMX).content.decode()


def test_who_may_not_add_sees_the_list_alone(client_of: Any, milestone: Milestone) -> None:
    row = kept(milestone)
    html = client_of("analyst").get(milestone.get_absolute_url()).content.decode()
    assert row.name in html
    assert "data-upload" not in html and f"/evidence/{row.uuid}/withdraw/" not in html


def test_a_download_has_its_name_its_type_and_runs_nothing(client_of: Any, milestone: Milestone) -> None:
    row = kept(milestone)
    answer = client_of("analyst").get(f"/evidence/{row.uuid}/file/")
    assert b"".join(answer.streaming_content) == pdf()
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''%EA%B3%84%EC%95%BD%EC%84%9C.pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["Content-Security-Policy"].endswith("sandbox")


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [("a.pdf", pdf(), 200), ("b.png", png(), 200), ("c.jpg", JPEG, 200), ("d.docx", WORD, 404)],
)
def test_images_and_pdf_alone_are_previewed(
    client_of: Any, milestone: Milestone, name: str, content: bytes, status: int
) -> None:
    row = kept(milestone, content, name)
    answer = client_of("analyst").get(f"/evidence/{row.uuid}/preview/")
    assert answer.status_code == status
    assert (
        f"/evidence/{row.uuid}/preview/" in client_of("analyst").get(milestone.get_absolute_url()).content.decode()
    ) == (status == 200)
    if status == 200:
        assert answer["Content-Disposition"].startswith("inline")
        assert answer["X-Frame-Options"] == "SAMEORIGIN"
        assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("hidden_by", ["milestone", "own tier", "reclassified"])
def test_what_one_may_not_see_is_as_if_it_did_not_exist(client_of: Any, strategy_tree: Any, hidden_by: str) -> None:
    """On the page, in lists, as download and preview, in the API, by each way in which it can be hidden."""
    found = strategy_tree.milestones.restricted if hidden_by == "milestone" else strategy_tree.milestones.open
    row = kept(found, name="비밀.pdf", tier=Tier.RESTRICTED if hidden_by == "own tier" else None)
    if hidden_by == "reclassified":
        assert client_of("staff").get(f"/evidence/{row.uuid}/file/").status_code == 200
        plans.revise_plan(found, by=SYSTEM, effective_on=date.today(), reason="x", tier=Tier.RESTRICTED)
    staff, office = client_of("staff"), client_of("coordinator")
    for part in (f"evidence/{row.uuid}/file/", f"evidence/{row.uuid}/preview/", f"evidence/{row.uuid}/change/",
                 f"evidence/{row.uuid}/withdraw/", f"api/v1/evidence/{row.uuid}/", f"api/v1/evidence/{row.uuid}/file/"):  # fmt: skip
        assert staff.get(f"/{part}").status_code == 404, part
        assert office.get(f"/{part}").status_code == 200, part
    for part in ("evidence/", "api/v1/evidence/", "evidence/?format=csv", f"evidence/?search={row.name}"):
        seen = [_text(client.get(f"/{part}")) for client in (staff, office)]
        assert str(row.sha256)[:20] not in seen[0] and "비밀.pdf" not in seen[0].replace(
            f'value="{row.name}"', ""
        ).replace(f": {row.name}", ""), part
        assert "비밀.pdf" in seen[1], part
    if hidden_by == "own tier":
        assert "비밀.pdf" not in staff.get(found.get_absolute_url()).content.decode()


def _text(answer: Any) -> str:
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()


def test_a_file_that_has_gone_from_disk_is_not_found_and_logged(
    client_of: Any, milestone: Milestone, caplog: Any
) -> None:
    row = kept(milestone)
    default_storage.delete(row.stored_as)
    assert client_of("staff").get(f"/evidence/{row.uuid}/file/").status_code == 404
    assert "restore it from the backup" in caplog.text


def test_a_link_is_entered_changed_and_withdrawn_on_forms(client_of: Any, milestone: Milestone) -> None:
    staff = client_of("staff")
    new = f"{address(milestone)}link/"
    shown = staff.get(new).context["form"]
    assert shown["kind"].value() == "contract"  # what is missing
    typed = {"uuid": shown["uuid"].value(), "kind": "gazette", "title": "제20871호", "tier": "1"}
    refused = staff.post(new, typed | {"url": "http://gwanbo.go.kr/1"})
    assert refused.status_code == 422 and "begins with https://" in refused.content.decode()
    assert staff.post(new, typed | {"url": "https://gwanbo.go.kr/1"}).status_code == 302
    row = Evidence.objects.get()
    change = f"/evidence/{row.uuid}/change/"
    typed = {"version": row.version, "kind": "contract", "title": row.title, "tier": "1", "reason": "it is a contract"}
    assert staff.post(change, typed).status_code == 302
    page = staff.get(f"/evidence/{row.uuid}/withdraw/")
    sent = {"reason": "wrong gazette", "version": page.context["form"]["version"].value()}
    assert staff.post(f"/evidence/{row.uuid}/withdraw/", sent, follow=True).status_code == 200
    row.refresh_from_db()
    assert (row.kind, row.withdrawn_at is None) == ("contract", False)
    assert Change.objects.filter(verb="evidence.withdrawn", reason="wrong gazette").exists()
    assert "1 withdrawn" in staff.get(milestone.get_absolute_url()).content.decode()


def test_a_completion_is_refused_naming_what_is_missing_then_filed_with_its_evidence(
    client_of: Any, milestone: Milestone
) -> None:
    staff, report = client_of("staff"), f"/milestones/{milestone.uuid}/report/"
    done = {"verb": "complete", "version": str(milestone.version), "completed_on": "2025-06-02", "result": "끝냈다"}
    refused = staff.post(report, done, **HTMX)
    html = refused.content.decode()
    assert refused.status_code == 422
    assert "This evidence is missing: Contract or agreement." in html and "끝냈다" in html
    wrong = staff.post(report, done | chosen(("계약서.pdf", PROGRAM)))
    assert wrong.status_code == 422 and "계약서.pdf: This is a program" in wrong.content.decode()
    assert not milestone.reports.exists()
    assert staff.post(report, done | chosen(("계약서.pdf", pdf()))).status_code == 302
    milestone.refresh_from_db()
    assert milestone.state == "completed"
    assert Evidence.objects.get().report == milestone.reports.get()


def test_the_review_shows_what_was_filed_and_counts_it(client_of: Any, users: Any, milestone: Milestone) -> None:
    Strategy.objects.update(review_steps=1)
    add_file(milestone, by=users["staff"], kind="contract", name="계약서.pdf", content=pdf())
    add_link(milestone, by=SYSTEM, kind="photo", url="https://example.go.kr/photo")
    client_of("staff").post(
        f"/milestones/{milestone.uuid}/report/",
        {"verb": "complete", "version": str(milestone.version), "completed_on": "2025-06-02"},
    )
    approver = client_of("approver")
    (row,) = approver.get("/review/").context["table"].rows
    assert row.evidence_count == 1
    page = approver.get(row.get_absolute_url())
    assert [each.name for each in page.context["filed_with_it"]] == ["계약서.pdf"]
    assert "1 more of the milestone" in page.content.decode()


def test_on_a_past_day_what_had_been_added_by_then_is_shown_as_it_was(
    client_of: Any, milestone: Milestone, time_machine: Any
) -> None:
    row, day = kept(milestone), timezone.localdate()
    time_machine.move_to(timezone.now() + timedelta(days=2))
    client = client_of("staff")
    before = client.get(f"/as-of/2024-12-31{milestone.get_absolute_url()}").content.decode()
    assert row.name not in before and "data-upload" not in before
    assert client.get(f"/as-of/2024-12-31/evidence/{row.uuid}/file/").status_code == 404
    then = client.get(f"/as-of/{day}/known-at/{day}{milestone.get_absolute_url()}")
    assert then.context["evidence"] == [row] and "data-upload" not in then.content.decode()


def test_the_api_tells_of_files_and_links(client_of: Any, milestone: Milestone) -> None:
    file, link = kept(milestone), add_link(milestone, by=SYSTEM, kind="gazette", url="https://gwanbo.go.kr/1")
    analyst = client_of("analyst")
    rows = {row["id"]: row for row in analyst.get("/api/v1/evidence/?milestone=T1-1-M1").json()["results"]}
    told = rows[str(file.uuid)]
    assert (told["sha256"], told["size"], told["content_type"], told["url"]) == (
        file.sha256,
        file.size,
        "application/pdf",
        "",
    )
    answer = analyst.get(told["download"])
    assert b"".join(answer.streaming_content) == pdf()
    assert rows[str(link.uuid)]["download"] is None
    assert analyst.get(f"/api/v1/evidence/{link.uuid}/file/").status_code == 404
    assert analyst.get(f"/api/v1/evidence/?sha256={file.sha256}&withdrawn=false").json()["results"] == [told]
    assert analyst.get("/api/v1/milestones/T1-1-M1/").json()["required_evidence"] == ["contract"]


def test_what_is_asked_for_is_set_on_the_plan_and_told_in_the_history(client_of: Any, milestone: Milestone) -> None:
    office = client_of("coordinator")
    plan = f"/milestones/{milestone.uuid}/plan/"
    form = office.get(plan).context["form"]
    typed = {field.html_name: field.value() for field in form if field.value() not in (None, "")}
    typed |= {"required_evidence": ["contract", "photo"], "reason": "two are needed"}
    seen = office.post(plan, typed | {"preview": "1"}).content.decode()
    assert "Contract or agreement, Photo" in seen
    assert office.post(plan, typed).status_code == 302
    html = office.get(milestone.get_absolute_url()).content.decode()
    assert "Contract or agreement, Photo" in html and "two are needed" in html
