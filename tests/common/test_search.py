"""What a search finds across spaces: a name finds itself, however it was spaced, and no word by the ends of two others."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.pages import ListPage
from common.search import found
from common.tables import Column
from tasks.models import Region
from tests.architecture.sitemap import addresses

pytestmark = pytest.mark.django_db
LETTERS = "대구미래차부품산업통상국가첨단전략특화단지AIbé7-·%_.*+?()[]{}|^$\\/'\""


def finds(typed: str, *written: str) -> bool:
    """Whether a row with these texts is found."""
    row = Region.objects.create(key="searched", name_ko=written[0], name_en=written[-1])
    try:
        return found(Region.objects.filter(pk=row.pk), typed, ("name_ko", "name_en")).exists()
    finally:
        row.delete()


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("미래차 부품", "대구 미래차부품"),
        ("미래차부품", "대구 미래차 부품"),
        ("부품 미래차", "대구 미래차 부품"),
        ("미래차부", "대구 미래차 부품"),
        ("산업통상부", "산업 통상부"),
        ("단지", "국가첨단전략산업 특화단지"),
        ("전략산업특화", "국가첨단전략산업 특화단지"),
        ("미래차부품", "(미래차 부품)"),
        ("디스플레이패널", "반도체·디스플레이 패널"),
        ("국가첨단전략산 업특화단지", "국가첨단전략산업 특화단지"),
        ("ministryof", "The Ministry of Trade"),
        ("inistry", "The Ministry of Trade"),
    ],
)
def test_spaces_inside_compounds_do_not_count(typed: str, written: str) -> None:
    assert finds(typed, written)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("구미", "대구 미래차"),
        ("차부품", "대구 미래차 부품"),
        ("산업부", "첨단산업 부문"),
        ("ICT", "Public trade"),
        ("isat", "This attracts"),
        ("미래차부품", "미래차\n부품"),
    ],
)
def test_the_ends_of_two_words_are_no_word(typed: str, written: str) -> None:
    assert not finds(typed, written)
    assert not finds(typed, *written.split()), "two texts of a row neither"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_name_finds_itself_with_any_spacing(data: Any) -> None:
    def spaced(letters: str) -> str:
        return "".join(letter + " " * data.draw(st.integers(0, 1)) for letter in letters)

    letters = data.draw(st.text(LETTERS, min_size=1, max_size=18))
    assert finds(spaced(letters), spaced(letters))


def _choices_shown(view: Any) -> set[str]:
    """The columns of the noun that the list shows by a label."""
    model, paths = view.model, set()
    for column in view.columns:
        for path in _paths(column):
            try:
                field = model._meta.get_field(path.partition("__")[0])
                field = field.related_model._meta.get_field(path.partition("__")[2]) if "__" in path else field
            except Exception:
                continue
            if getattr(getattr(field, "base_field", field), "choices", None):
                paths.add(path)
    return paths


def _paths(column: Column) -> set[str]:
    texts = {text for text in (column.name, column.value, column.plain, column.order) if isinstance(text, str)}
    return {text.replace("get_", "").replace("_display", "").replace(".", "__") for text in texts if text}


LISTS = {
    a.name: a.view
    for a in addresses()
    if isinstance(a.view, type) and issubclass(a.view, ListPage) and a.view.filterset_class
    if "search" in a.view.filterset_class.base_filters
}


@pytest.mark.parametrize("name", LISTS)
def test_every_choice_that_a_list_shows_is_searched(name: str) -> None:
    view = LISTS[name]
    searched = {getattr(place, "path", place) for place in view.filterset_class.search_in}
    assert _choices_shown(view) <= searched
