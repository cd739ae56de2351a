"""Random procedures of user tasks: rows, branches, loops, subprocesses and multi-instances within one another."""

from __future__ import annotations

import random

from tests.unit.commands import diagrams as d

EACH = (
    '<bpmn:multiInstanceLoopCharacteristics isSequential="{}"><bpmn:extensionElements>'
    '<zeebe:loopCharacteristics inputCollection="=items" inputElement="item"/>'
    "</bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>"
)
ASSIGNED = '<zeebe:assignmentDefinition candidateGroups="clerks"/>'
Ends = tuple[str, str]


class Procedure:
    """One random procedure; ``text`` is its diagram."""

    def __init__(self, seed: int, depth: int) -> None:
        self.random = random.Random(seed)
        self._number = 0
        first, body = self._id("task"), []
        body.append(d.task(first))
        ends = [first]
        for _ in range(self.random.randint(1, 2)):
            one, other = self._block(body, depth)
            body.append(d.chain(ends[-1], one))
            ends.append(other)
        last = self._id("task")
        body.append(d.task(last) + d.chain(ends[-1], last))
        content = d.el("startEvent", "start") + "".join(body) + d.chain("start", first)
        self.text = d.diagram(content)

    def _id(self, kind: str) -> str:
        self._number += 1
        return f"{kind}{self._number}"

    def _block(self, out: list[str], depth: int) -> Ends:
        blocks = [self._task, self._task]
        if depth > 0:
            blocks = [self._task, self._row, self._branches, self._branches, self._choices, self._sub, self._each_task]
            blocks += [self._each_sub]
        return self.random.choice(blocks)(out, depth - 1)

    def _task(self, out: list[str], depth: int) -> Ends:
        name = self._id("task")
        out.append(d.task(name))
        return name, name

    def _row(self, out: list[str], depth: int) -> Ends:
        first, middle = self._block(out, depth)
        second, last = self._block(out, depth)
        out.append(d.chain(middle, second))
        return first, last

    def _branches(self, out: list[str], depth: int) -> Ends:
        kind = self.random.choice(["parallelGateway", "parallelGateway", "inclusiveGateway"])
        fork, join = self._id("fork"), self._id("join")
        out.append(d.el(kind, fork) + d.el(kind, join))
        for number in range(self.random.randint(2, 3)):
            first, last = self._block(out, depth)
            if kind == "parallelGateway":
                out.append(d.chain(fork, first))
            else:
                out.append(d.flow(fork, first, f"{number} = 0 or modulo(count, {number + 1}) = 0"))
            out.append(d.chain(last, join))
        return fork, join

    def _choices(self, out: list[str], depth: int) -> Ends:
        fork, join = self._id("choice"), self._id("merge")
        out.append(d.el("exclusiveGateway", fork) + d.el("exclusiveGateway", join))
        for number in range(2):
            first, last = self._block(out, depth)
            out.append(d.flow(fork, first, f"modulo(count, 2) = {number}") + d.chain(last, join))
        return fork, join

    def _sub(self, out: list[str], depth: int) -> Ends:
        name = self._id("sub")
        out.append(d.el("subProcess", name, self._content(depth)))
        return name, name

    def _each_task(self, out: list[str], depth: int) -> Ends:
        name = self._id("each")
        sequential = self.random.choice(["true", "false"])
        out.append(d.el("userTask", name, EACH.format(sequential), ASSIGNED, name=name))
        return name, name

    def _each_sub(self, out: list[str], depth: int) -> Ends:
        name = self._id("eachsub")
        sequential = self.random.choice(["true", "false"])
        out.append(d.el("subProcess", name, EACH.format(sequential) + self._content(depth)))
        return name, name

    def _content(self, depth: int) -> str:
        inside: list[str] = []
        start, end = self._id("s"), self._id("e")
        first, last = self._block(inside, depth)
        return (
            d.el("startEvent", start)
            + "".join(inside)
            + d.el("endEvent", end)
            + d.chain(start, first)
            + d.chain(last, end)
        )
