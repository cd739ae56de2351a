"""Diagrams to lay out: a short notation, and a generator of structured processes from a seed."""

from __future__ import annotations

import random
from xml.sax.saxutils import quoteattr

_TAGS = {
    "start": "startEvent",
    "end": "endEvent",
    "wait": "intermediateCatchEvent",
    "do": "userTask",
    "service": "serviceTask",
    "rule": "businessRuleTask",
    "call": "callActivity",
    "xor": "exclusiveGateway",
    "and": "parallelGateway",
    "or": "inclusiveGateway",
}
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<bpmn:definitions'
    ' xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="D" targetNamespace="http://example.org">\n'
)


def node(text: str) -> str:
    """``"do t1 审核申请"`` gives a user task; ``"timer b1 on t1 逾期"`` a boundary event."""
    word, name_id, *rest = text.split(" ")
    if word == "timer":
        host, name = rest[1], " ".join(rest[2:])
        inside = f"<bpmn:timerEventDefinition id={quoteattr(name_id + '_d')}/>"
        return (
            f"<bpmn:boundaryEvent id={quoteattr(name_id)} name={quoteattr(name)} attachedToRef={quoteattr(host)}>"
            f"{inside}</bpmn:boundaryEvent>"
        )
    tag = _TAGS[word]
    return f"<bpmn:{tag} id={quoteattr(name_id)} name={quoteattr(' '.join(rest))}/>"


def flow(text: str) -> str:
    """``"a b 同意"`` gives the sequence flow ``f_a_b`` named 同意."""
    source, target, *name = text.split(" ")
    named = f" name={quoteattr(name[0])}" if name else ""
    return f'<bpmn:sequenceFlow id="f_{source}_{target}" sourceRef="{source}" targetRef="{target}"{named}/>'


def process(
    nodes: list[str],
    flows: list[str],
    lanes: dict[str, list[str]] | None = None,
    extra: str = "",
    process_id: str = "process",
) -> str:
    """A process element in the short notation; ``lanes`` maps a lane's name to the ids in it."""
    lane_set = ""
    if lanes:
        body = "".join(
            f"<bpmn:lane id='{process_id}_lane{index}' name={quoteattr(name)}>"
            + "".join(f"<bpmn:flowNodeRef>{member}</bpmn:flowNodeRef>" for member in members)
            + "</bpmn:lane>"
            for index, (name, members) in enumerate(lanes.items())
        )
        lane_set = f"<bpmn:laneSet id='{process_id}_lanes'>{body}</bpmn:laneSet>"
    content = "\n".join([lane_set, *map(node, nodes), *map(flow, flows), extra])
    return f"<bpmn:process id='{process_id}' isExecutable='true'>{content}</bpmn:process>\n"


def document(*parts: str, participants: dict[str, str] | None = None, messages: list[str] | None = None) -> bytes:
    """A BPMN file. ``participants`` maps a pool's name to its process id ("" for a collapsed pool)."""
    collaboration = ""
    if participants:
        pools = "".join(
            f"<bpmn:participant id='pool{index}' name={quoteattr(name)}"
            + (f" processRef='{process_id}'/>" if process_id else "/>")
            for index, (name, process_id) in enumerate(participants.items())
        )
        flows = ""
        for index, text in enumerate(messages or []):
            source, target, *name = text.split(" ")
            named = f" name={quoteattr(name[0])}" if name else ""
            flows += f"<bpmn:messageFlow id='m{index}' sourceRef='{source}' targetRef='{target}'{named}/>"
        collaboration = f"<bpmn:collaboration id='collaboration'>{pools}{flows}</bpmn:collaboration>\n"
    return (_HEAD + collaboration + "".join(parts) + "</bpmn:definitions>\n").encode()


class Generator:
    """Structured processes (sequences, choices, parallel branches, loops, time limits) from a seed."""

    def __init__(self, seed: int, size: int, lanes: int) -> None:
        self._random = random.Random(seed)
        self._lanes = lanes
        self._members: dict[str, list[str]] = {f"角色{index}": [] for index in range(lanes)}
        self._lane = 0
        self._left = size
        self.nodes: list[str] = []
        self.flows: list[str] = []

    def build(self) -> bytes:
        """The file."""
        last = self._add("start", "收到申请")
        while self._left > 0:
            last = self._block(last, 0, "")
        self.flows.append(f"{last} {self._add('end', '已答复')}")
        lanes = {name: members for name, members in self._members.items() if members} if self._lanes > 1 else None
        return document(process(self.nodes, self.flows, lanes), participants={"市局": "process"} if lanes else None)

    def _add(self, word: str, name: str) -> str:
        if word not in ("xor", "and", "end", "timer") and self._random.random() < 0.4:
            self._lane = self._random.randrange(max(1, self._lanes))
        name_id = f"n{len(self.nodes)}"
        self.nodes.append(f"{word} {name_id} {name}")
        if self._lanes:
            self._members[f"角色{self._lane}"].append(name_id)
        self._left -= 1
        return name_id

    def _link(self, source: str, target: str, name: str = "") -> None:
        self.flows.append(f"{source} {target} {name}".strip())

    def _block(self, previous: str, depth: int, name: str) -> str:
        choice = self._random.random()
        if depth > 2 or choice < 0.45:
            return self._task(previous, name)
        if choice < 0.6:
            return self._split(previous, depth, name, "and", ["", "", ""])
        if choice < 0.75:
            return self._split(previous, depth, name, "xor", ["一般文件", "上行文或重要文件", "不需发文"])
        if choice < 0.9:
            return self._loop(previous, name)
        return self._limit(previous, name)

    def _task(self, previous: str, name: str) -> str:
        words = self._random.choice(["do", "do", "service", "rule", "call"])
        task = self._add(
            words, self._random.choice(["审核申请材料", "拟稿", "征求有关部门意见", "登记并分送各承办科室办理"])
        )
        self._link(previous, task, name)
        return task

    def _split(self, previous: str, depth: int, name: str, kind: str, names: list[str]) -> str:
        fork = self._add(kind, "属于哪一类文件？" if kind == "xor" else "")
        self._link(previous, fork, name)
        ends = [self._block(fork, depth + 1, names[index]) for index in range(self._random.choice([2, 2, 3]))]
        join = self._add(kind, "")
        for end in ends:
            self._link(end, join)
        if kind == "xor" and self._random.random() < 0.5:
            self._link(fork, join, "其他")
        return join

    def _loop(self, previous: str, name: str) -> str:
        task = self._task(previous, name)
        fork = self._add("xor", "材料齐全？")
        self._link(task, fork)
        repair = self._task(fork, "不齐全")
        self._link(repair, task)
        return self._task(fork, "齐全")

    def _limit(self, previous: str, name: str) -> str:
        task = self._task(previous, name)
        timer = f"n{len(self.nodes)}"
        self._add("timer", f"on {task} 期满未补正")
        self.nodes[-1] = f"timer {timer} on {task} 期满未补正"
        self._link(timer, self._add("end", "视为放弃"))
        return task
