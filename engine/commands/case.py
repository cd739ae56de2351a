"""A case opened for one command: its lock, its state, and the events the command appends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, bindparam, delete, insert, or_, select, update

from engine import __version__
from engine.commands.errors import CaseBusy, CaseEnded, CaseSuspended, CaseUnknown
from engine.commands.production import Derived, Production, Setting, produce
from engine.commands.runners import RUNNERS
from engine.execution import STATE_FORMAT
from engine.history.appliers import apply
from engine.history.chain import EMPTY, Head
from engine.history.event import Event, type_name
from engine.history.events import CommandEvent
from engine.history.facts import FactLog, as_recorded
from engine.history.writer import append
from engine.store.prepared import Prepared, PreparedQuery
from engine.store.tables.runtime import case_lock, state_part

if TYPE_CHECKING:
    from engine.commands.unit import UnitOfWork


_USUAL_PARTS = ("main", "clocks", "unheld")
"""The state parts that nearly every command needs, read together."""

_SELECT_CASE = select(case_lock).where(case_lock.c.root_key == bindparam("root"))
_READ_CASE = PreparedQuery(_SELECT_CASE)
_LOCK_CASE = PreparedQuery(_SELECT_CASE.with_for_update())
_TRY_LOCK_CASE = PreparedQuery(_SELECT_CASE.with_for_update(skip_locked=True))
_SELECT_PARTS = select(state_part.c.part, state_part.c.content).where(state_part.c.root_key == bindparam("root"))
_READ_USUAL_PARTS = PreparedQuery(_SELECT_PARTS.where(or_(*(state_part.c.part == name for name in _USUAL_PARTS))))
_READ_PART = PreparedQuery(_SELECT_PARTS.where(state_part.c.part == bindparam("the_part")))
_CASE_COLUMNS = ("revision", "definition_key", "state_format", "suspended", "ended", "head_seq", "head_hash")
_INSERT_CASE = Prepared(insert(case_lock), ("root_key", *_CASE_COLUMNS))
_UPDATE_CASE = Prepared(update(case_lock).where(case_lock.c.root_key == bindparam("the_root_key")), _CASE_COLUMNS)
_THE_PART = (state_part.c.root_key == bindparam("the_root_key"), state_part.c.part == bindparam("the_part"))
_UPDATE_PART = Prepared(update(state_part).where(*_THE_PART), ("content",))
_DELETE_PART = Prepared(delete(state_part).where(*_THE_PART))


@dataclass(slots=True)
class _Lock:
    """The case's row as it was read under its lock."""

    revision: int
    definition_key: int
    suspended: bool
    ended: bool
    head: Head


class Case:
    """One case inside a unit of work. Events are gathered and written when the unit finishes."""

    def __init__(self, unit: UnitOfWork, root_key: int, lock: _Lock, *, fresh: bool) -> None:
        self.root_key = root_key
        self._unit = unit
        self._lock = lock
        self._fresh = fresh
        self._parts: dict[str, str] | None = {} if fresh else None
        self._changed_parts: dict[str, str | None] = {}
        self._events: list[Event] = []
        self.fresh_events: list[Derived] = []
        """What followed from this unit's commands and has not been reacted to."""
        self._seq = lock.head.seq
        self.head = lock.head

    @classmethod
    def create(cls, unit: UnitOfWork, root_key: int, definition_key: int) -> Case:
        """Begin a new case."""
        return cls(unit, root_key, _Lock(0, definition_key, False, False, EMPTY), fresh=True)

    @classmethod
    def open(cls, unit: UnitOfWork, root_key: int, *, wait: bool = True) -> Case:
        """Lock an existing case and read its row.

        Raises CaseUnknown, or CaseBusy when another command holds it and ``wait`` is False.
        """
        query = _READ_CASE
        if unit.connection.dialect.name == "postgresql":
            query = _LOCK_CASE if wait else _TRY_LOCK_CASE
        row = query.first(unit.connection, {"root": root_key})
        if row is None:
            if not wait and _exists(unit.connection, root_key):
                raise CaseBusy("该案件正被另一操作处理，请稍后重试。")
            raise CaseUnknown(f"没有编号为 {root_key} 的案件，请核对。")
        head = Head(row["head_seq"], row["head_hash"])
        lock = _Lock(row["revision"], row["definition_key"], row["suspended"], row["ended"], head)
        return cls(unit, root_key, lock, fresh=False)

    @property
    def definition_key(self) -> int:
        """The process definition of the case's outermost process."""
        return self._lock.definition_key

    def require_live(self) -> None:
        """Raise CaseEnded or CaseSuspended unless the case can go on."""
        if self._lock.ended:
            raise CaseEnded("案件已经办结或终止，不能再操作。")
        if self._lock.suspended:
            raise CaseSuspended("案件已暂停，恢复后才能操作。")

    def execute(self, event: CommandEvent) -> Production:
        """Run a command event on the case and append it with everything that follows from it."""
        unit = self._unit
        facts = FactLog()
        setting = Setting(
            root_key=self.root_key,
            at=unit.now,
            actor_id=unit.actor.id,
            actor_name=unit.actor.name,
            connection=unit.connection,
            sources=unit.sources,
            facts=facts,
            load_part=self._load_part,
        )
        payload = as_recorded(event.to_payload())
        event = type(event).from_payload(payload)
        production = produce(event, setting) if type(event) in RUNNERS else Production()
        payload["engine"] = __version__
        if facts.facts:
            payload["facts"] = facts.facts
        self._append(type_name(type(event)), event.VERSION, payload, production.derived)
        self.fresh_events += production.derived
        self._changed_parts.update(production.parts)
        self._lock.ended = self._lock.ended or production.ended
        return production

    @property
    def events(self) -> Sequence[Event]:
        """All events of this unit so far, in order."""
        return self._events

    @property
    def ended(self) -> bool:
        """Whether the case is over."""
        return self._lock.ended

    @property
    def suspended(self) -> bool:
        """Whether the case stands still."""
        return self._lock.suspended

    def suspend(self, suspended: bool) -> None:
        """Let the case stand still, or go on."""
        self._lock.suspended = suspended

    def migrated_to(self, definition_key: int) -> None:
        """Belong to another version of the process from now on."""
        self._lock.definition_key = definition_key

    def save(self) -> None:
        """Write events, read models, state and the case's row; nothing where nothing happened."""
        if not self._events:
            return
        connection = self._unit.connection
        self.head = append(connection, self._lock.head, self._events)
        self._save_parts(connection)
        values = {
            "revision": self._lock.revision + 1,
            "definition_key": self._lock.definition_key,
            "state_format": STATE_FORMAT,
            "suspended": self._lock.suspended,
            "ended": self._lock.ended,
            "head_seq": self.head.seq,
            "head_hash": self.head.hash,
        }
        if self._fresh:
            _INSERT_CASE.execute(connection, [{"root_key": self.root_key, **values}])
        else:
            _UPDATE_CASE.execute(connection, [{"the_root_key": self.root_key, **values}])

    def _append(self, type_: str, version: int, payload: dict[str, Any], derived: Sequence[Derived]) -> None:
        command_seq = self._seq + 1
        for event_type, event_version, event_payload in ((type_, version, payload), *((t, 1, p) for t, p in derived)):
            self._seq += 1
            event = Event(
                self.root_key,
                self._seq,
                command_seq,
                self._unit.now,
                event_type,
                event_version,
                self._unit.actor.id,
                self._unit.on_behalf_of,
                event_payload,
            )
            self._events.append(event)
            apply(event, self._unit.batch)

    def _load_part(self, part: str) -> str | None:
        if part in self._changed_parts:
            return self._changed_parts[part]
        if self._parts is None:
            found = _READ_USUAL_PARTS.all(self._unit.connection, {"root": self.root_key})
            self._parts = {row["part"]: row["content"] for row in found}
        if part not in self._parts and part not in _USUAL_PARTS and not self._fresh:
            found = _READ_PART.all(self._unit.connection, {"root": self.root_key, "the_part": part})
            self._parts.update({row["part"]: row["content"] for row in found})
        return self._parts.get(part)

    def _save_parts(self, connection: Connection) -> None:
        for part, content in self._changed_parts.items():
            known = self._parts is not None and part in self._parts
            if content is None:
                _DELETE_PART.execute(connection, [{"the_root_key": self.root_key, "the_part": part}])
            elif known:
                row = {"the_root_key": self.root_key, "the_part": part, "content": content}
                _UPDATE_PART.execute(connection, [row])
            else:
                self._unit.batch.upsert(state_part, {"root_key": self.root_key, "part": part, "content": content})


def _exists(connection: Connection, root_key: int) -> bool:
    return _READ_CASE.first(connection, {"root": root_key}) is not None
