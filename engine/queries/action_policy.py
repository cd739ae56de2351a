"""Which actions an element allows: its properties, those of its process, and the table of exclusions.

Words as analysts write them in ``actions.allow`` and ``actions.deny``, or one by one as ``actions.transfer`` = true.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from engine.definitions.model import Binding, FlowNode, ProcessModel
from engine.definitions.repository import DecisionUnknown, Definitions
from engine.feel.json import to_json
from engine.queries.paper_marks import marks_by_instance
from engine.store.tables.runtime import element_instance

RETURN, WITHDRAW, TRANSFER, DELEGATE = "return", "withdraw", "transfer", "delegate"
SIGN_BEFORE, SIGN_AFTER, SIGN_PARALLEL = "sign.before", "sign.after", "sign.parallel"
ASSIST, COPY, URGE, BATCH, RECORD = "assist", "copy", "urge", "batch", "record"
SUBSTITUTE = "substitute"

WORDS: Mapping[str, frozenset[str]] = {
    "退回": frozenset({RETURN}),
    "撤回": frozenset({WITHDRAW}),
    "转办": frozenset({TRANSFER}),
    "委派": frozenset({DELEGATE}),
    "加签": frozenset({SIGN_BEFORE, SIGN_AFTER, SIGN_PARALLEL}),
    "前加签": frozenset({SIGN_BEFORE}),
    "后加签": frozenset({SIGN_AFTER}),
    "并加签": frozenset({SIGN_PARALLEL}),
    "协办": frozenset({ASSIST}),
    "抄送": frozenset({COPY}),
    "传阅": frozenset({COPY}),
    "催办": frozenset({URGE}),
    "批量": frozenset({BATCH}),
    "代录": frozenset({RECORD}),
    "补签": frozenset({RECORD}),
    "委托": frozenset({SUBSTITUTE}),
}
ALL = frozenset().union(*WORDS.values())
LABELS: Mapping[str, str] = {
    RETURN: "退回",
    WITHDRAW: "撤回",
    TRANSFER: "转办",
    DELEGATE: "委派",
    SIGN_BEFORE: "前加签",
    SIGN_AFTER: "后加签",
    SIGN_PARALLEL: "并加签",
    ASSIST: "协办",
    COPY: "抄送",
    URGE: "催办",
    BATCH: "批量",
    RECORD: "代录",
    SUBSTITUTE: "委托",
}
"""What people call each action; the table of exclusions uses these words too."""

EXCLUSIONS = "action_exclusions"
"""The decision that excludes actions: by ``action``, ``nature``, ``numbered``, ``sealed`` and ``served``."""
MARKS: Mapping[str, str] = {"编号": "numbered", "用印": "sealed", "送达": "served"}
"""Words of the property ``marks``: what is done to the paper once the element has completed."""
RETURN_MODES = frozenset({"previous", "any", "initiator", "none"})


@dataclass(frozen=True, slots=True)
class Policy:
    """What one element allows."""

    allowed: frozenset[str]
    return_mode: str
    direct: bool
    nature: str | None
    second_factor: bool
    urge_limit: int
    merges: bool
    escalates: bool


def policy_of(model: ProcessModel, node: FlowNode | None) -> Policy:
    """Return what an element allows by its properties, which prevail over those of its process."""
    properties = {**model.properties, **({} if node is None else node.properties)}
    allowed = set(ALL)
    if "actions.allow" in properties:
        allowed = _actions(properties["actions.allow"])
    for name in ALL:
        said = properties.get(f"actions.{name}")
        if said is not None:
            (allowed.add if said == "true" else allowed.discard)(name)
    allowed -= _actions(properties.get("actions.deny", ""))
    mode = properties.get("actions.return", "any")
    mode = {"false": "none", "true": "any"}.get(mode, mode)
    if mode == "none":
        allowed.discard(RETURN)
    second = properties.get("second-factor") == "totp" or properties.get("actions.factor") == "true"
    if second:
        # Nobody can prove another's identity, and one proof counts for one signature.
        allowed -= {RECORD, BATCH}
    limit = properties.get("actions.urge.limit", "2")
    return Policy(
        allowed=frozenset(allowed),
        return_mode=mode if mode in RETURN_MODES else "any",
        direct=properties.get("actions.return.direct", "true") != "false",
        nature=properties.get("nature"),
        second_factor=second,
        urge_limit=int(limit) if limit.isdigit() else 2,
        merges=properties.get("merge.same-person") == "true",
        escalates=properties.get("self-approval") == "escalate",
    )


def excluded(
    connection: Connection,
    definitions: Definitions,
    action: str,
    nature: str | None,
    marks: frozenset[str] = frozenset(),
) -> str | None:
    """Return why the table of exclusions forbids an action, or None; without a deployed table nothing is excluded."""
    try:
        key = definitions.resolve_decision(connection, EXCLUSIONS, Binding.LATEST, None, 0)
    except DecisionUnknown:
        return None
    facts: dict[str, Any] = {name: name in marks for name in MARKS.values()}
    inputs = {"action": LABELS[action], "nature": nature or "", **facts}
    answer = to_json(definitions.decision_model(connection, key).evaluate(EXCLUSIONS, inputs))
    return None if answer is None else str(answer)


def marks_of(connection: Connection, definitions: Definitions, root_key: int) -> frozenset[str]:
    """Return what was done to the papers of a case: numbered, sealed, served."""
    query = select(element_instance.c.definition_key, element_instance.c.element_id).where(
        element_instance.c.root_key == root_key, element_instance.c.state == "COMPLETED"
    )
    found: set[str] = set()
    for row in connection.execute(query.distinct()):
        node = definitions.model(connection, row.definition_key).node(row.element_id)
        found |= marks_on(node)
    return frozenset(found.union(*marks_by_instance(connection, root_key).values()))


def marks_on(node: FlowNode | None) -> set[str]:
    """Return what an element does to the paper."""
    words = "" if node is None else node.properties.get("marks", "")
    return {MARKS[word] for word in _words(words) if word in MARKS}


def _actions(text: str) -> set[str]:
    return set().union(*(WORDS.get(word, {word} & ALL) for word in _words(text)))


def _words(text: str) -> list[str]:
    for mark in "，、;；":
        text = text.replace(mark, ",")
    return [word.strip() for word in text.split(",") if word.strip()]
