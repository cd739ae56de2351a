"""Fixtures: one Chromium and one server for this folder's tests, and an office where everybody has a desk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser import served
from tests.support.chromium import launched
from tests.support.requirements import Requirement, skip_for_want_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.browser.office import Office

_PATIENCE = 20_000
"""Milliseconds until what is expected on a page counts as missing."""
PAGE = Requirement("the built page", "cd webui && npm ci --ignore-scripts && npm run build")


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[served.Server]:
    """Return a running server with the sample people and the deployed procedures."""
    if not served.page_is_built():
        skip_for_want_of(PAGE)
    with served.serve(tmp_path_factory.mktemp("served")) as running:
        yield running


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Return a headless Chromium, Debian's or another that is installed."""
    with launched() as browser:
        from playwright.sync_api import expect

        # A busy machine is slow; what is waited for ends a wait at once.
        expect.set_options(timeout=_PATIENCE)
        yield browser


@pytest.fixture(scope="package")
def errand_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[served.Server]:
    """Return a running server of a small office with one procedure of the tests' own."""
    if not served.page_is_built():
        skip_for_want_of(PAGE)
    from tests.browser import errands

    content = errands.compose(tmp_path_factory.mktemp("content"))
    with served.serve(tmp_path_factory.mktemp("errands"), content) as running:
        yield running


@pytest.fixture(scope="module")
def errand_office(chromium: Browser, errand_server: served.Server) -> Iterator[Office]:
    """Return the small office for the tests of one file. At its end no window may have complained."""
    from tests.browser.office import Office

    opened = Office(chromium, errand_server)
    yield opened
    assert opened.close() == []


@pytest.fixture(scope="package")
def approval_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[served.Server]:
    """Return a running server of a small office for what concerns accounts, calendars and second factors."""
    if not served.page_is_built():
        skip_for_want_of(PAGE)
    from tests.browser import approvals

    content = approvals.compose(tmp_path_factory.mktemp("content"))
    with served.serve(tmp_path_factory.mktemp("approvals"), content) as running:
        yield running


@pytest.fixture(scope="module")
def approval_office(chromium: Browser, approval_server: served.Server) -> Iterator[Office]:
    """Return that office for the tests of one file. At its end no window may have complained."""
    from tests.browser.office import Office

    opened = Office(chromium, approval_server)
    yield opened
    assert opened.close() == []


@pytest.fixture(scope="module")
def office(chromium: Browser, server: served.Server) -> Iterator[Office]:
    """Return an office for the tests of one file. At its end no window may have complained."""
    from tests.browser.office import Office

    opened = Office(chromium, server)
    yield opened
    assert opened.close() == []
