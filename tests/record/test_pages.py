"""What readers see of the record: commitments in plain words, marks, restatements, successors, what nobody published."""

import html
import re
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from accounts.models import User
from common import formats
from common.templatetags.display import exact_day
from common.tiers import Tier
from tasks.models import BudgetLine, Commitment, Milestone
from tasks.templatetags.figures import cited

pytestmark = pytest.mark.usefixtures("loaded")

CODES = [
    "T1-1", "T1-2", "T1-3", "T2-1", "T2-2", "T2-3", "T3-1", "T3-2", "T4-1", "T4-2", "T5-1", "T5-2", "T5-3", "T5-4",
    "T5-5", "T6-1", "T6-2", "T6-3",
]  # fmt: skip
NO_DEADLINE = {"ko": "발표문에 기한 없음", "en": "The announcement names no deadline"}
HEADS = {
    "ko": ["약속한 것", "약속의 강도", "기한", "이행 결과", "근거 자료"],
    "en": ["What was promised", "How firmly", "By when", "What became of it", "Who says so"],
}
YEARS = {"ko": "{}년", "en": "Year {}"}


@pytest.fixture
def read() -> Any:
    """The page as a member of the public reads it, unescaped; `read(address, language)`."""
    user, _ = User.objects.get_or_create(username="reader", defaults={"clearance": Tier.PUBLIC})
    client = Client()
    client.force_login(user)

    def page(address: str, language: str = "en") -> str:
        answer = client.get(address, headers={"accept-language": language})
        assert answer.status_code == 200, address
        return html.unescape(answer.content.decode())

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
        assert commitment.strength_means in page
        assert f'<q lang="en">{commitment.wording_en}</q>' in page
        assert str(verdict.get_value_display()) in page
        assert verdict.reason in page
        due = YEARS[language].format(commitment.deadline.year) if commitment.deadline else NO_DEADLINE[language]
        assert due in page
    sources = [*cited(commitment.source), *cited(verdict.sources)]
    assert len(sources) >= 2
    for source in sources:
        address = re.search(r"https?://\S+", source)
        shown = f'href="{address.group()}"' if address else source
        assert shown in page, source


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


def test_a_restated_amount_shows_both_with_their_scope(read):
    line = BudgetLine.objects.get(kind="level", measure__code="T1-3.2", fiscal_year=2025)
    page = read(line.get_absolute_url())
    for words in (
        "KRW 6.4 tn",
        "KRW 6.5 tn",
        "Plan of March 2025",
        "Restated from 6.4 to 6.5",
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


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_deadline_is_as_exact_as_the_announcement(read, language):
    with translation.override(language):
        commitment = Commitment.objects.get(code="T2-3")
        shown = html.unescape(str(exact_day(commitment.deadline, commitment.deadline_precision)))
    assert re.sub("<[^>]+>", "", shown) in re.sub("<[^>]+>", "", read("/commitments/", language))
