"""What readers see of the record: commitments in plain words, marks, restatements, successors, what nobody published."""

import csv
import html
import io
import re
from fractions import Fraction
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from common import formats, glossary
from common.records import Sourced, local_source
from common.templatetags.display import exact_day
from common.tiers import Tier
from investment.models import TaxCreditRate
from strategy.domains import DOMAINS
from tasks.models import BudgetLine, Commitment, CommitmentVerdict, Milestone, PlanVersion
from tasks.templatetags.figures import cited

pytestmark = pytest.mark.usefixtures("loaded")

CODES = [
    "T1-1", "T1-2", "T1-3", "T2-1", "T2-2", "T2-3", "T3-1", "T3-2", "T4-1", "T4-2", "T5-1", "T5-2", "T5-3", "T5-4",
    "T5-5", "T6-1", "T6-2", "T6-3",
]  # fmt: skip
NO_DEADLINE = {"ko": "보도된 발표 내용에 기한 없음", "en": "The announcement, as reported, names no deadline"}
HEADS = {
    "ko": ["약속한 것", "약속의 강도", "기한", "판정", "판정의 확인 정도", "근거 자료"],
    "en": [
        "What was promised",
        "How firmly",
        "Deadline",
        "Verdict",
        "How sure the verdict is",
        "Who says so",
    ],
}
CONCLUDED = {"ko": "자료에서 판단함", "en": "Concluded from sources"}
SEARCHED = {"ko": "찾아보았으나 없음", "en": "Searched, nothing found"}
YEARS = {"ko": "{}년", "en": "{}"}


@pytest.fixture
def read() -> Any:
    """The page as a member of the public reads it, unescaped; `read(address, language)`."""
    user, _ = User.objects.get_or_create(username="reader", defaults={"clearance": Tier.PUBLIC})
    client = Client()
    client.force_login(user)

    def page(address: str, language: str = "en") -> str:
        answer = client.get(address, headers={"accept-language": language})
        assert answer.status_code == 200, address
        return html.unescape(answer.getvalue().decode())

    page.json = lambda address: client.get(f"/api/v1/{address}", headers={"accept-language": "en"}).json()  # type: ignore[attr-defined]
    return page


def test_there_are_eighteen_commitments():
    assert list(Commitment.objects.order_by("code").values_list("code", flat=True)) == CODES


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("code", CODES)
def test_a_commitment_says_what_how_firmly_by_when_what_came_of_it_and_who_says_so(read, code, language):
    page = read(f"/commitments/{code}/", language)
    commitment = Commitment.objects.get(code=code)
    verdict = commitment.verdicts.get()
    with translation.override(language):
        for head in HEADS[language]:
            assert re.search(rf"<dt>\s*(<[^>]+>)*{head}", page), head
        assert commitment.title in page
        assert commitment.promise in page
        assert commitment.promise != commitment.title
        assert commitment.strength_means in page
        assert f'<q lang="en">{commitment.wording_en}</q>' in page
        assert str(verdict.get_value_display()) in page
        assert verdict.reason in page
        sure, other = (SEARCHED, CONCLUDED) if verdict.value == "not_found" else (CONCLUDED, SEARCHED)
        assert sure[language] in page
        assert other[language] not in page
        due = YEARS[language].format(commitment.deadline.year) if commitment.deadline else NO_DEADLINE[language]
        assert due in page
    sources = [*cited(commitment.source), *cited(verdict.sources)]
    assert len(sources) >= 2
    for source in sources:
        address = re.search(r"https?://\S+", source)
        shown = f'href="{address.group()}"' if address else source
        assert shown in page, source


@pytest.mark.parametrize("code", CODES)
def test_a_promise_is_told_in_whole_sentences_and_leads_to_the_lists_behind_it(read, code):
    commitment = Commitment.objects.get(code=code)
    assert re.search(r"니다\.$", commitment.promise_ko)
    assert re.search(r"\.$", commitment.promise_en)
    assert re.search(r"[가-힣]", commitment.promise_en) is None
    lists = next(domain.nouns for domain in DOMAINS if domain.slug == commitment.strategic_task.slug)
    page = read(commitment.get_absolute_url())
    assert all(f'href="{reverse(noun.list_url_name)}"' in page for noun in lists)


@pytest.mark.parametrize("code", CODES)
def test_reasons_are_whole_sentences_in_both_languages(code):
    verdict = Commitment.objects.get(code=code).verdicts.get()
    assert re.search(r"[가-힣]다\.$|[가-힣]\)\.$|[가-힣]니다\.", verdict.reason_ko)
    assert verdict.reason_en[0].isupper()
    assert verdict.reason_en.endswith(".")
    assert len(verdict.reason_en.split()) > 10
    assert not re.search("[가-힣]", verdict.reason_en)


@pytest.mark.parametrize(("address", "slice_"), [("/", "strategy"), ("/tasks/technology/", "task")])
def test_the_undated_share_stands_beside_the_progress(read, address, slice_):
    rows = read.json(f"rollups/?slice={slice_}")["results"]
    figure = next(row for row in rows if f"{row['label']}</h1>" in re.sub(r"\d\. ", "", read(address)))
    assert figure["sums"]["undated"] > 0
    share = formats.percent(Fraction(figure["sums"]["undated"], figure["sums"]["share"]))
    assert re.search(rf"Undated.{{0,200}}?{re.escape(share)}", read(address), re.DOTALL)


def test_what_was_not_verified_is_marked_on_pages_and_in_the_api(read):
    milestone = Milestone.objects.get(code="T5-4.1-M5")
    assert "Unverified</span>" in read(milestone.get_absolute_url())
    assert "미확인</span>" in read(milestone.get_absolute_url(), "ko")
    assert "Unverified</span>" in read("/milestones/?search=18813")
    assert read.json("milestones/T5-4.1-M5/")["provenance"]["confidence"] == "unverified"
    assert "Unverified</span>" not in read(Milestone.objects.get(code="T5-4.1-M4").get_absolute_url())


@pytest.mark.parametrize(
    ("key", "korean", "english"),
    [("MOLIT", "미확인: 이름", "Unverified: name"), ("MOTIR", "미확인: 이름(영문)", "Unverified: name (English)")],
)
def test_a_ministry_says_which_of_its_names_nobody_checked(read, key, korean, english):
    for language, words in (("ko", korean), ("en", english)):
        lists = [line for line in read("/ministries/", language).split("<tr") if f"/ministries/{key}/" in line]
        assert len(lists) == 1
        for part in (lists[0], read(f"/ministries/{key}/", language)):
            assert f"{words}</span>" in part
    row = read.json(f"ministries/{key}/")
    assert row["provenance"]["confidence"] == "published"
    assert row["name_en_confidence"] == "unverified"
    assert row["name_ko_confidence"] == ("unverified" if key == "MOLIT" else "")
    header, *rows = csv.reader(io.StringIO(read("/ministries/?format=csv").removeprefix("\ufeff")))
    exported = next(dict(zip(header, row, strict=True)) for row in rows if key in row)
    assert exported["Name (English): how sure"] == "Not verified"


def test_a_ministry_whose_names_are_published_has_no_mark(read):
    head, _, rest = read("/ministries/MCEE/").partition("Took over from")
    assert "Unverified: name" not in head
    assert rest.count("Unverified: name") == 2, "those that it took over from are marked"


@pytest.mark.parametrize(("language", "mark"), [("ko", "미확인"), ("en", "Unverified")])
def test_a_name_that_nobody_checked_is_marked_wherever_a_ministry_is_told_of(read, language, mark):
    page = read("/ministries/KIPO/", language)
    for name in ("특허청", "Korean Intellectual Property Office"):
        assert re.search(rf'{name} <span class="mark mark-warn"[^>]*>{mark}</span>', page), name
    after = read("/ministries/MOIP/", language)
    assert re.search(rf'/ministries/KIPO/".{{0,200}}</a> <span class="mark mark-warn"[^>]*>{mark}: ', after)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_no_two_tax_credit_rates_read_alike(language):
    with translation.override(language):
        names = [rate.name for rate in TaxCreditRate.objects.all()]
    assert len(names) == len(set(names)) > 30


def test_a_restated_amount_shows_both_with_their_scope(read):
    line = BudgetLine.objects.get(kind="level", measure__code="T1-3.2", fiscal_year=2025)
    page = read(line.get_absolute_url())
    for words in (
        "KRW 6.4 tn",
        "KRW 6.5 tn",
        "Plan of March 2025",
        "Restated from KRW 6.4 trillion to KRW 6.5 trillion",
        "scope wider than",
        "Mar 2025",
    ):
        assert words in page, words
    entries = read.json(f"budget-entries/?line={line.uuid}")["results"]
    found = [(row["amount_won"], row["precision"]) for row in entries if row["line"]["key"] == line.key]
    assert sorted(found) == [(6_400_000_000_000, "month"), (6_500_000_000_000, "day")]


def test_what_was_not_published_by_technology_stays_undivided_and_is_named(read):
    """5,000 − 3,678.8 = 1,321.2 billion won of 2024."""
    line = BudgetLine.objects.get(kind="level", measure__code="T1-3.2", fiscal_year=2024)
    page = read(line.get_absolute_url())
    row = page[page.index("Not published by part") :][:300]
    assert 'value="1321200000000"' in row


@pytest.mark.parametrize(("language", "derived"), [("ko", "산출값"), ("en", "Derived")])
def test_a_number_of_people_that_was_added_up_says_so_with_its_arithmetic(read, language, derived):
    page = read("/talent/cohorts/cohort-academy-1/", language)
    assert re.search(rf">100 <span class=\"mark mark-mute\"[^>]*>{derived}</span>", page)
    assert "50 + 50 = 100" in page
    assert derived not in read("/talent/cohorts/cohort-youth-2025/", language)


@pytest.mark.parametrize(
    ("ministry", "successors"),
    [
        ("MOTIE", {"Ministry of Trade, Industry and Resources": "nuclear export", "Ministry of Climate, Energy and Environment": "Energy"}),
        ("MOEF", {"Ministry of Finance and Economy": "tax, treasury", "Ministry of Planning and Budget": "long-term strategy"}),
        ("ME", {"Ministry of Climate, Energy and Environment": "All functions"}),
        ("KIPO", {"Ministry of Intellectual Property": "All functions"}),
    ],
)  # fmt: skip
def test_a_ministry_of_2023_tells_its_successors_with_their_scope(read, ministry, successors):
    page = read(f"/ministries/{ministry}/")
    for name, scope in successors.items():
        assert re.search(re.escape(name) + r".{0,300}" + re.escape(scope), page, re.DOTALL), name


def test_a_bill_shows_the_steps_with_usual_days_and_rules(read):
    page = read("/bills/bill-itpa/")
    for words in (
        "40–60",
        "at least 10",
        "Administrative Procedures Act art. 43",
        "Within 15 days of the transfer",
        "Unverified</span>",
    ):
        assert words in page, words
    steps = read.json("legislative-steps/")["results"]
    assert [step["number"] for step in steps] == list(range(1, 19))
    assert {step["rule_confidence"] for step in steps} == {"", "unverified"}


# Names of publications and rulings, and addresses that are no URL.
NAMES = r"https?://\S+|github \S+ \S+|Asia Business Daily|T\.D\. 9995"
FOREIGN = {"ko": r"[A-Za-z]*[a-z]{3}[A-Za-z]*", "en": "[가-힣]+"}


def _all_sources() -> set[str]:
    found = {entry.source for entry in glossary.entries().values()}
    for model in apps.get_models():
        if issubclass(model, Sourced):
            found |= set(model._default_manager.values_list("source", flat=True))
    for verdict in CommitmentVerdict.objects.all():
        found |= set(verdict.sources)
    return found


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_source_that_is_words_reads_in_the_readers_language(language):
    sources = _all_sources()
    assert len(sources) > 150
    with translation.override(language):
        rest = {source: re.sub(NAMES, "", local_source(source)) for source in sources}
    assert [source for source, words in rest.items() if re.search(FOREIGN[language], words)] == []


@pytest.mark.parametrize(
    ("language", "own", "other"),
    [
        ("ko", "정부조직 개편(산업통상자원부 → 산업통상부)", "reorganisation"),
        (
            "en",
            "Government reorganisation (Ministry of Trade, Industry and Energy → Ministry of Trade, Industry and Resources)",
            "개편",
        ),
    ],
)
def test_the_reason_of_a_handover_reads_in_the_readers_language(read, language, own, other):
    measure = (
        PlanVersion.objects.filter(reason__contains="산업통상자원부 → 산업통상부", measure__isnull=False)
        .first()
        .measure
    )
    lists = f"/plan-versions/?measure={measure.code}"
    for address in (lists, f"{lists}&format=csv", measure.get_absolute_url()):
        page = read(address, language)
        assert own in page, address
        assert other not in page, address


@pytest.mark.parametrize(("language", "words"), [("ko", "발표에 기한 없음"), ("en", "No deadline named")])
def test_a_deadline_is_as_exact_as_the_announcement(read, language, words):
    with translation.override(language):
        commitment = Commitment.objects.get(code="T2-3")
        shown = html.unescape(str(exact_day(commitment.deadline, commitment.deadline_precision)))
    page = re.sub("<[^>]+>", "", read("/commitments/", language))
    assert re.sub("<[^>]+>", "", shown) in page
    assert page.count(words) == Commitment.objects.filter(deadline=None).count() > 0


def test_a_file_of_complexes_says_no_more_of_a_date_than_is_known(read):
    head, *rows = csv.reader(io.StringIO(read("/clusters/complexes/?format=csv").removeprefix("\ufeff")))
    dates = [dict(zip(head, row, strict=True))["Stage reached on"] for row in rows]
    page = re.sub("<[^>]+>", "", read("/clusters/complexes/"))
    vague = [text for text in dates if text and not re.fullmatch(r"\d{4}-\d\d-\d\d", text)]
    assert vague
    assert [text for text in vague if f"({text})" not in page] == []
    exact = Milestone.objects.filter(completed_precision="day").values_list("completed_on", flat=True)
    assert {text for text in dates if text} - set(vague) <= {date.isoformat() for date in exact if date}


def test_what_is_under_way_began_on_a_day_of_the_record_and_never_on_that_of_a_plan():
    began = {"T1-1-M6": "2025-02-24", "T2-1-M4": "2023-04-27", "T2-2-M3": "2025-04-02", "T4-2.1-M2": "2023-12-13"}
    under_way = Milestone.objects.filter(state="in_progress")
    assert {m.code: m.started_on and str(m.started_on) for m in under_way} == began | {"T1-3.2-M1": None}
