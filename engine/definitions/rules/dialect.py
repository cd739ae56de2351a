"""The rules of Camunda 8's extension elements: each once, none unknown, listeners for events that exist."""

from __future__ import annotations

from collections import Counter

from engine.definitions.reading.document import ZEEBE, bpmn, local, name_of, zeebe
from engine.definitions.rules.graph import Graph

READ = frozenset(
    {
        "adHoc", "assignmentDefinition", "calledDecision", "calledElement", "executionListeners", "formDefinition",
        "ioMapping", "loopCharacteristics", "priorityDefinition", "properties", "script", "subscription",
        "taskDefinition", "taskHeaders", "taskListeners", "taskSchedule", "userTask", "userTaskForm", "versionTag",
    }
)  # fmt: skip
WITHOUT_EFFECT = frozenset({"jobPriorityDefinition", "modelerConfiguration"})
"""They change neither what happens nor in which order it may happen."""
REPEATABLE = frozenset({"userTaskForm"})
LISTENER_EVENTS = {
    "executionListener": ("start", "end"),
    "taskListener": ("creating", "assigning", "updating", "completing", "canceling"),
}


def check_extensions(graph: Graph) -> None:
    """Each ``zeebe:`` extension is one that is read, and stands once in its element."""
    for holder in graph.document.root.iter(bpmn("extensionElements")):
        owner = holder.getparent()
        if owner is None:
            continue
        counts: Counter[str] = Counter()
        for item in holder.iterchildren(f"{{{ZEEBE}}}*"):
            tag = local(item)
            counts[tag] += 1
            if counts[tag] == 2 and tag not in REPEATABLE:
                message = f"{name_of(owner)} 的 zeebe:{tag} 写了不止一个，只能有一个，请删除多余的。"
                graph.document.invalid("zeebe.extension-twice", message, item)
            if tag in WITHOUT_EFFECT:
                message = f"{name_of(owner)} 的 zeebe:{tag} 不起作用。"
                graph.document.convention("zeebe.extension-ignored", message, item)
            elif tag not in READ:
                message = f"{name_of(owner)} 的 zeebe:{tag} 不受支持，请删除或改用别的写法。"
                graph.document.unsupported("zeebe.extension-unsupported", message, item)


def check_listeners(graph: Graph) -> None:
    """A listener's ``eventType`` is one that Camunda 8 has."""
    for tag, allowed in LISTENER_EVENTS.items():
        for item in graph.document.root.iter(zeebe(tag)):
            event = item.get("eventType")
            if event and event not in allowed:
                message = f"监听器的 eventType“{event}”不存在，可用的有：{'、'.join(allowed)}。"
                graph.document.invalid("zeebe.listener-event", message, item)
