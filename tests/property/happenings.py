"""Loops, and events that happen, in the independent interpreter."""

from __future__ import annotations

from typing import Any

from tests.property.diagram import Node
from tests.property.instances import Instance, Shared, Wait

WAITING_EVENTS = ("timer", "message", "signal", "conditional")


class Happenings(Shared):
    """Multi-instance, standard loops, subscriptions, errors and escalations, conditions."""

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
