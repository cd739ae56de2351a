"""The bureau's seals: who keeps them, what they were used for, which are out, and how they were handed over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, func, select

from engine.documents.organisation_files import SealUnknown, seals_in_force
from engine.documents.seals import Seal
from engine.queries import names
from engine.queries.paging import Page, Request, decode, encode
from engine.queries.sight import concerning
from engine.queries.staff import Staff, require_staff, seen_cases
from engine.store.tables.issuing import seal_handover, seal_loan, seal_use

Row = Mapping[Any, Any]


def seals_list(connection: Connection, viewer: Staff) -> list[dict[str, Any]]:
    """Return all seals with who has each by the last hand-over, and since when it is out. Raises StaffOnly."""
    require_staff(viewer)
    out = {row["seal"]: row for row in _rows(connection, select(seal_loan).where(seal_loan.c.returned_at.is_(None)))}
    columns = seal_handover.c
    confirmed = select(seal_handover).where(columns.state == "CONFIRMED").order_by(columns.handed_at, columns.key)
    kept = {row["seal"]: row["to_id"] for row in _rows(connection, confirmed)}
    people = names.people(connection, kept.values())
    return [
        {
            "id": seal.id,
            "name": seal.name,
            "kind": seal.kind,
            "keepers": seal.keepers,
            "may_leave": seal.may_leave,
            "source": seal.source,
            "note": seal.note,
            "kept_by": people.get(kept.get(seal.id, "")),
            "out": _loan(out[seal.id], shown=_keeps(viewer, seal)) if seal.id in out else None,
            "may_keep": _keeps(viewer, seal),
        }
        for seal in seals_in_force(connection).seals.values()
    ]


def uses_of(connection: Connection, viewer: Staff, seal_id: str, request: Request) -> Page:
    """Return a page of a seal's register, the latest use first: all of it for its keepers, else one's own cases.

    Raises StaffOnly, SealUnknown, CursorInvalid.
    """
    require_staff(viewer)
    seal = _seal(connection, seal_id)
    columns = seal_use.c
    query = select(seal_use).where(columns.seal == seal.id)
    keeper = _keeps(viewer, seal)
    if not keeper:
        query = query.where(columns.root_key.in_(concerning(viewer)))
    total = connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()
    position = decode(request.cursor)
    if position is not None:
        at, key = position
        query = query.where((columns.used_at < at) | ((columns.used_at == at) & (columns.key < key)))
    ordered = query.order_by(columns.used_at.desc(), columns.key.desc()).limit(request.limit + 1)
    rows = _rows(connection, ordered)
    page = rows[: request.limit]
    cursor = encode((page[-1]["used_at"], page[-1]["key"])) if len(rows) > request.limit else None
    people = names.people(connection, (row["actor_id"] for row in page))
    seen = seen_cases(connection, viewer, {row["root_key"] for row in page}, keeper=keeper)
    return Page([_use(row, people, seen=row["root_key"] in seen) for row in page], cursor, total)


def uses_of_case(connection: Connection, root_key: int) -> list[dict[str, Any]]:
    """Return the uses of seals in a case, oldest first."""
    query = select(seal_use).where(seal_use.c.root_key == root_key).order_by(seal_use.c.used_at, seal_use.c.key)
    rows = _rows(connection, query)
    people = names.people(connection, (row["actor_id"] for row in rows))
    return [_use(row, people, seen=True) for row in rows]


def loans_of(connection: Connection, viewer: Staff, seal_id: str) -> list[dict[str, Any]]:
    """Return when a seal was out, the latest first (at most 200). Raises StaffOnly, SealUnknown."""
    require_staff(viewer)
    seal = _seal(connection, seal_id)
    query = select(seal_loan).where(seal_loan.c.seal == seal.id).order_by(seal_loan.c.taken_at.desc()).limit(200)
    return [_loan(row, shown=_keeps(viewer, seal)) for row in _rows(connection, query)]


def handovers_of(connection: Connection, viewer: Staff, seal_id: str | None) -> list[dict[str, Any]]:
    """Return the hand-overs of a seal, the latest first; None: those that wait for the viewer. Raises StaffOnly."""
    require_staff(viewer)
    columns = seal_handover.c
    query = select(seal_handover).order_by(columns.at.desc(), columns.key.desc()).limit(200)
    if seal_id is None:
        query = query.where(columns.state == "PROPOSED", columns.to_id == viewer.id)
    else:
        query = query.where(columns.seal == _seal(connection, seal_id).id)
    rows = _rows(connection, query)
    people = names.people(connection, (row[name] for row in rows for name in ("from_id", "to_id")))
    return [{**row, "from_person": people.get(row["from_id"]), "to_person": people.get(row["to_id"])} for row in rows]


def _seal(connection: Connection, seal_id: str) -> Seal:
    seal = seals_in_force(connection).seals.get(seal_id)
    if seal is None:
        raise SealUnknown(f"印章清单中没有“{seal_id}”。")
    return seal


def _keeps(viewer: Staff, seal: Seal) -> bool:
    return viewer.auditor or not viewer.groups.isdisjoint((*seal.keepers, *seal.told))


def _use(row: Row, people: Mapping[str, names.Named], *, seen: bool) -> dict[str, Any]:
    hidden = {} if seen else {"matter": None, "document_title": None, "document_number": None}
    return {
        **row,
        **hidden,
        "process_instance_key": row["root_key"] if seen else None,
        "by": people.get(row["actor_id"]),
    }


def _loan(row: Row, *, shown: bool) -> dict[str, Any]:
    return {
        "key": row["key"],
        "taken_at": row["taken_at"],
        "due_at": row["due_at"],
        "alarmed_at": row["alarmed_at"],
        "returned_at": row["returned_at"],
        "matter": row["matter"] if shown else None,
        "taken_by": row["taken_by"] if shown else None,
    }


def _rows(connection: Connection, query: Any) -> list[Row]:
    return list(connection.execute(query).mappings())
