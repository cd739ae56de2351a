"""Executes recorded commands again, from recorded facts alone, and compares event by event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from sqlalchemy import Connection

from engine import __version__
from engine.commands.production import Production, Setting, Sources, produce
from engine.commands.runners import RUNNERS
from engine.errors import BanjieError
from engine.history.event import Event
from engine.history.events import COMMAND_EVENTS
from engine.history.facts import FactTape
from engine.store.types import canonical_json
from engine.verification.findings import Finding, Severity


@dataclass(slots=True)
class Reexecution:
    """What came of it: the state parts as they must stand, and what differed."""

    parts: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    complete: bool = True
    """False when content was erased, or a difference made going on pointless."""


def reexecute(connection: Connection, sources: Sources, events: Sequence[Event]) -> Reexecution:
    """Execute the commands of one case again. ``events`` is all of its history, oldest first."""
    result = Reexecution()
    for _, group in groupby(events, key=lambda event: event.command_seq):
        command, *followed = group
        finding = _reexecute_one(connection, sources, command, followed, result)
        if finding is not None:
            result.findings.append(finding)
            result.complete = False
            break
    return result


def _reexecute_one(
    connection: Connection, sources: Sources, command: Event, followed: Sequence[Event], result: Reexecution
) -> Finding | None:
    cls = COMMAND_EVENTS.get(command.type)
    if cls is None or command.seq != command.command_seq:
        return _finding(command, command.seq, "verification.command-unknown", f"不认识的命令事件 {command.type}")
    tape = FactTape(command.payload.get("facts", []))
    setting = Setting(
        root_key=command.root_key,
        at=command.at,
        actor_id=command.actor_id,
        actor_name="",
        connection=connection,
        sources=sources,
        facts=tape,
        load_part=result.parts.get,
    )
    try:
        event = cls.from_payload(command.payload)
        production = produce(event, setting) if cls in RUNNERS else Production()
    except (BanjieError, KeyError, TypeError, ValueError) as error:
        return _finding(command, command.seq, "verification.command-refused", f"重新执行被拒绝：{error}")
    for part, content in production.parts.items():
        if content is None:
            result.parts.pop(part, None)
        else:
            result.parts[part] = content
    if not tape.used_up:
        return _finding(command, command.seq, "verification.facts-left", "记录的外部事实没有全部用到")
    return _compare(command, followed, production)


def _compare(command: Event, followed: Sequence[Event], production: Production) -> Finding | None:
    for recorded, (type_, payload) in zip(followed, production.derived, strict=False):
        if recorded.type != type_ or canonical_json(recorded.payload) != canonical_json(payload):
            difference = _difference(recorded, type_, payload)
            return _finding(command, recorded.seq, "verification.event-differs", f"与重新执行的结果不同：{difference}")
    if len(followed) != len(production.derived):
        counts = f"记录 {len(followed)} 条，重新执行得 {len(production.derived)} 条"
        return _finding(command, command.seq, "verification.event-count", f"后续事件条数不同：{counts}")
    return None


def _difference(recorded: Event, type_: str, payload: Mapping[str, Any]) -> str:
    if recorded.type != type_:
        return f"记录为 {recorded.type}，应为 {type_}"
    names = sorted(_differing(recorded.payload, payload))
    return f"{type_} 的 {'、'.join(names)}"


def _differing(one: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[str]:
    for name in one.keys() | other.keys():
        if name not in one or name not in other or canonical_json(one[name]) != canonical_json(other[name]):
            yield name


def _finding(command: Event, seq: int, code: str, message: str) -> Finding:
    recorded_by = command.payload.get("engine")
    if recorded_by != __version__:
        message = f"{message}（由版本 {recorded_by} 记录，本版本为 {__version__}）"
        return Finding(Severity.DIFFERS, code, command.root_key, seq, message)
    return Finding(Severity.TAMPERED, code, command.root_key, seq, message)
