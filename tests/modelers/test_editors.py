"""Every file opens in the editors that analysts use, and means the same when they have saved it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.modelers import meaning
from tests.support.requirements import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

OPEN_DIAGRAM = """async xml => {
  const container = document.body.appendChild(document.createElement('div'));
  const editor = new BpmnJS({ container, moddleExtensions: { zeebe: window.zeebe } });
  const { warnings } = await editor.importXML(xml);
  const saved = await editor.saveXML({ format: true });
  editor.destroy(); container.remove();
  return { xml: saved.xml, warnings: warnings.map(warning => warning.message) };
}"""
OPEN_DECISIONS = """async xml => {
  const container = document.body.appendChild(document.createElement('div'));
  const editor = new DmnJS({ container });
  const { warnings } = await editor.importXML(xml);
  for (const view of editor.getViews()) await editor.open(view);
  const saved = await editor.saveXML({ format: true });
  editor.destroy(); container.remove();
  return { xml: saved.xml, warnings: warnings.map(warning => warning.message) };
}"""
OPEN_FORM = """async schema => {
  const container = document.body.appendChild(document.createElement('div'));
  const editor = new FormEditor.FormEditor({ container });
  const { warnings } = await editor.importSchema(schema);
  const saved = editor.saveSchema();
  editor.destroy(); container.remove();
  return { schema: saved, warnings: warnings.map(warning => warning.message) };
}"""


def files(folder: str, suffix: str) -> list[str]:
    return [path.relative_to(ROOT).as_posix() for path in sorted((ROOT / folder).rglob(f"*{suffix}"))]


def content(file: str) -> str:
    return (ROOT / Path(file)).read_text("utf-8")


@pytest.mark.parametrize("file", files("bpmn", ".bpmn"))
def test_a_diagram_opens_and_survives(editors: Page, file: str) -> None:
    outcome = editors.evaluate(OPEN_DIAGRAM, content(file))

    assert outcome["warnings"] == []
    assert meaning.of_diagram(outcome["xml"].encode(), file) == meaning.of_diagram(content(file).encode(), file)


@pytest.mark.parametrize("file", files("dmn", ".dmn"))
def test_a_decision_model_opens_and_survives(editors: Page, file: str) -> None:
    outcome = editors.evaluate(OPEN_DECISIONS, content(file))

    assert outcome["warnings"] == []
    assert meaning.of_decisions(outcome["xml"].encode()) == meaning.of_decisions(content(file).encode())


@pytest.mark.parametrize("file", files("forms", ".form"))
def test_a_form_opens_and_survives(editors: Page, file: str) -> None:
    schema = json.loads(content(file))

    outcome = editors.evaluate(OPEN_FORM, schema)

    assert outcome["warnings"] == []
    assert meaning.of_form(outcome["schema"]) == meaning.of_form(schema)
