"""From the model of a process to SpiffWorkflow specs: one subclass for each kind of element."""

from __future__ import annotations

from collections.abc import Iterator

from engine.definitions.model import ElementType, EventType, FlowNode, ProcessModel, Scope
from engine.execution.errors import NotExecutable, present
from engine.execution.expressions import formula
from engine.execution.program import ScopeSpec, is_initial
from engine.execution.reach import reachable_inputs
from engine.execution.specs.ad_hoc import AdHocSpec
from engine.execution.specs.base import ElementSpec, Flow
from engine.execution.specs.events import BoundarySpec, CatchSpec, StartSpec, ThrowSpec
from engine.execution.specs.gateways import ComplexSpec, EventGatewaySpec, ExclusiveSpec, InclusiveSpec, ParallelSpec
from engine.execution.specs.listening import NO_LISTENERS, Listening
from engine.execution.specs.loops import BodySpec, LoopSpec, MultiInstanceSpec
from engine.execution.specs.scopes import CallActivitySpec, EventSubProcessSpec, SubProcessSpec
from engine.execution.specs.tasks import DecisionSpec, JobSpec, ScriptSpec, UserTaskSpec

_PLAIN: dict[ElementType, type[ElementSpec]] = {
    ElementType.TASK: ElementSpec,
    ElementType.MANUAL_TASK: ElementSpec,
    ElementType.SCRIPT_TASK: ElementSpec,  # without a script it does nothing (table 10.14)
    ElementType.USER_TASK: UserTaskSpec,
    ElementType.RECEIVE_TASK: CatchSpec,
    ElementType.INTERMEDIATE_CATCH_EVENT: CatchSpec,
    ElementType.SUB_PROCESS: SubProcessSpec,
    ElementType.TRANSACTION: SubProcessSpec,
    ElementType.AD_HOC_SUB_PROCESS: AdHocSpec,
}
_SINGLE: dict[ElementType, type[ElementSpec]] = {
    ElementType.START_EVENT: StartSpec,
    ElementType.BOUNDARY_EVENT: BoundarySpec,
    ElementType.END_EVENT: ThrowSpec,
    ElementType.INTERMEDIATE_THROW_EVENT: ThrowSpec,
    ElementType.EXCLUSIVE_GATEWAY: ExclusiveSpec,
    ElementType.PARALLEL_GATEWAY: ParallelSpec,
    ElementType.INCLUSIVE_GATEWAY: InclusiveSpec,
    ElementType.EVENT_BASED_GATEWAY: EventGatewaySpec,
    ElementType.COMPLEX_GATEWAY: ComplexSpec,
    ElementType.EVENT_SUB_PROCESS: EventSubProcessSpec,
}


def build(model: ProcessModel) -> tuple[ScopeSpec, dict[str, ElementSpec]]:
    """Return the scope of the process and all its specs by element id."""
    builder = _Builder()
    scope = builder.scope(model.body, model.id, ElementType.PROCESS, None, Listening(model.listeners))
    return scope, builder.specs


class _Builder:
    def __init__(self) -> None:
        self.specs: dict[str, ElementSpec] = {}
        self.orders: Iterator[int] = iter(range(1_000_000))

    def scope(
        self,
        model: Scope,
        element_id: str,
        element_type: ElementType,
        host: ElementSpec | None,
        listening: Listening = NO_LISTENERS,
    ) -> ScopeSpec:
        scope = ScopeSpec(model, element_id, element_type, host, listening)
        for node in model.nodes.values():
            self.specs[node.id] = self.element(scope, node)
        for node in model.nodes.values():
            self.connect(model, self.specs[node.id])
        scope.starts = tuple(
            spec for node in model.start_events() if isinstance(spec := self.specs[node.id], StartSpec)
        )
        scope.instantiating = tuple(self.instantiating(model))
        scope.initial = self.initial(scope, model)
        scope.event_starts = tuple(self.event_starts(model))
        for spec in scope.initial:
            scope.start.connect(spec)
        for node in model.nodes.values():
            spec = self.specs[node.id]
            if isinstance(spec, InclusiveSpec) and spec.joins:
                spec.reach = reachable_inputs(model, node)
        return scope

    def initial(self, scope: ScopeSpec, model: Scope) -> tuple[ElementSpec, ...]:
        if scope.starts:
            # Of several none start events only one is triggered (section 10.5.2); which one is left open there.
            return tuple(start for start in scope.starts if start.kind is EventType.NONE)[:1]
        return tuple(self.specs[node.id] for node in model.nodes.values() if is_initial(node))

    def instantiating(self, model: Scope) -> Iterator[CatchSpec]:
        for node in model.nodes.values():
            spec = self.specs[node.id]
            if isinstance(spec, EventGatewaySpec) and node.instantiate:
                for event in spec.waits:
                    event.started_through = spec
                    yield event
            elif isinstance(spec, CatchSpec) and node.instantiate:
                yield spec

    def event_starts(self, model: Scope) -> Iterator[StartSpec]:
        for node in model.nodes.values():
            spec = self.specs[node.id]
            if isinstance(spec, EventSubProcessSpec) and spec.content is not None:
                for start in spec.content.starts:
                    start.event_subprocess = spec
                    yield start

    def element(self, scope: ScopeSpec, node: FlowNode) -> ElementSpec:
        order = next(self.orders)
        if node.multi_instance is None and node.standard_loop is None:
            return self.filled(self.single(scope, node, order, None))
        body: BodySpec
        if node.multi_instance is not None:
            body = MultiInstanceSpec(scope, node, order, node.multi_instance)
        else:
            body = LoopSpec(scope, node, order, present(node.standard_loop))
        body.inner = self.filled(self.single(scope, node, order, f"{node.id}/each"))
        body.watched = may_wait_for(node, EventType.CONDITIONAL)
        body.hears = may_wait_for(node, EventType.SIGNAL)
        return body

    def filled(self, spec: ElementSpec) -> ElementSpec:
        node = spec.node
        if node.body is not None:
            spec.content = self.scope(node.body, node.id, node.type, spec)
            spec.waits = (*spec.waits, *spec.content.event_starts)
            undoing = [start for start in spec.content.event_starts if start.kind is EventType.COMPENSATION]
            spec.undo_start = undoing[0] if undoing else None
        return spec

    def single(self, scope: ScopeSpec, node: FlowNode, order: int, name: str | None) -> ElementSpec:
        if node.script is not None:
            return ScriptSpec(scope, node, order, name, details=node.script)
        if node.called_decision is not None:
            return DecisionSpec(scope, node, order, name, details=node.called_decision)
        if node.called_element is not None:
            return CallActivitySpec(scope, node, order, name, details=node.called_element)
        if node.job is not None and node.type is not ElementType.USER_TASK:
            return JobSpec(scope, node, order, name, details=node.job)
        if node.type in _PLAIN:
            return _PLAIN[node.type](scope, node, order, name)
        if node.type in _SINGLE:
            return _SINGLE[node.type](scope, node, order)
        if node.type is ElementType.SEND_TASK and node.event is not None:
            return ThrowSpec(scope, node, order, name)
        raise NotExecutable(f"元素“{node.id}”（{node.type.value}）不能执行。请改用受支持的元素。")

    def connect(self, model: Scope, spec: ElementSpec) -> None:
        node = spec.node
        flows = []
        for flow_id in node.outgoing:
            flow = model.flows[flow_id]
            target = self.specs[flow.target]
            compiled = Flow(flow.id, target, formula(flow.condition))
            if flow.id == node.default_flow:
                spec.default = compiled
            flows.append(compiled)
            spec.connect(target)
        spec.flows = (*flows, *self.jumps(model, node))
        spec.conditional = spec.default is not None or any(flow.condition is not None for flow in flows)
        boundaries = [self.specs[event.id] for event in model.boundary_events(node.id)]
        spec.boundaries = tuple(event for event in boundaries if isinstance(event, CatchSpec))
        handlers = [event.node.compensation_handler for event in boundaries if event.node.compensation_handler]
        spec.handler = handlers[0] if handlers else None
        spec.boundary_ids = frozenset(event.element_id for event in boundaries)
        spec.waits = (*spec.boundaries, *spec.waits)
        if isinstance(spec, EventGatewaySpec):
            spec.waits = tuple(flow.target for flow in spec.flows if isinstance(flow.target, CatchSpec))

    def jumps(self, model: Scope, node: FlowNode) -> Iterator[Flow]:
        """Yield the jump of a throwing link event to the catching one of the same name in its scope."""
        event = node.event
        if event is None or event.type is not EventType.LINK or node.type is not ElementType.INTERMEDIATE_THROW_EVENT:
            return
        for other in model.nodes.values():
            if (
                other.type is ElementType.INTERMEDIATE_CATCH_EVENT
                and other.event is not None
                and other.event.type is EventType.LINK
                and other.event.link_name == event.link_name
            ):
                yield Flow(f"{node.id}->{other.id}", self.specs[other.id], None)
                return


def may_wait_for(node: FlowNode, kind: EventType) -> bool:
    """Whether an instance of ``node`` may hold an event of this kind: in its content, or in a process that it calls."""
    nodes = [node] if node.body is None else [node, *node.body.walk()]
    return any(
        each.type is ElementType.CALL_ACTIVITY or (each.event is not None and each.event.type is kind) for each in nodes
    )
