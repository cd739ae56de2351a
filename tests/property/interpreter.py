"""A second, independent interpreter of BPMN: reads the file itself, imports nothing from ``engine``.

It is written for plainness: instances in a tree, a queue of tokens, everything looked up anew each time. It follows the
order that docs/execution.md promises, so that traces can be compared step by step.
"""

from __future__ import annotations

import re
from collections import deque
from typing import Any

from tests.property.diagram import Body, Node

WAITING_EVENTS = ("timer", "message", "signal", "conditional")


class Instance:
    """A process, subprocess, body or element instance, or a token on its way to become one."""

    def __init__(self, seq: int, node: Node | None, body: Body | None, outer: Instance | None) -> None:
        self.seq = seq
        self.node = node
        self.body = body
        """Content, of a scope."""
        self.outer = outer
        self.vars: dict[str, Any] = {}
        self.kids: list[Instance] = []
        self.joins: dict[str, dict[str, int]] = {}
        self.alive = True
        self.entered = False
        self.is_body = False
        self.caller: Instance | None = None
        self.payload: Any = None
        self.event: str | None = None
        self.data: dict[str, Any] = {}
        self.interrupted = False

    @property
    def name(self) -> str:
        return self.node.id if self.node is not None else self.body.id if self.body is not None else ""

    def chain(self) -> list[Instance]:
        found: list[Instance] = []
        current: Instance | None = self
        while current is not None:
            found.append(current)
            current = current.outer
        return found


class Wait:
    """Something the outside can make happen."""

    def __init__(self, seq: int, kind: str, owner: Instance, node: Node, left: int = 1) -> None:
        self.seq = seq
        self.kind = kind
        self.owner = owner
        self.node = node
        self.left = left
        self.was = False


class Interpreter:
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

    # -- loops ----------------------------------------------------------------------------------------------------

    def _start_body(self, body: Instance) -> None:
        assert body.node is not None
        xml = body.node.repeating
        data = body.data
        data |= {"done": 0, "made": 0, "stop": False}
        if xml.tag.endswith("standardLoopCharacteristics"):
            data["loop"] = True
            self._add(body, {})
            return
        zeebe = xml.find(".//{http://camunda.org/schema/zeebe/1.0}loopCharacteristics")
        data["items"] = self.value(body, zeebe.get("inputCollection"))
        data["item"], data["out_name"] = zeebe.get("inputElement"), zeebe.get("outputCollection")
        data["result"], data["sequential"] = zeebe.get("outputElement"), xml.get("isSequential") == "true"
        data["out"] = [None] * len(data["items"])
        count = min(1, len(data["items"])) if data["sequential"] else len(data["items"])
        for index in range(count):
            self._add(body, {data["item"]: data["items"][index]})
        if not count:
            self._leave_body(body)

    def _add(self, body: Instance, variables: dict[str, Any]) -> None:
        assert body.node is not None
        token = Instance(self.number(), body.node, body.node.body, body)
        body.data["made"] += 1
        result = str(body.data.get("result", "")).removeprefix("=")
        if result.isidentifier() and result != body.data["item"]:
            variables = {**variables, result: None}
        token.vars = {**variables, "loopCounter": body.data["made"]}
        token.data["index"] = body.data["made"] - 1
        body.kids.append(token)
        self.queue.append(token)

    def _collect(self, body: Instance, it: Instance) -> None:
        assert body.node is not None
        data, xml = body.data, body.node.repeating
        if not data.get("loop"):
            data["out"][it.data["index"]] = self.value(it, data["result"])
        data["done"] += 1
        condition = xml.findtext("{http://www.omg.org/spec/BPMN/20100524/MODEL}completionCondition")
        if condition:
            data["stop"] = self.value(it, condition)

    def _instance_ended(self, body: Instance) -> None:
        assert body.node is not None
        data = body.data
        if data.get("loop"):
            if data["done"] >= int(body.node.repeating.get("loopMaximum")):
                self._leave(body)
            else:
                self._add(body, {})
        elif data["stop"] or data["done"] >= len(data["items"]):
            for kid in sorted(body.kids, key=lambda each: each.seq):
                self._terminate(kid)
            self._leave_body(body)
        elif data["sequential"]:
            self._add(body, {data["item"]: data["items"][data["made"]]})

    def _leave_body(self, body: Instance) -> None:
        assert body.outer is not None
        self._propagate(body.outer, {body.data["out_name"]: list(body.data["out"])})
        self._leave(body)

    # -- events ---------------------------------------------------------------------------------------------------

    def _open(self, owner: Instance, nodes: list[Node]) -> None:
        for node in nodes:
            kind = "message" if node.tag == "receiveTask" else node.event
            if kind in WAITING_EVENTS:
                left = int(node.detail[1]) if kind == "timer" and node.detail.startswith("R") else 1
                self.waits.append(Wait(self.number(), str(kind), owner, node, left))
                if kind == "conditional":
                    self.changed = True

    def _close(self, owner: Instance, only: list[str] | None = None) -> None:
        self.waits = [w for w in self.waits if w.owner is not owner or (only is not None and w.node.id not in only)]

    def _occurred(self, owner: Instance, wait: Wait | None, node: Node, variables: dict[str, Any]) -> None:
        if node.tag == "boundaryEvent":
            assert owner.outer is not None
            scope = owner.outer
            self._put(scope, node, None, variables)
            self._spend(wait, node)
            if node.interrupting:
                self._terminate(owner)
        elif node.tag == "startEvent":
            self._start_event_sub(owner, wait, node, variables)
        else:
            if wait is not None:
                self.waits.remove(wait)
            assert owner.node is not None
            if owner.node is node:
                self._finish(owner, variables)
            else:
                only = next(f for f in owner.node.outgoing if owner.node.scope.flows[f][1] == node.id)
                self._leave(owner, only, variables)

    def _start_event_sub(self, scope: Instance, wait: Wait | None, start: Node, variables: dict[str, Any]) -> None:
        assert scope.body is not None
        sub = next(sub for sub, each in scope.body.event_starts() if each is start)
        self._put(scope, sub, None, variables)
        if start.interrupting:
            token = scope.kids[-1]
            scope.interrupted = True
            scope.joins.clear()
            for other in sorted(scope.kids, key=lambda each: each.seq):
                if other is not token:
                    self._terminate(other)
            self._close(scope, [each.id for _, each in scope.body.event_starts()])
        else:
            self._spend(wait, start)

    def _spend(self, wait: Wait | None, node: Node) -> None:
        if wait is None:
            return
        if wait.kind == "timer" and not (node.interrupting):
            self.waits.remove(wait)
            if wait.left > 1:
                self.waits.append(Wait(self.number(), "timer", wait.owner, node, wait.left - 1))
        elif node.interrupting:
            self.waits.remove(wait)

    def _throw(self, it: Instance, kind: str, code: str) -> bool:
        below: Instance | None = None
        current: Instance | None = it
        while current is not None:
            catchers: list[Node] = []
            if below is not None and current.body is not None and not current.is_body and not current.interrupted:
                catchers += [s for sub, s in current.body.event_starts() if sub is not below.node]
            catchers = self._matching(catchers, kind, code)
            if not catchers and current.node is not None and not (current.outer is not None and current.outer.is_body):
                catchers = self._matching(current.node.scope.boundaries(current.node.id), kind, code)
            if catchers:
                self._occurred(current, None, catchers[0], {})
                return True
            below = current
            current = current.outer if current.outer is not None else current.caller
        return False

    def _matching(self, catchers: list[Node], kind: str, code: str) -> list[Node]:
        found = [node for node in catchers if node.event == kind]
        return [n for n in found if n.detail == code] or [n for n in found if not n.detail]

    def _conditions(self) -> None:
        self.changed = False
        for wait in [each for each in self.waits if each.kind == "conditional"]:
            if wait in self.waits:
                holds = self.value(wait.owner, wait.node.detail)
                fires = holds and not wait.was
                wait.was = holds
                if fires:
                    self._occurred(wait.owner, wait, wait.node, {})
