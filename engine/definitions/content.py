"""Files before they are deployed: read, checked by themselves and against each other, all problems at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from engine import dmn
from engine.definitions.convert import Conversion, convert, is_foreign
from engine.definitions.forms import examine_form
from engine.definitions.model import DefinitionsModel, ElementType, Expression, FlowNode, ProcessModel
from engine.definitions.papers import DESCRIPTION, TEMPLATE, PaperTemplate, is_paper_file, papers_named, read_papers
from engine.definitions.problems import Kind, Problem, sort_problems
from engine.definitions.reader import read
from engine.errors import Place

BPMN, DMN, FORM = ".bpmn", ".dmn", ".form"
BPMN_XML = ".bpmn20.xml"
"""How Activiti and Flowable end the names of their diagrams."""
KINDS: Mapping[str, str] = {
    BPMN: "bpmn",
    BPMN_XML: "bpmn",
    DMN: "dmn",
    FORM: "form",
    TEMPLATE: "paper",
    DESCRIPTION: "paper-description",
}
"""Kinds of files by their ending."""


class Known(Protocol):
    """What is deployed already, for references that leave the set."""

    def has_process(self, process_id: str) -> bool:
        """Return whether a process with this id is deployed."""
        ...

    def has_decision(self, decision_id: str) -> bool:
        """Return whether a decision with this id is deployed."""
        ...

    def has_form(self, form_id: str) -> bool:
        """Return whether a form with this id is deployed."""
        ...

    def has_paper(self, paper_id: str) -> bool:
        """Return whether a paper with this id is deployed."""
        ...


class NothingKnown:
    """Nothing is deployed: every reference must be met inside the set."""

    def has_process(self, process_id: str) -> bool:
        """Return False."""
        return False

    def has_decision(self, decision_id: str) -> bool:
        """Return False."""
        return False

    def has_form(self, form_id: str) -> bool:
        """Return False."""
        return False

    def has_paper(self, paper_id: str) -> bool:
        """Return False."""
        return False


@dataclass(slots=True)
class Content:
    """A set of files as read, and everything that is wrong with them."""

    diagrams: dict[str, DefinitionsModel] = field(default_factory=dict)
    decisions: dict[str, dmn.Model] = field(default_factory=dict)
    forms: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    papers: dict[str, PaperTemplate] = field(default_factory=dict)
    conversions: dict[str, Conversion] = field(default_factory=dict)
    """Files of other engines' dialects, as they were rewritten: what is deployed of them is the rewritten file."""
    problems: tuple[Problem, ...] = ()

    @property
    def deployable(self) -> bool:
        """Whether nothing is invalid, unsupported or missing."""
        return not self.errors

    @property
    def errors(self) -> list[Problem]:
        """The problems that refuse the set."""
        return [problem for problem in self.problems if problem.kind is not Kind.CONVENTION]


@dataclass(frozen=True, slots=True)
class Reference:
    """Something a diagram names that must be deployed with it or before it."""

    kind: str
    id: str
    element: str
    line: int | None


def examine(files: Mapping[str, bytes], known: Known | None = None) -> Content:
    """Read a set of files (name to content) and check them by themselves and against each other.

    Never raises for what a file holds. References may be met inside the set or by what is ``known``. What files lack
    of each other, or both define, makes none of them invalid: they only can't be deployed like that.
    """
    content = Content()
    problems: list[Problem] = []
    for name in sorted(files):
        problems += _read_one(name, files[name], content)
    content.papers, found = read_papers(files)
    problems += found
    problems += _doubled_ids(content)
    problems += _unmet_references(content, known or NothingKnown())
    content.problems = sort_problems(problems)
    return content


def references(process: ProcessModel) -> Iterable[Reference]:
    """Yield the forms, decisions, processes and papers that a process names by fixed ids."""
    for node in process.body.walk():
        yield from _references_of(node)
    for paper_id, node in papers_named(process):
        yield Reference("paper", paper_id, node.id, node.line)


def _read_one(name: str, data: bytes, content: Content) -> list[Problem]:
    if name.endswith((BPMN, BPMN_XML)):
        return _read_diagram(name, data, content)
    if name.endswith(DMN):
        return _read_decisions(name, data, content)
    if name.endswith(FORM):
        schema, problems = examine_form(name, data)
        if schema is not None:
            content.forms[name] = schema
        return problems
    if is_paper_file(name):
        return []
    message = "文件类型不能部署，只接受 .bpmn、.dmn、.form，以及文书模板 .docx 和它的说明 .yaml。"
    return [_problem(Kind.INVALID, "content.kind-unknown", message, name)]


def _read_diagram(name: str, data: bytes, content: Content) -> list[Problem]:
    left: tuple[Problem, ...] = ()
    if is_foreign(data, name):
        conversion = content.conversions[name] = convert(data, name)
        data, left = conversion.xml, conversion.left
    reading = read(data, name)
    if reading.model is not None:
        content.diagrams[name] = reading.model
    return [*left, *reading.problems]


def _read_decisions(name: str, data: bytes, content: Content) -> list[Problem]:
    try:
        model = dmn.load(data)
        content.decisions[name] = model
        return [_finding(name, finding) for finding in dmn.check(model) if finding.severity != "info"]
    except dmn.DmnModelInvalid as error:
        return [
            Problem(Kind.INVALID, item.code, item.message, Place(name, item.line, item.element))
            for item in error.problems
        ]
    except dmn.DmnError as error:
        return [Problem(Kind.INVALID, error.code, error.message, Place(name, error.line, error.element))]


def _finding(name: str, finding: dmn.Finding) -> Problem:
    """What can never be right refuses the file; a gap or an overlap is told and left to the analyst."""
    kind = Kind.INVALID if finding.severity == "error" else Kind.CONVENTION
    return Problem(kind, finding.code, finding.message, Place(name, finding.line, finding.element))


def _doubled_ids(content: Content) -> list[Problem]:
    problems: list[Problem] = []
    seen: dict[tuple[str, str], str] = {}
    for kind, id_, name in _defined(content):
        other = seen.setdefault((kind, id_), name)
        if other != name:
            message = f"{_WORDS[kind]} {id_} 在 {other} 中也有定义，请改用不同的标识。"
            problems.append(_problem(Kind.UNSUPPORTED, "content.id-doubled", message, name))
    return problems


def _defined(content: Content) -> Iterable[tuple[str, str, str]]:
    for name, diagram in content.diagrams.items():
        for process in diagram.processes:
            yield "process", process.id, name
    for name, model in content.decisions.items():
        for decision in model.decisions:
            yield "decision", decision.id or decision.name, name
    for name, schema in content.forms.items():
        yield "form", str(schema["id"]), name
    for name, paper in content.papers.items():
        yield "paper", paper.id, name


def _unmet_references(content: Content, known: Known) -> list[Problem]:
    inside: dict[str, set[str]] = {word: set() for word in _WORDS}
    for kind, id_, _ in _defined(content):
        inside[kind].add(id_)
    outside = {
        "process": known.has_process,
        "decision": known.has_decision,
        "form": known.has_form,
        "paper": known.has_paper,
    }
    problems: list[Problem] = []
    for name, diagram in content.diagrams.items():
        for process in diagram.processes:
            for reference in references(process):
                if reference.id in inside[reference.kind] or outside[reference.kind](reference.id):
                    continue
                word = _WORDS[reference.kind]
                message = f"引用的{word} {reference.id} 不存在，请把它一起放入或改正引用。"
                place = Place(name, reference.line, reference.element)
                problems.append(Problem(Kind.UNSUPPORTED, f"content.{reference.kind}-missing", message, place))
    return problems


def _references_of(node: FlowNode) -> Iterable[Reference]:
    if node.user_task is not None and node.user_task.form is not None:
        yield from _fixed("form", node.user_task.form.id, node)
    if node.start_form is not None:
        yield from _fixed("form", node.start_form.id, node)
    if node.called_decision is not None:
        yield from _fixed("decision", node.called_decision.decision.id, node)
    if node.type is ElementType.CALL_ACTIVITY and node.called_element is not None:
        yield from _fixed("process", node.called_element.process.id, node)


def _fixed(kind: str, id_: Expression, node: FlowNode) -> Iterable[Reference]:
    if not id_.is_feel:
        yield Reference(kind, id_.source, node.id, id_.line or node.line)


def _problem(kind: Kind, code: str, message: str, name: str) -> Problem:
    return Problem(kind, code, message, Place(name))


_WORDS = {"process": "流程", "decision": "决策", "form": "表单", "paper": "文书模板"}
