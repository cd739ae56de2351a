"""One flow node: an event, an activity or a gateway."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lxml import etree

from engine.definitions.model import (
    ElementType,
    EventDefinition,
    EventType,
    Expression,
    FlowNode,
    JobDetails,
    MessageReference,
    Scope,
)
from engine.definitions.reading import activities, extensions, loops
from engine.definitions.reading.document import EVENTS, Document, is_event_sub_process, is_true, line_of, local
from engine.definitions.reading.events import message, read_event
from engine.definitions.reading.expressions import feel, formal

TYPES = {
    "startEvent": ElementType.START_EVENT,
    "endEvent": ElementType.END_EVENT,
    "intermediateCatchEvent": ElementType.INTERMEDIATE_CATCH_EVENT,
    "intermediateThrowEvent": ElementType.INTERMEDIATE_THROW_EVENT,
    "boundaryEvent": ElementType.BOUNDARY_EVENT,
    "task": ElementType.TASK,
    "userTask": ElementType.USER_TASK,
    "manualTask": ElementType.MANUAL_TASK,
    "serviceTask": ElementType.SERVICE_TASK,
    "sendTask": ElementType.SEND_TASK,
    "receiveTask": ElementType.RECEIVE_TASK,
    "scriptTask": ElementType.SCRIPT_TASK,
    "businessRuleTask": ElementType.BUSINESS_RULE_TASK,
    "exclusiveGateway": ElementType.EXCLUSIVE_GATEWAY,
    "inclusiveGateway": ElementType.INCLUSIVE_GATEWAY,
    "parallelGateway": ElementType.PARALLEL_GATEWAY,
    "eventBasedGateway": ElementType.EVENT_BASED_GATEWAY,
    "complexGateway": ElementType.COMPLEX_GATEWAY,
    "subProcess": ElementType.SUB_PROCESS,
    "adHocSubProcess": ElementType.AD_HOC_SUB_PROCESS,
    "transaction": ElementType.TRANSACTION,
    "callActivity": ElementType.CALL_ACTIVITY,
}
JOBS = (ElementType.SERVICE_TASK, ElementType.SEND_TASK)
"""Tasks that are jobs whatever else the file says."""


@dataclass(frozen=True, slots=True)
class NodeContext:
    """What a node's surroundings say about it."""

    identifier: str
    lane: str | None
    incoming: tuple[str, ...]
    outgoing: tuple[str, ...]
    compensation_handler: str | None


def read_node(document: Document, element: etree._Element, context: NodeContext, body: Scope | None) -> FlowNode:
    """Read one flow node; ``body`` is the content of a subprocess."""
    node = FlowNode(
        id=context.identifier,
        type=element_type(element),
        name=element.get("name") or None,
        line=line_of(element),
        lane=context.lane,
        documentation=document.documentation(element),
        incoming=context.incoming,
        outgoing=context.outgoing,
        default_flow=(element.get("default") or "").strip() or None,
        inputs=extensions.mappings(document, element, "input"),
        outputs=extensions.mappings(document, element, "output"),
        job=extensions.job(document, element),
        listeners=extensions.listeners(document, element),
        properties=extensions.properties(document, element),
        body=body,
    )
    if local(element) in EVENTS:
        return _event(document, element, node, context)
    if local(element).endswith("Gateway"):
        return _gateway(document, element, node)
    return _activity(document, element, node)


def element_type(element: etree._Element) -> ElementType:
    """Return the element type of a flow node; a subprocess triggered by an event has a type of its own."""
    return ElementType.EVENT_SUB_PROCESS if is_event_sub_process(element) else TYPES[local(element)]


def _event(document: Document, element: etree._Element, node: FlowNode, context: NodeContext) -> FlowNode:
    attached, starts = local(element) == "boundaryEvent", local(element) == "startEvent"
    interrupting = element.get("cancelActivity" if attached else "isInterrupting")
    return replace(
        node,
        event=read_event(document, element),
        attached_to=(element.get("attachedToRef") or "").strip() or None if attached else None,
        interrupting=interrupting is None or is_true(interrupting),
        start_form=activities.start_form(document, element) if starts else None,
        compensation_handler=context.compensation_handler,
    )


def _gateway(document: Document, element: etree._Element, node: FlowNode) -> FlowNode:
    return replace(
        node,
        instantiate=is_true(element.get("instantiate")),
        parallel_start=element.get("eventGatewayType") == "Parallel",
        activation_condition=formal(document, document.child(element, "activationCondition")),
    )


def _activity(document: Document, element: etree._Element, node: FlowNode) -> FlowNode:
    node = replace(
        node,
        multi_instance=loops.multi_instance(document, element),
        standard_loop=loops.standard_loop(document, element),
        for_compensation=is_true(element.get("isForCompensation")),
    )
    match node.type:
        case ElementType.USER_TASK:
            return replace(node, user_task=activities.user_task(document, element))
        case ElementType.SCRIPT_TASK:
            foreign = activities.trial_script(document, element)
            if foreign is not None:
                return replace(node, job=foreign)
            return replace(node, script=activities.script(document, element))
        case ElementType.BUSINESS_RULE_TASK:
            decision = activities.called_decision(document, element)
            return replace(node, called_decision=decision, job=node.job or _plain_job(document, element, decision))
        case ElementType.SERVICE_TASK | ElementType.SEND_TASK | ElementType.RECEIVE_TASK:
            return _message_task(document, element, node)
        case ElementType.CALL_ACTIVITY:
            return replace(node, called_element=activities.called_element(document, element))
        case ElementType.AD_HOC_SUB_PROCESS:
            return _ad_hoc(document, element, node)
        case _:
            return node


def _plain_job(document: Document, element: etree._Element, decision: object = None) -> JobDetails | None:
    if decision is not None or document.uses_zeebe:
        return None
    return activities.plain_job(document, element)


def _message_task(document: Document, element: etree._Element, node: FlowNode) -> FlowNode:
    reference = message(document, element.get("messageRef"))
    if reference is None and node.type is ElementType.RECEIVE_TASK and not document.uses_zeebe:
        reference = MessageReference(Expression(node.id, is_feel=False, line=line_of(element)))
    event = None
    if node.type is not ElementType.SERVICE_TASK and (reference is not None or node.type is ElementType.RECEIVE_TASK):
        event = EventDefinition(EventType.MESSAGE, line_of(element), message=reference)
    job = node.job
    if job is None and event is None:
        job = _plain_job(document, element)
    return replace(node, event=event, job=job, instantiate=is_true(element.get("instantiate")))


def _ad_hoc(document: Document, element: etree._Element, node: FlowNode) -> FlowNode:
    extension = document.extension(element, "adHoc")
    cancels = element.get("cancelRemainingInstances")
    read: dict[str, str] = {} if extension is None else {str(k): str(v) for k, v in extension.attrib.items()}
    return replace(
        node,
        ad_hoc_ordering_sequential=element.get("ordering") == "Sequential",
        ad_hoc_completion_condition=formal(document, document.child(element, "completionCondition")),
        ad_hoc_cancel_remaining=cancels is None or is_true(cancels),
        ad_hoc_active_elements=feel(document, read.get("activeElementsCollection"), element),
        ad_hoc_output_collection=read.get("outputCollection") or None,
        ad_hoc_output_element=feel(document, read.get("outputElement"), element),
    )
