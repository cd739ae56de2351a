"""One unit of work: one actor, one moment, one transaction, and the cases opened in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Connection, insert, select

from engine import __version__
from engine.commands.actor import Actor
from engine.commands.case import Case
from engine.commands.production import Sources
from engine.history.anchors import Anchor
from engine.history.appliers import apply
from engine.history.chain import EMPTY, Head
from engine.history.event import BUREAU_LOG, Event, type_name
from engine.history.events import CommandEvent
from engine.history.writer import append
from engine.store.batch import Batch
from engine.store.keys import draw_key
from engine.store.tables.general import chain_head
from engine.store.vault import Vault


class FormValidator(Protocol):
    """Checks form data against a form's schema."""

    def __call__(
        self, schema: Mapping[str, Any], data: Mapping[str, Any], context: Mapping[str, Any], *, now: datetime
    ) -> Mapping[str, list[str]]:
        """Return the messages by field path; empty when the data is what the form asks for at ``now``."""
        ...


Reaction = Callable[["UnitOfWork", list[Case]], None]

_REACTIONS: list[Reaction] = []


def reaction(react: Reaction) -> Reaction:
    """Register what must happen in every unit after its handler, before anything is written."""
    _REACTIONS.append(react)
    return react


@dataclass(slots=True)
class UnitOfWork:
    """What a handler works with. Nothing it does is visible to others before the bus commits."""

    connection: Connection
    actor: Actor
    now: datetime
    sources: Sources
    validate_form: FormValidator
    vault: Vault
    on_behalf_of: str | None = None
    batch: Batch = field(default_factory=Batch)
    follow_ups: list[Any] = field(default_factory=list)
    """Commands to execute after this one is committed; each is written down, so that a crash only delays it."""
    _cases: dict[int, Case] = field(default_factory=dict)
    _log: list[tuple[CommandEvent, Mapping[str, Any]]] = field(default_factory=list)
    _log_head: Head | None = None

    @property
    def doer(self) -> str:
        """In whose name the unit acts: the one who is away (委托), else the actor."""
        return self.on_behalf_of or self.actor.id

    def start_case(self, definition_key: int) -> Case:
        """Begin a new case of a process definition, with a fresh key."""
        root_key = draw_key(self.connection)
        case = Case.create(self, root_key, definition_key)
        self._cases[root_key] = case
        return case

    def open_case(self, root_key: int, *, wait: bool = True) -> Case:
        """Lock a case, once a unit; raise CaseUnknown or CaseBusy."""
        if root_key not in self._cases:
            self._cases[root_key] = Case.open(self, root_key, wait=wait)
        return self._cases[root_key]

    def log(self, event: CommandEvent) -> None:
        """Append an event to the bureau's own log."""
        self._log.append((event, {"engine": __version__}))

    def finish(self) -> None:
        """Write everything that was gathered. The bus commits afterwards."""
        for react in _REACTIONS:
            react(self, list(self._cases.values()))
        for case in self._cases.values():
            case.save()
        if self._log:
            self._log_head = self._write_log()
        self.batch.flush(self.connection)

    def anchors(self) -> Iterator[Anchor]:
        """Yield the new heads, to be kept outside the database once the transaction is committed."""
        for root_key, case in self._cases.items():
            yield Anchor(root_key, case.head)
        if self._log_head is not None:
            yield Anchor(BUREAU_LOG, self._log_head)

    def _write_log(self) -> Head:
        query = select(chain_head).where(chain_head.c.root_key == BUREAU_LOG)
        if self.connection.dialect.name == "postgresql":
            query = query.with_for_update()
        row = self.connection.execute(query).first()
        head = EMPTY if row is None else Head(row.head_seq, row.head_hash)
        events = []
        for offset, (event, envelope) in enumerate(self._log, start=1):
            seq = head.seq + offset
            payload = {**event.to_payload(), **envelope}
            type_ = type_name(type(event))
            recorded = Event(
                BUREAU_LOG, seq, seq, self.now, type_, event.VERSION, self.actor.id, self.on_behalf_of, payload
            )
            events.append(recorded)
            apply(recorded, self.batch)
        new = append(self.connection, head, events)
        values = {"head_seq": new.seq, "head_hash": new.hash}
        if row is None:
            self.connection.execute(insert(chain_head), {"root_key": BUREAU_LOG, **values})
        else:
            self.connection.execute(chain_head.update().where(chain_head.c.root_key == BUREAU_LOG).values(**values))
        return new
