"""The statutory clock: each stage, what supplementation and holidays do to it, and when processing is deemed completed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.calendar import Calendar, Correction
from investment.choices import PermitMatter, PermitState, PermitStep, StageName
from investment.rollups.clock import Supposed, standing

DAY = timedelta(days=1)
CALENDAR = Calendar()


class Rule:
    """Art. 19 since 2023-07-01."""

    application_days, plan_days, plan_cap_days, result_days, extension_days, deeming_days = 21, 15, 30, 15, 15, 60
    limits_move = True


class Before(Rule):
    """What is known of the time before: the reply within thirty days, and nothing else."""

    application_days = plan_cap_days = result_days = extension_days = deeming_days = None
    plan_days = 30


def at(on, rule=Rule, calendar=CALENDAR, deeming_moves=False, **steps):
    events = [Supposed(PermitStep(step.rstrip("_")), date.fromisoformat(day)) for step, day in steps.items()]
    return standing(events, rule, calendar, date.fromisoformat(on), deeming_moves=deeming_moves)


def stage(found, name):
    return next(each for each in found.stages if each.name == name)


def test_the_minister_has_twenty_one_working_days_the_first_included():
    found = at("2026-11-10", applied="2026-11-02")
    first = stage(found, StageName.APPLICATION)
    assert (found.state, first.due, first.used) == (PermitState.WITH_MINISTER, date(2026, 11, 30), 7)
    assert (found.light, found.next_due) == ("on_track", date(2026, 11, 30))


def test_supplementation_stops_the_working_days():
    steps = {"applied": "2026-11-02", "supplement_asked": "2026-11-04"}
    waiting = at("2026-11-10", **steps)
    assert (waiting.state, waiting.next_due) == (PermitState.SUPPLEMENTING, None)
    found = stage(at("2026-11-20", **steps, supplement_received="2026-11-11"), StageName.APPLICATION)
    assert (found.left_out, found.due) == (5, date(2026, 12, 7))


@pytest.mark.parametrize(
    ("requested", "due"),
    [
        ("2026-10-12", date(2026, 10, 27)),  # fifteen days, the first excluded
        ("2026-11-13", date(2026, 11, 30)),  # the 28th is a Saturday
        ("2026-09-09", date(2026, 9, 28)),  # Chuseok
    ],
)
def test_the_plan_is_due_within_fifteen_days_and_a_day_off_moves_the_limit(requested, due):
    assert stage(at(requested, requested=requested), StageName.PLAN).due == due


def test_supplementation_is_left_out_of_the_plan_but_never_beyond_thirty_days():
    short = at("2026-10-30", requested="2026-10-12", supplement_asked="2026-10-14", supplement_received="2026-10-20")
    assert (stage(short, StageName.PLAN).left_out, stage(short, StageName.PLAN).due) == (6, date(2026, 11, 2))
    open_ended = at("2026-10-30", requested="2026-10-12", supplement_asked="2026-10-14")
    assert stage(open_ended, StageName.PLAN).due == date(2026, 11, 11)
    long = at("2026-12-01", requested="2026-10-12", supplement_asked="2026-10-14", supplement_received="2026-11-30")
    assert stage(long, StageName.PLAN).due == date(2026, 11, 11)
    assert long.missed and long.missed.name == StageName.PLAN


def test_the_result_is_extended_once_by_fifteen_days_and_not_after_its_limit():
    steps = {"requested": "2026-10-12", "plan_received": "2026-10-20"}
    assert stage(at("2026-10-21", **steps), StageName.RESULT).due == date(2026, 11, 4)
    extended = stage(at("2026-11-05", **steps, extended="2026-11-04"), StageName.RESULT)
    assert (extended.due, extended.limit, extended.extended) == (date(2026, 11, 19), 30, True)
    late = stage(at("2026-11-05", **steps, extended="2026-11-05"), StageName.RESULT)
    assert (late.due, late.extended, late.is_missed) == (date(2026, 11, 4), False, True)


def test_without_a_missed_limit_nothing_is_ever_deemed():
    steps = {"requested": "2026-01-05", "plan_received": "2026-01-20", "result_notified": "2026-02-04"}
    found = at("2026-12-31", **steps)
    assert (found.state, found.missed) == (PermitState.RESULT_NOTIFIED, None)


def test_a_missed_limit_is_deemed_completed_on_day_sixty_one():
    before = at("2026-10-02", requested="2026-08-03")
    assert (before.state, before.deemed_on, before.next_due) == (
        PermitState.PLAN_AWAITED,
        date(2026, 10, 3),
        date(2026, 10, 3),
    )
    assert before.light == "overdue"
    found = at("2026-10-03", requested="2026-08-03")
    assert (found.state, found.deemed_on - found.requested_on) == (PermitState.DEEMED, 61 * DAY)
    assert found.next_due is None


def test_the_clocks_stop_where_processing_is_deemed_completed():
    steps = {"requested": "2026-08-03", "plan_received": "2026-08-25"}
    assert at("2026-12-31", **steps).stages == at("2026-10-03", **steps).stages


def test_a_result_before_that_day_is_a_result_one_after_it_changes_nothing():
    assert at("2026-12-01", requested="2026-08-03", result_notified="2026-10-02").state == PermitState.RESULT_NOTIFIED
    assert at("2026-12-01", requested="2026-08-03", result_notified="2026-10-05").state == PermitState.DEEMED


def test_the_minister_being_late_deems_nothing():
    found = at(
        "2026-12-31",
        applied="2026-06-01",
        requested="2026-08-03",
        plan_received="2026-08-10",
        result_notified="2026-08-20",
    )
    assert stage(found, StageName.APPLICATION).is_missed
    assert (found.state, found.missed) == (PermitState.RESULT_NOTIFIED, None)


def test_an_earlier_miss_stays_a_risk_while_the_next_stage_is_in_time():
    found = at("2026-09-01", requested="2026-08-03", plan_received="2026-08-25")
    assert (found.light, found.missed.name, found.next_due) == ("at_risk", StageName.PLAN, date(2026, 9, 9))


def test_a_limit_missed_after_day_sixty_deems_on_the_day_after_it():
    """Day sixty is a Saturday: the extended limit moves to the Monday after it, so deeming waits for that."""
    found = at(
        "2026-12-31",
        requested="2026-09-01",
        supplement_asked="2026-09-02",
        supplement_received="2026-09-20",
        plan_received="2026-10-01",
        extended="2026-10-10",
    )
    assert stage(found, StageName.RESULT).due == date(2026, 11, 2)
    assert (found.missed.name, found.deemed_on) == (StageName.RESULT, date(2026, 11, 3))


@pytest.mark.parametrize(("moves", "deemed"), [(False, date(2026, 12, 26)), (True, date(2026, 12, 29))])
def test_whether_a_holiday_moves_the_day_of_deeming_is_a_setting(moves, deemed):
    assert at("2026-12-31", requested="2026-10-26", deeming_moves=moves).deemed_on == deemed


def test_an_ad_hoc_holiday_moves_a_limit():
    adhoc = Calendar({date(2026, 10, 27): Correction(True, "임시공휴일")})
    assert stage(at("2026-10-12", requested="2026-10-12", calendar=adhoc), StageName.PLAN).due == date(2026, 10, 28)


def test_what_the_record_does_not_give_is_not_computed():
    found = at("2023-05-01", rule=Before, applied="2023-01-02", requested="2023-02-01")
    assert [each.name for each in found.stages] == [StageName.PLAN]
    assert (found.missed.name, found.deemed_on, found.state) == (StageName.PLAN, None, PermitState.PLAN_AWAITED)


def test_what_happens_later_is_not_known_yet():
    steps = {"requested": "2026-08-03", "plan_received": "2026-08-10"}
    assert at("2026-08-09", **steps).state == PermitState.PLAN_AWAITED
    assert at("2026-08-01", **steps).state == PermitState.NOT_APPLIED


requests = st.dates(date(2023, 7, 1), date(2030, 6, 30))
gaps = st.integers(0, 80)


@given(requests, gaps, gaps, st.integers(0, 200))
def test_deemed_needs_a_missed_limit_and_sixty_days(requested, until_plan, until_result, later):
    events = [
        Supposed(PermitStep.REQUESTED, requested),
        Supposed(PermitStep.PLAN_RECEIVED, requested + DAY * until_plan),
        Supposed(PermitStep.RESULT_NOTIFIED, requested + DAY * (until_plan + until_result)),
    ]
    found = standing(events, Rule, CALENDAR, requested + DAY * later)
    if found.state == PermitState.DEEMED:
        assert found.missed is not None
        assert (found.on - requested).days > 60
        assert until_plan > 15 or until_result > 15
    if until_plan <= 15 and until_result <= 15:
        assert found.missed is None


@given(requests, st.integers(0, 60), st.integers(0, 60))
def test_the_plan_is_never_due_after_thirty_days_but_for_days_off(requested, asked, received):
    events = [
        Supposed(PermitStep.REQUESTED, requested),
        Supposed(PermitStep.SUPPLEMENT_ASKED, requested + DAY * asked),
        Supposed(PermitStep.SUPPLEMENT_RECEIVED, requested + DAY * (asked + received)),
    ]
    due = stage(standing(events, Rule, CALENDAR, requested + DAY * 150), StageName.PLAN).due
    assert requested + DAY * 15 <= due <= CALENDAR.working_day_from(requested + DAY * 30)
    assert CALENDAR.is_working_day(due)


@given(requests, st.integers(0, 100), st.integers(1, 30))
def test_time_alone_never_turns_a_deemed_permit_back(requested, later, more):
    events = [Supposed(PermitStep.REQUESTED, requested)]
    states = [standing(events, Rule, CALENDAR, requested + DAY * days).state for days in (later, later + more)]
    if states[0] == PermitState.DEEMED:
        assert states[1] == PermitState.DEEMED


def test_no_state_calls_a_deemed_permit_permitted():
    from django.utils import translation

    for lang, word in (("ko", "처리완료 의제"), ("en", "Processing deemed completed")):
        with translation.override(lang):
            assert str(PermitState.DEEMED.label) == word
            assert "허가" not in str(PermitState.DEEMED.label)


def test_the_closed_list_of_permits_has_seven_matters():
    assert len(PermitMatter) == 7
