"""Fixtures of the journeys: a real installation with the real strategy, and the system's Chromium."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests import databases
from tests.conftest import PASSWORD
from tests.journeys.stack import Stack, running

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Playwright's loop runs in this thread; the tests' own queries are still plain and synchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
expect.set_options(timeout=10_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="NO CHROMIUM FOUND: browser tests left out"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": FLAGS}


@pytest.fixture(scope="module")
def stack(seeded_template: str, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Stack]:
    """One installation for a module: the real strategy, demo accounts, nothing reported by hand yet."""
    logs = tmp_path_factory.mktemp("stack")
    with (
        django_db_blocker.unblock(),
        databases.made("stack", seeded_template) as name,
        databases.used(name),
        running(name, logs) as started,
    ):
        yield started


@pytest.fixture
def sign_in(stack: Stack, browser: Browser) -> Iterator[Callable[..., Page]]:
    """`sign_in("staff", language="en", width=390)` gives a page of that user, watched for outside requests."""
    contexts: list[BrowserContext] = []

    def open_page(username: str, *, language: str = "ko", width: int = 1440, **options: Any) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, locale=language, base_url=stack.url, **options
        )
        contexts.append(context)
        context.add_cookies([{"name": "django_language", "value": language, "url": stack.url}])
        page = context.new_page()
        page.outside = []  # type: ignore[attr-defined]
        page.complaints = []  # type: ignore[attr-defined]
        page.on(
            "request", lambda r: None if r.url.startswith((stack.url, "data:", "blob:")) else page.outside.append(r.url)
        )  # type: ignore[attr-defined]
        page.on(
            "console",
            lambda m: page.complaints.append(f"{m.text} {m.location['url']}") if m.type == "error" else None,  # type: ignore[attr-defined]
        )
        page.on("pageerror", lambda e: page.complaints.append(str(e)))  # type: ignore[attr-defined]
        if username:
            page.goto("/accounts/login/")
            page.locator("input[name=login]").fill(username)
            page.locator("input[name=password]").fill(PASSWORD)
            page.locator("form[action*=login] button[type=submit], main form button[type=submit]").first.click()
            expect(page).not_to_have_url(f"{stack.url}/accounts/login/")
        return page

    yield open_page
    for context in contexts:
        context.close()
