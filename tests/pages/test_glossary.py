"""The glossary: one file of words, a page of them, and labels that open their entry in place."""

import json
import re
from collections import defaultdict
from typing import Any

import pytest
import yaml
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation import gettext_lazy, override, pgettext_lazy
from jsonschema import Draft202012Validator

from common import glossary
from common.glossary import entries, entry_of
from tasks.choices import ComputedLight, MilestoneState, MoneyPhase, ScheduleLight, Strength, Verdict
from tasks.querysets import DUE_SOON_DAYS

HTMX = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "term"}


def catalogue() -> list[Any]:
    with (settings.BASE_DIR / "locale" / "ko" / "LC_MESSAGES" / "django.po").open("rb") as file:
        return [message for message in read_po(file) if message.id and isinstance(message.id, str)]


def test_the_file_keeps_its_schema_and_names_each_entry_once():
    rows = yaml.safe_load(glossary.FILE.read_text(encoding="utf-8"))
    schema = json.loads(glossary.FILE.with_suffix(".schema.json").read_text(encoding="utf-8"))
    assert [error.message for error in Draft202012Validator(schema).iter_errors(rows)] == []
    keys = [row["key"] for row in rows]
    assert len(keys) == len(set(keys)) > 100
    assert {other for row in rows for other in row.get("see", ())} <= set(keys)


def test_the_document_is_made_of_the_file():
    with override("en"):
        written = (settings.BASE_DIR / "docs" / "glossary.md").read_text(encoding="utf-8")
        assert written == glossary.as_markdown(), "`make docs` writes it anew"


def test_every_label_is_a_text_of_the_interface_and_opens_one_entry_in_either_language():
    known = {message.id for message in catalogue()}
    opened = defaultdict(set)
    for entry in entries().values():
        for label in entry.labels:
            assert label in known, f"{entry.key}: no page says “{label}”"
            for language in ("ko", "en"):
                with override(language):
                    opened[language, str(gettext_lazy(label))].add(entry.key)
    alike = {word: keys for (_language, word), keys in opened.items() if len(keys) > 1}
    assert alike == {}


def test_a_head_that_only_reads_alike_in_korean_opens_nothing():
    """계획 of a cohort is a number of people, not the planned progress."""
    with override("ko"):
        assert entry_of(pgettext_lazy("cohort", "Planned")) is None
        assert entry_of(gettext_lazy("Plan")).key == "plan"


def test_all_money_phases_lights_states_strengths_and_verdicts_have_an_entry():
    with override("en"):
        assert [str(label) for label in MoneyPhase.labels if entry_of(label) is None] == []
    keys = {f"light-{value}" for value in ComputedLight.values} | {f"state-{value}" for value in MilestoneState.values}
    keys |= {value.replace("_", "-") for value in ScheduleLight.values}
    keys |= {f"strength-{value}" for value in Strength.values} | {f"verdict-{value}" for value in Verdict.values}
    assert keys <= set(entries())


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_days_of_due_soon_are_those_that_count(language: str) -> None:
    rows = {row["key"]: row for row in yaml.safe_load(glossary.FILE.read_text(encoding="utf-8"))}
    for key in ("due-soon", "on-track"):
        assert re.findall(r"\d+", rows[key][f"meaning_{language}"]) == [str(DUE_SOON_DAYS)], key


def test_the_page_holds_every_entry_in_both_languages_with_its_mark(client_of: Any):
    html = client_of("analyst").get("/glossary/").content.decode()
    for entry in entries().values():
        assert f'id="{entry.key}"' in html
    unsure = sum(entry.confidence == "unverified" for entry in entries().values())
    assert html.count("mark-warn") == unsure > 10
    assert 'lang="ko"' in html
    assert "예산현액" in html


@pytest.mark.parametrize(
    ("words", "key"), [("예산현액", "current-appropriation"), ("spending ceiling", "current-appropriation")]
)
def test_search_finds_in_either_language(client_of: Any, words: str, key: str):
    html = client_of("analyst").get("/glossary/", {"q": words}).content.decode()
    assert f'id="{key}"' in html
    assert 'id="tier"' not in html


def test_a_search_without_result_says_what_to_do(client_of: Any):
    assert "Try fewer letters" in client_of("analyst").get("/glossary/", {"q": "zzzz"}).content.decode()


def test_a_term_is_answered_by_its_entry_alone_and_an_unknown_one_by_404(client_of: Any):
    client = client_of("analyst")
    html = client.get("/glossary/", {"term": "coverage"}, **HTMX).content.decode()
    assert "Share of the weight of which progress was reported" in html
    assert html.count("<article") == 1
    assert "<html" not in html
    assert client.get("/glossary/", {"term": "nothing"}, **HTMX).status_code == 404


@pytest.mark.parametrize("language", ["ko", "en"])
def test_heads_labels_and_facts_open_their_entry(client_of: Any, addresses: dict[str, str], language: str):
    client = client_of("coordinator")
    wanted = {
        "overview": {"progress", "coverage", "late", "money-announced", "as-of", "undated", "next-due"},
        "milestones": {"milestone", "state", "schedule-light", "progress", "current-due", "completed-on"},
        "milestone": {"state-planned", "baseline", "done-when", "weight"},
        "strategic tasks": {"light-computed", "coverage", "late"},
        "budget lines": {"fiscal-year", "measure", "budget-amount", "current-appropriation", "executed-amount"},
        "budget line": {"money-phase", "money-announced", "provenance"},
        "commitments": {"strength", "verdict", "verdict-sure"},
        "commitment": {"strength-will_do", "verdict-partly", "verdict-sure"},
    }
    for page, keys in wanted.items():
        html = client.get(addresses[page], headers={"accept-language": language}).content.decode()
        opened = set(re.findall(r'data-term href="/glossary/\?term=([\w-]+)#', html))
        assert keys <= opened, f"{page}: {keys - opened}"
        assert opened <= set(entries())
