"""Words that stand in both languages are read in one."""

import pytest
from django.utils import translation

from accounts.models import Office
from common.records import local_source, own_words

PAIRS = [
    ("공개 자료 / a published page", "공개 자료", "a published page"),
    ("https://a.kr/b (15개 지역 목록 / list of 15 areas)", "https://a.kr/b (15개 지역 목록)", "https://a.kr/b (list of 15 areas)"),
    ("정부조직 개편(A → B) / Reorganisation (A → B)", "정부조직 개편(A → B)", "Reorganisation (A → B)"),
    ("https://a.kr/2013-07-09 (2013-07-09)", "https://a.kr/2013-07-09 (2013. 7. 9.)", "https://a.kr/2013-07-09 (9 Jul 2013)"),
    ("2023-02-30, 2023-0315-01-02, A-2023-01-02-7", "2023-02-30, 2023-0315-01-02, A-2023-01-02-7", "2023-02-30, 2023-0315-01-02, A-2023-01-02-7"),
    ("and / or", "and / or", "and / or"),
    ("", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "korean", "english"), PAIRS)
def test_of_words_in_both_languages_the_readers_are_shown(text, korean, english):
    for language, words in (("ko", korean), ("en", english)):
        with translation.override(language):
            assert own_words(text) == words


def test_names_and_notes_write_their_days_as_their_language_does():
    office = Office(
        role_ko="지정(2023-07-20)", role_en="designates (2023-07-20)", source_note="2023-07-20 확인\nSeen 2023-07-20"
    )
    shown = {}
    for language in ("ko", "en"):
        with translation.override(language):
            shown[language] = (office.role, *office.notes)
    assert shown["ko"] == ("지정(2023. 7. 20.)", "2023. 7. 20. 확인", "Seen 20 Jul 2023")
    assert shown["en"] == ("designates (20 Jul 2023)", "Seen 20 Jul 2023", "2023. 7. 20. 확인")


def test_every_source_of_several_is_read_by_itself():
    with translation.override("en"):
        assert local_source("https://a.kr ; 공개 자료 / a page ; https://b.kr (표 / table)") == (
            "https://a.kr ; a page ; https://b.kr (table)"
        )
