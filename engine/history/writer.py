"""Appending events to a chain."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, insert

from engine.history.chain import Head, digest, link, new_salt
from engine.history.event import Event
from engine.store.prepared import Prepared
from engine.store.tables.history import history_event
from engine.store.types import canonical_json

_INSERT = Prepared(insert(history_event), [column.name for column in history_event.columns])


def append(connection: Connection, head: Head, events: Sequence[Event]) -> Head:
    """Write ``events`` after ``head``, in order, and return the new head. Their sequence numbers must continue it."""
    rows = []
    for event in events:
        payload = canonical_json(event.payload)
        salt = new_salt()
        content_digest = digest(salt, payload)
        hash_ = link(
            head.hash,
            root_key=event.root_key,
            seq=event.seq,
            command_seq=event.command_seq,
            at=event.at,
            type=event.type,
            version=event.version,
            actor_id=event.actor_id,
            on_behalf_of=event.on_behalf_of,
            digest=content_digest,
        )
        rows.append(
            {
                "root_key": event.root_key,
                "seq": event.seq,
                "command_seq": event.command_seq,
                "at": event.at,
                "type": event.type,
                "version": event.version,
                "actor_id": event.actor_id,
                "on_behalf_of": event.on_behalf_of,
                "payload": payload,
                "salt": salt,
                "digest": content_digest,
                "hash": hash_,
            }
        )
        head = Head(event.seq, hash_)
    if rows:
        _INSERT.execute(connection, rows)
    return head
