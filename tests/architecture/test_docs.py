"""Every setting, every command and every address of the API stands in the documentation."""

import ast
import re

import pytest
from django.core.management import get_commands

from tests.architecture.scan import PACKAGES, ROOT
from tests.architecture.sitemap import addresses

READERS = {"str", "bool", "int", "list", "db_url", "float", "path", "json"}


def documentation():
    """README.md and docs/, decisions and generated files apart."""
    files = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    return "\n".join(file.read_text(encoding="utf-8") for file in files if file.exists() and "adr" not in file.parts)


def settings_read(source):
    """Names of the environment that a module reads: `env.str("NAME")`."""
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in READERS
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "env"
        ):
            yield ast.literal_eval(node.args[0])


def settings():
    files = (ROOT / "strategy" / "settings").glob("*.py")
    return sorted({name for file in files for name in settings_read(file.read_text(encoding="utf-8"))})


def commands():
    return sorted(name for name, app in get_commands().items() if str(app) in PACKAGES)


def endpoints():
    """`/api/v1/measures/` and `/api/v1/measures/{id}/`."""
    routes = (a.route for a in addresses() if a.route.startswith("api/"))
    return sorted(
        {"/" + re.sub(r"\(\?P<(\w+)>[^)]*\)", r"{\1}", route).replace("^", "").replace("$", "") for route in routes}
    )


def undocumented(names, text):
    """Names that do not stand in the text as a word of their own."""
    return [name for name in names if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)]


def documents():
    return [ROOT / "README.md", ROOT / "tasks" / "seed" / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def missing_paths(text, folder):
    """Files and folders that a document names in backticks or links to, and that do not exist."""
    linked = {folder / link for link in re.findall(r"\]\((?!https?:|#)([^)#]+)\)", text)}
    named = re.findall(r"`([\w-][\w.-]*/[\w./-]*)`", text)
    in_packages = [ROOT, ROOT / "tasks", ROOT / "tests", folder]
    absent = {name for name in named if not any((base / name).exists() for base in in_packages)}
    return sorted({str(path) for path in linked if not path.exists()} | (absent - MADE_LATER))


# Not in the repository: made by commands that the documents describe.
MADE_LATER = {"var/", "var/screenshots/"}
# Variables of the shell in the examples.
OF_EXAMPLES = {"BASE", "TOKEN"}


@pytest.mark.parametrize("document", documents(), ids=lambda path: path.name)
def test_what_a_document_names_exists(document):
    assert missing_paths(document.read_text(encoding="utf-8"), document.parent) == []


@pytest.mark.parametrize("document", documents(), ids=lambda path: path.name)
def test_names_in_capitals_stand_somewhere_in_the_code(document):
    """`MY_WORK`, `LANGUAGES` …: a constant or setting that a document speaks of has not gone."""
    names = set(re.findall(r"`([A-Z][A-Z_]{3,})`", document.read_text(encoding="utf-8")))
    sources = [p for folder in (*PACKAGES, "ops", "deploy", "tests") for p in (ROOT / folder).rglob("*.py")]
    code = "\n".join(path.read_text(encoding="utf-8") for path in (*sources, ROOT / "docker-compose.yml"))
    assert sorted(name for name in names - OF_EXAMPLES if not re.search(rf"\b{name}\b", code)) == []


def test_every_setting_stands_in_the_documentation():
    assert undocumented(settings(), documentation()) == []


def test_every_command_stands_in_the_documentation():
    assert undocumented(commands(), documentation()) == []


def test_every_address_of_the_api_stands_in_the_documentation():
    """`{id}` of a list counts as documented with its list: one sentence says how rows are read one by one."""
    lists = [path for path in endpoints() if "{" not in path]
    assert undocumented(lists, documentation()) == []


def test_the_documentation_names_no_command_that_is_not_there():
    quoted = set(re.findall(r"manage\.py (\w+)", documentation()))
    assert sorted(quoted - set(get_commands()) - {"shell", "test"}) == []


def test_the_lists_that_are_compared_are_not_empty():
    assert {"DEMO_MODE", "DATABASE_URL", "ANONYMOUS_READING"} <= set(settings())
    assert {"seed_strategy", "check_rollups", "create_token"} <= set(commands())
    assert {"/api/v1/milestones/", "/api/v1/milestones/{id}/"} <= set(endpoints())


@pytest.mark.parametrize(
    ("name", "text"), [("DEMO_MODE", "DEMO_MODE_X"), ("relay", "the-relay"), ("/api/v1/bills/", "/api/v1/bill/")]
)
def test_a_name_that_only_looks_alike_does_not_count(name, text):
    assert undocumented([name], text) == [name]
