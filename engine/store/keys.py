"""64-bit keys: each draw opens a range of 2^24 keys, the first for the thing itself, the rest for what happens in it.

So everything in a case has a key that execution can count up by itself, the same in every re-execution, and no two
things in the installation share one.
"""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, insert, select, update

from engine.store.tables.general import key_sequence, sequence

RANGE = 1 << 24
_NAME = "key"


def draw_key(connection: Connection) -> int:
    """Return the first key of a fresh range, inside the caller's transaction."""
    return draw_keys(connection, 1)[0]


def draw_keys(connection: Connection, count: int) -> list[int]:
    """Return the first keys of ``count`` fresh ranges."""
    if connection.dialect.name == "postgresql":
        return [_next_on_postgresql(connection) * RANGE for _ in range(count)]
    last = connection.execute(
        update(sequence)
        .where(sequence.c.name == _NAME)
        .values(value=sequence.c.value + count)
        .returning(sequence.c.value)
    ).scalar()
    if last is None:
        connection.execute(insert(sequence).values(name=_NAME, value=count))
        last = count
    return [number * RANGE for number in range(last - count + 1, last + 1)]


def variable_key(scope_key: int, name: str) -> int:
    """Return the one number that stands for a variable: 63 bits of a digest of its scope and name."""
    digest = hashlib.blake2b(f"{scope_key}:{name}".encode(), digest_size=8).digest()
    return int.from_bytes(digest) >> 1


def case_of(key: int) -> int:
    """Return the key of the range, and so of the case, in which ``key`` was counted up."""
    return key - key % RANGE


def _next_on_postgresql(connection: Connection) -> int:
    """A sequence takes no lock that lasts to the commit, so cases can start side by side; gaps do no harm."""
    return int(connection.execute(select(key_sequence.next_value())).scalar_one())
