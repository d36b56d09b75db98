"""`make screenshots`: every kind of page in both languages, two widths and three themes, into var/screenshots/, to be looked at."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings

from tests.journeys.pages import one_of_every_kind
from tests.journeys.test_pages import MORE

pytestmark = pytest.mark.screenshots
FOLDER = Path(settings.BASE_DIR) / "var" / "screenshots"


@pytest.fixture(scope="module")
def pages(stack):
    found = {reader: list(addresses.values()) for reader, addresses in one_of_every_kind().items()}
    return found | {"coordinator": [*found["coordinator"], *MORE]}


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("mode", ["light", "dark", "contrast"])
def test_take_screenshots(stack, sign_in, pages, language, width, mode):
    folder = FOLDER / mode / language / str(width)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for reader, addresses in pages.items():
        page = sign_in(reader, language=language, width=width)
        page.context.add_cookies([{"name": "display_mode", "value": mode, "url": stack.url}])
        for address in addresses:
            if mode == "light" or address.count("/") < 3:
                take(page, address, folder)


def take(page, address, folder):
    page.goto(address)
    page.wait_for_load_state("load")
    if address == "/api/docs/":
        page.locator(".opblock").first.wait_for()
    page.wait_for_timeout(700)  # charts are drawn after the fonts have come
    name = address.strip("/").replace("/", "_") or "overview"
    page.screenshot(path=folder / f"{name[:60]}.png", full_page=True)
