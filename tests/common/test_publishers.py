import re
from pathlib import Path

import pytest
from django.utils import translation

from common import publishers
from common.templatetags.display import linked, linked_briefly, provenance_mark

ROOT = Path(publishers.FILE).parents[1]
RECORD = [
    *ROOT.glob("*/seed/*.yaml"),
    ROOT / "common/glossary.yaml",
    ROOT / "common/substitutes.py",
    *ROOT.glob("templates/**/*.html"),
]
HOST = re.compile(r"https?://([\w.-]+)")
NEWS = "https://news1.kr/amp/economy/trend/5361638"
UNKNOWN = "https://kollo.kr/appcontent?id=abfFwG"


def hosts():
    found = {host for path in RECORD for host in HOST.findall(path.read_text(encoding="utf-8"))}
    assert len(found) > 80
    return found - {"www.w3.org"}


def test_every_host_of_the_record_is_named_or_said_to_be_unknown():
    assert sorted(host for host in hosts() if not publishers.entry_of(host)) == []


def test_no_publisher_is_kept_for_nothing():
    assert sorted(set(publishers.publishers()) - {publishers.entry_of(host) for host in hosts()}) == []


def test_a_publisher_is_named_in_both_languages():
    named = [names for names in publishers.publishers().values() if names is not None]
    assert [names for names in named if set(names) != {"name_ko", "name_en"} or not all(names.values())] == []
    assert [names for names in named if re.search("[가-힣]", names["name_en"])] == []


@pytest.mark.parametrize(("language", "name"), [("ko", "뉴스1"), ("en", "News1")])
def test_a_source_says_who_publishes_it(language, name):
    with translation.override(language):
        assert f">{name} · news1.kr/amp/economy/trend/5361638</a> (a table)" in linked(f"{NEWS} (a table)")
        assert f'href="{NEWS}"' in linked(NEWS)
        assert f">{name}</a>" in linked_briefly(NEWS)
        assert name in provenance_mark("unverified", f"{NEWS} ; a page")


@pytest.mark.parametrize(("language", "words"), [("ko", "발행처 미상"), ("en", "publisher not known")])
def test_an_unknown_publisher_is_said_to_be_unknown_beside_its_host(language, words):
    with translation.override(language):
        beside = f'</a> <span class="soft small">({words})</span>'
        assert f">kollo.kr/appcontent?id=abfFwG{beside}" in linked(UNKNOWN)
        assert f">kollo.kr{beside}" in linked_briefly(UNKNOWN)
        assert f"kollo.kr ({words})" in provenance_mark("unverified", UNKNOWN)


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("name", ["뉴스1", "News1"])
def test_a_publisher_that_the_words_name_is_not_named_again(language, name):
    source = f"{name}, 2023-03-15, {NEWS}"
    with translation.override(language):
        assert ">news1.kr/amp/economy/trend/5361638</a>" in linked(source)
        assert ">news1.kr</a>" in linked_briefly(source)
        assert f"{name}, news1.kr" in provenance_mark("unverified", f"{name}, {NEWS}")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_long_address_ends_in_one_ellipsis(language):
    with translation.override(language):
        assert "…</a>" in linked(f"{NEWS}/{'a' * 80}")


def test_a_host_falls_under_the_nearest_entry():
    assert publishers.entry_of("m2.etoday.co.kr") == "etoday.co.kr"
    assert publishers.entry_of("magazine.hankyung.com") == "magazine.hankyung.com"
    assert publishers.entry_of("nowhere.example") == ""


def test_what_is_no_address_stays_as_it_is():
    assert linked("공개 자료 <b>") == "공개 자료 &lt;b&gt;"


def test_an_address_that_was_cut_short_is_no_link():
    shown = linked("Treasury https://fraser.stlouisfed.org/... (3 May 2024) ; https://taxnotes.com/lr/resolve//7jh51")
    assert "https://fraser.stlouisfed.org/... (3 May 2024)" in shown
    assert shown.count("<a ") == 1
