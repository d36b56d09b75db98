"""What waits for what, as pages show it: earliest dates, what decides them, what a bill or measure holds up."""

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from typing import Any

import pytest
import time_machine
from django.utils.html import strip_tags

from tasks.actions import plans
from tasks.models import Dependency, Milestone
from tasks.permissions import SYSTEM


@pytest.fixture
def waits(world: Any) -> Iterator[Any]:
    """Beside late → open, which is a stage of the bill: open → of_other (due 2027-06-30), restricted → of_other."""
    with time_machine.travel("2026-12-01T12:00:00+09:00", tick=False):
        found = world.milestones
        plans.add_dependency(found.open, found.of_other, by=SYSTEM)
        plans.add_dependency(found.restricted, found.of_other, by=SYSTEM)
        Milestone.objects.filter(pk=found.restricted.pk).update(current_due=date(2030, 12, 31))
        yield world


def _text(client: Any, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(unescape(strip_tags(answer.content.decode().replace("<", " <"))).split())


def test_a_milestone_says_when_it_can_end_and_what_decides_that(client_of: Any, waits: Any) -> None:
    text = _text(client_of("nobody"), waits.milestones.of_other.get_absolute_url())
    assert "It can end at the earliest: 31 Dec 2027 . 184 days late" in text
    assert re.search(r"Milestone T1-1-M1 Planned 31 Dec 2027 · 184 days late Decides the earliest date", text)
    assert "Through others: 1 milestone" in text
    assert re.search(r"Milestone T1-1-M2 Planned 30 Jun 2024 · at the earliest 1 Dec 2026 · Slack 211 days", text)


def test_a_milestone_says_what_waits_for_it(client_of: Any, waits: Any) -> None:
    text = _text(client_of("nobody"), waits.milestones.late.get_absolute_url())
    assert "2 milestones wait for it" in text
    assert "late because of it" not in text
    assert "Critical" not in text
    text = _text(client_of("nobody"), waits.milestones.open.get_absolute_url())
    assert "1 milestone waits for it · 1 late because of it" in text
    assert "Critical" in text


def test_whether_a_milestone_without_a_date_is_late_because_of_a_bill_cannot_be_told(
    client_of: Any, waits: Any
) -> None:
    assert "because a date is not known" not in _text(client_of("nobody"), waits.bill.get_absolute_url())
    Milestone.objects.filter(pk=waits.milestones.of_other.pk).update(current_due=None)
    text = _text(client_of("nobody"), waits.bill.get_absolute_url())
    assert "Of 1 of them it cannot be told, because a date is not known." in text
    assert "None of them is late because of this." not in text


def test_the_chain_leads_back_to_its_root(client_of: Any, waits: Any) -> None:
    Milestone.objects.filter(pk=waits.milestones.late.pk).update(forecast=date(2028, 2, 29))
    page = client_of("nobody").get(waits.milestones.of_other.get_absolute_url())
    assert [row.milestone.code for row in page.context["chain"]] == ["T1-1-M2", "T1-1-M1", "T2-1-M2"]
    assert "It can end at the earliest: 29 Feb 2028" in " ".join(strip_tags(page.content.decode()).split())


def test_a_bill_says_what_waits_on_it_and_by_how_many_days_it_makes_that_late(client_of: Any, waits: Any) -> None:
    text = _text(client_of("nobody"), waits.bill.get_absolute_url())
    assert "1 milestone waits on this bill 1 of them is late because of this." in text
    assert re.search(r"Milestone T2-1-M2 T2-1-M2 .*30 Jun 2027 31 Dec 2027 184 days late directly", text)
    korean = client_of("nobody").get(waits.bill.get_absolute_url(), headers={"accept-language": "ko"})
    assert "이정표 1건이 이 법안을 기다림" in korean.content.decode()


def test_a_bill_whose_stages_are_over_holds_nothing(client_of: Any, waits: Any) -> None:
    done = {"state": "completed", "progress_bp": 10_000, "completed_on": date(2026, 11, 1)}
    Milestone.objects.filter(pk=waits.milestones.open.pk).update(**done)
    assert "Nothing any more: none of its stages" in _text(client_of("nobody"), waits.bill.get_absolute_url())
    Milestone.objects.filter(pk=waits.milestones.open.pk).update(state="planned", completed_on=None, progress_bp=None)
    Dependency.objects.all().delete()
    assert "No milestone waits for a stage that is still" in _text(client_of("nobody"), waits.bill.get_absolute_url())


def test_measures_and_tasks_say_what_elsewhere_holds_them_and_waits_on_them(client_of: Any, waits: Any) -> None:
    client = client_of("nobody")
    for address in ("/measures/T2-1/", "/tasks/talent/"):
        text = _text(client, address)
        assert "1 milestone elsewhere keeps this late" in text
        assert re.search(r"Milestone T1-1-M1 T1-1-M1 .*31 Dec 2027 30 Jun 2027 184 days late directly", text)
        assert "waits on this" not in text
    for address in ("/measures/T1-1/", "/tasks/technology/"):
        text = _text(client, address)
        assert "1 milestone elsewhere waits on this 1 of them is late because of this." in text
        assert "keeps this late" not in text
    path = client.get("/tasks/talent/").context["critical_path"].rows
    assert [row.milestone.code for row in path] == ["T1-1-M1", "T2-1-M2"]
    assert "No milestone elsewhere keeps one of these late" in _text(client, "/measures/T1-1.1/")


def test_a_hidden_predecessor_is_nowhere(client_of: Any, waits: Any) -> None:
    """A reader below its tier sees neither it nor the date that it would give."""
    addresses = [waits.milestones.of_other.get_absolute_url(), "/measures/T2-1/", "/tasks/talent/", "/dependencies/"]
    for address in addresses:
        seen, hidden = (_text(client_of(name), address) for name in ("executive", "staff"))
        assert "T2-1-M1" in seen
        assert "T2-1-M1" not in hidden
    page = addresses[0]
    assert "It can end at the earliest: 31 Dec 2030" in _text(client_of("executive"), page)
    assert "2030" not in _text(client_of("staff"), page)


def test_milestones_are_narrowed_to_what_waits_and_to_what_is_kept_late(client_of: Any, waits: Any) -> None:
    def codes(**query: str) -> list[str]:
        return [row.code for row in client_of("nobody").get("/milestones/", query).context["page"].object_list]

    assert codes(waits_for="T1-1-M2") == ["T1-1-M1", "T2-1-M2"]
    assert codes(waits_for_bill="bill-a") == codes(waits_for_measure="T1-1") == ["T2-1-M2"]
    assert codes(waits_for_task="technology") == codes(kept_late="true") == ["T2-1-M2"]
    assert codes(kept_late="false") == ["T1-1-M1", "T1-1-M2", "T1-1.1-M1"]


def test_the_list_of_dependencies_says_until_when_each_keeps(client_of: Any, waits: Any) -> None:
    rows = client_of("nobody").get("/dependencies/").context["page"].object_list
    assert [(row.wait.until, row.wait.slack_days) for row in rows] == [
        (date(2026, 12, 1), 395),
        (date(2027, 12, 31), -184),
    ]

    def ends(**query: str) -> list[tuple[str, str]]:
        rows = client_of("nobody").get("/dependencies/", query).context["page"].object_list
        return [(row.predecessor.code, row.successor.code) for row in rows]

    first, second = ends()
    assert ends(successor_task="talent") == ends(successor_ministry="MSIT") == [second]
    assert ends(predecessor_task="technology") == [first, second]
    assert ends(predecessor_ministry="MSIT") == ends(waiting="false") == []
    completed = {"state": "completed", "progress_bp": 10_000, "completed_on": date(2026, 11, 1)}
    Milestone.objects.filter(pk=waits.milestones.late.pk).update(**completed)
    assert (ends(waiting="true"), ends(waiting="false")) == ([second], [first])
    file = client_of("nobody").get("/dependencies/?format=csv").getvalue().decode()
    assert "Kept until" in file
    assert "-184" in file


def test_a_page_of_the_past_says_what_could_be_then(client_of: Any, waits: Any) -> None:
    address = waits.milestones.open.get_absolute_url()
    text = _text(client_of("nobody"), f"/as-of/2024-07-01{address}")
    assert "Milestone T1-1-M2 Planned 30 Jun 2024 · at the earliest 1 Jul 2024 · Slack 1,278 days" in text


def test_a_loop_is_told_where_it_stands(client_of: Any, waits: Any) -> None:
    Dependency.objects.create(predecessor=waits.milestones.of_other, successor=waits.milestones.late)
    for address in (waits.milestones.late.get_absolute_url(), waits.bill.get_absolute_url(), "/measures/T2-1/"):
        assert "These dependencies close a loop" in _text(client_of("nobody"), address)
