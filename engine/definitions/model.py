"""A BPMN process as plain, frozen data: what the reader makes of a file, and all that checks and execution need of it.

Names follow BPMN 2.0.2 and Camunda 8's ``zeebe:`` extensions. Order is document order everywhere, never the picture's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class ElementType(StrEnum):
    """The element types of Camunda 8's API."""

    START_EVENT = "START_EVENT"
    END_EVENT = "END_EVENT"
    INTERMEDIATE_CATCH_EVENT = "INTERMEDIATE_CATCH_EVENT"
    INTERMEDIATE_THROW_EVENT = "INTERMEDIATE_THROW_EVENT"
    BOUNDARY_EVENT = "BOUNDARY_EVENT"
    TASK = "TASK"
    USER_TASK = "USER_TASK"
    MANUAL_TASK = "MANUAL_TASK"
    SERVICE_TASK = "SERVICE_TASK"
    SEND_TASK = "SEND_TASK"
    RECEIVE_TASK = "RECEIVE_TASK"
    SCRIPT_TASK = "SCRIPT_TASK"
    BUSINESS_RULE_TASK = "BUSINESS_RULE_TASK"
    EXCLUSIVE_GATEWAY = "EXCLUSIVE_GATEWAY"
    INCLUSIVE_GATEWAY = "INCLUSIVE_GATEWAY"
    PARALLEL_GATEWAY = "PARALLEL_GATEWAY"
    EVENT_BASED_GATEWAY = "EVENT_BASED_GATEWAY"
    COMPLEX_GATEWAY = "COMPLEX_GATEWAY"
    SUB_PROCESS = "SUB_PROCESS"
    EVENT_SUB_PROCESS = "EVENT_SUB_PROCESS"
    AD_HOC_SUB_PROCESS = "AD_HOC_SUB_PROCESS"
    TRANSACTION = "TRANSACTION"
    CALL_ACTIVITY = "CALL_ACTIVITY"
    PROCESS = "PROCESS"
    MULTI_INSTANCE_BODY = "MULTI_INSTANCE_BODY"


class EventType(StrEnum):
    """What an event waits for or throws."""

    NONE = "NONE"
    MESSAGE = "MESSAGE"
    TIMER = "TIMER"
    SIGNAL = "SIGNAL"
    ERROR = "ERROR"
    ESCALATION = "ESCALATION"
    CONDITIONAL = "CONDITIONAL"
    LINK = "LINK"
    COMPENSATION = "COMPENSATION"
    TERMINATE = "TERMINATE"
    CANCEL = "CANCEL"


class TimerKind(StrEnum):
    """The three timers of BPMN 2.0.2 table 10.101."""

    DATE = "DATE"
    DURATION = "DURATION"
    CYCLE = "CYCLE"


class Binding(StrEnum):
    """Which version of a called thing is meant (Camunda 8 ``bindingType``)."""

    LATEST = "latest"
    DEPLOYMENT = "deployment"
    VERSION_TAG = "versionTag"


@dataclass(frozen=True, slots=True)
class Expression:
    """A value written in a diagram: FEEL after ``=`` (or where BPMN wants an expression), else plain text.

    ``source`` is FEEL without its ``=``, or the text itself.
    """

    source: str
    is_feel: bool
    line: int | None = None


@dataclass(frozen=True, slots=True)
class IoMapping:
    """One ``zeebe:input`` or ``zeebe:output``: ``source`` evaluated and put under ``target`` (a dotted path)."""

    source: Expression
    target: str


@dataclass(frozen=True, slots=True)
class Binds:
    """A reference to a deployed thing: its id (text or FEEL) and which version of it."""

    id: Expression
    binding: Binding = Binding.LATEST
    version_tag: str | None = None


@dataclass(frozen=True, slots=True)
class MessageReference:
    """A message: its name and, for catching, its correlation key (``zeebe:subscription``)."""

    name: Expression
    correlation_key: Expression | None = None


@dataclass(frozen=True, slots=True)
class EventDefinition:
    """What an event catches or throws; only the fields of its type are set."""

    type: EventType
    line: int | None = None
    message: MessageReference | None = None
    timer_kind: TimerKind | None = None
    timer: Expression | None = None
    signal_name: Expression | None = None
    error_code: Expression | None = None
    """None on a catching event catches every error."""
    escalation_code: Expression | None = None
    condition: Expression | None = None
    link_name: str | None = None
    compensation_activity: str | None = None
    wait_for_completion: bool = True
    """Of a compensation throw event."""


@dataclass(frozen=True, slots=True)
class UserTaskDetails:
    """Assignment, schedule and form of a user task (``zeebe:assignmentDefinition``, ``taskSchedule`` and so on)."""

    assignee: Expression | None = None
    candidate_groups: Expression | None = None
    candidate_users: Expression | None = None
    due_date: Expression | None = None
    follow_up_date: Expression | None = None
    priority: Expression | None = None
    form: Binds | None = None
    external_form: Expression | None = None
    embedded_form: str | None = None
    """Id of a form written into the process (``zeebe:userTaskForm``); see ``ProcessModel.embedded_forms``."""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class JobDetails:
    """A job for a worker (``zeebe:taskDefinition`` and headers) of a task or a throw event."""

    type: Expression
    retries: Expression | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Listener:
    """An execution or task listener; it runs as a job."""

    event: str
    """``start``/``end`` of an execution listener; ``creating``, ``assigning``, … of a task listener."""
    job: JobDetails
    of_task: bool = False
    """Whether it is a task listener."""


@dataclass(frozen=True, slots=True)
class ScriptDetails:
    """A FEEL script (``zeebe:script``)."""

    expression: Expression
    result_variable: str | None = None


@dataclass(frozen=True, slots=True)
class CalledDecision:
    """A DMN decision to evaluate (``zeebe:calledDecision``)."""

    decision: Binds
    result_variable: str


@dataclass(frozen=True, slots=True)
class CalledElement:
    """A process to call (``zeebe:calledElement``); Camunda 8's defaults for propagation."""

    process: Binds
    propagate_all_child_variables: bool = True
    propagate_all_parent_variables: bool = True
    business_id: Expression | None = None
    """Business key given to the called instance."""


@dataclass(frozen=True, slots=True)
class MultiInstance:
    """Multi-instance characteristics with ``zeebe:loopCharacteristics``."""

    sequential: bool
    input_collection: Expression | None = None
    input_element: str | None = None
    output_collection: str | None = None
    output_element: Expression | None = None
    completion_condition: Expression | None = None
    loop_cardinality: Expression | None = None


@dataclass(frozen=True, slots=True)
class StandardLoop:
    """Standard loop characteristics of BPMN 2.0.2 section 10.3.8."""

    condition: Expression | None
    test_before: bool = False
    maximum: int | None = None


@dataclass(frozen=True, slots=True)
class SequenceFlow:
    """A sequence flow; ``condition`` is FEEL. A flow without an id in the file gets a stable one from its ends."""

    id: str
    source: str
    target: str
    name: str | None = None
    condition: Expression | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class FlowNode:
    """An event, activity or gateway. Fields that do not belong to its type stay None or empty."""

    id: str
    type: ElementType
    name: str | None = None
    line: int | None = None
    lane: str | None = None
    """Name of the innermost lane that holds it."""
    documentation: str | None = None
    incoming: tuple[str, ...] = ()
    """Ids of sequence flows, in document order of the flows."""
    outgoing: tuple[str, ...] = ()
    default_flow: str | None = None
    event: EventDefinition | None = None
    """Set on every event; type NONE for a none event. A receive task carries a MESSAGE definition too."""
    attached_to: str | None = None
    instantiate: bool = False
    """Of a receive task or an event-based gateway that starts an instance."""
    parallel_start: bool = False
    """Of an instantiating event-based gateway: ``eventGatewayType`` Parallel."""
    interrupting: bool = True
    """``cancelActivity`` of a boundary event, ``isInterrupting`` of an event subprocess' start event."""
    inputs: tuple[IoMapping, ...] = ()
    outputs: tuple[IoMapping, ...] = ()
    multi_instance: MultiInstance | None = None
    standard_loop: StandardLoop | None = None
    user_task: UserTaskDetails | None = None
    start_form: Binds | None = None
    """Form of a none start event, filled in before the process starts."""
    job: JobDetails | None = None
    script: ScriptDetails | None = None
    called_decision: CalledDecision | None = None
    called_element: CalledElement | None = None
    activation_condition: Expression | None = None
    """Of a complex gateway."""
    for_compensation: bool = False
    compensation_handler: str | None = None
    """On a compensation boundary event: the activity its association leads to."""
    ad_hoc_ordering_sequential: bool = False
    ad_hoc_active_elements: Expression | None = None
    ad_hoc_completion_condition: Expression | None = None
    ad_hoc_cancel_remaining: bool = True
    ad_hoc_output_collection: str | None = None
    ad_hoc_output_element: Expression | None = None
    listeners: tuple[Listener, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)
    """``zeebe:properties``: where Banjie's own fields are (clocks, actions, controls, sources)."""
    body: Scope | None = None
    """Content of a subprocess."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a process or a subprocess contains, in document order."""

    nodes: Mapping[str, FlowNode]
    flows: Mapping[str, SequenceFlow]

    def walk(self) -> Iterator[FlowNode]:
        """Yield every node here and in nested subprocesses, outer before inner, in document order."""
        for node in self.nodes.values():
            yield node
            if node.body is not None:
                yield from node.body.walk()

    def start_events(self) -> list[FlowNode]:
        """Return the start events directly in this scope."""
        return [node for node in self.nodes.values() if node.type is ElementType.START_EVENT]

    def instantiating(self) -> list[FlowNode]:
        """Return the receive tasks that start an instance, and the events behind event-based gateways that do."""
        found = []
        for node in self.nodes.values():
            if node.instantiate and node.type is ElementType.RECEIVE_TASK:
                found.append(node)
            elif node.instantiate:
                found.extend(self.nodes[self.flows[flow].target] for flow in node.outgoing)
        return found

    def boundary_events(self, host: str) -> list[FlowNode]:
        """Return the boundary events attached to ``host``, in document order."""
        return [node for node in self.nodes.values() if node.attached_to == host]


@dataclass(frozen=True, slots=True)
class ProcessModel:
    """One executable process of a file."""

    id: str
    name: str | None
    body: Scope
    line: int | None = None
    executable: bool = True
    """``isExecutable`` as the file says it; a file's processes are read all the same where none is marked."""
    embedded_forms: Mapping[str, str] = field(default_factory=dict)
    """Form schemas (JSON text) written into the process, by id."""
    version_tag: str | None = None
    documentation: str | None = None
    lanes: tuple[str, ...] = ()
    """Names of lanes, innermost, in document order."""
    properties: Mapping[str, str] = field(default_factory=dict)
    listeners: tuple[Listener, ...] = ()
    _by_id: dict[str, FlowNode] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {node.id: node for node in self.body.walk()})

    def node(self, element_id: str) -> FlowNode | None:
        """Return the node with this id at any depth, or None."""
        return self._by_id.get(element_id)


@dataclass(frozen=True, slots=True)
class MessageFlow:
    """A message flow of a collaboration; ends are participants or flow nodes."""

    id: str
    source: str
    target: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class DefinitionsModel:
    """All of one BPMN file: its processes, and the collaboration as documentation."""

    file: str
    processes: tuple[ProcessModel, ...]
    message_flows: tuple[MessageFlow, ...] = ()
    participants: Mapping[str, str | None] = field(default_factory=dict)
    """Participant id to process id; None for a collapsed pool."""
