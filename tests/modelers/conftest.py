"""The editors that analysts use, opened in Chromium from their packages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.chromium import launched
from tests.support.node import node_with_packages

if TYPE_CHECKING:
    from playwright.sync_api import Page

PACKAGES = Path(__file__).parent / "node"
SCRIPTS = (
    "bpmn-js/dist/bpmn-modeler.production.min.js",
    "dmn-js/dist/dmn-modeler.production.min.js",
    "@bpmn-io/form-js/dist/form-editor.umd.js",
)


@pytest.fixture(scope="session")
def node() -> str:
    """Return the program, with the editors and the linter installed."""
    return node_with_packages(PACKAGES)


# Of one module: while it is open an event loop runs in this thread, and tests of other kinds could not run their own.
@pytest.fixture(scope="module")
def editors(node: str) -> Iterator[Page]:
    """Return an empty page in which BpmnJS, DmnJS and FormEditor are known."""
    modules = PACKAGES / "node_modules"
    with launched() as browser:
        page = browser.new_context(offline=True).new_page()
        for script in SCRIPTS:
            page.add_script_tag(path=modules / script)
        page.evaluate("schema => { window.zeebe = schema }", zeebe(modules))
        yield page


def zeebe(modules: Path) -> Any:
    """Return the description of the dialect's extensions, as Camunda Modeler has it."""
    return json.loads((modules / "zeebe-bpmn-moddle/resources/zeebe.json").read_text("utf-8"))
