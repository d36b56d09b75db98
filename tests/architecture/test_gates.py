"""Every gate of `make check` goes red on a planted fault, in a copy that is thrown away.

The quick ones run always; those that need a copy of all packages and a minute are drills.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.apps import apps

from tests.architecture.scan import PACKAGES, ROOT, is_door, is_writer, modules, unseen, writes
from tests.architecture.sitemap import addresses
from tests.architecture.test_permission_matrix import missing_rows
from tests.architecture.test_single_writer import relations

BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Answer:
    code: int
    text: str


def run(folder, *command):
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "strategy.settings.test",
        "PYTHONPATH": str(folder),
        "LANG": "C.UTF-8",
    }
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=600, check=False
    )
    return Answer(done.returncode, done.stdout + done.stderr)


def tool(folder, name, *arguments):
    return run(folder, str(BIN / name), *arguments)


@pytest.fixture
def empty_copy(tmp_path):
    """The configuration alone."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.fixture
def full_copy(empty_copy):
    """All packages."""
    for name in (*PACKAGES, "ops", "templates", "locale"):
        shutil.copytree(ROOT / name, empty_copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "manage.py", empty_copy)
    return empty_copy


def plant(folder, path, text):
    """Append to a file of the copy, or make it."""
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("a", encoding="utf-8") as file:
        file.write(f"\n{text}\n")
    return target


# Ruff and djlint on one file


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("F401", "import os"),
        ("DTZ005", "from datetime import datetime\n\nnow = datetime.now()"),
        ("S307", "value = eval('1')"),
        ("C901", "def f(a):\n" + "".join(f"    if a == {n}:\n        return {n}\n" for n in range(9)) + "    return a"),
    ],
)
def test_ruff_refuses(empty_copy, rule, text):
    plant(empty_copy, "tasks/fault.py", text)
    answer = tool(empty_copy, "ruff", "check", "--no-cache", ".")
    assert answer.code != 0
    assert rule in answer.text


def test_ruff_refuses_another_format(empty_copy):
    plant(empty_copy, "tasks/fault.py", "x = {  'a':1 }")
    assert tool(empty_copy, "ruff", "format", "--no-cache", "--check", ".").code != 0


@pytest.mark.parametrize(
    ("rule", "text"),
    [("H025", "<div><p>left open</div>"), ("T002", "{% include 'x.html' %}"), ("H013", "<img src='x.png'>")],
)
def test_djlint_refuses(empty_copy, rule, text):
    plant(empty_copy, "templates/fault.html", text)
    answer = tool(empty_copy, "djlint", "--lint", "templates")
    assert answer.code != 0
    assert rule in answer.text


# Our own rules on a copy of one package


@pytest.fixture
def tasks_copy(tmp_path):
    shutil.copytree(
        ROOT / "tasks" / "views", tmp_path / "tasks" / "views", ignore=shutil.ignore_patterns("__pycache__")
    )
    return tmp_path


def findings(folder):
    names = relations()
    for path, source in modules(folder, ["tasks"]):
        if not is_writer(path):
            yield from writes(path, source, names)
        if is_door(path):
            yield from unseen(path, source)


@pytest.mark.parametrize(
    ("fault", "what"),
    [
        ("def view(milestone):\n    milestone.save()", ".save("),
        ("rows = Milestone.objects.filter(code='x')", "Milestone.objects.filter without visible_to(…)"),
    ],
)
def test_a_planted_write_and_a_door_from_all_rows_are_seen(tasks_copy, fault, what):
    before = {str(finding) for finding in findings(tasks_copy)}
    plant(tasks_copy, "tasks/views/milestones.py", fault)
    new = [finding for finding in findings(tasks_copy) if str(finding) not in before]
    assert [(finding.path, finding.what) for finding in new] == [("tasks/views/milestones.py", what)]


def test_an_address_without_a_row_in_the_matrix_is_seen(monkeypatch):
    from django.urls import path

    from strategy import urls, views

    assert missing_rows(address.name for address in addresses()) == []
    planted = path("secret/", views.Overview.as_view(), name="secret")
    patterns = [*urls.urlpatterns, planted]
    monkeypatch.setattr("tests.architecture.sitemap.get_resolver", lambda: _resolver(patterns))
    assert missing_rows(address.name for address in addresses()) == ["secret"]


def _resolver(patterns):
    from django.urls import URLResolver
    from django.urls.resolvers import RegexPattern

    return URLResolver(RegexPattern(r"^/"), patterns)


@pytest.mark.django_db
def test_a_record_without_the_log_is_seen(monkeypatch):
    """A model whose migration forgot `history_track`: the same columns, a table that nobody tracks."""
    from tests.architecture.test_tracked_tables import untracked

    bill = apps.get_model("tasks.Bill")
    monkeypatch.setattr(bill._meta, "db_table", "tasks_forgotten")
    assert untracked() == ["tasks_forgotten"]


# Gates that read everything


@pytest.mark.drill
@pytest.mark.parametrize(
    ("path", "text", "contract"),
    [
        ("common/fault.py", "import tasks.models", "Packages import downward only"),
        ("tasks/fault.py", "import strategy.domains", "Packages import downward only"),
        ("trade/fault.py", "import technology.models", "Packages import downward only"),
        ("tasks/models/fault.py", "import tasks.actions.reports", "Inside the core"),
        ("tasks/actions/fault.py", "import rest_framework", "Rules know neither REST nor Celery"),
        ("tasks/views/fault.py", "import celery", "Only the relay sends messages"),
        ("trade/models/fault.py", "import trade.actions", "Inside a domain"),
    ],
)
def test_an_import_upward_breaks_its_contract(full_copy, path, text, contract):
    plant(full_copy, path, text)
    answer = tool(full_copy, "lint-imports", "--no-cache")
    assert answer.code != 0
    broken = [line for line in answer.text.splitlines() if "BROKEN" in line]
    assert any(contract in line for line in broken), answer.text[-2000:]


@pytest.mark.drill
@pytest.mark.parametrize(
    ("path", "text", "message"),
    [
        ("tasks/actions/fault.py", "def untyped(x):\n    return x", "missing a type annotation"),
        ("tasks/fault.py", "def wrong() -> int:\n    return 'text'", "Incompatible return value"),
        (
            "tasks/views/fault.py",
            "from tasks.models import Bill\n\nBill.objects.filter(colour=1)",
            "Cannot resolve keyword",
        ),
    ],
)
def test_mypy_refuses(full_copy, path, text, message):
    plant(full_copy, path, text)
    answer = tool(full_copy, "mypy", "--cache-dir", str(full_copy / "cache"), path)
    assert answer.code != 0
    assert any(path in line and message in line for line in answer.text.splitlines()), answer.text[-2000:]


@pytest.mark.drill
def test_a_field_without_a_migration_is_refused(full_copy):
    model = full_copy / "tasks" / "models" / "region.py"
    model.write_text(
        model.read_text().replace("name_ko = models", 'colour = models.CharField(default="")\n    name_ko = models')
    )
    answer = run(full_copy, sys.executable, "manage.py", "makemigrations", "--check", "--dry-run")
    assert answer.code == 1
    assert "Add field colour to region" in answer.text


@pytest.mark.drill
@pytest.mark.parametrize("gate", [("lint-imports", "--no-cache")])
def test_without_a_fault_the_copy_passes(full_copy, gate):
    answer = tool(full_copy, *gate)
    assert answer.code == 0, answer.text[-2000:]
