"""What kind of document a file is, by its content alone."""

import contextlib

import pytest
from django.utils import translation

from common.uploads import Refused
from common.uploads.content import TYPES, file_type, labels, plain_name
from tests.documents import REFUSED, TAKEN, pdf, png


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize("key", TYPES)
def test_every_type_is_known_by_its_content_whatever_the_name_says(key):
    _name, content = TAKEN[key]
    assert file_type(content, TYPES).key == key


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_document_is_refused_with_the_way_out(what):
    _name, content, code = REFUSED[what]
    with pytest.raises(Refused) as refusal:
        file_type(content, TYPES)
    assert refusal.value.code == code
    assert refusal.value.message.rstrip(".").count(".") >= 1  # what it is, and what to do


@pytest.mark.parametrize("key", TYPES)
def test_a_file_that_is_cut_off_anywhere_breaks_nothing(key):
    """It is still a document, or refused: never another error."""
    _name, content = TAKEN[key]
    for length in range(0, len(content), max(1, len(content) // 40)):
        with contextlib.suppress(Refused):
            file_type(content[:length], TYPES)


def test_a_type_that_is_not_taken_here_is_refused_naming_what_is():
    with pytest.raises(Refused, match=r"PNG files are not taken here. Taken: PDF."):
        file_type(png(), ["pdf"])
    assert file_type(pdf(), ["pdf"]).key == "pdf"
    assert labels(["hwp", "hwpx", "pdf"]).count(",") == 1


@pytest.mark.parametrize(
    ("given", "suffixes", "safe"),
    [
        ("../../etc/passwd", (), "passwd"),
        ("C:\\보고\\공문.hwp", (".hwp",), "공문.hwp"),
        ("report.pdf\u202efdp.exe", (".pdf",), "report.pdffdp.exe.pdf"),
        ('a"b<c>|d\r\n.pdf', (".pdf",), "abcd.pdf"),
        ("photo.jpeg", (".jpg", ".jpeg"), "photo.jpeg"),
        ("photo.exe", (".png",), "photo.exe.png"),
        ("", (), "file"),
        ("...", (".pdf",), ".pdf"),
        ("가" * 300 + ".pdf", (".pdf",), "가" * 116 + ".pdf"),
    ],
)
def test_names_are_made_safe_and_say_what_the_content_is(given, suffixes, safe):
    assert plain_name(given, suffixes) == safe
