"""The API's description of itself: complete, in step with the code, and a page that shows it."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import call_command
from django.test import Client
from django.utils import translation
from drf_spectacular.generators import SchemaGenerator

from common.filters import ordering_by
from common.schema import _document

SNAPSHOT = Path(__file__).parents[2] / "docs" / "openapi.yaml"


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    file = tmp_path_factory.mktemp("schema") / "openapi.yaml"
    call_command("spectacular", "--lang", "en", "--fail-on-warn", "--validate", "--file", str(file))
    return yaml.safe_load(file.read_text())


def test_the_snapshot_is_in_step_with_the_code(schema: dict[str, Any]) -> None:
    assert yaml.safe_load(SNAPSHOT.read_text()) == schema, "run `make docs` and review the difference"


def test_the_labels_of_an_ordering_follow_the_reader_whoever_came_first() -> None:
    with translation.override("ko"):
        labels = dict(ordering_by("year").extra["choices"])
    with translation.override("en"):
        assert str(labels["-year"]) == "Year (descending)"
    with translation.override("ko"):
        assert str(labels["-year"]) == "연도 (내림차순)"


def test_it_is_openapi_3_1(schema: dict[str, Any]) -> None:
    assert schema["openapi"] == "3.1.0"


def test_every_operation_says_what_it_is_and_every_parameter_too(schema: dict[str, Any]) -> None:
    for path, operations in schema["paths"].items():
        for operation in operations.values():
            assert operation["description"], path
            for parameter in operation.get("parameters", []):
                assert parameter["description"], (path, parameter["name"])


def test_every_operation_declares_its_errors(schema: dict[str, Any]) -> None:
    for path, operations in schema["paths"].items():
        for operation in operations.values():
            expected = {"400", "401", "403"} | ({"404"} if path.endswith("}/") else set())
            assert expected <= set(operation["responses"]), path
            assert list(operation["responses"]["400"]["content"]) == ["application/problem+json"]


def test_every_address_of_the_router_is_described(schema: dict[str, Any]) -> None:
    from strategy.api_urls import router

    assert {f"/api/v1/{prefix}/" for prefix, _view, _name in router.registry} <= set(schema["paths"])


def test_it_is_served_in_the_language_asked_for_and_made_once_for_each(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, make = [], SchemaGenerator.get_schema
    monkeypatch.setattr(SchemaGenerator, "get_schema", lambda *a, **k: made.append(a) or make(*a, **k))
    _document.cache_clear()
    asked = ("ko", "en", "ko")
    answers = [Client().get("/api/schema/?format=json", headers={"accept-language": language}) for language in asked]
    assert answers[0].content == answers[2].content != answers[1].content
    assert answers[1].json() == yaml.safe_load(SNAPSHOT.read_text())
    assert len(made) == 2


def test_the_page_of_the_docs_holds_nothing_inline(db: None) -> None:
    answer = Client().get("/api/docs/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert "<style" not in page
    assert 'src="/api/docs/?script="' in page
    # Texts for scripts stand in data blocks, which nothing runs.
    scripts = [tag for tag in re.findall(r"<script[^>]*>", page) if 'type="application/json"' not in tag]
    assert len(scripts) >= 4
    assert all(" src=" in tag for tag in scripts)
