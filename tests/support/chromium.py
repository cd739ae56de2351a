"""A headless Chromium for tests that look at pages as people do."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.support.requirements import CHROMIUM, Requirement, chromium_path, skip_for_want_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PLAYWRIGHT = Requirement("Playwright", "pip install playwright; its own browsers are not needed")


@contextmanager
def launched() -> Iterator[Browser]:
    """Give Debian's Chromium, or another that is installed; skip loudly where there is none.

    While it is open, an event loop runs in this thread: tests of other kinds could not run their own.
    """
    path = chromium_path()
    if path is None:
        skip_for_want_of(CHROMIUM)
    if importlib.util.find_spec("playwright") is None:
        skip_for_want_of(PLAYWRIGHT)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()
