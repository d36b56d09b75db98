"""Reports: which moves are legal, what they need, which report counts, who may take one back."""

from datetime import date, datetime, timedelta, timezone
from itertools import product

import pytest
from django.db import IntegrityError, transaction

from common.errors import Forbidden, Invalid, Stale
from tasks.actions import reports
from tasks.actions.reports import (
    ReportValues,
    accept_report,
    draft_report,
    endorse_report,
    report_milestone,
    return_report,
    revise_report,
    withdraw_report,
)
from tasks.actions.standing import Standing, standing
from tasks.choices import MOVES, MilestoneState, ReportStatus, Verb
from tasks.models import Change, Milestone, StatusReport, Strategy
from tasks.permissions import SYSTEM

pytestmark = pytest.mark.django_db

TODAY = date(2025, 6, 2)
NOON = datetime(2025, 6, 2, 12, tzinfo=timezone(timedelta(hours=9)))

# (state, verb) → the state after it; every other pair is refused.
LEGAL = {
    ("planned", "update"): "planned",
    ("in_progress", "update"): "in_progress",
    ("suspended", "update"): "suspended",
    ("planned", "start"): "in_progress",
    ("planned", "complete"): "completed",
    ("in_progress", "complete"): "completed",
    ("planned", "suspend"): "suspended",
    ("in_progress", "suspend"): "suspended",
    ("suspended", "resume"): "in_progress",
    ("planned", "cancel"): "cancelled",
    ("in_progress", "cancel"): "cancelled",
    ("suspended", "cancel"): "cancelled",
    ("completed", "reopen"): "in_progress",
}
NEEDS_REASON = {"suspend", "cancel", "reopen"}
WAY_TO = {
    "planned": [],
    "in_progress": ["start"],
    "completed": ["complete"],
    "suspended": ["suspend"],
    "cancelled": ["cancel"],
}
PAIRS = list(product(MilestoneState.values, Verb.values))


@pytest.fixture(autouse=True)
def _noon(time_machine):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def milestone(strategy_tree):
    return strategy_tree.milestones.open


def values(verb, **given):
    """A report that lacks nothing."""
    complete = {"completed_on": TODAY} if verb == "complete" else {}
    reason = {"reason": "사유"} if verb in NEEDS_REASON else {}
    content = {"result": "내용"} if verb == "update" else {}
    return ReportValues(**({"verb": verb} | complete | reason | content | given))


def file(milestone, verb, by=SYSTEM, **given):
    report = report_milestone(milestone, values(verb, **given), by=by)
    milestone.refresh_from_db()
    return report


def review(milestone, steps):
    Strategy.objects.filter(pk=milestone.measure.strategic_task.strategy_id).update(review_steps=steps)


def world():
    """All that a refusal must leave alone."""
    return (
        Change.objects.count(),
        list(StatusReport.objects.order_by("pk").values()),
        list(Milestone.objects.order_by("pk").values()),
    )


# Legal moves


@pytest.mark.parametrize(("state", "verb"), PAIRS)
def test_a_move_is_made_or_refused_as_the_table_says(milestone, state, verb):
    for step in WAY_TO[state]:
        file(milestone, step)
    before = world()
    if (state, verb) in LEGAL:
        report = file(milestone, verb)
        assert (report.from_state, report.state, milestone.state) == (state, LEGAL[state, verb], LEGAL[state, verb])
        assert report.status == ReportStatus.ACCEPTED
    else:
        with pytest.raises(Invalid) as refused:
            file(milestone, verb)
        assert (refused.value.code, refused.value.field) == ("illegal_move", "verb")
        assert world() == before


@pytest.mark.parametrize(("state", "verb"), PAIRS)
def test_acceptance_judges_the_move_by_the_state_that_it_finds(milestone, time_machine, state, verb):
    """Submitted from a state that allows it; meanwhile the milestone has moved to `state`."""
    source = MOVES[verb].sources[0]
    review(milestone, 1)
    for step in WAY_TO[source]:
        accept_report(file(milestone, step), by=SYSTEM)
    submitted = file(milestone, verb)
    review(milestone, 0)
    for report in StatusReport.objects.filter(status=ReportStatus.ACCEPTED):
        withdraw_report(report, by=SYSTEM)
    milestone.refresh_from_db()
    for step in WAY_TO[state]:
        file(milestone, step)
    time_machine.shift(60)
    before = world()
    if (state, verb) in LEGAL:
        accepted = accept_report(submitted, by=SYSTEM)
        milestone.refresh_from_db()
        assert (accepted.from_state, milestone.state) == (state, LEGAL[state, verb])
    else:
        with pytest.raises(Invalid):
            accept_report(submitted, by=SYSTEM)
        assert world() == before


def test_the_database_holds_the_same_table(milestone):
    """Every (verb, from, to) written past the actions: stored if and only if it is legal."""
    stored = set()
    for verb, source, target in product(Verb.values, MilestoneState.values, MilestoneState.values):
        try:
            with transaction.atomic():
                StatusReport.objects.create(
                    milestone=milestone,
                    verb=verb,
                    from_state=source,
                    state=target,
                    effective_on=TODAY,
                    progress_bp=10_000,
                    completed_on=TODAY,
                    reason="사유",
                )
            stored.add((source, verb, target))
        except IntegrityError as error:
            assert "report_legal_move" in str(error)
    assert stored == {(*pair, target) for pair, target in LEGAL.items()}


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"verb": "complete", "state": "completed"}, "report_complete_needs_date"),
        ({"verb": "complete", "state": "completed", "completed_on": TODAY}, "report_complete_needs_date"),
        ({"verb": "suspend", "state": "suspended", "reason": ""}, "report_reason_where_needed"),
        ({"verb": "update", "state": "planned", "progress_bp": 10_001}, "report_progress_bounds"),
        ({"verb": "update", "state": "planned", "status": "accepted"}, "report_accepted_has_moment"),
        (
            {"verb": "update", "state": "planned", "accepted_at": NOON, "withdrawn_at": NOON - timedelta(days=1)},
            "report_withdrawn_after_accepted",
        ),
    ],
)
def test_the_database_refuses_half_a_report(milestone, columns, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        StatusReport.objects.create(milestone=milestone, from_state="planned", effective_on=TODAY, **columns)


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"state": "completed", "progress_bp": 10_000}, "milestone_completed_is_whole"),
        ({"state": "completed", "completed_on": TODAY}, "milestone_completed_is_whole"),
        ({"state": "in_progress", "completed_on": TODAY}, "milestone_completed_on_only_if_completed"),
        ({"state": "planned", "progress_bp": 1}, "milestone_planned_has_no_progress"),
        ({"state": "in_progress", "progress_bp": 10_001}, "milestone_progress_bounds"),
        ({"state": "abandoned"}, "milestone_state_known"),
    ],
)
def test_the_database_refuses_a_milestone_that_contradicts_itself(milestone, columns, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        Milestone.objects.filter(pk=milestone.pk).update(**columns)


# Required fields, dates, progress


@pytest.mark.parametrize(
    ("state", "verb", "given", "field"),
    [
        ("planned", "complete", {"completed_on": None}, "completed_on"),
        ("planned", "complete", {"completed_on": TODAY + timedelta(days=1)}, "completed_on"),
        ("planned", "suspend", {"reason": ""}, "reason"),
        ("planned", "cancel", {"reason": ""}, "reason"),
        ("completed", "reopen", {"reason": ""}, "reason"),
        ("planned", "start", {"effective_on": TODAY + timedelta(days=1)}, "effective_on"),
        ("in_progress", "update", {"forecast": TODAY - timedelta(days=1)}, "forecast"),
        ("planned", "update", {"progress_bp": 1}, "progress"),
        ("in_progress", "update", {"progress_bp": -1}, "progress"),
        ("in_progress", "update", {"progress_bp": 10_001}, "progress"),
        ("in_progress", "update", {"progress_bp": 10_000}, "progress"),
        ("planned", "fly", {}, "verb"),
    ],
)
def test_a_refusal_names_its_field_and_leaves_no_trace(milestone, state, verb, given, field):
    for step in WAY_TO[state]:
        file(milestone, step)
    before = world()
    with pytest.raises(Invalid) as refused:
        file(milestone, verb, **given)
    assert refused.value.field == field
    assert str(refused.value.message)
    assert world() == before


def test_a_completion_is_whole_and_counts_from_its_actual_date(milestone, users):
    day = date(2025, 3, 1)
    file(milestone, "start", by=users["staff"], progress_bp=3_000, forecast=date(2025, 12, 1), effective_on=day)
    report = file(milestone, "complete", completed_on=date(2025, 5, 1), completed_precision="month", progress_bp=1)
    assert report.effective_on == date(2025, 5, 1)
    assert (milestone.progress_bp, milestone.forecast, milestone.completed_on) == (10_000, None, date(2025, 5, 1))
    assert (milestone.completed_precision, milestone.started_on) == ("month", date(2025, 3, 1))


def test_a_seed_invents_no_start_date_where_its_source_names_none(milestone):
    file(milestone, "start", effective_on=date(2025, 3, 1))
    assert (milestone.state, milestone.started_on) == ("in_progress", None)


def test_what_a_report_does_not_say_stays_as_it_was(milestone):
    file(milestone, "start", progress_bp=3_000, forecast=date(2025, 12, 1), started_on=date(2025, 2, 1))
    file(milestone, "update", result="이달 실적")
    assert (milestone.progress_bp, milestone.forecast) == (3_000, date(2025, 12, 1))
    file(milestone, "suspend")
    file(milestone, "resume")
    assert (milestone.progress_bp, milestone.started_on) == (3_000, date(2025, 2, 1))


def test_planned_may_say_nothing_or_none_done(milestone):
    file(milestone, "update", progress_bp=0)
    assert (milestone.state, milestone.progress_bp) == ("planned", 0)


def test_reopening_leaves_the_progress_unknown_unless_said(milestone):
    file(milestone, "complete")
    file(milestone, "reopen")
    assert (milestone.progress_bp, milestone.completed_on) == (None, None)
    file(milestone, "complete")
    file(milestone, "reopen", progress_bp=8_000)
    assert milestone.progress_bp == 8_000


def test_a_report_keeps_the_office_and_ministry_that_answered_then(milestone, users):
    report = file(milestone, "start", by=users["staff"])
    assert (report.ministry_id, report.author) == (milestone.responsible_ministry_id, users["staff"])


# Two writers


def test_a_report_on_what_was_changed_meanwhile_is_stale_and_shows_what_stands(milestone):
    seen = milestone.version
    file(milestone, "start")
    before = world()
    with pytest.raises(Stale) as refused:
        report_milestone(milestone, values("update"), by=SYSTEM, expected_version=seen)
    assert (refused.value.current.state, refused.value.current.version) == ("in_progress", milestone.version)
    assert world() == before
    report_milestone(milestone, values("update", progress_bp=10), by=SYSTEM, expected_version=milestone.version)


# The past


def test_a_report_for_an_earlier_day_becomes_part_of_the_past(milestone):
    file(milestone, "start", effective_on=date(2025, 2, 1), progress_bp=1_000)
    file(milestone, "update", effective_on=date(2025, 5, 1), progress_bp=5_000)
    version = milestone.version
    file(milestone, "update", effective_on=date(2025, 3, 1), progress_bp=2_000)
    assert (milestone.progress_bp, milestone.reported_on, milestone.version) == (5_000, date(2025, 5, 1), version)
    assert standing(milestone, as_of=date(2025, 4, 1)).progress_bp == 2_000


def test_of_two_reports_for_one_day_the_later_accepted_counts(milestone, time_machine):
    file(milestone, "start", progress_bp=1_000)
    time_machine.shift(60)
    file(milestone, "update", progress_bp=2_000)
    assert milestone.progress_bp == 2_000


def test_a_completion_before_later_reports_withdraws_exactly_those(milestone, time_machine):
    first = file(milestone, "start", effective_on=date(2025, 1, 10), progress_bp=1_000)
    later = [file(milestone, "update", effective_on=day, progress_bp=5_000) for day in (date(2025, 4, 1), TODAY)]
    time_machine.shift(60)
    file(milestone, "complete", completed_on=date(2025, 3, 1))
    assert (milestone.state, milestone.completed_on) == ("completed", date(2025, 3, 1))
    found = StatusReport.objects.in_bulk([first.pk, *(report.pk for report in later)])
    assert [found[report.pk].status for report in (first, *later)] == ["accepted", "withdrawn", "withdrawn"]
    assert standing(milestone, as_of=date(2025, 4, 1)).state == "completed"
    assert standing(milestone, as_of=date(2025, 2, 1)).progress_bp == 1_000


def test_standing_reads_what_was_true_as_it_was_known(milestone, time_machine):
    morning = NOON
    file(milestone, "start", effective_on=date(2025, 5, 1), progress_bp=1_000)
    time_machine.shift(3600)
    restated = file(milestone, "update", effective_on=date(2025, 5, 10), progress_bp=4_000)
    time_machine.shift(3600)
    withdraw_report(restated, by=SYSTEM)
    time_machine.shift(3600)

    def progress(as_of, hours=None):
        known_at = None if hours is None else morning + timedelta(hours=hours)
        return standing(milestone, as_of=as_of, known_at=known_at).progress_bp

    assert standing(milestone, as_of=date(2025, 4, 30)) == Standing()
    assert standing(milestone, as_of=TODAY, known_at=morning - timedelta(seconds=1)) == Standing()
    assert [progress(date(2025, 5, 20), hours) for hours in (0, 0.5, 1, 1.5, 2, 2.5, None)] == [
        1_000, 1_000, 4_000, 4_000, 1_000, 1_000, 1_000,
    ]  # fmt: skip
    assert [progress(date(2025, 5, 5), hours) for hours in (0, 1, None)] == [1_000, 1_000, 1_000]


# Taking back


def test_undo_falls_back_to_what_the_remaining_reports_say(milestone, time_machine):
    start = file(milestone, "start", progress_bp=1_000, forecast=date(2026, 1, 1))
    time_machine.shift(5)
    done = file(milestone, "complete")
    withdraw_report(done, by=SYSTEM)
    milestone.refresh_from_db()
    assert (milestone.state, milestone.progress_bp, milestone.forecast) == ("in_progress", 1_000, date(2026, 1, 1))
    withdraw_report(start, by=SYSTEM)
    milestone.refresh_from_db()
    assert (milestone.state, milestone.progress_bp, milestone.started_on, milestone.reported_on) == (
        "planned", None, None, None,
    )  # fmt: skip


def test_undo_of_a_completion_brings_back_what_it_had_withdrawn(milestone, time_machine):
    file(milestone, "start", effective_on=date(2025, 1, 10), progress_bp=1_000)
    file(milestone, "update", effective_on=date(2025, 5, 1), progress_bp=5_000)
    time_machine.shift(60)
    done = file(milestone, "complete", completed_on=date(2025, 3, 1))
    time_machine.shift(5)
    withdraw_report(done, by=SYSTEM)
    milestone.refresh_from_db()
    assert (milestone.state, milestone.progress_bp) == ("in_progress", 5_000)
    between = NOON + timedelta(seconds=62)
    assert standing(milestone, as_of=TODAY, known_at=between).state == "completed"
    assert standing(milestone, as_of=TODAY, known_at=NOON).progress_bp == 5_000


def test_a_report_is_withdrawn_once(milestone, users):
    report = file(milestone, "start", by=users["staff"])
    stale = StatusReport.objects.get(pk=report.pk)
    withdraw_report(report, by=users["staff"])
    before = world()
    for actor in (users["staff"], SYSTEM):
        with pytest.raises((Forbidden, Invalid)):
            withdraw_report(StatusReport.objects.get(pk=report.pk), by=actor)
    with pytest.raises(Invalid):
        withdraw_report(stale, by=users["staff"])  # read before the other one withdrew it
    assert world() == before


@pytest.mark.parametrize(
    ("name", "allowed"), [("staff", True), ("coordinator", True), ("approver", False), ("admin", False)]
)
def test_the_author_or_the_coordinating_office_withdraws(milestone, users, name, allowed):
    report = file(milestone, "start", by=users["staff"])
    before = world()
    if allowed:
        assert withdraw_report(report, by=users[name]).status == ReportStatus.WITHDRAWN
    else:
        with pytest.raises(Forbidden):
            withdraw_report(report, by=users[name])
        assert world() == before


# Review


def test_without_review_a_report_moves_at_once_and_names_who_accepted(milestone, users):
    report = file(milestone, "start", by=users["staff"])
    assert (report.status, report.accepted_by, report.accepted_at) == (ReportStatus.ACCEPTED, users["staff"], NOON)
    assert milestone.state == "in_progress"


def test_with_review_it_waits_for_the_approver(milestone, users):
    review(milestone, 1)
    report = file(milestone, "complete", by=users["staff"])
    assert (report.status, milestone.state) == (ReportStatus.SUBMITTED, "planned")
    report = accept_report(report, by=users["approver"])
    milestone.refresh_from_db()
    assert (report.accepted_by, milestone.state) == (users["approver"], "completed")


@pytest.mark.parametrize("name", ["staff", "staff-msit", "analyst", "executive", "auditor", "admin", "nobody"])
def test_nobody_else_accepts(milestone, users, name):
    review(milestone, 1)
    report = file(milestone, "start", by=users["approver"])
    before = world()
    with pytest.raises(Forbidden):
        accept_report(report, by=users[name])
    assert world() == before


@pytest.mark.parametrize("name", ["approver", "coordinator"])
def test_nobody_accepts_the_own_report(milestone, users, name):
    review(milestone, 1)
    report = file(milestone, "start", by=users[name])
    with pytest.raises(Forbidden):
        accept_report(report, by=users[name])
    other = {"approver": "coordinator", "coordinator": "approver"}[name]
    assert accept_report(report, by=users[other]).status == ReportStatus.ACCEPTED


def test_an_approver_without_the_clearance_neither_accepts_nor_withdraws(strategy_tree, users):
    hidden = strategy_tree.milestones.restricted
    review(hidden, 1)
    report = file(hidden, "start", by=users["coordinator"])
    with pytest.raises(Forbidden):
        accept_report(report, by=users["approver"])
    StatusReport.objects.filter(pk=report.pk).update(author=users["staff"])
    with pytest.raises(Forbidden):
        withdraw_report(StatusReport.objects.get(pk=report.pk), by=users["staff"])


def test_a_report_is_accepted_once(milestone, users):
    review(milestone, 1)
    report = file(milestone, "start", by=users["staff"])
    accept_report(report, by=users["approver"])
    with pytest.raises(Invalid):
        accept_report(report, by=users["approver"])


def test_an_update_that_waited_does_not_undo_a_start_made_meanwhile(milestone, time_machine):
    review(milestone, 1)
    update, start = file(milestone, "update", progress_bp=0), file(milestone, "start")
    accept_report(start, by=SYSTEM)
    time_machine.shift(60)
    accept_report(update, by=SYSTEM)
    milestone.refresh_from_db()
    assert milestone.state == "in_progress"


def test_progress_that_waited_is_refused_once_the_start_was_taken_back(milestone):
    start = file(milestone, "start")
    review(milestone, 1)
    update = file(milestone, "update", progress_bp=5_000)
    withdraw_report(start, by=SYSTEM)
    with pytest.raises(Invalid) as refused:
        accept_report(update, by=SYSTEM)
    assert refused.value.field == "progress"


def test_a_completion_between_completion_and_reopening_is_judged_alike_with_and_without_review(milestone):
    file(milestone, "complete", completed_on=date(2025, 3, 1))
    file(milestone, "reopen", effective_on=date(2025, 5, 1))
    review(milestone, 1)
    accept_report(file(milestone, "complete", completed_on=date(2025, 4, 1)), by=SYSTEM)
    milestone.refresh_from_db()
    assert (milestone.state, milestone.completed_on) == ("completed", date(2025, 4, 1))


def test_a_draft_moves_nothing(milestone, users):
    before = Milestone.objects.filter(pk=milestone.pk).values().get()
    draft = draft_report(milestone, values("complete"), by=users["staff"])
    assert draft.status == ReportStatus.DRAFT
    assert Milestone.objects.filter(pk=milestone.pk).values().get() == before
    assert standing(milestone, as_of=TODAY) == Standing()
    with pytest.raises(Invalid):
        accept_report(draft, by=users["approver"])


# History


@pytest.mark.parametrize(("state", "verb"), list(LEGAL))
def test_each_move_is_logged_under_its_own_name(milestone, state, verb):
    for step in WAY_TO[state]:
        file(milestone, step)
    before = Change.objects.latest("sequence").sequence
    report = file(milestone, verb)
    new = Change.objects.filter(sequence__gt=before)
    past = {
        "update": "updated", "start": "started", "complete": "completed", "suspend": "suspended",
        "resume": "resumed", "cancel": "cancelled", "reopen": "reopened",
    }  # fmt: skip
    assert {change.verb for change in new} == {f"milestone.{past[verb]}"}
    assert new.filter(table="tasks_statusreport", object_id=report.pk).count() == 1


def test_an_update_that_says_nothing_is_refused(strategy_tree, users):
    milestone = strategy_tree.milestones.open
    with pytest.raises(Invalid):
        reports.report_milestone(milestone, reports.ReportValues("update"), by=users["staff"])
    reports.report_milestone(milestone, reports.ReportValues("update", result="변동 없음"), by=users["staff"])
    assert milestone.reports.count() == 1


# Review


@pytest.fixture
def submitted(milestone, users):
    """By the staff of its ministry, where one or two steps are asked."""

    def of(steps, verb="start", author="staff"):
        review(milestone, steps)
        return report_milestone(Milestone.objects.get(pk=milestone.pk), values(verb), by=users[author])

    return of


def test_with_one_step_the_approver_of_the_ministry_accepts(submitted, milestone, users):
    report = submitted(1)
    milestone.refresh_from_db()
    assert (report.status, milestone.state) == (ReportStatus.SUBMITTED, "planned")
    with pytest.raises(Invalid) as refused:
        endorse_report(report, by=users["approver"])
    assert refused.value.code == "one_step"
    accept_report(report, by=users["approver"])
    milestone.refresh_from_db()
    assert milestone.state == "in_progress"


def test_with_two_steps_the_ministry_approves_and_the_coordinating_office_accepts(submitted, milestone, users):
    report = submitted(2)
    for name in ("approver", "coordinator"):
        with pytest.raises(Forbidden):
            accept_report(report, by=users[name])
    report = endorse_report(report, by=users["approver"])
    milestone.refresh_from_db()
    assert (report.status, report.endorsed_by, milestone.state) == ("submitted", users["approver"], "planned")
    with pytest.raises(Invalid) as refused:
        endorse_report(report, by=users["approver"])
    assert refused.value.code == "endorsed"
    assert accept_report(report, by=users["coordinator"]).accepted_by == users["coordinator"]
    milestone.refresh_from_db()
    assert milestone.state == "in_progress"


@pytest.mark.parametrize("steps", [1, 2])
@pytest.mark.parametrize("act", [accept_report, endorse_report, lambda r, by: return_report(r, by=by, reason="왜")])
def test_nobody_reviews_the_own_report(submitted, users, steps, act):
    report = submitted(steps, author="approver")
    before = world()
    with pytest.raises(Forbidden):
        act(report, by=users["approver"])
    assert world() == before


@pytest.mark.parametrize("name", ["staff", "staff-msit", "analyst", "executive", "auditor", "admin"])
def test_others_review_nothing(submitted, users, name):
    report = submitted(2, author="coordinator")
    for act in (accept_report, endorse_report, lambda r, by: return_report(r, by=by, reason="왜")):
        with pytest.raises(Forbidden):
            act(report, by=users[name])


def test_a_report_is_returned_with_a_reason_mended_and_submitted_again(submitted, milestone, users):
    report = endorse_report(submitted(2, verb="complete"), by=users["approver"])
    with pytest.raises(Invalid) as refused:
        return_report(report, by=users["coordinator"], reason="  ")
    assert refused.value.field == "reason"
    report = return_report(report, by=users["coordinator"], reason="증빙 날짜가 다릅니다.")
    assert (report.status, report.return_reason, report.endorsed_at) == ("returned", "증빙 날짜가 다릅니다.", None)
    mended = values("complete", completed_on=date(2025, 5, 30))
    report.refresh_from_db()
    report = revise_report(report, mended, by=users["staff"], expected_report_version=report.version)
    assert (report.status, report.completed_on, report.endorsed_at) == ("submitted", date(2025, 5, 30), None)
    accept_report(endorse_report(report, by=users["approver"]), by=users["coordinator"])
    milestone.refresh_from_db()
    assert (milestone.state, milestone.completed_on) == ("completed", date(2025, 5, 30))
    verbs = Change.objects.filter(table="tasks_statusreport", object_id=report.pk).values_list("verb", flat=True)
    assert [*verbs.order_by("sequence")] == [
        "milestone.completed", "report.endorsed", "report.returned", "milestone.completed", "report.endorsed",
        "report.accepted",
    ]  # fmt: skip


def test_a_draft_is_kept_until_it_is_submitted(milestone, users):
    review(milestone, 1)
    draft = draft_report(milestone, values("update", result="초안"), by=users["staff"])
    draft = revise_report(draft, values("update", result="다시"), by=users["staff"], submit=False)
    assert (draft.status, draft.result) == ("draft", "다시")
    assert revise_report(draft, values("start"), by=users["staff"]).status == ReportStatus.SUBMITTED
    before = world()
    with pytest.raises(Invalid) as refused:
        revise_report(draft, values("start"), by=users["staff"])
    assert refused.value.code == "not_open"
    assert world() == before


def test_a_report_that_somebody_else_rewrote_is_not_overwritten(milestone, users):
    draft = draft_report(milestone, values("update", result="초안"), by=users["staff"])
    seen = draft.version
    revise_report(draft, values("update", result="남의 것"), by=users["approver"], submit=False)
    with pytest.raises(Stale):
        revise_report(draft, values("update", result="내 것"), by=users["staff"], expected_report_version=seen)
