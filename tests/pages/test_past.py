"""Pages of a past day: the same pages, answered for that day, leading on within it, and closed to changes."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from common import formats
from tasks.actions import plans, reports
from tasks.actions.reports import ReportValues
from tasks.choices import Verb
from tasks.models import Milestone
from tasks.permissions import SYSTEM

DAY = "/as-of/2024-12-31"


@pytest.fixture
def client(client_of):
    return client_of("coordinator")


def shown(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_a_page_shows_its_day_and_its_links_lead_on_within_it(client):
    page = shown(client, f"{DAY}/milestones/")
    assert "31 Dec 2024" in page
    assert f'href="{DAY}/milestones/' in page
    assert f'href="{DAY}/tasks/' in page
    assert 'href="/milestones/"' in page, "the way back to today"


def test_a_milestone_of_a_past_day_is_as_its_reports_and_plan_were(client):
    row = Milestone.objects.get(code="T1-1-M1")
    completed = ReportValues(verb=Verb.COMPLETE, completed_on=date(2025, 3, 3))
    reports.report_milestone(row, completed, by=SYSTEM)
    plans.revise_plan(row, by=SYSTEM, effective_on=date(2025, 2, 1), reason="늦어짐", current_due=date(2025, 6, 1))
    address = f"/milestones/{row.uuid}/"
    assert "3 Mar 2025" in shown(client, f"/as-of/2025-03-03{address}")
    before = shown(client, f"/as-of/2025-01-31{address}")
    assert "3 Mar 2025" not in before
    assert "1 Jun 2025" not in before
    assert "1 Jun 2025" in shown(client, f"/as-of/2025-02-01{address}")


def test_before_the_announcement_nothing_was_planned_and_nothing_is_said_of_it(client, world):
    announced = world.strategy.announced_on
    page = shown(client, f"/as-of/{announced - timedelta(days=1)}/")
    assert f"the strategy was announced on {formats.day(announced, 'en')}" in page
    assert f'href="/as-of/{announced}/"' in page
    assert "Every milestone with a date is on time" not in page
    assert "Nothing was planned yet" not in shown(client, f"/as-of/{announced}/")


def test_why_a_figure_is_says_so_of_a_day_before_the_announcement(client, world):
    day = world.strategy.announced_on - timedelta(days=1)
    for past in (f"/as-of/{day}", f"/as-of/{day}/known-at/{day}"):
        page = shown(client, f"{past}/why/strategy/{world.strategy.slug}/")
        assert "Nothing was planned yet on this day" in page
        assert world.commitment.title_en not in shown(client, f"{past}/commitments/")
    assert "Nothing was planned yet" in shown(client, f"/as-of/{date.today()}/known-at/{day}/")


def test_a_moment_to_come_is_not_known(client):
    response = client.get(f"/as-of/2025-01-31/known-at/{date.today() + timedelta(days=1)}/", follow=True)
    assert "This day is still to come" in response.content.decode()


def test_the_way_back_to_the_overview_stays_within_the_day(client):
    assert '<li><a href="/as-of/2025-01-31/">Overview</a></li>' in shown(client, "/as-of/2025-01-31/milestones/")


def test_how_late_a_milestone_was_counts_to_that_day(client):
    assert Milestone.objects.get(code="T1-1-M2").current_due == date(2024, 6, 30)
    assert "184 d late" in shown(client, f"{DAY}/milestones/?light=overdue")


def test_what_was_recorded_later_is_not_known_then(client):
    page = shown(client, f"{DAY}/known-at/2023-01-01/milestones/")
    assert "as it was known on 1 Jan 2023" in page
    assert "T1-1-M1" not in page


def test_a_page_as_known_then_says_how_many_milestones_were_not_on_record(client, world):
    """The tree was recorded today, so nothing of it was known then."""
    whole = Milestone.objects.visible_to(client.get("/").context["user"]).filter(in_scope=True).count()
    page = " ".join(shown(client, f"{DAY}/known-at/2023-04-01/milestones/").split())
    assert f"{whole} of the {whole} milestones that today's record has for this day were not on record then." in page
    assert "reads too high" in page
    assert "were not on record then" not in shown(client, f"{DAY}/milestones/")


def test_the_days_of_a_form_lead_to_the_address_of_that_day(client):
    answer = client.get("/milestones/?sort=due&as_of=2024-12-31&known_at=")
    assert (answer.status_code, answer.url) == (302, f"{DAY}/milestones/?sort=due")
    answer = client.get(f"{DAY}/milestones/?as_of=2024-01-31&known_at=2024-06-30")
    assert answer.url == "/as-of/2024-01-31/known-at/2024-06-30/milestones/"


@pytest.mark.parametrize("day", ["2999-01-01", "2024-02-31", "yesterday"])
def test_a_day_that_cannot_be_read_is_told_on_the_page_of_today(client, day):
    for address in (f"/milestones/?as_of={day}", f"/as-of/{day}/milestones/"):
        answer = client.get(address, follow=True)
        assert answer.redirect_chain == [("/milestones/", 302)]
        assert any(words in answer.content.decode() for words in ("still to come", "is no day"))


def test_a_day_that_is_good_stays_where_the_other_cannot_be_read(client):
    for address in ("/milestones/?as_of=2024-12-31&known_at=zzz", f"{DAY}/known-at/zzz/milestones/"):
        answer = client.get(address, follow=True)
        assert answer.redirect_chain == [(f"{DAY}/milestones/", 302)]
        assert "As it was known on: “zzz” is no day." in answer.content.decode()


def test_what_is_empty_or_marked_on_a_past_day_speaks_of_that_day(client, world):
    page = shown(client, "/as-of/2023-01-31/reports/")
    assert "By this day nothing of this had been announced or recorded" in page
    assert "No published source has given any" not in page
    marks = shown(client, f"{DAY}{Milestone.objects.get(code='T1-1-M1').get_absolute_url()}").split(
        'class="date-line"'
    )[1]
    assert "As of<" in marks and "Today<" not in marks.split("</dl>")[0]


def test_today_has_no_address_of_the_past(client):
    today = client.get("/").context["today"].isoformat()
    assert client.get(f"/as-of/{today}/milestones/").url == "/milestones/"


def test_a_past_day_is_closed_to_changes(client):
    row = Milestone.objects.get(code="T1-1-M1")
    page = shown(client, f"{DAY}/milestones/{row.uuid}/")
    assert 'method="post"' not in page.split("<main")[1].split("</main>")[0]
    answer = client.post(f"{DAY}/milestones/{row.uuid}/report/", {"verb": "start"})
    assert answer.status_code == 405
    assert "cannot be changed" in answer.content.decode()


def test_the_history_says_first_from_which_day_a_change_holds(client, world):
    row = Milestone.objects.get(code="T1-1-M1")
    plans.revise_plan(row, by=SYSTEM, effective_on=date(2025, 2, 1), reason="늦어짐", current_due=date(2025, 6, 1))
    reports.report_milestone(row, ReportValues(verb=Verb.COMPLETE, completed_on=date(2025, 3, 3)), by=SYSTEM)
    plans.revise_plan(row, by=SYSTEM, effective_on=timezone.localdate(), reason="비중 조정", weight=3)
    history = " ".join(shown(client, row.get_absolute_url()).split('class="history"')[1].split())
    told = [
        (item.what, strip_tags(str(item.holds_from or "")))
        for item in client.get(row.get_absolute_url()).context["history"]
    ]
    assert told[:3] == [("Plan revised", ""), ("Completed", "3 Mar 2025"), ("Plan revised", "1 Feb 2025")]
    assert 'As of <time datetime="2025-02-01">1 Feb 2025</time></strong> · recorded <time' in history
    verdict = " ".join(shown(client, world.commitment.get_absolute_url()).split('class="history"')[1].split())
    assert 'As of <time datetime="2026-01-01">1 Jan 2026</time></strong> · recorded' in verdict


def test_who_is_not_signed_in_is_led_back_to_the_day_after_signing_in():
    answer = Client().get(f"{DAY}/milestones/")
    assert answer.status_code == 302
    assert answer.url.endswith(f"?next={DAY}/milestones/")


def test_the_api_answers_for_a_day(client):
    row = Milestone.objects.get(code="T1-1-M1")
    reports.report_milestone(row, ReportValues(verb=Verb.COMPLETE, completed_on=date(2025, 3, 3)), by=SYSTEM)

    def state(query):
        return client.get(f"/api/v1/milestones/T1-1-M1/?{query}").json()["state"]

    assert (state("as_of=2025-03-02"), state("as_of=2025-03-03"), state("")) == ("planned", "completed", "completed")
    assert client.get("/api/v1/milestones/T1-1-M1/?known_at=2023-01-01").status_code == 404
    lines = client.get("/api/v1/milestones/?as_of=2025-03-02&format=ndjson&fields=code,state,share").getvalue().decode()
    assert '"code":"T1-1-M1","state":"planned"' in lines


@pytest.mark.parametrize("query", ["as_of=2999-01-01", "as_of=2024-02-31", "known_at=soon"])
def test_the_api_says_what_it_cannot_read(client, query):
    answer = client.get(f"/api/v1/milestones/?{query}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == f"/{query.split('=')[0]}"


def test_what_changed_says_step_by_step_what_moved_the_figure(client, world):
    row = Milestone.objects.get(code="T1-1-M1")
    reports.report_milestone(row, ReportValues(verb=Verb.COMPLETE, completed_on=date(2025, 3, 3)), by=SYSTEM)
    plans.revise_plan(row, by=SYSTEM, effective_on=date(2025, 2, 1), reason="늦어짐", current_due=date(2025, 6, 1))
    page = shown(client, "/what-changed/?since=2025-01-31&until=2025-03-31&of=technology")
    reported = page.split('id="step-progress"')[1].split("</details>")[0]
    assert "T1-1-M1" in reported
    assert "3 Mar 2025" in reported
    steps = page.split('id="steps"')[1].split("</table>")[0]
    assert ">Items</th>" in steps
    assert not re.search(r"<td[^>]*>\s*–?\s*</td>", steps), "no cell is empty"
    assert "What nobody reported adds nothing to progress." in page
    assert "1 Jun 2025" in page.split('id="step-replanned"')[1].split("</details>")[0]


def test_what_is_new_was_reported_as_well_and_no_more_exactly_than_its_day_is_known(client, world):
    row = Milestone.objects.get(code="T1-1-M1")
    done = ReportValues(verb=Verb.COMPLETE, completed_on=date(2025, 3, 31), completed_precision="month")
    reports.report_milestone(row, done, by=SYSTEM)
    answer = client.get("/what-changed/?since=2020-01-31&of=technology", headers={"accept-language": "en"})
    bar = next(bar for bar in answer.context["bars"] if bar.step.name == "progress")
    assert [each.node for each in bar.rows] == [row]
    assert (bar.rows[0].moved_bp, bar.moved.hidden) == (bar.moved.total, 0)
    assert bar.moved.total == round(10_000 * bar.step.points("progress")) > 0
    told = answer.content.decode().split('id="step-progress"')[1].split("</details>")[0]
    assert ">Mar 2025</time>" in told
    assert "31 Mar 2025" not in told
    assert "All items together" in told
    assert f"({formats.bp_points(bar.moved.total, 'en', 2)})" in answer.content.decode().split('id="step-progress"')[0]
    first, *_others = answer.context["chart"]["items"]
    assert (first["value"], first["shown"]) == (None, "No data"), "nothing stood on that day"


def test_days_between_which_nothing_moved_say_so(client, world):
    page = shown(client, "/what-changed/?since=2025-01-31&until=2025-01-31")
    assert "From 31 Jan 2025 to 31 Jan 2025 progress and plan stayed as they were" in page
    assert "changes-chart" not in page


def test_what_changed_of_what_is_hidden_is_not_told(client_of, world):
    row = Milestone.objects.get(code="T2-1-M1")
    plans.revise_plan(row, by=SYSTEM, effective_on=date(2025, 2, 1), reason="늦어짐", current_due=date(2025, 6, 1))
    address = "/what-changed/?since=2025-01-31"
    assert row.code in shown(client_of("coordinator"), address)
    assert row.code not in shown(client_of("analyst"), address)


def test_what_changed_leads_to_late_reports_only_where_there_are_some(client, world):
    address = "/what-changed/?since=2025-03-31&of=technology"
    page = shown(client, address)
    assert "No figures had been stored yet on 31 Mar 2025" in page
    assert "Pages of a day as it was known earlier do show figures" in page
    assert "became known late" not in page
    row = Milestone.objects.get(code="T1-1-M1")
    reports.report_milestone(row, ReportValues(verb=Verb.COMPLETE, completed_on=date(2025, 3, 3)), by=SYSTEM)
    assert "became known late" in shown(client, address)
    link = client.get(address).context["late_reports"]
    assert [report.milestone for report in client.get(link).context["table"].rows] == [row]
    assert "became known late" not in shown(client, address.replace("2025-03-31", "2025-03-02"))


def test_days_that_cannot_be_compared_are_told_and_kept(client):
    page = shown(client, "/what-changed/?since=2025-03-31&until=2025-01-31")
    assert "The first day lies after the second." in page
    assert 'value="2025-03-31"' in page
