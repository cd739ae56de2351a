"""The sequence flows of a file as a graph of XML elements; what most rules look at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from lxml import etree

from engine.definitions.model import EventType
from engine.definitions.reading.document import (
    CHOREOGRAPHIES,
    CHOREOGRAPHY_ACTIVITIES,
    FLOW_NODES,
    SCOPES,
    Document,
    bpmn,
    is_bpmn,
    is_event_sub_process,
    is_true,
    local,
)
from engine.definitions.reading.events import EVENT_TYPES, definitions_of


class Graph:
    """A document with its sequence flows resolved: only flows whose two ends are flow nodes are edges."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.flows: list[tuple[etree._Element, etree._Element, etree._Element]] = []
        """Each flow with its source and target element, in document order."""
        self._incoming: dict[etree._Element, list[etree._Element]] = defaultdict(list)
        self._outgoing: dict[etree._Element, list[etree._Element]] = defaultdict(list)
        self.imported = {str(item.get("namespace")) for item in document.all("import")}
        """Namespaces of other files."""
        self._boundary: dict[str, list[etree._Element]] = defaultdict(list)
        for event in document.all("boundaryEvent"):
            self._boundary[(event.get("attachedToRef") or "").strip()].append(event)
        for flow in document.all("sequenceFlow"):
            source = document.target_of(flow.get("sourceRef"))
            target = document.target_of(flow.get("targetRef"))
            if source is None or target is None or not is_flow_node(source) or not is_flow_node(target):
                continue
            self.flows.append((flow, source, target))
            self._outgoing[source].append(flow)
            self._incoming[target].append(flow)

    def incoming(self, node: etree._Element) -> list[etree._Element]:
        """Return the sequence flows that lead to a node."""
        return self._incoming.get(node, [])

    def outgoing(self, node: etree._Element) -> list[etree._Element]:
        """Return the sequence flows that leave a node."""
        return self._outgoing.get(node, [])

    def successors(self, node: etree._Element) -> list[etree._Element]:
        """Return where a node's outgoing flows lead, in document order."""
        return [self.end(flow, "targetRef") for flow in self.outgoing(node)]

    def end(self, flow: etree._Element, attribute: str) -> etree._Element:
        """Return the node at ``sourceRef`` or ``targetRef`` of a resolved flow."""
        node = self.document.target_of(flow.get(attribute))
        if node is None:
            raise LookupError(f"{attribute} of an unresolved sequence flow")
        return node

    def scopes(self) -> Iterator[etree._Element]:
        """Yield every process and subprocess."""
        yield from self.document.all(*sorted(SCOPES))

    def nodes(self) -> Iterator[etree._Element]:
        """Yield every flow node of every process."""
        for element in self.document.root.iter(*(bpmn(name) for name in sorted(FLOW_NODES))):
            if scope_of(element) is not None:
                yield element

    def boundary_events(self, activity: etree._Element) -> list[etree._Element]:
        """Return the boundary events attached to an activity."""
        return self._boundary.get(activity.get("id") or "", [])

    def event_types(self, event: etree._Element) -> list[EventType]:
        """Return what an event waits for or throws; an empty list for a none event."""
        return [EVENT_TYPES[local(definition)] for definition in definitions_of(self.document, event)]


def is_flow_node(element: etree._Element) -> bool:
    """Whether the element is an event, an activity (of a choreography too) or a gateway."""
    return is_bpmn(element) and (local(element) in FLOW_NODES or local(element) in CHOREOGRAPHY_ACTIVITIES)


def scope_of(element: etree._Element) -> etree._Element | None:
    """Return the process or subprocess that directly holds the element, or None."""
    parent = element.getparent()
    return parent if parent is not None and is_bpmn(parent) and local(parent) in SCOPES else None


def process_of(element: etree._Element) -> etree._Element | None:
    """Return the process around an element."""
    current: etree._Element | None = element
    while current is not None and not (is_bpmn(current) and local(current) == "process"):
        current = current.getparent()
    return current


def in_choreography(element: etree._Element) -> bool:
    """Whether the element is drawn in a choreography, where many rules of processes do not hold (chapter 11)."""
    return any(is_bpmn(each) and local(each) in CHOREOGRAPHIES for each in element.iterancestors())


def is_executable(element: etree._Element) -> bool:
    """Whether the element is in a process marked ``isExecutable``; some rules bind only those."""
    process = process_of(element)
    return process is not None and is_true(process.get("isExecutable"))


def breach(document: Document, code: str, message: str, element: etree._Element) -> None:
    """Note what the standard demands of executable processes only: elsewhere it is legal, but cannot be executed."""
    if is_executable(element):
        document.invalid(code, message, element)
    else:
        document.unsupported(code, message, element)


def is_compensation_activity(element: etree._Element) -> bool:
    """Whether the activity only runs to compensate another."""
    return is_true(element.get("isForCompensation"))


def position_of(graph: Graph, event: etree._Element) -> str:
    """Return where an event stands, as the keys of ``positions.ALLOWED`` name it."""
    kind = local(event)
    if kind == "boundaryEvent":
        cancels = event.get("cancelActivity")
        return "boundary" if cancels is None or is_true(cancels) else "boundary non-interrupting"
    if kind != "startEvent":
        return {"intermediateCatchEvent": "catch", "intermediateThrowEvent": "throw"}.get(kind, "end")
    scope = scope_of(event)
    if scope is None or local(scope) == "process":
        return "start"
    if not is_event_sub_process(scope):
        return "start of subprocess"
    interrupts = event.get("isInterrupting")
    return "event subprocess" if interrupts is None or is_true(interrupts) else "event subprocess non-interrupting"
