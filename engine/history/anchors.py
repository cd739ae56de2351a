"""Anchors: chain heads written to a file outside the database right after each commit.

Whoever rewrites history in the database, recomputing every later hash, can't rewrite these too without leaving the
database. One node appends to one file a month; a line is ``root_key seq hash``, one write a command.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from engine.errors import BanjieError
from engine.history.chain import Head


class AnchorUnreadable(BanjieError):
    """A line of an anchor file is not an anchor."""

    code = "history.anchor-unreadable"


@dataclass(frozen=True, slots=True)
class Anchor:
    """The head of a chain as it stood after a commit."""

    root_key: int
    head: Head


class Anchors(Protocol):
    """Where heads are kept outside the database."""

    def write(self, at: datetime, anchors: Iterable[Anchor]) -> None:
        """Keep these heads."""
        ...

    def of_case(self, root_key: int, since: datetime) -> list[Anchor]:
        """Return the heads of one chain that were kept since a moment."""
        ...


class AnchorFolder:
    """Anchor files in a folder, one a node and month."""

    def __init__(self, folder: Path, node: str) -> None:
        self._folder = folder
        self._node = node
        self._open: tuple[str, int] | None = None
        self._process = os.getpid()
        self._lock = threading.Lock()

    def write(self, at: datetime, anchors: Iterable[Anchor]) -> None:
        """Append the heads in one write, which the kernel keeps whole among several processes."""
        text = "".join(f"{anchor.root_key} {anchor.head.seq} {anchor.head.hash}\n" for anchor in anchors)
        if text:
            # Otherwise another thread could close the month's file between finding it and writing to it.
            with self._lock:
                os.write(self._descriptor(at.strftime("%Y-%m")), text.encode("ascii"))

    def of_case(self, root_key: int, since: datetime) -> list[Anchor]:
        """Look through the files of the months since then, those of other nodes too where the folder is shared."""
        found = []
        for path in sorted(self._folder.glob("*.anchors")):
            if path.name[:7] >= since.strftime("%Y-%m"):
                found += [anchor for anchor in _anchors_in(path) if anchor.root_key == root_key]
        return found

    def _descriptor(self, month: str) -> int:
        if self._open is not None and (self._open[0] != month or self._process != os.getpid()):
            os.close(self._open[1])
            self._open = None
        if self._open is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            path = self._unbroken_file(month)
            self._open = (month, os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640))
            self._process = os.getpid()
        return self._open[1]

    def _unbroken_file(self, month: str) -> Path:
        """Return the month's file; a further one where a crash cut its last line short, for lines must stay whole."""
        path = self._folder / f"{month}-{self._node}.anchors"
        further = 0
        while path.exists() and path.stat().st_size and not path.read_bytes().endswith(b"\n"):
            further += 1
            path = self._folder / f"{month}-{self._node}.{further}.anchors"
        return path


class NoAnchors:
    """Keeps nothing: for rehearsals, whose databases are thrown away."""

    def write(self, at: datetime, anchors: Iterable[Anchor]) -> None:
        """Do nothing."""

    def of_case(self, root_key: int, since: datetime) -> list[Anchor]:
        """There are none."""
        return []


def read_anchors(folder: Path) -> Iterator[Anchor]:
    """Yield every anchor in the folder; raise AnchorUnreadable for a bad line, but a last one cut short by a crash."""
    for path in sorted(folder.glob("*.anchors")):
        yield from _anchors_in(path)


def _anchors_in(path: Path) -> Iterator[Anchor]:
    with path.open(encoding="ascii") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.endswith("\n"):
                break
            try:
                root_key, seq, hash_ = line.split()
                yield Anchor(int(root_key), Head(int(seq), hash_))
            except ValueError as error:
                raise AnchorUnreadable(f"锚定文件 {path.name} 第 {number} 行不可读，请与备份比对。") from error
