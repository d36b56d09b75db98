"""Each rule of truth goes red on a planted fault, and is silent where all is well."""

from types import SimpleNamespace
from typing import Any

import pytest

from common.tables import Column, Table
from common.templatetags.display import amount, won
from tasks.templatetags.figures import sure
from tests.truth import rules

SURE, UNSURE = "published", "unverified"


def row(**values: Any) -> SimpleNamespace:
    return SimpleNamespace(**{"name": "Row", "confidence": SURE, "source": "", "unsure_of": "", "money": None} | values)


def page(column: Column, one: SimpleNamespace, marks: Any = sure) -> rules.Page:
    """A list with that column, drawn as `common/_table.html` does."""
    title = Column("name", "Name", lambda r: r, lambda r: f"{r.name} {marks(r)}", is_row_head=True)
    table = Table((title, column), [one], "Rows")
    cells = "".join(cell for line in table.body() for cell in line)
    html = f"<main><table><caption>Rows</caption><tbody><tr>{cells}</tr></tbody></table></main>"
    return rules.Page.of(
        "planted", "en", html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"'), {"table": table}
    )


def test_a_dash_with_its_reason_is_well():
    assert list(rules.zeros(page(Column("money", "Money", show=won, kind="num"), row()))) == []
    assert list(rules.zeros(page(Column("money", "Money", show=won, kind="num"), row(money=0)))) == []


@pytest.mark.parametrize("shown", ["0", "0.0%", "0원", "KRW 0", "1", "", "–"])
def test_a_figure_a_blank_or_a_bare_dash_for_what_is_not_known_is_seen(shown: str):
    planted = page(Column("money", "Money", show=lambda value: shown), row())
    assert list(rules.zeros(planted)) == [f"planted: Money of {row()} is not known, the page says “{shown}”"]


def test_a_zero_that_a_chart_makes_of_nothing_is_seen():
    spec = {"kind": "bar", "series": [{"name": "Actual", "data": [None]}]}
    table = '<div class="chart-table"><table><tbody><tr><th>A</th><td><data value="{}">{}</data></td></tr></tbody></table></div>'
    well, wrong = (
        rules.Page.of("planted", "en", f"<main>{table.format(*cell)}</main>", {"chart": spec})
        for cell in (("", "–"), ("0", "0.0%"))
    )
    assert list(rules.zeros(well)) == []
    assert len(list(rules.zeros(wrong))) == 1


def test_an_unverified_row_without_its_mark_is_seen():
    column = Column("money", "Money", show=amount)
    assert list(rules.unmarked(page(column, row(confidence=UNSURE)), {})) == []
    assert list(rules.unmarked(page(column, row(), marks=lambda r: ""), {})) == []
    assert "stands without its mark" in next(
        rules.unmarked(page(column, row(confidence=UNSURE), marks=lambda r: ""), {})
    )


def test_an_unverified_amount_of_a_sure_row_without_its_mark_is_seen():
    one = row(money=5, money_confidence=UNSURE)
    assert len(list(rules.unmarked(page(Column("money", "Money", show=amount), one), {}))) == 1


def test_a_name_that_was_not_checked_without_its_mark_is_seen():
    one = row(name_ko_confidence="", name_en_confidence=UNSURE)
    column = Column("name", "Name", lambda r: r, lambda r: r.name)
    assert "the name of" in next(rules.unmarked(page(column, one), {}))
    for mark in ('<span class="mark mark-warn">Unverified: name</span>', ""):
        html = f'<main><div class="page-head"><h1>X</h1>{mark}</div></main>'
        found = list(rules.unmarked(rules.Page.of("planted", "en", html, {"object": one}), {}))
        assert len(found) == (0 if mark else 1)


def test_the_name_of_a_predecessor_that_was_not_checked_without_its_mark_is_seen():
    before = row(name_ko_confidence=UNSURE, name_en_confidence="", get_absolute_url=lambda: "/x/")
    for mark in ('<span class="mark mark-warn">Unverified: name</span>', ""):
        html = f'<main><ul><li><a href="/x/">X</a> {mark}</li></ul></main>'
        context = {"predecessors": [SimpleNamespace(predecessor=before)]}
        found = list(rules.unmarked(rules.Page.of("planted", "en", html, context), {}))
        assert len(found) == (0 if mark else 1)


def test_a_link_to_an_unverified_row_without_its_mark_is_seen():
    html = '<main><ul><li><a href="/x/">X</a> {}</li></ul></main>'
    well, wrong = (
        rules.Page.of("planted", "en", html.format(mark), {})
        for mark in ('<span class="mark mark-warn">Unverified</span>', "")
    )
    assert list(rules.unmarked(well, {"/x/": "X"})) == []
    assert len(list(rules.unmarked(wrong, {"/x/": "X"}))) == 1


@pytest.mark.parametrize(
    "text",
    ["인허가 완료", "허가 의제", "허가를 완료", "허가된 것으로 본다", "deemed permitted", "is deemed to be granted", "permit granted",
     "The permit was deemed", "Permits are granted", "permit by default"],
)  # fmt: skip
def test_a_permit_that_nobody_gave_is_seen(text: str):
    assert list(rules.permitted("planted", f"Day 61: {text}."))


@pytest.mark.parametrize(
    "text",
    [
        "처리완료 의제",
        "인허가 타임아웃제",
        "재단법인 설립 허가 | 완료",
        "deemed processed",
        "not the same as permitted",
        "processing is deemed completed; that is not a permit granted",
    ],
)
def test_right_words_are_well(text: str):
    assert list(rules.permitted("planted", text)) == []
