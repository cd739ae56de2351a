"""A second, independent interpreter of BPMN: reads the file itself, imports nothing from ``engine``.

It is written for plainness: instances in a tree, a queue of tokens, everything looked up anew each time. It follows the
order that docs/execution.md promises, so that traces can be compared step by step.
"""

from __future__ import annotations

import re
from collections import deque
from typing import Any

from tests.property.behaviours import Behaviours
from tests.property.diagram import Body, Node
from tests.property.happenings import Happenings
from tests.property.instances import Instance, Wait


class Interpreter(Behaviours, Happenings):
    """Runs one case."""

    def __init__(self, processes: dict[str, Body]) -> None:
        self.processes = processes
        self.trace: list[tuple[str, str]] = []
        self.queue: deque[Instance] = deque()
        self.waits: list[Wait] = []
        self.seq = 0
        self.changed = False
        self.root: Instance
        self.ended = False

    def number(self) -> int:
        self.seq += 1
        return self.seq

    # -- commands -------------------------------------------------------------------------------------------------

    def start(self, process_id: str, variables: dict[str, Any]) -> None:
        self.root = Instance(self.number(), None, self.processes[process_id], None)
        self._start_process(self.root, variables)
        self.run()

    def open(self, kind: str) -> list[Wait]:
        found = [wait for wait in self.waits if wait.kind == kind]
        return sorted(found, key=lambda wait: wait.owner.seq if kind == "user" else wait.seq)

    def happen(self, wait: Wait, variables: dict[str, Any]) -> None:
        """Complete a user task or job, fire a timer, deliver a message or signal."""
        if wait.kind in ("user", "job"):
            self.waits.remove(wait)
            self._finish(wait.owner, variables)
        else:
            self._occurred(wait.owner, wait, wait.node, variables)
        self.run()

    def error(self, wait: Wait, code: str) -> bool:
        """Throw an error from a job."""
        caught = self._throw(wait.owner, "error", code)
        self.run()
        return caught

    def move(self, wait: Wait, target: str) -> None:
        """Put a token on ``target`` in the scope of a user task, then take the task away."""
        scope = wait.owner.outer
        assert scope is not None
        assert scope.body is not None
        self._put(scope, scope.body.nodes[target], None)
        self.run()
        self._terminate(wait.owner)
        self.run()

    def set(self, variables: dict[str, Any]) -> None:
        self._propagate(self.root, variables)
        self.run()

    def run(self) -> None:
        while True:
            if self.changed:
                self._conditions()
            elif self.queue:
                token = self.queue.popleft()
                if token.alive:
                    self._enter(token)
            elif not self._late_join():
                return

    # -- variables ------------------------------------------------------------------------------------------------

    def look(self, at: Instance, name: str) -> Any:
        for each in at.chain():
            if name in each.vars:
                return each.vars[name]
            if each.is_body:
                if name == "numberOfCompletedInstances":
                    return each.data["done"]
                if name == each.data.get("out_name"):
                    return list(each.data["out"])
        raise LookupError(name)

    def value(self, at: Instance, text: str) -> Any:
        """Evaluate the few forms of expressions that generated diagrams use."""
        text = text.strip().removeprefix("=").strip()
        if match := re.fullmatch(r"(\w+) (<|>|>=) (\d+)", text):
            left, right = self.look(at, match.group(1)), int(match.group(3))
            return {"<": left < right, ">": left > right, ">=": left >= right}[match.group(2)]
        if match := re.fullmatch(r"(\w+) \+ (\d+)", text):
            return self.look(at, match.group(1)) + int(match.group(2))
        if match := re.fullmatch(r"\[(.*)\]", text):
            return [int(part) for part in match.group(1).split(",") if part.strip()]
        return int(text) if text.isdigit() else self.look(at, text)

    def _set(self, at: Instance, name: str, value: Any) -> None:
        at.vars[name] = value
        self.changed = True

    def _propagate(self, at: Instance, values: dict[str, Any]) -> None:
        for name, value in values.items():
            chain = at.chain()
            self._set(next((each for each in chain if name in each.vars), chain[-1]), name, value)

    def _deliver(self, at: Instance, values: dict[str, Any]) -> None:
        if at.node is not None and not at.is_body and at.node.mappings("output"):
            for name, value in values.items():
                self._set(at, name, value)
        else:
            self._propagate(at, values)

    # -- tokens ---------------------------------------------------------------------------------------------------

    def _put(self, scope: Instance, node: Node, flow: str | None, payload: Any = None) -> None:
        if node.tag in ("parallelGateway", "inclusiveGateway") and len(node.incoming) > 1 and flow is not None:
            counts = scope.joins.setdefault(node.id, {})
            counts[flow] = counts.get(flow, 0) + 1
            while len(scope.joins.get(node.id, {})) == len(node.incoming):
                self._fire(scope, node)
            return
        token = Instance(self.number(), node, node.body, scope)
        token.payload = payload
        scope.kids.append(token)
        self.queue.append(token)

    def _fire(self, scope: Instance, node: Node) -> None:
        counts = {flow: count - 1 for flow, count in scope.joins.pop(node.id).items() if count > 1}
        if counts:
            scope.joins[node.id] = counts
        self._put(scope, node, None)

    def _late_join(self) -> bool:
        waiting = [
            (scope.body.nodes[node_id].order, scope.seq, scope, scope.body.nodes[node_id])
            for scope in self._scopes(self.root)
            if scope.body is not None
            for node_id in scope.joins
            if scope.body.nodes[node_id].tag == "inclusiveGateway"
        ]
        for _, _, scope, node in sorted(waiting, key=lambda each: each[:2]):
            if self._may_fire(scope, node):
                self._fire(scope, node)
                return True
        for _, _, scope, node in sorted(waiting, key=lambda each: each[:2]):
            if not scope.kids:  # only joins are left there: nothing they wait for can come
                self._fire(scope, node)
                return True
        return False

    def _may_fire(self, scope: Instance, node: Node) -> bool:
        assert scope.body is not None
        reach = scope.body.upstream(node)
        full = set(scope.joins[node.id])
        places = [kid.node.id for kid in scope.kids if kid.node is not None and not kid.node.is_event_sub]
        places += [join for join in scope.joins if join != node.id]
        return all(not reach[place] or reach[place] & full for place in places)

    def _scopes(self, at: Instance) -> list[Instance]:
        found = [at] if at.body is not None and not at.is_body else []
        for kid in at.kids:
            found += self._scopes(kid)
        return found

    # -- life -----------------------------------------------------------------------------------------------------

    def _enter(self, it: Instance) -> None:
        assert it.node is not None
        node = it.node
        it.entered = True
        self.trace.append(("activated", node.id))
        if node.repeating is not None and not (it.outer is not None and it.outer.is_body):
            it.is_body = True
            self._open(it, node.scope.boundaries(node.id))
            self._start_body(it)
            return
        if it.vars:
            self.changed = True
        for source, target in node.mappings("input"):
            self._set(it, target, self.value(it, source))
        if not (it.outer is not None and it.outer.is_body):
            self._open(it, node.scope.boundaries(node.id))
        if node.body is not None:
            self._open(it, [start for _, start in node.body.event_starts()])
        getattr(self, "_do_" + node.tag)(it, node)

    def _finish(self, it: Instance, variables: dict[str, Any]) -> None:
        self._deliver(it, variables)
        self._leave(it)

    def _leave(self, it: Instance, only: str | None = None, payload: Any = None) -> None:
        assert it.node is not None
        assert it.outer is not None
        node, outer = it.node, it.outer
        if not it.is_body:
            outputs: dict[str, Any] = {}
            for source, target in node.mappings("output"):
                outputs[target] = self.value(it, source)
            self._propagate(outer, outputs)
        flows: list[str] = []
        if outer.is_body:
            self._collect(outer, it)
        else:
            flows = [only] if only is not None else self._flows(it, node)
        self._close(it)
        self.trace.append(("completed", node.id))
        it.alive = False
        outer.kids.remove(it)
        for flow in flows:
            self._put(outer, node.scope.nodes[node.scope.flows[flow][1]], flow, payload)
        if node.tag == "intermediateThrowEvent" and node.event == "link":
            self._put(outer, node.scope.link(node.detail), None)
        if outer.is_body:
            self._instance_ended(outer)
        else:
            self._end_if_empty(outer)

    def _flows(self, it: Instance, node: Node) -> list[str]:
        flows, default = node.outgoing, node.xml.get("default")
        conditions = {flow: node.scope.flows[flow][2] for flow in flows}
        if node.tag == "parallelGateway" or (default is None and not any(conditions.values())):
            return flows
        taken, held = [], False
        for flow in flows:
            if flow == default:
                continue
            condition = conditions[flow]
            if condition is None or self.value(it, condition):
                taken.append(flow)
                held = held or condition is not None
                if node.tag == "exclusiveGateway":
                    return taken
        if default is not None and not held:
            taken.append(default)
        return taken

    def _end_if_empty(self, scope: Instance) -> None:
        if scope.kids or scope.joins:
            return
        if scope.node is not None:
            self._close(scope, [start.id for _, start in scope.body.event_starts()] if scope.body else [])
            self._leave(scope)
            return
        self._close(scope)
        self.trace.append(("completed", scope.name))
        scope.alive = False
        if scope.caller is None:
            self.ended = True
        else:
            scope.caller.kids.remove(scope)
            self._finish(scope.caller, scope.vars)

    def _terminate(self, it: Instance) -> None:
        if not it.alive:
            return
        it.alive = False
        for kid in sorted(it.kids, key=lambda each: each.seq):
            self._terminate(kid)
        self._close(it)
        if it.entered:
            self.trace.append(("terminated", it.name))
        if it.outer is not None and it in it.outer.kids:
            it.outer.kids.remove(it)
