"""Pages of the reporting periods: the list, a month, who reported, what was published, and the acts on a month."""

import csv
import hashlib
import io
import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from tasks.actions import periods
from tasks.actions.reports import ReportValues, report_milestone
from tasks.choices import Verb
from tasks.models import Milestone, ReportingPeriod, Snapshot, StatusReport
from tasks.permissions import SYSTEM

pytestmark = pytest.mark.django_db
SEOUL = ZoneInfo("Asia/Seoul")
# A year by which all of the tree is known.
FIRST, LAST = date(2035, 1, 1), date(2035, 1, 31)


def at(day, hour=12):
    return time_machine.travel(datetime(day.year, day.month, day.day, hour, tzinfo=SEOUL), tick=False)


@pytest.fixture(autouse=True)
def _in_february():
    with at(date(2035, 2, 3)):
        yield


@pytest.fixture
def january(strategy_tree):
    return periods.open_period(strategy=strategy_tree.strategy, starts_on=FIRST, by=SYSTEM)


@pytest.fixture
def closed(january):
    periods.close_period(january, by=SYSTEM, anyway=True)
    return january


def complete_late(tree):
    values = ReportValues(verb=Verb.COMPLETE, completed_on=LAST)
    return report_milestone(tree.milestones.late, values, by=SYSTEM)


def text_of(response):
    assert response.status_code == 200, response.status_code
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


# Reading


def test_without_a_period_the_list_says_how_one_comes(client_of):
    assert "The coordinating office opens the first month" in text_of(client_of("analyst").get("/periods/"))


def test_the_list_tells_state_due_day_and_what_was_published(client_of, closed):
    periods.open_period(strategy=closed.strategy, starts_on=date(2035, 2, 1), by=SYSTEM)
    table = client_of("analyst").get("/periods/").context["table"]
    rows = [[str(cell) for cell in row] for row in table.body()]
    assert "Feb 2035" in rows[0][0] and "Open" in rows[0][1] and "Not published yet" in rows[0][3]
    assert "Jan 2035" in rows[1][0] and "Closed" in rows[1][1] and "version 1" in rows[1][3]


def test_buttons_are_the_coordinating_offices(client_of, january):
    for name, words in (("coordinator", 2), ("staff", 0), ("analyst", 0), ("executive", 0)):
        body = client_of(name).get("/periods/2035-01/").content.decode()
        assert body.count("/periods/2035-01/close/") + body.count("/periods/2035-01/due/") == words, name


def test_the_page_of_an_open_month_says_who_has_not_reported_and_leads_to_the_milestones(
    client_of, january, strategy_tree
):
    report_milestone(
        strategy_tree.milestones.open, ReportValues(verb=Verb.UPDATE, result="x", effective_on=LAST), by=SYSTEM
    )
    client = client_of("staff")
    page = client.get("/periods/2035-01/")
    rows = page.context["reporting"].rows
    assert [(row.key, row.of.expected, row.of.on_time, row.of.missing) for row in rows] == [
        ("MSIT", 1, 0, 1), ("MOTIR", 3, 1, 2),
    ]  # fmt: skip
    for url, codes in (
        ("/periods/2035-01/missing/", {"T1-1-M2", "T1-2-M1", "T2-1-M2"}),
        ("/periods/2035-01/missing/?ministry=MOTIR", {"T1-1-M2", "T1-2-M1"}),
        ("/periods/2035-01/missing/?ministry=none", set()),
    ):
        listed = client.get(url)
        assert {row.code for row in listed.context["page"].object_list} == codes
    assert "/periods/2035-01/missing/?ministry=MSIT" in page.content.decode()
    analyst = client_of("analyst").get("/periods/2035-01/missing/").context["page"].object_list
    assert {row.code for row in analyst} == {"T1-1-M2", "T2-1-M2"}


def test_a_closed_month_keeps_who_had_not_reported(client_of, closed, strategy_tree):
    complete_late(strategy_tree)
    page = client_of("staff").get("/periods/2035-01/")
    assert [row.of.missing for row in page.context["reporting"].rows] == [1, 3]
    listed = client_of("staff").get("/periods/2035-01/missing/?ministry=MOTIR").context["page"].object_list
    assert "T1-1-M2" in {row.code for row in listed}


def test_a_closed_month_shows_what_was_published_and_what_is_known_otherwise_by_now(client_of, closed, strategy_tree):
    client = client_of("executive")
    before = client.get("/periods/2035-01/")
    assert before.context["restated"].rows == []
    assert "as they were published" in text_of(before)
    with at(date(2035, 2, 3), 13):
        complete_late(strategy_tree)
    after = client.get("/periods/2035-01/")
    assert {row.row.code for row in after.context["restated"].rows} >= {"strategy", "technology", "MOTIR"}
    body = text_of(after)
    assert "1 report of that time was accepted after the closing" in body
    later = client.get(after.context["later_url"])
    assert [row.milestone.code for row in later.context["page"].object_list] == ["T1-1-M2"]
    [strategy, *_tasks] = after.context["published"].rows
    assert strategy.figure.sums.earned == 0
    changed = client.get(after.context["changed_url"])
    assert changed.context["found"].steps[0].total == 1
    assert "as it was published when its reporting period was closed" in text_of(changed)
    proof = client.get(after.context["content_url"])
    assert hashlib.sha256(proof.content).hexdigest() == after.context["snapshot"].digest


def test_earlier_versions_are_shown_for_ever(client_of, closed, strategy_tree):
    periods.reopen_period(closed, reason="A report was lost", by=SYSTEM)
    client = client_of("executive")
    page = client.get("/periods/2035-01/")
    assert "A report was lost" in text_of(page)
    complete_late(strategy_tree)
    periods.close_period(closed, by=SYSTEM, anyway=True)
    earned = {}
    for number in (1, 2):
        shown = client.get(f"/periods/2035-01/?snapshot={number}")
        earned[number] = shown.context["published"].rows[0].figure.sums.earned
    assert earned[1] == 0 < earned[2]
    assert client.get("/periods/2035-01/").context["snapshot"].number == 2
    for wrong in ("3", "0", "x", "-1"):
        assert client.get(f"/periods/2035-01/?snapshot={wrong}").status_code == 404


@pytest.mark.parametrize("url", ["/periods/2034-12/", "/periods/x/", "/periods/2034-12/missing/",
                                 "/periods/2035-01/missing/?ministry=XX", "/periods/2034-12/published/"])  # fmt: skip
def test_what_does_not_exist_is_not_found(client_of, january, url):
    assert client_of("coordinator").get(url).status_code == 404


def csv_of(client, url):
    response = client.get(url)
    assert response.status_code == 200
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_a_snapshot_is_exported_one_figure_a_row_in_the_readers_tier(client_of, closed):
    for name, tier in (("analyst", 1), ("executive", 3)):
        snapshot = Snapshot.objects.get(tier=tier)
        rows = csv_of(client_of(name), "/periods/2035-01/published/?format=csv")
        assert len(rows) == snapshot.figures.count()
        whole = next(row for row in rows if row["Cut by"] == "Strategy")
        assert whole["share"] == "100000000000"
        assert whole["ID"] == str(closed.strategy.uuid)
        assert next(row for row in rows if row["Code"] == "technology:MOTIR")["ID"] == ""
    excel = client_of("analyst").get("/periods/2035-01/published/?format=xlsx&slice=task")
    assert b"".join(excel.streaming_content).startswith(b"PK")


def test_what_is_published_is_narrowed_and_searched(client_of, closed):
    client = client_of("executive")
    found = client.get("/periods/2035-01/published/?slice=task&search=talent").context["page"].object_list
    assert [row.code for row in found] == ["talent"]


def test_the_matrix_tells_of_every_ministry_and_month_and_leads_to_what_is_missing(client_of, closed, strategy_tree):
    february = periods.open_period(strategy=closed.strategy, starts_on=date(2035, 2, 1), by=SYSTEM)
    report_milestone(strategy_tree.milestones.of_other, ReportValues(verb=Verb.START), by=SYSTEM)
    page = client_of("staff").get("/periods/matrix/")
    rows = {row[0]: row[1:] for row in ([str(cell) for cell in row] for row in page.context["table"].body())}
    assert [head.head for head in page.context["table"].columns] == ["Ministry", "Feb 2035", "Jan 2035"]
    [motir, msit] = sorted(rows, key=lambda cell: "MSIT" in cell)
    assert "0 of 3 · 3 missing" in rows[motir][1]
    assert "/periods/2035-01/missing/?ministry=MOTIR" in rows[motir][1]
    assert "1 of 1 · all on time" in rows[msit][0]
    assert "/reports/?ministry=MSIT&amp;effective_on__gte=2035-02-01&amp;effective_on__lte=2035-02-28" in rows[msit][0]
    file = csv_of(client_of("staff"), "/periods/matrix/?format=csv")
    motir = next(row for row in file if row["Key"] == "MOTIR")
    assert (motir[f"{february}: Reports expected"], motir["2035-01: Missing"]) == ("3", "3")


def test_nothing_hidden_is_in_any_of_it(client_of, january, strategy_tree):
    start = ReportValues(verb=Verb.START, effective_on=LAST)
    report_milestone(strategy_tree.milestones.restricted, start, by=SYSTEM)
    periods.close_period(january, by=SYSTEM, anyway=True)
    client = client_of("staff")
    for url in ("/periods/2035-01/", "/periods/matrix/", "/periods/2035-01/missing/", "/periods/2035-01/published/"):
        assert "T2-1-M1" not in client.get(url).content.decode()
    assert client.get("/periods/2035-01/").context["whole"].expected == 4
    assert client_of("executive").get("/periods/2035-01/").context["whole"].expected == 5


# Acting


def test_the_next_month_is_proposed_and_opened(client_of, january):
    client = client_of("coordinator")
    form = client.get("/periods/new/").context["form"]
    assert form["starts_on"].value() == date(2035, 2, 1)
    sent = {"uuid": form["uuid"].value(), "strategy": january.strategy.uuid, "starts_on": "2035-02-14", "due_on": ""}
    assert client.post("/periods/new/", sent).status_code == 302
    february = ReportingPeriod.objects.get(month="2035-02")
    assert (february.starts_on, february.due_on) == (date(2035, 2, 1), date(2035, 3, 10))
    refused = client.post("/periods/new/", sent | {"uuid": "6d3f7a0e-3c6e-4ad4-8f43-9d0c5b6f7a11"})
    assert refused.status_code == 422
    assert "This month has been opened already." in text_of_any(refused)


def text_of_any(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_closing_says_what_is_not_in_and_is_said_to_be_meant(client_of, january, strategy_tree):
    client = client_of("coordinator")
    form = client.get("/periods/2035-01/close/")
    assert "5 milestones have no report." in text_of(form)
    sent = {"version": form.context["form"]["version"].value()}
    refused = client.post("/periods/2035-01/close/", sent)
    assert refused.status_code == 422
    assert "Tick the box" in text_of_any(refused)
    assert client.post("/periods/2035-01/close/", sent | {"anyway": "on"}).status_code == 302
    january.refresh_from_db()
    assert january.is_closed
    again = client.post("/periods/2035-01/close/", sent | {"anyway": "on"})
    assert again.status_code == 422
    assert "closed already" in text_of_any(again)
    assert Snapshot.objects.count() == 3


def test_closing_what_was_changed_meanwhile_is_told(client_of, january):
    client = client_of("coordinator")
    periods.change_due_day(january, due_on=date(2035, 2, 20), reason="Holidays", by=SYSTEM)
    answer = client.post("/periods/2035-01/close/", {"version": "1", "anyway": "on"})
    assert answer.status_code == 409
    assert not Snapshot.objects.exists()


def test_a_month_that_is_not_over_offers_no_closing(client_of, january):
    with at(LAST, 23):
        body = client_of("coordinator").get("/periods/2035-01/").content.decode()
        assert "/periods/2035-01/close/" not in body
        answer = client_of("coordinator").post("/periods/2035-01/close/", {"version": "1", "anyway": "on"})
        assert "has not ended yet" in text_of_any(answer)


def test_reopening_asks_for_the_reason(client_of, closed):
    client = client_of("coordinator")
    closed.refresh_from_db()
    assert client.post("/periods/2035-01/reopen/", {"version": closed.version, "reason": ""}).status_code == 422
    sent = {"version": closed.version, "reason": "A report was lost"}
    assert client.post("/periods/2035-01/reopen/", sent).status_code == 302
    closed.refresh_from_db()
    assert (closed.state, closed.reopened_for) == ("reopened", "A report was lost")


def test_the_due_day_is_changed(client_of, january):
    january.refresh_from_db()
    sent = {"version": january.version, "reason": "Holidays", "due_on": "2035-02-20"}
    assert client_of("coordinator").post("/periods/2035-01/due/", sent).status_code == 302
    january.refresh_from_db()
    assert january.due_on == date(2035, 2, 20)


# Reporting a month that has ended


def file_for(client, milestone, **sent):
    url = f"{milestone.get_absolute_url()}report/"
    return client.post(url, {"version": Milestone.objects.get(pk=milestone.pk).version, "verb": "update"} | sent)


def test_an_update_proposes_the_month_that_is_being_reported(client_of, january, strategy_tree):
    milestone = strategy_tree.milestones.open
    report_milestone(milestone, ReportValues(verb=Verb.START, effective_on=LAST), by=SYSTEM)
    client = client_of("staff")
    field = client.get(milestone.get_absolute_url()).context["form"]["month"]
    assert (field.value(), field.field.choices) == (
        "2035-01", [("", "The current month, as of today"), ("2035-01", "Jan 2035")],
    )  # fmt: skip
    assert file_for(client, milestone, progress="40", month="2035-01").status_code == 302
    report = StatusReport.objects.latest("pk")
    assert (report.effective_on, report.period, report.progress_bp) == (LAST, january, 4_000)
    assert file_for(client, milestone, progress="45", month="").status_code == 302
    assert StatusReport.objects.latest("pk").effective_on == date(2035, 2, 3)
    with at(january.due_on + timedelta(days=1)):
        page = client_of("staff").get(milestone.get_absolute_url())
        assert page.context["form"]["month"].value() == ""


def test_a_completion_and_a_cancellation_have_days_of_their_own(client_of, january, strategy_tree):
    client = client_of("coordinator")
    late, other = strategy_tree.milestones.late, strategy_tree.milestones.of_other
    done = {"verb": "complete", "completed_on": "2035-01-20", "month": "2035-01"}
    assert file_for(client, late, **done).status_code == 302
    assert StatusReport.objects.latest("pk").effective_on == date(2035, 1, 20)
    assert file_for(client, other, verb="cancel", reason="no", month="2035-01").status_code == 302
    assert StatusReport.objects.latest("pk").effective_on == date(2035, 2, 3)


def test_a_closed_month_is_not_offered_and_one_that_was_typed_is_refused(client_of, closed, strategy_tree):
    milestone = strategy_tree.milestones.open
    client = client_of("staff")
    assert "month" not in client.get(milestone.get_absolute_url()).context["form"].fields
    periods.reopen_period(closed, reason="once more", by=SYSTEM)
    assert "month" in client.get(milestone.get_absolute_url()).context["form"].fields
    assert file_for(client, milestone, verb="start", month="2034-01").status_code == 422


def forms_of(client, query=""):
    return {row.code: form for row, _cells, form in client.get(f"/my-work/{query}").context["work"]}


def test_my_work_reports_the_month_that_is_due_and_the_address_can_say_another(client_of, january, strategy_tree):
    milestone = strategy_tree.milestones.open
    client = client_of("staff")
    page = client.get("/my-work/")
    assert "What you save here is your report of Jan 2035" in text_of(page)
    assert "due by 10 Feb 2035" in text_of(page)
    assert {form["month"].value() for form in forms_of(client).values()} == {"2035-01"}
    assert {form["month"].value() for form in forms_of(client, "?month=now").values()} == {""}
    assert "What you save here counts as of today" in text_of(client.get("/my-work/?month=now"))
    assert client.get("/my-work/?month=2034-12").context["unread"]
    with at(date(2035, 2, 11)):
        later = client_of("staff")
        assert {form["month"].value() for form in forms_of(later).values()} == {""}, "no longer proposed"
        late = later.get("/my-work/?month=2035-01")
        assert "That day has passed" in text_of(late)

    missing = set(forms_of(client, "?month=2035-01&waiting=true"))
    assert milestone.code in missing
    form = forms_of(client)[milestone.code]
    sent = {name: form[name].value() or "" for name in form.fields} | {"verb": "start", "place": "cells"}
    address = {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "http://testserver/my-work/?month=2035-01"}
    answer = client.post(f"{milestone.get_absolute_url()}report/", sent, **address)
    assert answer.status_code == 200
    assert (answer.context["row_form"]["month"].value(), "Reported" in answer.content.decode()) == ("2035-01", True)
    report = StatusReport.objects.get(milestone=milestone, verb="start")
    assert (report.effective_on, report.period) == (LAST, january)
    assert set(forms_of(client, "?month=2035-01&waiting=true")) == missing - {milestone.code}


def test_a_row_of_a_month_that_was_closed_meanwhile_is_refused_with_the_reason(client_of, january, strategy_tree):
    milestone, client = strategy_tree.milestones.open, client_of("staff")
    form = forms_of(client)[milestone.code]
    sent = {name: form[name].value() or "" for name in form.fields} | {"verb": "start", "place": "cells"}
    periods.close_period(january, by=SYSTEM, anyway=True)
    answer = client.post(f"{milestone.get_absolute_url()}report/", sent, HTTP_HX_REQUEST="true")
    assert answer.status_code == 422
    assert "This month has been closed, or was never opened" in answer.content.decode()
    assert not StatusReport.objects.filter(milestone=milestone, verb="start").exists()


def test_what_was_returned_stays_of_its_month(client_of, january, strategy_tree, users):
    from tasks.actions.reports import return_report
    from tasks.models import Strategy

    milestone = strategy_tree.milestones.open
    report_milestone(milestone, ReportValues(verb=Verb.START, effective_on=LAST), by=SYSTEM)
    Strategy.objects.update(review_steps=1)
    values = ReportValues(verb=Verb.UPDATE, result="x", effective_on=LAST)
    filed = report_milestone(milestone, values, by=users["staff"])
    return_report(filed, by=SYSTEM, reason="which?")
    assert forms_of(client_of("staff"), "?month=now")["T1-1-M1"]["month"].value() == "2035-01"
