"""Evidence: what is kept and refused, who adds it, what a completion needs, and that files and rows never part."""

import threading
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone, translation

from common.errors import Forbidden, Invalid, Stale
from common.tiers import Tier
from tasks import jobs
from tasks.actions import evidence as actions
from tasks.actions import plans
from tasks.actions.evidence import add_file, add_link, change_evidence, forget_stray_files, withdraw_evidence
from tasks.actions.reports import (
    ReportValues,
    accept_report,
    draft_report,
    report_milestone,
    revise_report,
    withdraw_report,
)
from tasks.models import Change, Evidence, Milestone, Strategy
from tasks.permissions import SYSTEM
from tests import furniture
from tests.documents import PROGRAM, REFUSED, TAKEN, pdf, png

DONE = ReportValues("complete", completed_on=date(2025, 6, 2))


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def milestone(strategy_tree):
    return strategy_tree.milestones.open


@pytest.fixture
def demanding(milestone):
    """A milestone that asks for a contract and an inspection."""
    plans.change_at_once(milestone, by=SYSTEM, reason="asked", required_evidence=["contract", "inspection"])
    return milestone


def files():
    return sorted(path.name for path in Path(default_storage.location).rglob("*") if path.is_file())


def add(milestone, by, kind="contract", name="계약서.pdf", content=None, **values):
    return add_file(milestone, by=by, kind=kind, name=name, content=pdf() if content is None else content, **values)


@pytest.mark.django_db
@pytest.mark.parametrize("key", TAKEN)
def test_a_document_is_kept_with_what_it_is_found_to_be(milestone, users, key):
    name, content = TAKEN[key]
    row = add(milestone, users["staff"], name=name, content=content)
    assert (row.size, row.sha256) == (len(content), sha256(content).hexdigest())
    assert Path(default_storage.path(row.stored_as)).read_bytes() == content
    assert row.name == name and name not in row.stored_as
    assert (row.author, row.tier, row.report) == (users["staff"], Tier.PUBLIC, None)
    change = Change.objects.filter(table="tasks_evidence").latest("sequence")
    assert (change.verb, change.actor_id) == ("evidence.added", users["staff"].pk)


@pytest.mark.django_db
@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_document_is_refused_by_name_and_leaves_nothing(milestone, users, what):
    name, content, code = REFUSED[what]
    with pytest.raises(Invalid) as refusal:
        add(milestone, users["staff"], name=name, content=content)
    assert refusal.value.code == code
    assert refusal.value.message.startswith(f"{name}: ")
    assert (files(), Evidence.objects.count()) == ([], 0)


@pytest.mark.django_db
def test_size_and_types_are_settings(milestone, users, settings):
    settings.EVIDENCE_MAX_MB = 1
    content = pdf()
    padded = content.replace(b"%%EOF", b" " * (2**20 - len(content)) + b"%%EOF")
    assert add(milestone, users["staff"], content=padded).size == 2**20
    with pytest.raises(Invalid, match=r"^계약서.pdf: The file is larger than 1 MB"):
        add(milestone, users["staff"], content=padded + b"\n")
    settings.EVIDENCE_TYPES = ["png"]
    with pytest.raises(Invalid, match=r"Taken: PNG"):
        add(milestone, users["staff"])
    settings.EVIDENCE_TYPES = ["exe"]
    with pytest.raises(ImproperlyConfigured, match=r"exe"):
        add(milestone, users["staff"])


@pytest.mark.django_db
def test_it_is_added_by_who_answers_for_the_milestone(strategy_tree, users):
    may = set()
    for name, user in users.items():
        try:
            add(strategy_tree.milestones.open, user, content=png(len(may)))
            may.add(name)
        except Forbidden:
            pass
    assert may == {"coordinator", "staff", "approver"}
    assert len(files()) == len(may)


@pytest.mark.django_db
def test_its_classification_is_never_looser_than_the_milestones(strategy_tree, users):
    internal, staff = strategy_tree.milestones.internal, users["staff"]
    assert add(internal, staff).tier == Tier.INTERNAL
    with pytest.raises(Invalid, match=r"choose “Internal” or a stricter"):
        add(internal, staff, content=png(), tier=Tier.PUBLIC)
    with pytest.raises(Forbidden):
        add(internal, staff, content=png(), tier=Tier.RESTRICTED)
    row = add(strategy_tree.milestones.open, staff, tier=Tier.INTERNAL)
    with pytest.raises(Forbidden):
        change_evidence(row, by=staff, reason="x", tier=Tier.RESTRICTED)
    assert change_evidence(row, by=users["coordinator"], reason="x", tier=Tier.RESTRICTED).tier == Tier.RESTRICTED
    assert len(files()) == 2


@pytest.mark.django_db
def test_it_is_seen_by_the_stricter_of_both_classifications(strategy_tree, users):
    open_, restricted = strategy_tree.milestones.open, strategy_tree.milestones.restricted
    rows = [
        add(open_, SYSTEM, content=png(1)),
        add(open_, SYSTEM, content=png(2), tier=Tier.INTERNAL),
        add(restricted, SYSTEM, content=png(3)),
    ]
    seen = {
        name: [row in Evidence.objects.visible_to(users[name]) for row in rows]
        for name in ("analyst", "staff", "auditor")
    }
    assert seen == {"analyst": [True, False, False], "staff": [True, True, False], "auditor": [True, True, True]}
    plans.revise_plan(open_, by=SYSTEM, effective_on=timezone.localdate(), reason="x", tier=Tier.RESTRICTED)
    assert not Evidence.objects.visible_to(users["staff"]).exists()


@pytest.mark.django_db
def test_the_same_content_again_is_refused_naming_what_is_there(milestone, users):
    row = add(milestone, users["staff"], title="No. 2025-17")
    with pytest.raises(Invalid, match=r"other.pdf: the same is .* as “Contract or agreement: No. 2025-17”"):
        add(milestone, users["approver"], kind="other", name="other.pdf")
    withdraw_evidence(row, by=users["staff"], reason="wrong kind")
    assert add(milestone, users["staff"], kind="other").sha256 == row.sha256
    assert len(files()) == 2


@pytest.mark.django_db
def test_a_refusal_does_not_tell_of_the_same_content_that_is_hidden(milestone, users):
    add(milestone, users["coordinator"], tier=Tier.RESTRICTED)
    assert add(milestone, users["staff"]).tier == Tier.PUBLIC


@pytest.mark.django_db
@pytest.mark.parametrize("url", ["http://example.org/a", "javascript:alert(1)", "ftp://x", "https://", "gwanbo"])
def test_a_link_is_https(milestone, users, url):
    with pytest.raises(Invalid):
        add_link(milestone, by=users["staff"], kind="gazette", url=url)


@pytest.mark.django_db
def test_a_link_is_kept_once(milestone, users):
    row = add_link(milestone, by=users["staff"], kind="gazette", url=" https://gwanbo.go.kr/1 ", title="제20871호")
    assert (row.url, row.sha256, row.size) == ("https://gwanbo.go.kr/1", "", None)
    with pytest.raises(Invalid, match=r"the same is among"):
        add_link(milestone, by=users["staff"], kind="other", url="https://gwanbo.go.kr/1")


@pytest.mark.django_db
def test_a_file_whose_row_is_not_written_is_removed(milestone, users, monkeypatch):
    def broken(*_arguments, **_options):
        assert len(files()) == 1
        raise ZeroDivisionError

    monkeypatch.setattr(actions, "save_record", broken)
    with pytest.raises(ZeroDivisionError):
        add(milestone, users["staff"])
    assert files() == []


def test_of_two_who_add_the_same_at_once_one_is_told_and_one_file_stays(committed_db, monkeypatch):
    """Both have looked for a twin and found none: the constraint judges."""
    furniture.furnish()
    users, milestone = furniture.users(), furniture.tree().milestones.open
    both, looked = threading.Barrier(2, timeout=30), actions._refuse_twin
    answers = []

    def look(*arguments, **options):
        looked(*arguments, **options)
        both.wait()

    def send(name):
        try:
            answers.append(add(milestone, users[name]))
        except Invalid as error:
            answers.append(error.code)
        finally:
            connection.close()

    monkeypatch.setattr(actions, "_refuse_twin", look)
    threads = [threading.Thread(target=send, args=[name]) for name in ("staff", "approver")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert [answer for answer in answers if isinstance(answer, str)] == ["evidence_file_once"]
    assert (Evidence.objects.count(), len(files())) == (1, 1)


@pytest.mark.django_db
def test_what_no_row_names_is_swept_by_night_once_it_is_old(milestone, users, time_machine):
    row = add(milestone, users["staff"])
    withdrawn = add(milestone, users["staff"], content=png())
    withdraw_evidence(withdrawn, by=users["staff"], reason="x")
    default_storage.save("evidence/zz/stray", ContentFile(b"x"))
    assert forget_stray_files() == 0
    time_machine.move_to(timezone.now() + timedelta(days=2), tick=False)
    assert forget_stray_files() == 1
    assert files() == sorted(Path(each.stored_as).name for each in (row, withdrawn))
    assert jobs.forget_stray_files(0) == 0


@pytest.mark.django_db
def test_a_completion_without_what_is_asked_is_refused_naming_it(demanding, users):
    staff = users["staff"]
    with pytest.raises(
        Invalid, match=r"missing: Contract or agreement, Inspection or completion certificate"
    ) as refusal:
        report_milestone(demanding, DONE, by=staff)
    assert refusal.value.code == "evidence_missing"
    contract = add(demanding, staff)
    with pytest.raises(Invalid, match=r"missing: Inspection or completion certificate"):
        report_milestone(demanding, DONE, by=staff)
    assert not demanding.reports.exists()
    add_link(demanding, by=staff, kind="inspection", url="https://example.go.kr/1")
    report = report_milestone(demanding, DONE, by=staff)
    demanding.refresh_from_db()
    assert demanding.state == "completed"
    contract.refresh_from_db()
    assert contract.report == report


@pytest.mark.django_db
def test_evidence_that_the_reporter_may_not_see_does_not_count_for_the_report(demanding, users):
    for kind, shade in (("contract", 1), ("inspection", 2)):
        add(demanding, users["coordinator"], kind, content=png(shade), tier=Tier.RESTRICTED)
    with pytest.raises(Invalid, match=r"missing"):
        report_milestone(demanding, DONE, by=users["staff"])
    assert report_milestone(demanding, DONE, by=users["coordinator"]).status == "accepted"


@pytest.mark.django_db
def test_starter_data_are_exempt_and_other_moves_ask_for_nothing(demanding, users):
    assert report_milestone(demanding, ReportValues("start"), by=users["staff"]).status == "accepted"
    assert draft_report(demanding, DONE, by=users["staff"]).status == "draft"
    assert report_milestone(demanding, DONE, by=SYSTEM).status == "accepted"


@pytest.mark.django_db
def test_a_draft_is_submitted_and_a_report_accepted_only_with_the_evidence(demanding, users):
    Strategy.objects.update(review_steps=1)
    staff, approver = users["staff"], users["approver"]
    draft = draft_report(demanding, DONE, by=staff)
    with pytest.raises(Invalid, match=r"missing"):
        revise_report(draft, DONE, by=staff)
    contract = add(demanding, staff)
    inspection = add(demanding, staff, "inspection", content=png())
    report = revise_report(draft, DONE, by=staff)
    withdraw_evidence(inspection, by=staff, reason="the wrong building")
    with pytest.raises(Invalid, match=r"missing: Inspection"):
        accept_report(report, by=approver)
    add(demanding, staff, "inspection", content=png(9))
    assert accept_report(report, by=approver).status == "accepted"
    contract.refresh_from_db()
    assert contract.report == report


@pytest.mark.django_db
def test_evidence_of_a_report_that_was_taken_back_goes_with_the_next(milestone, users):
    row = add(milestone, users["staff"])
    other = add(milestone, users["coordinator"], content=png())
    first = report_milestone(milestone, ReportValues("start"), by=users["staff"])
    withdraw_report(first, by=users["staff"])
    milestone.refresh_from_db()
    second = report_milestone(milestone, ReportValues("start"), by=users["staff"])
    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.report, other.report) == (second, None)  # what others add is theirs to file


@pytest.mark.django_db
def test_what_a_completion_rests_on_is_not_taken_away(demanding, users):
    staff = users["staff"]
    contract, inspection = add(demanding, staff), add(demanding, staff, "inspection", content=png())
    report_milestone(demanding, DONE, by=staff)
    with pytest.raises(Invalid, match=r"rests on it: Contract"):
        withdraw_evidence(contract, by=staff, reason="x")
    with pytest.raises(Invalid, match=r"rests on it: Inspection"):
        change_evidence(inspection, by=staff, reason="x", kind="other")
    add(demanding, staff, content=png(5))
    assert withdraw_evidence(contract, by=staff, reason="the signed one is there").withdrawn_at


@pytest.mark.django_db
def test_it_is_changed_and_withdrawn_with_a_reason_and_never_deleted(milestone, users):
    staff, row = users["staff"], add(milestone, users["staff"])
    with pytest.raises(Invalid, match=r"reason"):
        withdraw_evidence(row, by=staff, reason=" ")
    with pytest.raises(Forbidden):
        withdraw_evidence(row, by=users["staff-msit"], reason="x")
    with pytest.raises(Forbidden):
        change_evidence(row, by=users["analyst"], reason="x", kind="photo")
    changed = change_evidence(
        row, by=staff, reason="it is a letter", expected_version=row.version, kind="official_letter"
    )
    assert (changed.kind, changed.sha256) == ("official_letter", row.sha256)
    with pytest.raises(Stale):
        change_evidence(row, by=staff, reason="x", expected_version=changed.version - 1, kind="photo")
    withdraw_evidence(row, by=staff, reason="wrong")
    with pytest.raises(Invalid, match=r"withdrawn already"):
        withdraw_evidence(row, by=staff, reason="again")
    assert default_storage.exists(row.stored_as)
    assert list(Change.objects.filter(table="tasks_evidence").order_by("sequence").values_list("verb", flat=True)) == [
        "evidence.added", "evidence.changed", "evidence.withdrawn",
    ]  # fmt: skip


@pytest.mark.django_db
def test_what_a_milestone_asks_for_is_the_coordinating_offices_to_say(milestone, users):
    with pytest.raises(Forbidden):
        plans.change_node(
            milestone, by=users["staff"], effective_on=date.today(), reason="x", required_evidence=["photo"]
        )
    office = users["coordinator"]
    plans.change_node(milestone, by=office, effective_on=date.today(), reason="x", required_evidence=["photo"])
    assert Milestone.objects.get(pk=milestone.pk).required_evidence == ["photo"]
    with pytest.raises(Invalid):
        plans.change_at_once(milestone, by=office, reason="x", required_evidence=["a promise"])


@pytest.mark.django_db
def test_a_program_called_pdf_says_so_in_the_readers_words(milestone, users):
    with pytest.raises(Invalid, match=r"^보고.pdf: This is a program, whatever its name says. Upload the document"):
        add(milestone, users["staff"], name="보고.pdf", content=PROGRAM)
