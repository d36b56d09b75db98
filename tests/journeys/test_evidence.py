"""Staff drop files on a milestone: each has its answer, what is refused is named, and the completion follows."""

import base64
import re
from typing import Any

from playwright.sync_api import Page, expect

from tasks.actions import plans
from tasks.models import Evidence, Milestone
from tasks.permissions import SYSTEM
from tests.documents import PROGRAM, pdf, png

CODE = "T3-2.6-M2"


def drop(page: Page, area: str, files: list[tuple[str, bytes]]) -> None:
    """As from a folder of the desktop: over the area, then let go."""
    given = [[name, base64.b64encode(content).decode()] for name, content in files]
    carried = page.evaluate_handle(
        """(files) => {
            const carried = new DataTransfer();
            for (const [name, text] of files) {
                const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
                carried.items.add(new File([bytes], name));
            }
            return carried;
        }""",
        given,
    )
    for event in ("dragover", "drop"):
        page.dispatch_event(area, event, {"dataTransfer": carried})


def asked_for(*kinds: str) -> Milestone:
    row = Milestone.objects.get(code=CODE)
    plans.change_at_once(row, by=SYSTEM, reason="asked", required_evidence=list(kinds))
    row.refresh_from_db()
    return row


def test_several_files_are_dropped_one_is_refused_and_the_completion_follows(stack: Any, sign_in: Any) -> None:
    row = asked_for("inspection", "photo")
    officer = sign_in("staff")
    officer.goto(f"/milestones/{row.uuid}/")
    form = officer.locator("#report form.report-form")
    form.locator("input[name=verb][value=complete]").check()
    form.locator("[name=completed_on]").fill("2026-11-20")
    form.locator("[name=result]").fill("준공 확인")
    form.locator(".form-actions .primary").click()
    expect(officer.locator("#report .error-summary")).to_contain_text("검사·준공 확인서, 사진")
    expect(form.locator("[name=result]")).to_have_value("준공 확인")

    area = "#report [data-upload]"
    expect(officer.locator(f"{area} select")).to_have_value("inspection")
    drop(officer, area, [("준공확인서.pdf", pdf()), ("현장.pdf", PROGRAM), ("도면.png", png())])
    lines = officer.locator(f"{area} .upload-lines > li")
    expect(lines).to_have_count(3)
    expect(lines.nth(0)).to_contain_text("준공확인서.pdf")
    expect(lines.nth(1)).to_contain_text("현장.pdf: 파일 이름과 달리 실행 프로그램입니다.")
    expect(lines.nth(2)).to_contain_text("도면.png")
    expect(officer.locator("#evidence .evidence > li")).to_have_count(2)
    expect(officer.locator("#evidence .needed")).to_contain_text(re.compile(r"확인서\s*있음"))

    officer.locator(f"{area} select").select_option("photo")
    officer.locator(f"{area} input[type=file]").set_input_files(
        {"name": "site.jpg", "mimeType": "image/jpeg", "buffer": png(9)}
    )
    expect(officer.locator("#report .needed")).to_contain_text(re.compile(r"사진\s*있음"))
    form.locator(".form-actions .primary").click()
    expect(officer.locator("#report .notice-ok")).to_be_visible()
    row.refresh_from_db()
    assert row.state == "completed"
    kept = Evidence.objects.filter(milestone=row)
    assert set(kept.values_list("name", "kind", "content_type")) == {
        ("준공확인서.pdf", "inspection", "application/pdf"),
        ("도면.png", "inspection", "image/png"),
        ("site.jpg.png", "photo", "image/png"),
    }
    assert set(kept.values_list("report", flat=True)) == {row.reports.get(verb="complete").pk}
    assert officer.outside == []
    assert [words for words in officer.complaints if "422" not in words] == []


def test_a_preview_opens_beside_the_milestone_and_a_download_has_its_name(stack: Any, sign_in: Any) -> None:
    row = Milestone.objects.get(code="T3-1.13-M2")
    officer = sign_in("staff", language="en")
    officer.goto(f"/milestones/{row.uuid}/")
    officer.get_by_text("Add evidence", exact=True).click()
    drop(officer, "#evidence [data-upload]", [("계약.pdf", pdf("Contract")), ("현장.png", png())])
    expect(officer.locator("#evidence .evidence > li")).to_have_count(2)
    picture = officer.locator("#evidence .evidence > li", has_text="현장.png")
    picture.get_by_text("Preview").click()
    expect(picture.locator("img")).to_have_js_property("naturalWidth", 8)
    document = officer.locator("#evidence .evidence > li", has_text="계약.pdf").first
    document.get_by_text("Preview").click()
    expect(document.locator("iframe")).to_be_visible()
    with officer.expect_download() as started:
        document.get_by_role("link", name="계약.pdf", exact=True).click()
    assert started.value.suggested_filename == "계약.pdf"
    assert started.value.path().read_bytes() == pdf("Contract")
    assert [url for url in officer.outside if not url.startswith("chrome")] == []  # the viewer of PDF
    assert officer.complaints == []


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(stack: Any, sign_in: Any) -> None:
    row = Milestone.objects.get(code="T3-1.13-M2")
    officer = sign_in("staff", language="en", width=390)
    officer.goto(f"/milestones/{row.uuid}/")
    sent: list[str] = []
    officer.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    officer.evaluate("document.querySelectorAll('[data-upload]').forEach((area) => { area.dataset.most = '100'; })")
    drop(officer, "#report [data-upload]", [("large.pdf", pdf() + bytes(200))])
    expect(officer.locator("#report .upload-lines")).to_contain_text("large.pdf: The file is larger than 20 MB.")
    assert sent == []


def test_files_are_sent_without_a_script(stack: Any, sign_in: Any) -> None:
    row = Milestone.objects.get(code="T3-1.13-M3")
    officer = sign_in("staff", language="en", java_script_enabled=False)
    officer.goto(f"/milestones/{row.uuid}/")
    officer.get_by_text("Add evidence", exact=True).click()
    officer.locator("#evidence input[type=file]").set_input_files(
        [
            {"name": "a.pdf", "mimeType": "application/pdf", "buffer": pdf("a")},
            {"name": "b.pdf", "mimeType": "application/pdf", "buffer": PROGRAM},
        ]
    )
    officer.locator("#evidence").get_by_role("button", name="Upload").click()
    expect(officer.locator(".messages")).to_contain_text("1 file was added as evidence.")
    expect(officer.locator(".messages")).to_contain_text("b.pdf: This is a program")
    expect(officer.locator("#evidence .evidence > li")).to_have_count(1)
