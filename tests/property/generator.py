"""Random executable diagrams: nested blocks of every construct that offices use, as BPMN files."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from tests.property.writing import EVENTS, HEAD, VARIABLES, Ends, Part, Writer


class Generator(Writer):
    """Makes one file from a seed; ``used`` counts the constructs in it."""

    def file(self, depth: int) -> bytes:
        """Return a file whose first process is ``p``."""
        main = self.process("p", depth)
        return (HEAD + main + "".join(self.called) + "</bpmn:definitions>").encode()

    def process(self, process_id: str, depth: int) -> str:
        return f'<bpmn:process id="{process_id}" isExecutable="true">{self.scope(process_id, depth)}</bpmn:process>'

    def scope(self, name: str, depth: int, *, event_subs: float = 0.15) -> str:
        """Return a content: a start event, a block, an end event, perhaps event subprocesses."""
        part = Part()
        self.add(part, "startEvent", f"{name}_s")
        first, last = self.block(part, depth) if name != "p" else self.row(part, depth)
        self.add(part, "endEvent", f"{name}_e")
        self.flow(part, f"{name}_s", first)
        self.flow(part, last, f"{name}_e")
        kinds = self.random.sample(EVENTS, len(EVENTS))
        while kinds and self.random.random() < event_subs:
            self.event_sub(part, kinds.pop(), depth - 1)
        return part.text

    # -- blocks ---------------------------------------------------------------------------------------------------

    def block(self, part: Part, depth: int) -> Ends:
        """Write a random block into ``part``; return the ids of its first and last element."""
        leaves: list[Callable[[Part], Ends]] = [
            self.user, self.user, self.service, self.script, self.catch, self.receive, self.mapped, self.plain,
        ]  # fmt: skip
        if depth <= 0:
            return self.random.choice(leaves)(part)
        nests: list[Callable[[Part, int], Ends]] = [
            self.sequence, self.sequence, self.exclusive, self.parallel, self.inclusive, self.rework, self.subprocess,
            self.call, self.multi_task, self.multi_sub, self.repeat, self.guarded_task, self.guarded_sub, self.failing,
            self.escalating, self.race, self.implicit_split, self.conditional_flows, self.cut_short, self.link,
            self.doubled,
        ]  # fmt: skip
        if self.random.random() < 0.15:
            return self.random.choice(leaves)(part)
        return self.random.choice(nests)(part, depth - 1)

    def user(self, part: Part) -> Ends:
        name = self.add(part, "userTask", self.id("user"))
        return name, name

    def service(self, part: Part) -> Ends:
        name = self.add(part, "serviceTask", self.id("job"), zeebe='<zeebe:taskDefinition type="work"/>')
        return name, name

    def mapped(self, part: Part) -> Ends:
        self.used["io mapping"] += 1
        one, two = self.random.choice(VARIABLES), self.random.choice(VARIABLES)
        mapping = (
            f'<zeebe:ioMapping><zeebe:input source="={one} + 1" target="local"/><zeebe:input source="=local + 1"'
            f' target="local2"/><zeebe:output source="=local2 + 1" target="{two}"/></zeebe:ioMapping>'
        )
        kind = '<zeebe:taskDefinition type="work"/>' + mapping
        name = self.add(part, "serviceTask", self.id("job"), zeebe=kind)
        return name, name

    def script(self, part: Part, variable: str | None = None) -> Ends:
        target = variable or self.random.choice(VARIABLES)
        source = variable or self.random.choice(VARIABLES)
        zeebe = f'<zeebe:script expression="={source} + 1" resultVariable="{target}"/>'
        name = self.add(part, "scriptTask", self.id("script"), zeebe=zeebe)
        return name, name

    def plain(self, part: Part) -> Ends:
        name = self.add(part, "task", self.id("task"))
        return name, name

    def catch(self, part: Part) -> Ends:
        event = self.event(self.random.choice(EVENTS))
        name = self.add(part, "intermediateCatchEvent", self.id("catch"), event)
        return name, name

    def receive(self, part: Part) -> Ends:
        name = self.add(part, "receiveTask", self.id("receive"), messageRef="msg")
        return name, name

    def row(self, part: Part, depth: int) -> Ends:
        """Write several blocks in a row, so that what one leaves behind meets the next."""
        blocks = [self.block(part, depth) for _ in range(4)]
        for one, two in pairwise(blocks):
            self.flow(part, one[1], two[0])
        return blocks[0][0], blocks[-1][1]

    def sequence(self, part: Part, depth: int) -> Ends:
        a, b = self.block(part, depth), self.block(part, depth)
        self.flow(part, a[1], b[0])
        return a[0], b[1]

    def branches(self, part: Part, depth: int, kind: str, *, conditions: bool) -> Ends:
        split, join, default = self.id("split"), self.id("join"), self.id("default")
        self.add(part, kind, split, **({"default": default} if conditions else {}))
        for number in range(self.random.randint(2, 3)):
            first, last = self.block(part, depth)
            named = default if conditions and number == 0 else ""
            condition = self.condition() if conditions and number else None
            self.flow(part, split, first, condition, named)
            self.flow(part, last, join)
        self.add(part, kind, join)
        return split, join

    def exclusive(self, part: Part, depth: int) -> Ends:
        return self.branches(part, depth, "exclusiveGateway", conditions=True)

    def inclusive(self, part: Part, depth: int) -> Ends:
        return self.branches(part, depth, "inclusiveGateway", conditions=True)

    def parallel(self, part: Part, depth: int) -> Ends:
        return self.branches(part, depth, "parallelGateway", conditions=False)

    def rework(self, part: Part, depth: int) -> Ends:
        self.used["rework loop"] += 1
        merge, decide, default, counter = self.id("merge"), self.id("decide"), self.id("default"), self.id("n")
        self.variables[counter] = 0
        self.add(part, "exclusiveGateway", merge)
        first, last = self.block(part, depth)
        count, _ = self.script(part, counter)
        self.add(part, "exclusiveGateway", decide, default=default)
        after, _ = self.plain(part)
        self.flow(part, merge, first)
        self.flow(part, last, count)
        self.flow(part, count, decide)
        self.flow(part, decide, merge, f"{counter} < {self.random.randint(1, 3)}")
        self.flow(part, decide, after, flow_id=default)
        return merge, after

    def subprocess(self, part: Part, depth: int) -> Ends:
        name = self.id("sub")
        zeebe = ""
        if self.random.random() < 0.5:
            zeebe = '<zeebe:ioMapping><zeebe:input source="=v0 + 1" target="v1"/></zeebe:ioMapping>'
        self.add(part, "subProcess", name, self.scope(name, depth, event_subs=0.4), zeebe)
        return name, name

    def call(self, part: Part, depth: int) -> Ends:
        name = self.id("call")
        self.called.append(self.process(f"p_{name}", depth))
        self.add(part, "callActivity", name, zeebe=f'<zeebe:calledElement processId="p_{name}"/>')
        return name, name

    def multi_task(self, part: Part, depth: int) -> Ends:
        kind = self.random.choice(["userTask", "serviceTask"])
        zeebe = '<zeebe:taskDefinition type="work"/>' if kind == "serviceTask" else ""
        name = self.add(part, kind, self.id("multi"), self.loop(sequential=self.random.random() < 0.5), zeebe)
        if self.random.random() < 0.3:
            return self.guard(part, name, depth)
        return name, name

    def multi_sub(self, part: Part, depth: int) -> Ends:
        name = self.id("multi")
        inner = self.loop(sequential=self.random.random() < 0.5) + self.scope(name, depth)
        self.add(part, "subProcess", name, inner)
        return self.guard(part, name, depth) if self.random.random() < 0.3 else (name, name)

    def repeat(self, part: Part, depth: int) -> Ends:
        self.used["standard loop"] += 1
        loop = f'<bpmn:standardLoopCharacteristics loopMaximum="{self.random.randint(1, 3)}"/>'
        name = self.id("loop")
        if self.random.random() < 0.5:
            self.add(part, "userTask", name, loop)
        else:
            self.add(part, "subProcess", name, loop + self.scope(name, depth))
        return name, name

    # -- events ---------------------------------------------------------------------------------------------------

    def guard(self, part: Part, host: str, depth: int, kind: str | None = None) -> Ends:
        """Attach a boundary event; return the ends with the ways joined again."""
        kind = kind or self.random.choice(EVENTS)
        interrupting = kind in ("error", "any error") or self.random.random() < 0.5
        self.used[f"boundary {kind} {'interrupting' if interrupting else 'non-interrupting'}"] += 1
        cycle = kind == "timer" and not interrupting and self.random.random() < 0.5
        name = self.id("boundary")
        attributes = {"attachedToRef": host, "cancelActivity": str(interrupting).lower()}
        self.add(part, "boundaryEvent", name, self.event(kind, cycle=cycle), **attributes)
        first, last = self.block(part, min(depth, 1))
        self.flow(part, name, first)
        if not interrupting:
            end = self.add(part, "endEvent", self.id("end"))
            self.flow(part, last, end)
            return host, host
        join = self.add(part, "exclusiveGateway", self.id("merge"))
        self.flow(part, host, join)
        self.flow(part, last, join)
        return host, join

    def guarded_task(self, part: Part, depth: int) -> Ends:
        name, _ = self.random.choice([self.user, self.service, self.receive])(part)
        return self.guard(part, name, depth)

    def guarded_sub(self, part: Part, depth: int) -> Ends:
        name, _ = self.subprocess(part, depth)
        return self.guard(part, name, depth)

    def event_sub(self, part: Part, kind: str, depth: int) -> None:
        interrupting = kind == "error" or self.random.random() < 0.4
        self.used[f"event subprocess {kind} {'interrupting' if interrupting else 'non-interrupting'}"] += 1
        name = self.id("es")
        inner = Part()
        start = f"{name}_s"
        self.add(inner, "startEvent", start, self.event(kind), isInterrupting=str(interrupting).lower())
        first, last = self.block(inner, max(0, min(depth, 1)))
        end = self.add(inner, "endEvent", f"{name}_e")
        self.flow(inner, start, first)
        self.flow(inner, last, end)
        self.add(part, "subProcess", name, inner.text, triggeredByEvent="true")

    def failing(self, part: Part, depth: int) -> Ends:
        """A job that throws an error, or a subprocess that ends with one; caught outside or in an event subprocess."""
        if self.random.random() < 0.4:
            job = self.add(part, "serviceTask", self.id("errjob"), zeebe='<zeebe:taskDefinition type="work"/>')
            return self.guard(part, job, depth, self.random.choice(["error", "any error"]))
        name, inner = self.id("sub"), Part()
        start, split = self.add(inner, "startEvent", f"{name}_s"), self.add(inner, "parallelGateway", self.id("split"))
        self.flow(inner, start, split)
        for kind in ("error", None):
            first, last = self.block(inner, depth if kind is None else 0)
            end = self.add(inner, "endEvent", self.id("end"), self.event(kind) if kind else "")
            self.flow(inner, split, first)
            self.flow(inner, last, end)
        if self.random.random() < 0.4:
            self.event_sub(inner, "error", depth)
        self.add(part, "subProcess", name, inner.text)
        return self.guard(part, name, depth, "error")

    def escalating(self, part: Part, depth: int) -> Ends:
        name, inner = self.id("sub"), Part()
        start = self.add(inner, "startEvent", f"{name}_s")
        throw = self.add(inner, "intermediateThrowEvent", self.id("throw"), self.event("escalation"))
        first, last = self.block(inner, depth)
        at_end = self.event("escalation") if self.random.random() < 0.3 else ""
        end = self.add(inner, "endEvent", f"{name}_e", at_end)
        for source, target in ((start, throw), (throw, first), (last, end)):
            self.flow(inner, source, target)
        if self.random.random() < 0.3:
            self.event_sub(inner, "escalation", depth)
        self.add(part, "subProcess", name, inner.text)
        return self.guard(part, name, depth, "escalation") if self.random.random() < 0.8 else (name, name)

    def race(self, part: Part, depth: int) -> Ends:
        gateway = self.add(part, "eventBasedGateway", self.id("race"))
        join = self.id("merge")
        for number in range(self.random.randint(2, 3)):
            if number == 0 and self.random.random() < 0.3:
                event, _ = self.receive(part)
            else:
                kind = self.random.choice(["timer", "signal", "conditional"])
                event = self.add(part, "intermediateCatchEvent", self.id("catch"), self.event(kind))
            first, last = self.block(part, depth)
            self.flow(part, gateway, event)
            self.flow(part, event, first)
            self.flow(part, last, join)
        self.add(part, "exclusiveGateway", join)
        return gateway, join

    def implicit_split(self, part: Part, depth: int) -> Ends:
        self.used["implicit split"] += 1
        (task, _), join = self.random.choice([self.user, self.plain])(part), self.id("join")
        for _ in range(2):
            first, last = self.block(part, depth)
            self.flow(part, task, first)
            self.flow(part, last, join)
        self.add(part, "parallelGateway", join)
        return task, join

    def conditional_flows(self, part: Part, depth: int) -> Ends:
        self.used["conditional flow from task"] += 1
        default, join = self.id("default"), self.id("merge")
        task = self.add(part, "task", self.id("task"), default=default)
        for condition, named in ((self.condition(), ""), (None, default)):
            first, last = self.block(part, depth)
            self.flow(part, task, first, condition, named)
            self.flow(part, last, join)
        self.add(part, "exclusiveGateway", join)
        return task, join

    def cut_short(self, part: Part, depth: int) -> Ends:
        self.used["terminate"] += 1
        name, inner = self.id("sub"), Part()
        start, split = self.add(inner, "startEvent", f"{name}_s"), self.add(inner, "parallelGateway", self.id("split"))
        self.flow(inner, start, split)
        for kind in ("terminate", ""):
            first, last = self.block(inner, depth)
            end = self.add(inner, "endEvent", self.id("end"), self.event(kind) if kind else "")
            self.flow(inner, split, first)
            self.flow(inner, last, end)
        self.add(part, "subProcess", name, inner.text)
        return name, name

    def doubled(self, part: Part, depth: int) -> Ends:
        """Two tokens on the same way in one subprocess: what joins must keep apart."""
        self.used["two tokens on one way"] += 1
        name, inner = self.id("sub"), Part()
        start, merge = self.add(inner, "startEvent", f"{name}_s"), self.add(inner, "exclusiveGateway", self.id("merge"))
        split = self.add(inner, "parallelGateway", self.id("split"))
        first, last = self.block(inner, depth)
        end = self.add(inner, "endEvent", f"{name}_e")
        for source, target in ((start, split), (split, merge), (split, merge), (merge, first), (last, end)):
            self.flow(inner, source, target)
        self.add(part, "subProcess", name, inner.text)
        return name, name

    def link(self, part: Part, depth: int) -> Ends:
        self.used["link"] += 1
        first, last = self.block(part, depth)
        name = self.id("link")
        definition = f'<bpmn:linkEventDefinition name="{name}"/>'
        throw = self.add(part, "intermediateThrowEvent", self.id("throw"), definition)
        catch = self.add(part, "intermediateCatchEvent", self.id("catch"), definition)
        self.flow(part, last, throw)
        return first, catch
