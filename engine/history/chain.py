"""The hash chain of a case: SM3 over salted digests.

An event's content is digested with a random salt; the chain runs over the digests. So content that must lawfully go
can be taken away together with its salt, and the chain still proves everything else (design decision 4).
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.errors import BanjieError
from engine.history.event import moment_text

GENESIS = "0" * 64
"""What the first event of a chain links to."""

SALT_BYTES = 16


class HashUnavailable(BanjieError):
    """This Python's OpenSSL has no SM3 (GB/T 32905-2016)."""

    code = "history.hash-unavailable"


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain: sequence number and hash of its last event."""

    seq: int
    hash: str


EMPTY = Head(0, GENESIS)


def require_sm3() -> None:
    """Raise HashUnavailable unless SM3 gives the standard's first vector (GB/T 32905-2016 annex A.1)."""
    try:
        value = sm3(b"abc")
    except ValueError as error:
        raise HashUnavailable("此 Python 的 OpenSSL 不含国密 SM3。请使用 OpenSSL 1.1.1 以上的 Python。") from error
    if value != "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0":
        raise HashUnavailable("此 Python 的 SM3 结果与 GB/T 32905 不符，请更换 OpenSSL。")


def sm3(data: bytes) -> str:
    """Return the SM3 digest of ``data`` in hexadecimal."""
    return hashlib.new("sm3", data).hexdigest()


def new_salt() -> bytes:
    """Return a fresh salt. It hides content and decides nothing, so it is no fact of re-execution."""
    return os.urandom(SALT_BYTES)


def digest(salt: bytes, payload: str) -> str:
    """Return the salted digest of an event's content."""
    return sm3(salt + payload.encode())


def link(
    previous: str,
    *,
    root_key: int,
    seq: int,
    command_seq: int,
    at: datetime,
    type: str,
    version: int,
    actor_id: str,
    on_behalf_of: str | None,
    digest: str,
) -> str:
    """Return the hash of an event: over the previous hash, every header field and the content's digest."""
    fields = (
        previous,
        root_key,
        seq,
        command_seq,
        moment_text(at),
        type,
        version,
        actor_id,
        "" if on_behalf_of is None else f"={on_behalf_of}",
        digest,
    )
    return sm3("\x1f".join(map(str, fields)).encode())


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain does not hold: the sequence number, and why, in Chinese."""

    seq: int
    reason: str


def examine(rows: Iterable[Mapping[str, Any]], expected: Head | None = None) -> list[Break]:
    """Check the rows of one chain, oldest first, against themselves and against the head kept elsewhere."""
    breaks: list[Break] = []
    head = EMPTY
    for row in rows:
        if row["seq"] != head.seq + 1:
            breaks.append(Break(row["seq"], f"序号不连续：第 {head.seq} 条之后是第 {row['seq']} 条"))
        if row["payload"] is not None and digest(row["salt"] or b"", row["payload"]) != row["digest"]:
            breaks.append(Break(row["seq"], "内容与摘要不符"))
        if link_of_row(head.hash, row) != row["hash"]:
            breaks.append(Break(row["seq"], "链接散列不符"))
        head = Head(row["seq"], row["hash"])
    if expected is not None and head != expected:
        breaks.append(Break(head.seq, f"链尾与登记不符：登记至第 {expected.seq} 条"))
    return breaks


def link_of_row(previous: str, row: Mapping[str, Any]) -> str:
    """Return what the hash of a stored row must be after ``previous``."""
    return link(
        previous,
        root_key=row["root_key"],
        seq=row["seq"],
        command_seq=row["command_seq"],
        at=row["at"],
        type=row["type"],
        version=row["version"],
        actor_id=row["actor_id"],
        on_behalf_of=row["on_behalf_of"],
        digest=row["digest"],
    )
