"""From BPMN XML to what there is to draw."""

from __future__ import annotations

from lxml import etree

from engine.layout.document import BPMN, is_bpmn, local, local_name
from engine.layout.model import Flow, Kind, Lane, Link, Node, Plane, Pool, Scope
from engine.layout.text import LINE_HEIGHT, wrap

TASK_SIZE = (120.0, 80.0)
GATEWAY_SIZE = (50.0, 50.0)
EVENT_SIZE = (36.0, 36.0)
DATA_SIZE = (36.0, 50.0)
STORE_SIZE = (50.0, 50.0)
ANNOTATION_WIDTH = 120.0

_SUBPROCESSES = {"subProcess", "transaction", "adHocSubProcess"}
_EVENTS = {"startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent"}
_TASKS = {
    "task", "userTask", "serviceTask", "businessRuleTask", "scriptTask", "sendTask", "receiveTask", "manualTask",
    "callActivity", "choreographyTask",
}  # fmt: skip
_GATEWAYS = {"exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway"}
_SIZES = {
    Kind.TASK: TASK_SIZE,
    Kind.GATEWAY: GATEWAY_SIZE,
    Kind.EVENT: EVENT_SIZE,
    Kind.BOUNDARY: EVENT_SIZE,
    Kind.DATA: DATA_SIZE,
    Kind.STORE: STORE_SIZE,
    Kind.SUBPROCESS: TASK_SIZE,
}


def kind_of(tag: str) -> Kind | None:
    """The family of shapes a BPMN element belongs to; None if it is not drawn as a shape."""
    if tag in _TASKS:
        return Kind.TASK
    if tag in _SUBPROCESSES:
        return Kind.SUBPROCESS
    if tag in _GATEWAYS:
        return Kind.GATEWAY
    if tag in _EVENTS:
        return Kind.EVENT
    return {
        "boundaryEvent": Kind.BOUNDARY,
        "dataObjectReference": Kind.DATA,
        "dataInput": Kind.DATA,
        "dataOutput": Kind.DATA,
        "dataStoreReference": Kind.STORE,
        "textAnnotation": Kind.ANNOTATION,
    }.get(tag)


def read_planes(root: etree._Element) -> list[Plane]:
    """One plane for the collaboration, then one for each process that no participant shows."""
    processes = {element.get("id", ""): element for element in root.iterchildren(f"{{{BPMN}}}process")}
    planes: list[Plane] = []
    shown: set[str] = set()
    for collaboration in root.iterchildren(f"{{{BPMN}}}collaboration"):
        plane = _read_collaboration(collaboration, processes)
        shown |= {pool.scope.id for pool in plane.pools if pool.scope}
        planes.append(plane)
    for process_id, element in processes.items():
        if process_id not in shown and any(kind_of(local(child)) for child in element):
            planes.append(Plane(process_id, [Pool(process_id, "", read_scope(element), framed=False)]))
    return planes


def _read_collaboration(element: etree._Element, processes: dict[str, etree._Element]) -> Plane:
    pools: list[Pool] = []
    messages: list[Flow] = []
    for child in element.iterchildren(f"{{{BPMN}}}participant"):
        process = processes.get(local_name(child.get("processRef", "")))
        scope = read_scope(process) if process is not None else None
        pools.append(Pool(child.get("id", ""), child.get("name", ""), scope if scope and scope.nodes else None))
    for child in element.iterchildren(f"{{{BPMN}}}messageFlow"):
        messages.append(_flow(child, Link.MESSAGE))
    _adopt_artifacts(element, pools)
    return Plane(element.get("id", ""), pools, messages)


def _adopt_artifacts(element: etree._Element, pools: list[Pool]) -> None:
    """Notes of the collaboration are drawn in the pool they are connected with (the first if with none)."""
    scopes = [pool.scope for pool in pools if pool.scope]
    if not scopes:
        return
    associations = [_flow(child, Link.ASSOCIATION) for child in element.iterchildren(f"{{{BPMN}}}association")]
    for child in element.iterchildren(f"{{{BPMN}}}textAnnotation"):
        note = _node(child, Kind.ANNOTATION)
        mine = [flow for flow in associations if note.id in (flow.source, flow.target)]
        ends = {end for flow in mine for end in (flow.source, flow.target)}
        home = next((scope for scope in scopes if ends & scope.nodes.keys()), scopes[0])
        home.nodes[note.id] = note
    for flow in associations:
        home = next((scope for scope in scopes if {flow.source, flow.target} & scope.nodes.keys()), scopes[0])
        home.flows.append(flow)


def read_scope(element: etree._Element) -> Scope:
    """The nodes, flows and lanes directly inside a process or subprocess."""
    scope = Scope(element.get("id", ""))
    defaults = {child.get("default") for child in element if is_bpmn(child)} - {None}
    for child in element:
        if not is_bpmn(child):
            continue
        tag = local(child)
        kind = kind_of(tag)
        if kind is not None:
            scope.nodes[child.get("id", "")] = _node(child, kind)
        elif tag == "sequenceFlow":
            flow = _flow(child, Link.SEQUENCE)
            flow.default = flow.id in defaults
            scope.flows.append(flow)
        elif tag == "association":
            scope.flows.append(_flow(child, Link.ASSOCIATION))
        elif tag == "laneSet":
            scope.lanes.extend(_lanes(child))
        scope.flows.extend(_data_flows(child))
    known = scope.nodes.keys() | {flow.id for flow in scope.flows}
    scope.flows = [flow for flow in scope.flows if flow.source in known and flow.target in known]
    return scope


def _flow(element: etree._Element, link: Link) -> Flow:
    source, target = local_name(element.get("sourceRef", "")), local_name(element.get("targetRef", ""))
    return Flow(element.get("id", ""), link, source, target, " ".join(element.get("name", "").split()))


def _data_flows(activity: etree._Element) -> list[Flow]:
    flows = []
    for child in activity.iterchildren(f"{{{BPMN}}}dataInputAssociation", f"{{{BPMN}}}dataOutputAssociation"):
        incoming = local(child) == "dataInputAssociation"
        end = child.findtext(f"{{{BPMN}}}{'sourceRef' if incoming else 'targetRef'}") or ""
        here, there = activity.get("id", ""), local_name(end)
        source, target = (there, here) if incoming else (here, there)
        flows.append(Flow(child.get("id", ""), Link.ASSOCIATION, source, target))
    return flows


def _lanes(lane_set: etree._Element) -> list[Lane]:
    lanes = []
    for element in lane_set.iterchildren(f"{{{BPMN}}}lane"):
        members = [local_name(ref.text or "") for ref in element.iterchildren(f"{{{BPMN}}}flowNodeRef")]
        children = [lane for child in element.iterchildren(f"{{{BPMN}}}childLaneSet") for lane in _lanes(child)]
        lanes.append(Lane(element.get("id", ""), element.get("name", ""), members, children))
    return lanes


def _node(element: etree._Element, kind: Kind) -> Node:
    text = element.findtext(f"{{{BPMN}}}text") or "" if kind is Kind.ANNOTATION else ""
    if kind is Kind.ANNOTATION:
        height = max(30.0, 10.0 + LINE_HEIGHT * len(wrap(text, ANNOTATION_WIDTH - 12)))
        size = (ANNOTATION_WIDTH, -(-height // 10) * 10)
    else:
        size = _SIZES[kind]
    name = " ".join(element.get("name", "").split())
    node = Node(element.get("id", ""), kind, local(element), name, *size, text=text)
    if kind is Kind.BOUNDARY:
        node.host = local_name(element.get("attachedToRef", ""))
    if kind is Kind.SUBPROCESS:
        node.inner = read_scope(element)
        node.detached = element.get("triggeredByEvent") == "true"
    return node
