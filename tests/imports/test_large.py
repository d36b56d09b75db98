"""A file of reports shows the figures that it moves; a large one is checked apart and written by a worker."""

from typing import Any

import pytest
from django.core.cache import cache

from common.tiers import Tier
from tasks import jobs, rollups
from tasks.actions.reports import ReportValues, report_milestone
from tasks.models import ImportUpload, Milestone, OutboxJob, StatusReport, Strategy
from tasks.permissions import SYSTEM
from tasks.rollups.rehearsal import SLICES
from tests.imports.conftest import confirm
from tests.imports.test_reports import TO, line, sent, state

pytestmark = pytest.mark.django_db
CHECK = f"{TO}check/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def client(client_of: Any, world: Any) -> Any:
    rollups.drain()
    return client_of("coordinator")


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tasks.models.import_upload.AT_ONCE", 0)


@pytest.fixture(autouse=True)
def _no_progress() -> None:
    cache.clear()


def read(strategy: Strategy) -> dict[Any, Any]:
    return {
        (slice, key): (view.sums, view.counts, view.light, view.next_due)
        for slice in SLICES
        for key, view in rollups.figures(slice, strategy=strategy, tier=Tier.RESTRICTED).items()
    }


def told(page: Any) -> dict[Any, Any]:
    lines = [line.moved for group in page.context["groups"] for line in group.lines]
    return {
        (each.slice, each.key): tuple((v.sums, v.counts, v.light, v.next_due) for v in (each.before, each.after))
        for each in lines
    }


@pytest.mark.parametrize(
    "row",
    [{"progress": 40}, {"verb": "Complete", "completed": "2026-05-20"}, {"verb": "Start", "forecast": "2027-01-31"}],
)
def test_what_the_check_shows_of_the_figures_is_what_the_import_does(client: Any, world: Any, row: Any) -> None:
    before, rows = read(world.strategy), state()
    page = sent(client, line(world.milestones.open, **row))
    assert state() == rows
    assert read(world.strategy) == before
    assert "Figures that it moves" in page.content.decode()
    shown = told(page)
    confirm(client, page, TO)
    rollups.drain()
    after = read(world.strategy)
    assert shown == {place: (before[place], after[place]) for place in after if after[place] != before[place]}
    assert {slice for slice, _key in shown} >= {"strategy", "task", "measure"}


def test_reports_that_are_reviewed_show_what_their_acceptance_would_do(client: Any, world: Any) -> None:
    Strategy.objects.update(review_steps=1)
    page = sent(client, line(world.milestones.open, progress=40))
    assert "as if every report of the file were accepted" in page.content.decode()
    moved = {line.moved.slice: line.moved for group in page.context["groups"] for line in group.lines}
    assert moved["measure"].after.sums.earned > moved["measure"].before.sums.earned
    report = StatusReport(milestone=world.milestones.open, progress_bp=4_000)
    rising = rollups.effects([report], tier=Tier.RESTRICTED)[None]
    by_rehearsal = [
        moved[of].after.progress.exact - (moved[of].before.progress.exact or 0) for of in ("measure", "task")
    ]
    assert [effect.by for effect in rising] == by_rehearsal, "the queue of reviews says the same"


def test_a_file_with_errors_shows_no_figures(client: Any, world: Any) -> None:
    page = sent(client, line(world.milestones.open, progress=101))
    assert "Figures that it moves" not in page.content.decode()


def test_a_large_file_is_checked_apart_and_written_by_a_worker(client: Any, world: Any, large: None) -> None:
    shell = sent(client, line(world.milestones.open, progress=40))
    assert "<progress" in shell.content.decode() and "In progress" not in shell.content.decode()
    found = client.get(f"{CHECK}?part=found", headers=HTMX)
    assert "<html" not in found.content.decode() and "Figures that it moves" in found.content.decode()
    rows = state()
    waiting = confirm(client, found, TO)
    assert "being imported" in waiting.content.decode() and 'hx-trigger="every 1s"' in waiting.content.decode()
    assert state() == rows
    assert "HX-Refresh" not in client.get(f"{CHECK}?part=progress", headers=HTMX).headers
    upload = ImportUpload.objects.get()
    cache.set(f"import-progress-{upload.pk}", (1, 3))
    assert 'max="3" value="1"' in client.get(f"{CHECK}?part=progress", headers=HTMX).content.decode()
    assert "still being imported" in sent(client, line(world.milestones.open, progress=50)).content.decode()
    client.post(CHECK, {"discard": "1"})
    job = OutboxJob.objects.get(name="tasks.jobs.write_upload")
    assert (jobs.write_upload(job.pk), jobs.write_upload(job.pk)) == (1, 0)
    assert client.get(f"{CHECK}?part=progress", headers=HTMX).headers["HX-Refresh"] == "true"
    assert "1 entry was imported" in client.get(CHECK).content.decode()
    assert "was imported" in client.get(TO).content.decode()
    report = StatusReport.objects.latest("pk")
    assert (report.progress_bp, report.author.username) == (4_000, "coordinator")
    assert "<progress" in sent(client, line(milestone_now(world), verb="Update", progress=50)).content.decode()


def test_what_stops_a_worker_is_told_and_nothing_is_written(client: Any, world: Any, large: None) -> None:
    sent(client, line(world.milestones.open, progress=40))
    confirm(client, client.get(f"{CHECK}?part=found", headers=HTMX), TO)
    report_milestone(world.milestones.open, ReportValues("start", progress_bp=1_000), by=SYSTEM)
    rows = state()
    assert jobs.write_upload(OutboxJob.objects.get(name="tasks.jobs.write_upload").pk) == 0
    assert state() == rows
    page = client.get(CHECK).content.decode()
    assert "Not imported" in page and "Something changed since you saw this page" in page
    assert "Somebody changed this milestone" in client.get(f"{CHECK}?part=found", headers=HTMX).content.decode()


def milestone_now(world: Any) -> Milestone:
    return Milestone.objects.get(pk=world.milestones.open.pk)
