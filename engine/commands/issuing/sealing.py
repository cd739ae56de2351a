"""Registering the use of a seal, and taking one out and bringing it back (L393, L403, F01)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Connection, select, text

from engine.commands.issuing import properties as p
from engine.commands.issuing.book import IssuingBook
from engine.commands.issuing.errors import SealNotHere
from engine.commands.issuing.properties import Said, moment_of
from engine.documents.organisation_files import seal_of
from engine.history.chain import sm3
from engine.history.event import moment_text
from engine.store.tables.issuing import seal_loan

Derived = tuple[str, dict[str, Any]]

MOST = 1_000_000
"""More copies than anybody ever sealed: a form's slip of the pen."""


class Ask(Protocol):
    """Asks the outside once and keeps the answer, or the refusal, as a fact."""

    def __call__(self, kind: str, arguments: Any, answer: Callable[[], Any]) -> Any:
        """Return the answer; raise what was refused."""
        ...


def seal_events(
    said: Said,
    book: IssuingBook,
    key: int,
    process_instance_key: int,
    element_id: str,
    now: datetime,
    ask: Ask,
    connection: Connection,
) -> list[Derived]:
    """Return what happens to seals. Raises IssuingRefused, SealUnknown, SealNotHere."""
    where = {
        "element_instance_key": key,
        "process_instance_key": process_instance_key,
        "element_id": element_id,
    }
    matter = said.text(p.SEAL_MATTER) or said.words("seal_matter", "document_title", "title")
    events: list[Derived] = []
    if said.has(p.SEAL_OUT):
        seal = _named(said, p.SEAL_OUT, ask, connection)
        events.append(("seal_taken_out", {**where, **_loan(said, seal, matter, now, ask, connection)}))
    if said.has(p.SEAL_USE):
        events.append(("seal_used", {**where, **_use(said, _named(said, p.SEAL_USE, ask, connection), matter)}))
    if said.has(p.SEAL_RETURN):
        seal = _named(said, p.SEAL_RETURN, ask, connection)
        if seal["id"] not in book.loans:
            raise SealNotHere(f"本案没有带出{seal['name']}的记录，不能登记归还。")
        events.append(("seal_returned", {"key": book.loans[seal["id"]], "seal": seal["id"]}))
    return events


def _named(said: Said, name: str, ask: Ask, connection: Connection) -> dict[str, Any]:
    wanted = said.text(name)
    if wanted is None:
        raise said.refused(f"没有说明用哪枚印章（属性 {name}），请检查流程图。")
    return dict(ask("seal", [wanted], lambda: _found(connection, wanted)))


def _found(connection: Connection, wanted: str) -> dict[str, Any]:
    seal = seal_of(connection, wanted)
    return {"id": seal.id, "name": seal.name, "may_leave": seal.may_leave}


def _use(said: Said, seal: dict[str, Any], matter: str | None) -> dict[str, Any]:
    copies = said.variable("sealed_copies", "copies")
    initiator = said.variable("initiator")
    return {
        "seal": seal["id"],
        "matter": matter,
        "document_title": said.words("document_title", "title"),
        "document_number": said.words("document_number"),
        "copies": copies if isinstance(copies, int) and not isinstance(copies, bool) and 0 <= copies < MOST else None,
        "asked_by": initiator.get("name") if isinstance(initiator, dict) else None,
    }


def _loan(
    said: Said, seal: dict[str, Any], matter: str | None, now: datetime, ask: Ask, connection: Connection
) -> dict[str, Any]:
    if not seal["may_leave"]:
        raise SealNotHere(f"{seal['name']}不得带出，请到保管处用印。")
    given = said.value(p.SEAL_DUE) if said.has(p.SEAL_DUE) else said.variable("returns_at")
    due = None if given is None else moment_of(given)
    if due is None or due <= now:
        raise said.refused("须写明印章应归还的时间，且在现在之后。")
    ask("seal_at_hand", [seal["id"]], lambda: _at_hand(connection, seal))
    return {
        "seal": seal["id"],
        "matter": matter,
        "taken_by": said.text(p.SEAL_TAKEN_BY) or said.words("taken_by", "escorts"),
        "due_at": moment_text(due),
    }


def _at_hand(connection: Connection, seal: dict[str, Any]) -> bool:
    """Raise SealNotHere while somebody has the seal; nobody else can take it until the transaction ends."""
    if connection.dialect.name == "postgresql":
        number = int(sm3(f"seal:{seal['id']}".encode())[:15], 16)
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})
    out = select(seal_loan.c.key).where(seal_loan.c.seal == seal["id"], seal_loan.c.returned_at.is_(None))
    if connection.execute(out.limit(1)).first() is not None:
        raise SealNotHere(f"{seal['name']}已经带出，尚未归还。")
    return True
