"""Model writes stand in actions, rollups, starter data and migrations, and nowhere else."""

import pytest
from django.apps import apps

from tests.architecture.scan import is_writer, modules, writes

# (module, call) → why it may.
ALLOWED = {
    ("accounts/tokens.py", ".create("): "The action of tokens; it needs the secret beside it.",
    ("common/background.py", ".execute(INSERT"): "Queues work inside the caller's transaction.",
    ("tasks/jobs.py", ".save("): "Marks a queued job as done in the transaction of its effect.",
    ("tasks/relay.py", ".update("): "Notes when a job was sent, so that it is not sent again at once.",
}


def relations():
    """The names under which many-to-many relations of our models are reached, from either side."""
    fields = [field for model in apps.get_models() for field in model._meta.many_to_many]
    return {field.name for field in fields} | {field.remote_field.get_accessor_name() for field in fields} - {None}


def found():
    names = relations()
    return [finding for path, source in modules() if not is_writer(path) for finding in writes(path, source, names)]


def test_rows_are_written_by_the_writers_alone():
    outside = [str(finding) for finding in found() if (finding.path, finding.what) not in ALLOWED]
    assert outside == []


def test_every_exception_is_still_needed():
    assert set(ALLOWED) <= {(finding.path, finding.what) for finding in found()}


@pytest.mark.parametrize(
    "fault",
    [
        "milestone.save()",
        "form.save()",
        "serializer.save(by=user)",
        "Milestone.objects.create(code='x')",
        "Milestone.objects.bulk_create(rows)",
        "Milestone.objects.filter(pk=1).update(state='planned')",
        "await milestone.asave()",
        "report.delete()",
        "Measure.objects.get_or_create(code='x')",
        "Measure.objects.update_or_create(code='x')",
        "Measure.objects.bulk_update(rows, ['weight'])",
        "commitment.measures.set(rows)",
        "user.groups.add(group)",
        "cursor.execute('DELETE FROM tasks_milestone')",
        "cursor.execute(f'  update {table} SET x = 1')",
    ],
)
def test_a_write_in_a_view_is_seen(fault):
    source = f"async def view(request):\n    {fault}\n"
    assert [finding.line for finding in writes("tasks/views/x.py", source, {"measures", "groups"})] == [2]
    assert not is_writer("tasks/views/x.py")


@pytest.mark.parametrize(
    "harmless",
    ["context.update(values)", "digest.update(b'')", "cache.delete('key')", "seen.add(1)", "_door.set(door)",
     "cursor.execute('SELECT 1')", "request.session.get('x')"],
)  # fmt: skip
def test_what_writes_no_row_is_left_alone(harmless):
    assert not list(writes("tasks/views/x.py", harmless, {"measures"}))


@pytest.mark.parametrize(
    "path", ["tasks/actions/reports.py", "accounts/actions.py", "technology/rollups.py", "trade/seed/loader.py"]
)
def test_the_writers_are_known_by_their_place(path):
    assert is_writer(path)
