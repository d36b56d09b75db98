"""What the processes beside a database that dies do: `python -m tests.rollups.acknowledged <what> …`.

They reach it by DATABASE_URL alone, as the processes of an installation would.
"""

import os
import sys
from datetime import date

import django


def plan() -> None:
    """A strategy whose milestones are under way, and its figures."""
    from tasks import rollups
    from tasks.models import Measure, Milestone, StrategicTask, Strategy

    words = {"title_ko": "가", "title_en": "A"}
    strategy = Strategy.objects.create(
        slug="s", announced_on=date(2023, 3, 15), first_year=2023, last_year=2027, **words
    )
    for number in (1, 2):
        task = StrategicTask.objects.create(strategy=strategy, number=number, slug=f"t{number}")
        for branch in range(4):
            measure = Measure.objects.create(strategic_task=task, code=f"{number}-{branch}", **words)
            for step in range(10):
                Milestone.objects.create(measure=measure, code=f"{measure.code}-{step}", **words)
    rollups.recompute()


def write(path: str, writer: int, writers: int) -> None:
    """Report without end; a report is acknowledged by a line of the file once its transaction is committed."""
    from tasks.actions.reports import ReportValues, report_milestone
    from tasks.models import Milestone
    from tasks.permissions import SYSTEM

    out = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    rows = list(Milestone.objects.order_by("pk"))[writer::writers]
    number = 0
    while True:
        row = rows[number % len(rows)]
        row.refresh_from_db()
        verb = "start" if row.state == "planned" else "update"
        values = ReportValues(verb, progress_bp=(row.version * 37) % 9_900, result="acknowledged")
        report = report_milestone(row, values, by=SYSTEM, expected_version=row.version)
        os.write(out, f"{report.uuid}\n".encode())
        number += 1


def drain() -> None:
    from tasks import rollups

    while True:
        rollups.drain()


def check(path: str) -> None:
    """Print what is lost, doubled or wrong; nothing when all is well."""
    from django.core.management import call_command
    from django.db.models import Count, Q

    from tasks import rollups
    from tasks.models import Change, Milestone, StatusReport

    with open(path, encoding="ascii") as lines:
        acknowledged = lines.read().split()
    stored = {str(uuid) for uuid in StatusReport.objects.values_list("uuid", flat=True)}
    print(*(f"lost {uuid}" for uuid in acknowledged if uuid not in stored), sep="\n", end="")
    accepted = Count("reports", filter=Q(reports__status="accepted"))
    for row in Milestone.objects.annotate(accepted=accepted):
        if row.version != row.accepted + 1:
            print(f"{row.code} moved {row.version - 1} times by {row.accepted} reports")
    logged = Change.objects.filter(table="tasks_statusreport").count()
    if logged != len(stored):
        print(f"{logged} changes tell of {len(stored)} reports")
    rollups.drain()
    call_command("check_rollups", stdout=sys.stderr)
    if drift := rollups.audit():
        print(f"{drift} figures drifted")


if __name__ == "__main__":
    django.setup()
    what, *rest = sys.argv[1:]
    globals()[what](*rest[:1], *(int(word) for word in rest[1:]))
