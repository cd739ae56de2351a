"""One parsed BPMN file with what reading and checking ask of it again and again: names, ids, lines, references."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import cast

from lxml import etree

from engine.definitions.problems import Kind, Problems

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
ZEEBE = "http://camunda.org/schema/zeebe/1.0"
XSI = "http://www.w3.org/2001/XMLSchema-instance"

EVENTS = ("startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent")
TASKS = (
    "task", "userTask", "manualTask", "serviceTask", "sendTask", "receiveTask", "scriptTask", "businessRuleTask",
)  # fmt: skip
SUB_PROCESSES = ("subProcess", "adHocSubProcess", "transaction")
ACTIVITIES = (*TASKS, *SUB_PROCESSES, "callActivity")
GATEWAYS = ("exclusiveGateway", "inclusiveGateway", "parallelGateway", "eventBasedGateway", "complexGateway")
FLOW_NODES = frozenset((*EVENTS, *ACTIVITIES, *GATEWAYS))
CHOREOGRAPHY_ACTIVITIES = ("choreographyTask", "subChoreography", "callChoreography")
CHOREOGRAPHIES = ("choreography", "globalChoreographyTask")
SCOPES = frozenset(("process", *SUB_PROCESSES))


def bpmn(name: str) -> str:
    """Return the qualified name of a BPMN element."""
    return f"{{{BPMN}}}{name}"


def zeebe(name: str) -> str:
    """Return the qualified name of a Camunda 8 extension element."""
    return f"{{{ZEEBE}}}{name}"


def local(element: etree._Element) -> str:
    """Return an element's name without its namespace; an empty string for comments."""
    tag: object = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def line_of(element: etree._Element) -> int | None:
    """Return the line an element starts on."""
    return cast("int | None", element.sourceline)


def is_bpmn(element: etree._Element) -> bool:
    """Whether the element belongs to BPMN itself, not to an extension."""
    tag: object = element.tag
    return isinstance(tag, str) and tag.startswith(f"{{{BPMN}}}")


def text_of(element: etree._Element | None) -> str | None:
    """Return the element's own text without outer blanks (CDATA and comments inside allowed); None if there is none."""
    if element is None:
        return None
    parts = [element.text, *(child.tail for child in element)]
    return "".join(part for part in parts if part).strip() or None


class Document:
    """A file's element tree, its index of ids, and the place where findings go."""

    def __init__(self, root: etree._Element, file: str, problems: Problems, *, trial: bool = False) -> None:
        self.root = root
        self.file = file
        self.problems = problems
        self.trial = trial
        """Whether the file is read for a rehearsal in memory: what other languages say is translated or left to it."""
        self.by_id: dict[str, etree._Element] = {}
        self._alive = list(root.iter())
        """Keeps lxml's element objects in being, so that an element can be compared and used as a key."""
        for element in root.iter(f"{{{BPMN}}}*"):
            identifier = element.get("id")
            if identifier is not None:
                self.by_id.setdefault(identifier, element)
        self.uses_zeebe = next(root.iter(f"{{{ZEEBE}}}*"), None) is not None
        """Whether the file is written in Camunda 8's dialect."""

    def children(self, parent: etree._Element | None, *names: str) -> Iterator[etree._Element]:
        """Yield the BPMN children with one of ``names`` (any BPMN child if none is given), in document order."""
        if parent is None:
            return
        yield from parent.iterchildren(*(bpmn(name) for name in names or ("*",)))

    def child(self, parent: etree._Element | None, name: str) -> etree._Element | None:
        """Return the first BPMN child called ``name``."""
        return next(self.children(parent, name), None)

    def all(self, *names: str) -> Iterator[etree._Element]:
        """Yield every BPMN element of the file with one of ``names``, in document order."""
        yield from self.root.iter(*(bpmn(name) for name in names))

    def flow_nodes(self, scope: etree._Element) -> Iterator[etree._Element]:
        """Yield the flow nodes directly in a process or subprocess."""
        yield from self.children(scope, *FLOW_NODES)

    def extension(self, element: etree._Element, name: str) -> etree._Element | None:
        """Return the ``zeebe:`` extension element called ``name``."""
        holder = self.child(element, "extensionElements")
        return None if holder is None else holder.find(zeebe(name))

    def target_of(self, reference: str | None) -> etree._Element | None:
        """Return what an IDREF or QName points to in this file; the prefix of a QName is the file's own namespace."""
        if reference is None:
            return None
        reference = reference.strip()
        found = self.by_id.get(reference)
        if found is None and ":" in reference:
            found = self.by_id.get(reference.partition(":")[2])
        return found

    def documentation(self, element: etree._Element) -> str | None:
        """Return the text of the element's documentation, paragraphs joined by line breaks."""
        texts = ["".join(str(t) for t in d.itertext()).strip() for d in self.children(element, "documentation")]
        return "\n".join(text for text in texts if text) or None

    def report(self, kind: Kind, code: str, message: str, element: etree._Element) -> None:
        """Note a finding at ``element``; one without an id is named by the nearest that has one."""
        named: etree._Element | None = element
        while named is not None and named.get("id") is None:
            named = named.getparent()
        identifier = None if named is None else named.get("id")
        self.problems.add(kind, code, message, line=line_of(element), element=identifier)

    def invalid(self, code: str, message: str, element: etree._Element) -> None:
        """Note a breach of the standard."""
        self.report(Kind.INVALID, code, message, element)

    @cached_property
    def processes_to_run(self) -> list[etree._Element]:
        """The processes marked executable, and unmarked ones that they call; where none is marked, all that hold nodes.

        ``isExecutable`` has no default in the schema: a called process may well leave it out.
        """
        processes = list(self.children(self.root, "process"))
        run = [process for process in processes if is_true(process.get("isExecutable"))]
        if not run:
            return [process for process in processes if any(True for _ in self.flow_nodes(process))] or processes
        unmarked = [process for process in processes if process.get("isExecutable") is None]
        for process in run:  # grows while it is walked
            called = self._called_by(process)
            run.extend(each for each in unmarked if each.get("id") in called and each not in run)
        return [process for process in processes if process in run]

    def _called_by(self, process: etree._Element) -> set[str | None]:
        found: set[str | None] = set()
        for call in process.iter(bpmn("callActivity")):
            extension = self.extension(call, "calledElement")
            target = self.target_of(call.get("calledElement"))
            found.add(target.get("id") if target is not None else None)
            found.add(None if extension is None else extension.get("processId"))
        return found - {None}

    def _is_run(self, element: etree._Element) -> bool:
        """Whether the element is not in a process, or choreography, that is drawn for people only."""
        held = (element, *element.iterancestors())
        holder = next((each for each in held if local(each) in ("process", *CHOREOGRAPHIES) and is_bpmn(each)), None)
        return holder is None or holder in self.processes_to_run

    def unsupported(self, code: str, message: str, element: etree._Element) -> None:
        """Note something legal that is not executed; in what nobody wants to execute it does no harm."""
        self.report(Kind.UNSUPPORTED if self._is_run(element) else Kind.CONVENTION, code, message, element)

    def convention(self, code: str, message: str, element: etree._Element) -> None:
        """Note a departure from a convention."""
        self.report(Kind.CONVENTION, code, message, element)


def is_event_sub_process(element: etree._Element) -> bool:
    """Whether a subprocess is started by an event."""
    return local(element) in SUB_PROCESSES and is_true(element.get("triggeredByEvent"))


def is_true(value: str | None) -> bool:
    """Read an ``xsd:boolean``; a missing one is false."""
    return value is not None and value.strip() in ("true", "1")


def name_of(element: etree._Element) -> str:
    """Return how a message names the element: its kind, name and id."""
    label = element.get("name") or ""
    identifier = element.get("id") or ""
    inner = " ".join(part for part in (label.replace("\n", " "), identifier) if part)
    return f"{local(element)}（{inner}）" if inner else local(element)
