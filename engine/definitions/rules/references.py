"""Every reference resolves, to an element of the right type (BPMN 2.0.2, attribute tables of chapters 8 to 10)."""

from __future__ import annotations

from lxml import etree

from engine.definitions.reading.document import (
    ACTIVITIES,
    CHOREOGRAPHY_ACTIVITIES,
    EVENTS,
    FLOW_NODES,
    is_bpmn,
    local,
    name_of,
)
from engine.definitions.reading.events import EVENT_TYPES
from engine.definitions.rules.graph import Graph

DATA = (
    "dataObject", "dataObjectReference", "dataStore", "dataStoreReference", "dataInput", "dataOutput", "property",
    "inputDataItem", "outputDataItem",
)  # fmt: skip
NODES = (*sorted(FLOW_NODES), *CHOREOGRAPHY_ACTIVITIES)
CONVERSATIONS = ("conversation", "subConversation", "callConversation")
COLLABORATIONS = ("collaboration", "choreography", "globalChoreographyTask", "globalConversation")
INTERACTIONS = ("participant", *ACTIVITIES, *EVENTS, *CONVERSATIONS)
TALKS = (*CONVERSATIONS, *CHOREOGRAPHY_ACTIVITIES, "globalChoreographyTask")
"""What names the participants and the message flows that it is made of."""
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
FLOW_LISTS = ("incoming", "outgoing")
XML_SCHEMA = "http://www.w3.org/2001/XMLSchema"
ANY: tuple[str, ...] = ()

ATTRIBUTES: dict[tuple[str, str], tuple[str, ...]] = {
    ("sequenceFlow", "sourceRef"): NODES,
    ("sequenceFlow", "targetRef"): NODES,
    ("messageFlow", "sourceRef"): INTERACTIONS,
    ("messageFlow", "targetRef"): INTERACTIONS,
    ("messageFlow", "messageRef"): ("message",),
    ("association", "sourceRef"): ANY,
    ("association", "targetRef"): ANY,
    ("boundaryEvent", "attachedToRef"): (*ACTIVITIES, *CHOREOGRAPHY_ACTIVITIES),
    ("messageEventDefinition", "messageRef"): ("message",),
    ("sendTask", "messageRef"): ("message",),
    ("receiveTask", "messageRef"): ("message",),
    ("sendTask", "operationRef"): ("operation",),
    ("receiveTask", "operationRef"): ("operation",),
    ("serviceTask", "operationRef"): ("operation",),
    ("signalEventDefinition", "signalRef"): ("signal",),
    ("errorEventDefinition", "errorRef"): ("error",),
    ("escalationEventDefinition", "escalationRef"): ("escalation",),
    ("compensateEventDefinition", "activityRef"): ACTIVITIES,
    ("participant", "processRef"): ("process",),
    ("dataObjectReference", "dataObjectRef"): ("dataObject",),
    ("dataStoreReference", "dataStoreRef"): ("dataStore",),
    ("message", "itemRef"): ("itemDefinition",),
    ("error", "structureRef"): ("itemDefinition",),
    ("escalation", "structureRef"): ("itemDefinition",),
    ("signal", "structureRef"): ("itemDefinition",),
    ("group", "categoryValueRef"): ("categoryValue",),
    **{(each, "itemSubjectRef"): ("itemDefinition",) for each in DATA},
    **{(each, "default"): ("sequenceFlow",) for each in (*ACTIVITIES, "exclusiveGateway", "inclusiveGateway")},
    ("complexGateway", "default"): ("sequenceFlow",),
    **{(each, "initiatingParticipantRef"): ("participant",) for each in TALKS},
    ("conversationLink", "sourceRef"): INTERACTIONS,
    ("conversationLink", "targetRef"): INTERACTIONS,
    ("correlationSubscription", "correlationKeyRef"): ("correlationKey",),
    ("correlationPropertyBinding", "correlationPropertyRef"): ("correlationProperty",),
    ("correlationPropertyRetrievalExpression", "messageRef"): ("message",),
    ("resourceParameterBinding", "parameterRef"): ("resourceParameter",),
    ("process", "definitionalCollaborationRef"): COLLABORATIONS,
    ("lane", "partitionElementRef"): ANY,
    ("ioBinding", "operationRef"): ("operation",),
    ("ioBinding", "inputDataRef"): ("inputSet",),
    ("ioBinding", "outputDataRef"): ("outputSet",),
    ("multiInstanceLoopCharacteristics", "oneBehaviorEventRef"): tuple(EVENT_TYPES),
    ("multiInstanceLoopCharacteristics", "noneBehaviorEventRef"): tuple(EVENT_TYPES),
}
CHILDREN: dict[tuple[str, str], tuple[str, ...]] = {
    **{(node, "incoming"): ("sequenceFlow",) for node in NODES},
    **{(node, "outgoing"): ("sequenceFlow",) for node in NODES},
    **{(event, "eventDefinitionRef"): tuple(EVENT_TYPES) for event in EVENTS},
    ("lane", "flowNodeRef"): NODES,
    ("dataInputAssociation", "sourceRef"): DATA,
    ("dataInputAssociation", "targetRef"): DATA,
    ("dataOutputAssociation", "sourceRef"): DATA,
    ("dataOutputAssociation", "targetRef"): DATA,
    ("inputSet", "dataInputRefs"): ("dataInput",),
    ("outputSet", "dataOutputRefs"): ("dataOutput",),
    ("inputSet", "optionalInputRefs"): ("dataInput",),
    ("inputSet", "whileExecutingInputRefs"): ("dataInput",),
    ("outputSet", "optionalOutputRefs"): ("dataOutput",),
    ("outputSet", "whileExecutingOutputRefs"): ("dataOutput",),
    ("inputSet", "outputSetRefs"): ("outputSet",),
    ("outputSet", "inputSetRefs"): ("inputSet",),
    ("multiInstanceLoopCharacteristics", "loopDataInputRef"): DATA,
    ("multiInstanceLoopCharacteristics", "loopDataOutputRef"): DATA,
    ("potentialOwner", "resourceRef"): ("resource",),
    ("humanPerformer", "resourceRef"): ("resource",),
    ("performer", "resourceRef"): ("resource",),
    ("resourceRole", "resourceRef"): ("resource",),
    ("operation", "inMessageRef"): ("message",),
    ("operation", "outMessageRef"): ("message",),
    ("operation", "errorRef"): ("error",),
    ("linkEventDefinition", "source"): ("linkEventDefinition",),
    ("linkEventDefinition", "target"): ("linkEventDefinition",),
    **{(each, "participantRef"): ("participant",) for each in (*TALKS, "partnerEntity", "partnerRole")},
    **{(each, "messageFlowRef"): ("messageFlow",) for each in TALKS},
    ("correlationKey", "correlationPropertyRef"): ("correlationProperty",),
    ("participant", "interfaceRef"): ("interface",),
    ("participant", "endPointRef"): ("endPoint",),
    ("process", "supportedInterfaceRef"): ("interface",),
    ("process", "supports"): ("process",),
    ("messageEventDefinition", "operationRef"): ("operation",),
    ("collaboration", "choreographyRef"): ("choreography", "globalChoreographyTask"),
}


def check_references(graph: Graph) -> None:
    """Attributes and children that refer must refer to something there, of the type the standard names."""
    for element in graph.document.root.iter("*"):
        if not is_bpmn(element):
            continue
        tag = local(element)
        for name in element.attrib:
            allowed = ATTRIBUTES.get((tag, str(name)))
            if allowed is not None:
                _check(graph, element, str(name), element.get(name), allowed)
        parent = element.getparent()
        inside = None if parent is None else CHILDREN.get((local(parent), tag))
        if inside is not None and parent is not None:
            _check(graph, element, tag, element.text, inside)


def _check(graph: Graph, element: etree._Element, name: str, value: object, allowed: tuple[str, ...]) -> None:
    reference = str(value or "").strip()
    target = graph.document.target_of(reference)
    owner = element if element.get("id") else element.getparent()
    where = name_of(element if owner is None else owner)
    if target is None:
        if not _is_imported(graph, element, reference):
            message = f"{where} 的 {name} 引用了不存在的元素“{reference}”，请改正或删除该引用。"
            graph.document.invalid("bpmn.reference-unknown", message, element)
        return
    if allowed and local(target) not in allowed:
        message = f"{where} 的 {name} 不能引用 {name_of(target)}，类型不符，请改正。"
        graph.document.invalid("bpmn.reference-type", message, element)


def _is_imported(graph: Graph, element: etree._Element, reference: str) -> bool:
    """Whether the reference's prefix belongs to a namespace that the file imports, or to XML Schema's own types.

    Nobody imports those, though many name them where an item definition belongs (``itemSubjectRef="xsd:string"``).
    """
    prefix, colon, _ = reference.partition(":")
    namespace = element.nsmap.get(prefix) if colon else None
    return namespace is not None and (namespace in graph.imported or namespace == XML_SCHEMA)


def check_picture(graph: Graph) -> None:
    """Warn of shapes and edges that draw nothing of the model: the picture has no say in execution."""
    for item in graph.document.root.iter(f"{DI}BPMNShape", f"{DI}BPMNEdge", f"{DI}BPMNPlane"):
        reference = item.get("bpmnElement")
        if reference is not None and graph.document.target_of(reference) is None:
            message = f"图形画的元素“{reference}”不存在，请删除该图形或改正引用。"
            graph.document.convention("bpmn.picture-reference", message, item)


def check_called_elements(graph: Graph) -> None:
    """What a call activity calls, if it is in this file, is a process or a global task (table 10.17)."""
    for call in graph.document.all("callActivity"):
        target = graph.document.by_id.get((call.get("calledElement") or "").strip())
        if target is not None and local(target) != "process" and not local(target).startswith("global"):
            message = f"{name_of(call)} 不能调用 {name_of(target)}，只能调用流程，请改正。"
            graph.document.invalid("bpmn.reference-type", message, call)


def check_list_consistency(graph: Graph) -> None:
    """``incoming`` and ``outgoing`` name flows that really end or begin there (BPMN 2.0.2 table 8.44, FlowNode)."""
    for node in graph.nodes():
        for child in graph.document.children(node, "incoming", "outgoing"):
            flow = graph.document.target_of(child.text)
            if flow is None or local(flow) != "sequenceFlow":
                continue
            end = "targetRef" if local(child) == "incoming" else "sourceRef"
            if graph.document.target_of(flow.get(end)) is not node:
                message = f"{name_of(node)} 把 {name_of(flow)} 列为 {local(child)}，但该流的 {end} 不是它，请改正。"
                graph.document.invalid("bpmn.flow-list", message, child)
        _check_complete(graph, node)


def _check_complete(graph: Graph, node: etree._Element) -> None:
    """A node that lists its flows lists all of them; one that lists none leaves it to the flows' own ends."""
    listed = {(child.text or "").strip().rpartition(":")[2] for child in graph.document.children(node, *FLOW_LISTS)}
    if not listed:
        return
    for kind, flows in zip(FLOW_LISTS, (graph.incoming(node), graph.outgoing(node)), strict=True):
        for flow in flows:
            if flow.get("id") and flow.get("id") not in listed:
                message = f"{name_of(node)} 没有把 {name_of(flow)} 列入 {kind}，请补上。"
                graph.document.invalid("bpmn.flow-list", message, node)


def check_default_flows(graph: Graph) -> None:
    """A default flow leaves the node that names it (BPMN 2.0.2 tables 10.3, 10.110, 10.111)."""
    for node in graph.nodes():
        flow = graph.document.target_of(node.get("default"))
        if flow is not None and local(flow) == "sequenceFlow" and flow not in graph.outgoing(node):
            message = f"{name_of(node)} 的默认流 {name_of(flow)} 不是从它出发的，请改选它自己的流。"
            graph.document.invalid("bpmn.default-flow", message, node)


def check_lanes(graph: Graph) -> None:
    """A lane holds nodes of its own process (BPMN 2.0.2 section 10.8)."""
    for lane in graph.document.all("lane"):
        process = next((a for a in lane.iterancestors() if local(a) in ("process", "subProcess")), None)
        for reference in graph.document.children(lane, "flowNodeRef"):
            node = graph.document.target_of(reference.text)
            if node is not None and process is not None and process not in node.iterancestors():
                message = f"{name_of(lane)} 引用的 {name_of(node)} 不属于同一流程，请改正泳道。"
                graph.document.invalid("bpmn.lane-node", message, reference)


def check_partition(graph: Graph) -> None:
    """The lanes of one set part its nodes among them: none is in two (section 10.8, "sub-partition")."""
    for lanes in graph.document.all("laneSet", "childLaneSet"):
        holders: dict[str, etree._Element] = {}
        for lane in graph.document.children(lanes, "lane"):
            for reference in graph.document.children(lane, "flowNodeRef"):
                name = (reference.text or "").strip()
                if holders.setdefault(name, lane) is not lane:
                    message = f"{name} 同时在 {name_of(holders[name])} 和 {name_of(lane)} 两个泳道里，只能在一个里。"
                    graph.document.invalid("bpmn.lane-twice", message, reference)
