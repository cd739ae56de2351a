"""What each kind of element does, in the independent interpreter."""

from __future__ import annotations

from typing import Any

from tests.property.diagram import Node
from tests.property.instances import Instance, Shared, Wait


class Behaviours(Shared):
    """Tasks, gateways, events that throw, subprocesses and calls."""

    # -- what elements do -----------------------------------------------------------------------------------------

    def _do_startEvent(self, it: Instance, node: Node) -> None:
        self._finish(it, it.payload or {})

    _do_boundaryEvent = _do_startEvent

    def _do_task(self, it: Instance, node: Node) -> None:
        self._leave(it)

    _do_exclusiveGateway = _do_parallelGateway = _do_inclusiveGateway = _do_task

    def _do_userTask(self, it: Instance, node: Node) -> None:
        self.waits.append(Wait(self.number(), "user", it, node))

    def _do_serviceTask(self, it: Instance, node: Node) -> None:
        self.waits.append(Wait(self.number(), "job", it, node))

    def _do_scriptTask(self, it: Instance, node: Node) -> None:
        script = node.extension("script")
        self._finish(it, {script.get("resultVariable"): self.value(it, script.get("expression"))})

    def _do_intermediateCatchEvent(self, it: Instance, node: Node) -> None:
        if it.payload is not None or node.event == "link":
            self._finish(it, it.payload or {})
        else:
            self._open(it, [node])

    def _do_receiveTask(self, it: Instance, node: Node) -> None:
        if it.payload is not None:
            self._finish(it, it.payload)
        else:
            self._open(it, [node])

    def _do_eventBasedGateway(self, it: Instance, node: Node) -> None:
        self._open(it, [node.scope.nodes[node.scope.flows[flow][1]] for flow in node.outgoing])

    def _do_intermediateThrowEvent(self, it: Instance, node: Node) -> None:
        if node.event == "escalation":
            self._throw(it, "escalation", node.detail)
        if it.alive:
            self._leave(it)

    def _do_endEvent(self, it: Instance, node: Node) -> None:
        assert it.outer is not None
        if node.event == "terminate":
            it.outer.joins.clear()
            for other in sorted(it.outer.kids, key=lambda each: each.seq):
                if other is not it:
                    self._terminate(other)
        elif node.event == "error":
            assert self._throw(it, "error", node.detail), "generated errors are always caught"
        elif node.event == "escalation":
            self._throw(it, "escalation", node.detail)
        if it.alive:
            self._leave(it)

    def _do_subProcess(self, it: Instance, node: Node) -> None:
        assert node.body is not None
        if node.is_event_sub:
            start = node.body.starts()[0]
            self._put(it, start, None, it.payload)
        else:
            for start in node.body.starts():
                self._put(it, start, None)

    def _do_callActivity(self, it: Instance, node: Node) -> None:
        seen: dict[str, Any] = {}
        for each in reversed(it.chain()):
            seen.update(each.vars)
        called = Instance(self.number(), None, self.processes[node.extension("calledElement").get("processId")], None)
        called.caller = it
        it.kids.append(called)
        self._start_process(called, seen)

    def _start_process(self, it: Instance, variables: dict[str, Any]) -> None:
        assert it.body is not None
        it.entered = True
        self.trace.append(("activated", it.name))
        for name, value in variables.items():
            self._set(it, name, value)
        self._open(it, [start for _, start in it.body.event_starts()])
        self._put(it, next(start for start in it.body.starts() if start.event is None), None)
