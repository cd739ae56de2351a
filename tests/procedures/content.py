"""What the bureau's files say of their sources: which diagram cites which lines of the duty list, uses which limits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

import yaml
from lxml import etree

from engine.definitions.model import FlowNode, ProcessModel
from engine.definitions.reader import read
from tests.support.requirements import ROOT

LINES = re.compile(r"L(\d+)(?:\s*[–-]\s*L?(\d+))?")
LONGEST_CITATION = 60
"""Lines. A longer span names a chapter, not a step."""


@dataclass(frozen=True, slots=True)
class Citation:
    """Lines of the duty list that an element stands for."""

    first: int
    last: int

    def meets(self, first: int, last: int) -> bool:
        return self.first <= last and first <= self.last


@cache
def processes() -> Mapping[str, ProcessModel]:
    """Return every process of the content folder by id."""
    found: dict[str, ProcessModel] = {}
    for path in sorted((ROOT / "bpmn").rglob("*.bpmn")):
        model = read(path.read_bytes(), path.name).model
        assert model is not None, path
        found.update((process.id, process) for process in model.processes)
    return found


@cache
def controls() -> list[Mapping[str, Any]]:
    """Return the register of controls."""
    content = yaml.safe_load((ROOT / "organisation" / "controls.yaml").read_text("utf-8"))
    return list(content["controls"])


def with_called(process_id: str) -> list[ProcessModel]:
    """Return a process and all that it calls, through any number of calls, where the callee is written down."""
    found: dict[str, ProcessModel] = {}
    waiting = [process_id]
    while waiting:
        process = processes().get(waiting.pop())
        if process is None or process.id in found:
            continue
        found[process.id] = process
        waiting += [call for node in process.body.walk() for call in _called(node)]
    return list(found.values())


def _called(node: FlowNode) -> Iterator[str]:
    if node.called_element is not None:
        yield from re.findall(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)+", node.called_element.process.id.source)


def citations(text: str | None) -> Iterator[Citation]:
    """Yield the lines that a text names as ``L435`` or ``L435–L440``."""
    for match in LINES.finditer(text or ""):
        first, last = int(match[1]), int(match[2] or match[1])
        if 0 <= last - first <= LONGEST_CITATION:
            yield Citation(first, last)


def cited_by_elements(process_id: str) -> list[Citation]:
    """Return what the elements of a process and of what it calls cite, in their documentation or as their source."""
    nodes = [node for process in with_called(process_id) for node in process.body.walk()]
    return [
        citation
        for node in nodes
        for text in (node.documentation, node.properties.get("source"))
        for citation in citations(text)
    ]


def cited_by_tables(process_id: str) -> list[Citation]:
    """Return what the decision tables that a process evaluates cite."""
    wanted = {
        node.called_decision.decision.id.source
        for process in with_called(process_id)
        for node in process.body.walk()
        if node.called_decision is not None
    }
    found: list[Citation] = []
    for path in sorted((ROOT / "dmn").glob("*.dmn")):
        tree = etree.fromstring(path.read_bytes(), etree.XMLParser(resolve_entities=False, no_network=True))
        if wanted & {str(element.get("id")) for element in tree.iter("{*}decision")}:
            found += citations("\n".join(str(text) for text in tree.itertext()))
    return found


def covers(patterns: Iterable[str], process_id: str) -> bool:
    """Return whether one of the patterns of a control covers a process."""
    return any(fnmatchcase(process_id, pattern) for pattern in patterns)


def cited_by_controls(process_id: str) -> list[Citation]:
    """Return the words of the duty list that controls of a process quote."""
    watching = [control for control in controls() if covers(control.get("watch", {}).get("procedures", ()), process_id)]
    return [Citation(words["line"], words["line"]) for control in watching for words in control.get("words", ())]


def limits_used() -> set[str]:
    """Return the ids of time limits that an element's clocks name."""
    values = [
        value
        for process in processes().values()
        for node in process.body.walk()
        for name, value in node.properties.items()
        if name.startswith("clock.")
    ]
    return {word for value in values for word in re.findall(r"[a-z]+(?:-[a-z0-9]+)*\.[a-z0-9-]+", value)}
