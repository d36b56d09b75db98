"""The file of a chart is read without its page: it holds all that the page says beside the drawing."""

import re
from html import unescape
from pathlib import Path

import pytest

WORDS = {
    "ko": ("기준일", "출처: 전략 이행점검 (사실은 출처 표시; 신호와 초안은 시연용; 정부 공식 누리집 아님)"),
    "en": ("As of", "Source: Strategy Tracker (facts with sources; lights and drafts made up"),
}


@pytest.mark.parametrize(("language", "width"), [("ko", 1440), ("en", 390)])
@pytest.mark.parametrize("address", ["/", "/what-changed/?since=2026-03-31"])
def test_a_picture_of_a_chart_says_title_unit_notes_day_and_source(sign_in, tmp_path, language, width, address):
    page = sign_in("analyst", language=language, width=width)
    page.goto(address)
    figure = page.locator("main [data-chart]").first
    figure.locator(".chart-canvas svg").wait_for()
    drawing = "".join(saved(page, figure, "svg", tmp_path).read_text(encoding="utf-8").split())
    beside = figure.locator(".chart-title, .chart-unit, .chart-note").all_inner_texts()
    assert len(beside) > 1
    for words in (*beside, *WORDS[language], page.url):
        assert "".join(words.split()) in "".join(unescape(re.sub(r"<[^>]+>", "", drawing)).split()), words
    picture = saved(page, figure, "png", tmp_path).read_bytes()
    assert picture.startswith(b"\x89PNG")
    high = int.from_bytes(picture[20:24], "big") / 2
    assert high > figure.locator(".chart-canvas").bounding_box()["height"] + 80
    assert page.complaints == []


def saved(page, figure, kind: str, folder: Path) -> Path:
    with page.expect_download() as download:
        figure.locator(f'[data-chart-does="{kind}"]').click()
    download.value.save_as(folder / f"chart.{kind}")
    return folder / f"chart.{kind}"
