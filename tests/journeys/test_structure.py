"""The structure by keyboard alone: a branch is opened, a measure moved, the figures looked at, the whole saved."""

import pytest
from playwright.sync_api import expect

from tasks.models import Measure
from tests.journeys.stack import Stack


def tab_to(page, locator, most: int = 80) -> None:
    """Presses Tab until the element has the focus, as somebody without a mouse."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if locator.evaluate("each => each === document.activeElement"):
            return
    raise AssertionError(f"not reached by the keyboard: {locator}")


@pytest.mark.parametrize("width", [1440, 390])
def test_a_branch_opens_in_place_by_the_keyboard(stack: Stack, sign_in, width):
    page = sign_in("coordinator", width=width)
    page.goto("/structure/")
    first = page.locator(".tree summary").first
    tab_to(page, first)
    page.keyboard.press("Enter")
    below = page.locator(".tree .tree").first
    expect(below).to_be_visible()
    inner = below.locator("summary").first
    tab_to(page, inner)
    page.keyboard.press("Space")
    expect(below.locator(".tree").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.outside == page.complaints == []


def test_a_move_is_typed_looked_at_and_saved_without_a_mouse(stack: Stack, sign_in):
    node = Measure.objects.filter(strategic_task__number=1, depth=1, children=None).last()
    target = Measure.objects.filter(strategic_task__number=2, depth=1).first()
    page = sign_in("coordinator")
    page.goto(f"/structure/measures/{node.code}/move/")
    tab_to(page, page.locator("[name=to]"))
    page.keyboard.type(target.code)
    page.keyboard.press("Enter")
    expect(page.locator("#moved")).to_contain_text("→")
    expect(page.locator("#edits")).to_contain_text(f"{node.code} → {target.code}")
    assert Measure.objects.get(pk=node.pk).parent_id is None
    tab_to(page, page.locator("[name=reason]"))
    page.keyboard.type("조직 개편")
    page.keyboard.press("Tab")
    page.keyboard.type("결정 제1호")
    tab_to(page, page.locator("[name=act][value=save]"))
    page.keyboard.press("Enter")
    expect(page.locator(".tree").first).to_be_visible()
    node.refresh_from_db()
    assert node.parent_id == target.pk
    assert page.outside == page.complaints == []
