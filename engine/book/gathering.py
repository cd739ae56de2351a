"""Reads the content folders and the organisation into a book."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from engine.book.describing import form_id, form_of, parts, steps_of
from engine.book.model import Book, Chapter, Limit, Procedure, Watched
from engine.book.tables import limits_by_id, rules_by_decision
from engine.controls.reading import read_registry
from engine.controls.registry import Control
from engine.definitions.content import DMN, Content, examine
from engine.definitions.kinds import ProcedureKind, kind_of, marks_of
from engine.definitions.model import DefinitionsModel, ProcessModel
from engine.definitions.source import ContentFolders
from engine.errors import InvalidInput
from engine.identity.organisation import read_organisation
from engine.layout.svg import to_svg
from engine.rehearsal.scenario import SUFFIX, read_scenarios

_LIMIT_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\.[a-z0-9-]+")
_KINDS = list(ProcedureKind)
"""In the order in which a chapter has them."""
SHARED = "shared"
"""Folder of the parts that procedures of several departments call."""


class ContentFaulty(InvalidInput):
    """The content has errors; a book of it would lie."""

    code = "book.content-faulty"


def gather(root: Path) -> Book:
    """Return the book of the content below ``root``. Raises ContentFaulty where ``banjie check`` finds errors."""
    files = ContentFolders(root).read_all()
    content = examine(files)
    if errors := content.errors:
        raise ContentFaulty(f"内容有 {len(errors)} 个错误，请先用 banjie check 查明并改正：{errors[0]}")
    return _Gatherer(root, files, content).book()


class _Gatherer:
    def __init__(self, root: Path, files: Mapping[str, bytes], content: Content) -> None:
        self._organisation = read_organisation(root / "organisation", people=False, password_hash=None)
        self._files = files
        self._content = content
        decisions = {name: data for name, data in files.items() if name.endswith(DMN)}
        self._limits = limits_by_id(decisions)
        self._rules = rules_by_decision(decisions)
        self._controls = _controls(root / "organisation" / "controls.yaml")
        self._forms = {str(schema["id"]): schema for schema in content.forms.values()}
        self._names = {
            process.id: process.name or process.id for model in content.diagrams.values() for process in model.processes
        }
        self._examples = {
            scenario_file.name.removesuffix(SUFFIX): [scenario.name for scenario in read_scenarios(scenario_file)]
            for scenario_file in sorted((root / "bpmn").rglob(f"*{SUFFIX}"))
        }

    def book(self) -> Book:
        departments = self._organisation.departments
        bureau = next((each["name"] for each in departments if each.get("kind") == "bureau"), "")
        by_department: dict[str, list[Procedure]] = {}
        for file, model in sorted(self._content.diagrams.items()):
            folder = file.split("/")[1] if file.count("/") > 1 else ""
            for process in model.processes:
                owner = SHARED if folder == SHARED else process.properties.get("department", folder)
                by_department.setdefault(owner, []).append(self._procedure(file, model, process))
        chapters = [
            self._chapter(department, by_department.get(department["id"], ()))
            for department in departments
            if department.get("kind") == "internal" or by_department.get(department["id"])
        ]
        return Book(f"{bureau}工作流程汇编", chapters, by_department.get(SHARED, ()))

    def _chapter(self, department: Mapping[str, Any], procedures: Sequence[Procedure]) -> Chapter:
        id_ = department["id"]
        duties = [each["matter"] for each in self._organisation.responsibilities if each["lead"] == id_]
        posts = [each for each in self._organisation.posts if each["department"] == id_]
        in_order = sorted(procedures, key=lambda each: (_KINDS.index(each.kind), _first_line(each), each.id))
        return Chapter(id_, department["name"], department.get("plaques", ()), duties, posts, in_order)

    def _procedure(self, file: str, model: DefinitionsModel, process: ProcessModel) -> Procedure:
        nodes = list(process.body.walk())
        steps = steps_of(process, self._names)
        decisions = {node.called_decision.decision.id.source for node in nodes if node.called_decision is not None}
        badges = marks_of(process.properties)
        screens: dict[str, list[str]] = {}
        for node in nodes:
            if form_id(node) in self._forms:
                screens.setdefault(form_id(node), []).append(node.name or node.id)
        called = [node.called_element.process.id.source for node in nodes if node.called_element is not None]
        return Procedure(
            id=process.id,
            name=process.name or process.id,
            kind=kind_of(badges, process.properties.get("family")),
            badges=badges,
            source=process.properties.get("source", ""),
            parts=parts(process.documentation),
            picture=to_svg(self._files[file]),
            roles=process.lanes,
            steps=steps,
            limits=list(self._limits_of(process)),
            rules=[rule for id_, rule in self._rules.items() if id_ in decisions],
            forms=[form_of(self._forms[id_], "、".join(users)) for id_, users in screens.items()],
            papers=[step.name for step in steps if step.kind == "出文"],
            controls=[_watched(control) for control in self._controls if _watches(control, process)],
            calls=[(id_, self._names[id_]) for id_ in dict.fromkeys(called) if id_ in self._names],
            examples=self._examples.get(process.id, ()),
        )

    def _limits_of(self, process: ProcessModel) -> Iterator[Limit]:
        """The limits that the elements' clocks name, then those of the procedure that no clock keeps."""
        named = [
            id_
            for node in process.body.walk()
            for name, value in node.properties.items()
            if name.startswith("clock.")
            for id_ in _LIMIT_ID.findall(value)
        ]
        own = [id_ for id_ in self._limits if id_.rpartition(".")[0] == process.id]
        for id_ in dict.fromkeys((*named, *own)):
            yield from self._limits.get(id_, ())


def _controls(path: Path) -> Sequence[Control]:
    return list(read_registry(path.read_text("utf-8")).controls.values()) if path.is_file() else []


def _watches(control: Control, process: ProcessModel) -> bool:
    """Whether a control looks at this procedure: at its start, at an element, or named by an element."""
    if control.watch.covers_start(process.id):
        return True
    for node in process.body.walk():
        named = [word.strip() for word in node.properties.get("control", "").split(",")]
        if control.id in named or control.watch.covers(process.id, node.id, node.properties.get("control.duty")):
            return True
    return False


def _watched(control: Control) -> Watched:
    words = "；".join(f"“{each.text}”（L{each.line}）" for each in control.words)
    return Watched(control.id, control.title, control.strength.name, words)


def _first_line(procedure: Procedure) -> int:
    """Where the procedure begins in the duty list; what is not in it comes last."""
    for texts in ((procedure.source,), procedure.parts.values(), (step.seed for step in procedure.steps)):
        if found := [int(line) for text in texts for line in re.findall(r"L(\d+)", text)]:
            return min(found)
    return 1_000_000
