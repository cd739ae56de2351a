"""What an erasure reaches: the events and variables of a case that hold the named values, or the same texts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from engine.history.erasing import holds, parsed, texts_of, values_of
from engine.store.tables.history import history_event
from engine.store.tables.runtime import variable


@dataclass(frozen=True, slots=True)
class Scope:
    """Events by sequence number, names of variables, and the texts that must stand nowhere any more."""

    seqs: frozenset[int]
    names: frozenset[str]
    texts: frozenset[str]


def scope_of(connection: Connection, root_key: int, names: Collection[str], seqs: Collection[int]) -> Scope:
    """Return what must go with these variables and events of a case; what is gone already is counted among it."""
    query = select(history_event.c.seq, history_event.c.payload).where(history_event.c.root_key == root_key)
    payloads: dict[int, Any] = {row.seq: parsed(row.payload) for row in connection.execute(query)}
    known = list(connection.execute(select(variable.c.name, variable.c.value).where(variable.c.root_key == root_key)))
    wanted = set(names)
    values = [*values_of(payloads.values(), wanted), *(value for name, value in known if name in wanted)]
    texts = texts_of(values)
    # Whatever other variable holds the same text was derived from it.
    wanted |= {name for name, value in known if holds(value, (), texts)}
    found = {seq for seq, payload in payloads.items() if payload is not None and holds(payload, wanted, texts)}
    return Scope(frozenset(found | (set(seqs) & payloads.keys())), frozenset(wanted), frozenset(texts))
