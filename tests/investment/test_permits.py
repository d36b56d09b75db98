"""Permits through their doors: who enters what, what the procedure refuses, what is shown and what stays in history."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import time_machine

from accounts.models import HolidayCorrection
from common.errors import Forbidden, Invalid
from investment import actions
from investment.models import Permit, PermitEvent
from tasks.actions import plans
from tasks.models import Change, Measure
from tasks.permissions import SYSTEM

NOW = "2026-11-20 10:00+09:00"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def measure(rules: Any) -> Measure:
    """A measure of the investment task, led by the ministry of `staff`."""
    made: dict[str, Any] = {"by": SYSTEM, "effective_on": date(2023, 3, 15), "lead_ministry": rules.ministries.lead}
    task = plans.create_strategic_task(
        strategy=rules.strategy, number=5, slug="investment", title_ko="투자특국", title_en="Investment", **made
    )
    return plans.create_measure(
        strategic_task=task, code="T5-4", parent=None, title_ko="타임아웃제", title_en="Timeout", **made
    )


@pytest.fixture
def permit(measure: Measure, users: Any) -> Permit:
    return actions.create_permit(
        by=users["staff"],
        measure=measure,
        name_ko="폐수배출시설",
        name_en="Effluent",
        key="effluent",
        law="strategic_industries",
        matter="emissions",
    )


def record(permit: Permit, users: Any, *steps: tuple[str, str]) -> None:
    for step, day in steps:
        actions.record_permit_event(permit, by=users["staff"], step=step, happened_on=date.fromisoformat(day))


def test_staff_register_an_application_and_record_events_on_the_page(measure: Any, users: Any, reading: Any) -> None:
    client = reading("staff")
    form = {"measure": measure.uuid, "name_ko": "용수관로", "name_en": "Water main", "law": "strategic_industries"}
    form |= {"matter": "rural_road", "source": "신청서 제1호", "uuid": uuid4()}
    answer = client.post("/investment/permits/new/", form)
    permit = Permit.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, permit.get_absolute_url())
    event = {"step": "requested", "happened_on": "2026-11-02", "source": "공문 제2호", "uuid": uuid4()}
    assert client.post(f"{permit.get_absolute_url()}events/new/", event).status_code == 302
    page = client.get(permit.get_absolute_url()).content.decode()
    drawn = ("since 2 Nov 2026", "Limit: 17 Nov 2026", "Within the limit", "Beyond the limit")
    told = ("Plan of processing awaited", "18 / 15 days", "17 Nov 2026", "A limit was missed", "2 Jan 2027")
    for text in (*told, *drawn):
        assert text in page, text
    logged = Change.objects.filter(table="investment_permitevent").get()
    assert (logged.verb, logged.actor_id, logged.door) == ("permit_event.recorded", users["staff"].pk, "page")


def test_a_wrong_entry_keeps_what_was_typed_and_writes_nothing(permit: Permit, reading: Any) -> None:
    client, address = reading("staff"), f"{permit.get_absolute_url()}events/new/"
    kept = {"note": "한 줄", "source": "공문", "uuid": uuid4()}
    for typed, words in (
        ({"step": "requested", "happened_on": "2026-13-01"}, "Enter a date of the calendar"),
        ({"step": "requested", "happened_on": "2026-11-21"}, "lies ahead"),
        ({"step": "plan_received", "happened_on": "2026-11-02"}, "needs to come after"),
    ):
        answer = client.post(address, typed | kept)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert words in page and 'value="한 줄"' in page
    assert not PermitEvent.objects.exists()


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ([("requested", "2026-11-02"), ("requested", "2026-11-03")], "recorded already"),
        ([("requested", "2026-11-02"), ("applied", "2026-11-03")], "cannot follow"),
        ([("supplement_asked", "2026-11-02")], "needs to come after"),
        ([("requested", "2026-11-02"), ("supplement_received", "2026-11-03")], "needs to come after"),
        (
            [("requested", "2026-11-02"), ("supplement_asked", "2026-11-03"), ("supplement_asked", "2026-11-04")],
            "twice in a row",
        ),
        ([("requested", "2026-11-02"), ("result_notified", "2026-11-09"), ("extended", "2026-11-10")], "cannot follow"),
        ([("requested", "2026-10-01"), ("plan_received", "2026-10-08"), ("extended", "2026-11-10")], "does not count"),
    ],
)
def test_what_the_procedure_does_not_know_is_refused(permit: Permit, users: Any, steps: Any, words: str) -> None:
    record(permit, users, *steps[:-1])
    with pytest.raises(Invalid, match=words):
        record(permit, users, steps[-1])
    assert PermitEvent.objects.count() == len(steps) - 1


def test_a_withdrawn_entry_stays_listed_and_no_longer_counts(permit: Permit, users: Any, reading: Any) -> None:
    record(permit, users, ("applied", "2026-10-01"), ("requested", "2026-11-02"), ("plan_received", "2026-11-09"))
    requested, plan = PermitEvent.objects.get(step="requested"), PermitEvent.objects.get(step="plan_received")
    client = reading("staff")

    def withdraw(event: PermitEvent, reason: str) -> Any:
        sent = {"reason": reason, "version": event.version}
        return client.post(f"/investment/permit-events/{event.uuid}/withdraw/", sent)

    assert withdraw(requested, "잘못 입력").status_code == 422  # the plan needs it
    assert withdraw(plan, " ").status_code == 422
    assert withdraw(plan, "다른 건의 계획").status_code == 302
    assert withdraw(plan, "다시").status_code == 422
    body = client.get(f"/api/v1/permits/{permit.key}/").json()
    assert (body["clock"]["state"], body["events"][-1]["withdrawn_for"]) == ("plan_awaited", "다른 건의 계획")
    assert "다른 건의 계획" in client.get(permit.get_absolute_url()).content.decode()
    assert Change.objects.filter(verb="permit_event.withdrawn").get().reason == "다른 건의 계획"


@pytest.mark.parametrize("name", ["staff-msit", "analyst", "executive", "auditor"])
def test_nobody_else_enters(permit: Permit, users: Any, reading: Any, name: str) -> None:
    client = reading(name)
    with pytest.raises(Forbidden):
        actions.record_permit_event(permit, by=users[name], step="applied", happened_on=date(2026, 11, 2))
    typed = {"step": "applied", "happened_on": "2026-11-02", "source": "공문", "uuid": uuid4()}
    assert client.post(f"{permit.get_absolute_url()}events/new/", typed).status_code == 403
    assert "Record what happened" not in client.get(permit.get_absolute_url()).content.decode()
    assert not PermitEvent.objects.exists()


def test_a_deemed_permit_is_never_called_permitted(permit: Permit, users: Any, reading: Any) -> None:
    record(permit, users, ("applied", "2026-08-10"), ("requested", "2026-09-01"))
    client = reading("analyst")
    clock = client.get(f"/api/v1/permits/{permit.key}/").json()["clock"]
    assert (clock["state"], clock["missed"], clock["deemed_on"], clock["light"]) == (
        "deemed",
        "plan",
        "2026-11-01",
        None,
    )
    assert clock["stages"][-1]["used_days"] == 61
    for address in ("/investment/permits/", permit.get_absolute_url()):
        english = client.get(address).content.decode()
        korean = client.get(address, headers={"accept-language": "ko"}).content.decode()
        assert "Processing deemed completed" in english and "처리완료 의제" in korean
        badges = [part.split("<")[0] for part in korean.split('class="badge')[1:] for part in [part.split(">", 1)[1]]]
        assert not any("허가" in badge for badge in badges)
    assert "does not say that the permit is granted" in client.get(permit.get_absolute_url()).content.decode()


def test_list_page_and_api_tell_the_same(
    permit: Permit, users: Any, reading: Any, django_assert_max_num_queries: Any
) -> None:
    record(permit, users, ("requested", "2026-11-12"))
    client = reading("nobody")
    row = client.get("/api/v1/permits/").json()["results"][0]
    assert (row["clock"]["next_due"], row["clock"]["light"], row["clock"]["rule"]) == (
        "2026-11-27", "on_track", "permit-clock-nsia",
    )  # fmt: skip
    page = client.get("/investment/permits/").content.decode()
    assert "8 / 15 days" in page and "27 Nov 2026" in page
    for number in range(5):
        other = actions.create_permit(
            by=SYSTEM,
            measure=permit.measure,
            name_ko=f"{number}",
            name_en="x",
            key=f"p-{number}",
            law="semiconductor",
            matter="landscape",
        )
        record(other, users, ("requested", "2026-11-02"))
    with django_assert_max_num_queries(25):
        client.get("/investment/permits/")
    with django_assert_max_num_queries(12):
        client.get("/api/v1/permits/")


def test_a_limit_that_passed_is_no_next_one(permit: Permit, users: Any, reading: Any) -> None:
    record(permit, users, ("applied", "2026-06-01"))
    due = reading("nobody").get("/api/v1/permits/").json()["results"][0]["clock"]["next_due"]
    assert due < "2026-11-01"
    for address in ("/investment/permits/", permit.get_absolute_url()):
        page = reading("nobody").get(address).content.decode()
        assert "late</span>" in page
        assert "Next deadline" not in page


def test_the_rule_of_the_day_of_the_request_governs(permit: Permit, users: Any, reading: Any) -> None:
    record(permit, users, ("requested", "2023-06-30"))
    page = reading("nobody").get(permit.get_absolute_url()).content.decode()
    assert "/ 30 days" in page and "does not give the other limits" in page
    twin = actions.create_permit(
        by=SYSTEM,
        measure=permit.measure,
        name_ko="이전",
        name_en="Before",
        key="before",
        law="semiconductor",
        matter="landscape",
    )
    record(twin, users, ("requested", "2026-08-10"))
    assert "No rule of this law is on record" in reading("nobody").get(twin.get_absolute_url()).content.decode()
    assert reading("nobody").get(f"/api/v1/permits/{twin.key}/").json()["clock"] is None


def test_a_correction_of_the_calendar_moves_a_limit(permit: Permit, users: Any, reading: Any) -> None:
    record(permit, users, ("requested", "2026-11-12"))
    form = {"day": "2026-11-27", "is_holiday": "on", "name_ko": "임시공휴일", "name_en": "", "ministry": ""}
    form |= {"confidence": "reported", "source": "", "source_note": ""}
    assert reading("admin").post("/admin/accounts/holidaycorrection/add/", form).status_code == 302
    logged = Change.objects.filter(table="accounts_holidaycorrection").get()
    assert (logged.verb, logged.actor_id) == ("holidaycorrection.edited", users["admin"].pk)
    clock = reading("nobody").get(f"/api/v1/permits/{permit.key}/").json()["clock"]
    assert clock["next_due"] == "2026-11-30"


def test_a_ministrys_own_day_off_counts_for_the_applications_that_it_receives(
    permit: Permit, users: Any, reading: Any, ministries: Any
) -> None:
    record(permit, users, ("applied", "2026-11-02"))
    api = f"/api/v1/permits/{permit.key}/"
    before = reading("nobody").get(api).json()["clock"]["next_due"]
    for ministry, day in ((ministries.other, 3), (ministries.lead, 4)):
        HolidayCorrection.objects.create(day=date(2026, 11, day), ministry=ministry, name_ko="기관 휴무")
    after = reading("nobody").get(api).json()["clock"]["next_due"]
    assert (before, after) == ("2026-11-30", "2026-12-01")


def test_trying_the_clock_keeps_nothing_and_says_what_is_wrong(rules: Any, reading: Any) -> None:
    client, address = reading("nobody"), "/investment/permit-clock/"
    asked = {"law": "strategic_industries", "requested": "2026-08-03", "on": "2026-10-03"}
    page = client.get(address, asked).content.decode()
    assert "Processing deemed completed" in page and "3 Oct 2026" in page and "inference" in page
    for wrong, words in (
        ({"law": "strategic_industries"}, "Enter the day of the application"),
        (asked | {"requested": "2026-02-30"}, "Enter a date of the calendar"),
        (asked | {"law": "semiconductor"}, "not in force"),
        (asked | {"plan_received": "2026-08-01"}, "needs to come after"),
        (asked | {"plan_received": "2026-08-10", "extended": "2026-09-30"}, "does not count"),
    ):
        page = client.get(address, wrong).content.decode()
        assert words in page, words
        assert f'value="{wrong.get("requested", "")}"' in page or "requested" not in wrong
    assert not Permit.objects.exists()


def test_the_holiday_setting_is_used_and_said(rules: Any, reading: Any, settings: Any) -> None:
    asked = {"law": "strategic_industries", "requested": "2026-10-26", "on": "2026-11-20"}
    client = reading("nobody")
    assert "26 Dec 2026" in client.get("/investment/permit-clock/", asked).content.decode()
    settings.PERMIT_DEEMING_MOVES = True
    page = client.get("/investment/permit-clock/", asked).content.decode()
    assert "29 Dec 2026" in page and "end on the next working day" in page


def test_an_empty_list_says_what_to_do(rules: Any, reading: Any) -> None:
    page = reading("analyst").get("/investment/permits/").content.decode()
    assert "No permit is on record" in page and "Try the clock" in page


def test_a_rule_shows_its_limits_and_how_sure_the_counting_is(rules: Any, reading: Any) -> None:
    page = reading("nobody").get("/investment/permit-rules/permit-clock-nsia/").content.decode()
    assert "This is an inference" in page and "2023" in page
    listed = reading("nobody").get("/api/v1/permit-rules/?ordering=valid_from").json()["results"]
    assert [(row["plan_days"], row["deeming_days"]) for row in listed if row["law"] == "strategic_industries"] in (
        [(30, None), (15, 60)],
        [(15, 60), (30, None)],
    )
