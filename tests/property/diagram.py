"""A BPMN file as the independent interpreter sees it: read with lxml alone, nothing from ``engine``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from lxml import etree

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"
ACTIVITIES = ("userTask", "serviceTask", "scriptTask", "task", "receiveTask", "subProcess", "callActivity")


@dataclass
class Node:
    """An element with all that its behaviour depends on."""

    id: str
    tag: str
    xml: Any
    scope: Body
    order: int
    incoming: list[str] = field(default_factory=list)
    outgoing: list[str] = field(default_factory=list)
    body: Body | None = None

    @property
    def event(self) -> str | None:
        """The kind of its event definition."""
        for child in self.xml:
            name = etree.QName(child).localname
            if name.endswith("EventDefinition"):
                return name.removesuffix("EventDefinition")
        return None

    @property
    def detail(self) -> str:
        """The timer, message name, signal name, code, condition or link name of its event."""
        definition = next(c for c in self.xml if etree.QName(c).localname.endswith("EventDefinition"))
        for attribute in ("messageRef", "signalRef", "errorRef", "escalationRef", "name"):
            if attribute in definition.attrib:
                return str(definition.get(attribute))
        return next((str(child.text) for child in definition if child.text), "")

    @property
    def repeating(self) -> Any:
        """Its multi-instance or loop characteristics."""
        for name in ("multiInstanceLoopCharacteristics", "standardLoopCharacteristics"):
            found = self.xml.find(BPMN + name)
            if found is not None:
                return found
        return None

    @property
    def host(self) -> str | None:
        """The activity a boundary event is attached to."""
        return self.xml.get("attachedToRef")

    @property
    def interrupting(self) -> bool:
        """Whether a boundary event or an event subprocess' start interrupts."""
        return self.xml.get("cancelActivity", self.xml.get("isInterrupting", "true")) == "true"

    @property
    def is_event_sub(self) -> bool:
        """Whether it is an event subprocess."""
        return self.xml.get("triggeredByEvent") == "true"

    def extension(self, path: str) -> Any:
        """Find a ``zeebe:`` extension."""
        return self.xml.find(f"{BPMN}extensionElements/" + "/".join(ZEEBE + part for part in path.split("/")))

    def mappings(self, which: str) -> list[tuple[str, str]]:
        """Return (source, target) of its inputs or outputs."""
        found = self.xml.findall(f"{BPMN}extensionElements/{ZEEBE}ioMapping/{ZEEBE}{which}")
        return [(each.get("source"), each.get("target")) for each in found]


@dataclass
class Body:
    """The content of a process or subprocess, in document order."""

    id: str
    nodes: dict[str, Node] = field(default_factory=dict)
    flows: dict[str, tuple[str, str, str | None]] = field(default_factory=dict)
    """Flow id to source, target, condition."""

    def boundaries(self, host: str) -> list[Node]:
        """Return the boundary events of an activity."""
        return [node for node in self.nodes.values() if node.host == host]

    def starts(self) -> list[Node]:
        """Return the start events."""
        return [node for node in self.nodes.values() if node.tag == "startEvent"]

    def event_starts(self) -> list[tuple[Node, Node]]:
        """Return (event subprocess, its start event)."""
        subs = [node for node in self.nodes.values() if node.is_event_sub and node.body is not None]
        return [(sub, sub.body.starts()[0]) for sub in subs if sub.body is not None]

    def upstream(self, join: Node) -> dict[str, set[str]]:
        """For every node: the incoming flows of ``join`` it can reach without passing ``join``."""
        reach: dict[str, set[str]] = {node_id: set() for node_id in self.nodes}
        changed = True
        while changed:
            changed = False
            for node in self.nodes.values():
                now = set(reach[node.id])
                for flow in node.outgoing:
                    target = self.flows[flow][1]
                    now |= {flow} if target == join.id else reach[target]
                for event in self.boundaries(node.id):
                    now |= reach[event.id]
                if node.tag == "intermediateThrowEvent" and node.event == "link":
                    now |= reach[self.link(node.detail).id]
                if now != reach[node.id]:
                    reach[node.id] = now
                    changed = True
        return reach

    def link(self, name: str) -> Node:
        """Return the catching link event of this name."""
        return next(
            node
            for node in self.nodes.values()
            if node.tag == "intermediateCatchEvent" and node.event == "link" and node.detail == name
        )


def read(file: bytes) -> dict[str, Body]:
    """Return the processes of a file by id."""
    counter = iter(range(10**6))
    root = etree.fromstring(file)
    return {str(process.get("id")): _body(process, counter) for process in root.findall(f"{BPMN}process")}


def _body(element: Any, counter: Any) -> Body:
    body = Body(element.get("id"))
    for child in element:
        tag = etree.QName(child).localname
        if tag == "sequenceFlow":
            condition = child.findtext(f"{BPMN}conditionExpression")
            body.flows[child.get("id")] = (child.get("sourceRef"), child.get("targetRef"), condition)
        elif tag.endswith(("Event", "Task", "task", "Gateway", "Activity", "subProcess", "SubProcess")):
            node = Node(child.get("id"), tag, child, body, next(counter))
            body.nodes[node.id] = node
            if tag == "subProcess":
                node.body = _body(child, counter)
    for flow, (source, target, _) in body.flows.items():
        body.nodes[source].outgoing.append(flow)
        body.nodes[target].incoming.append(flow)
    return body
