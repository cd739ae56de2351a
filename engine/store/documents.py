"""Stored contents, each once, under the digest of the content: in a folder, or in memory for rehearsals.

Which documents there are, the database says; contents that it does not name do no harm and are swept away in time.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Protocol

_DIGEST = re.compile(r"[0-9a-f]{64}\Z")
_PIECE = 1 << 20
"""Bytes copied at a time."""

Content = bytes | BinaryIO
"""What can be stored: bytes, or a stream that is read from where it stands."""


class ContentStore(Protocol):
    """Where contents lie. Digests are SM3 in hexadecimal."""

    def put(self, digest: str, content: Content) -> None:
        """Keep a content under its digest, durable when this returns; one that is there already stays."""
        ...

    def has(self, digest: str) -> bool:
        """Return whether a content is there."""
        ...

    def open(self, digest: str) -> BinaryIO | None:
        """Return a content to be read piece by piece and closed; None where it is gone."""
        ...

    def read(self, digest: str) -> bytes | None:
        """Return a small content as a whole, None where it is gone."""
        ...

    def remove(self, digest: str) -> None:
        """Let a content go."""
        ...

    def older_than(self, moment: datetime) -> Iterator[str]:
        """Yield the digests of the contents that were put before a moment."""
        ...


class DocumentFolder:
    """Contents in a folder beside the database."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def put(self, digest: str, content: Content) -> None:
        """Keep a content; another process that puts the same at the same time does no harm."""
        file = self._file(digest)
        if file.exists():
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_name(f"{digest}.{os.getpid()}.{threading.get_ident()}")
        with fresh.open("wb") as stream:
            shutil.copyfileobj(stream_of(content), stream, _PIECE)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(file)

    def has(self, digest: str) -> bool:
        """Return whether the file is there."""
        return self._file(digest).exists()

    def open(self, digest: str) -> BinaryIO | None:
        """Open the file."""
        try:
            return self._file(digest).open("rb")
        except FileNotFoundError:
            return None

    def read(self, digest: str) -> bytes | None:
        """Read the file."""
        try:
            return self._file(digest).read_bytes()
        except FileNotFoundError:
            return None

    def remove(self, digest: str) -> None:
        """Remove the file."""
        self._file(digest).unlink(missing_ok=True)

    def older_than(self, moment: datetime) -> Iterator[str]:
        """Yield digests by the time their files were written."""
        for file in sorted(self._path.glob("??/*")):
            if _DIGEST.match(file.name) and datetime.fromtimestamp(file.stat().st_mtime, UTC) < moment:
                yield file.name

    def _file(self, digest: str) -> Path:
        require_digest(digest)
        return self._path / digest[:2] / digest


class MemoryStore:
    """Contents that go with the process: for rehearsals."""

    def __init__(self) -> None:
        self._contents: dict[str, bytes] = {}

    def put(self, digest: str, content: Content) -> None:
        """Keep a content."""
        require_digest(digest)
        self._contents.setdefault(digest, stream_of(content).read())

    def has(self, digest: str) -> bool:
        """Return whether a content is there."""
        return digest in self._contents

    def open(self, digest: str) -> BinaryIO | None:
        """Return a content as a stream."""
        content = self._contents.get(digest)
        return None if content is None else io.BytesIO(content)

    def read(self, digest: str) -> bytes | None:
        """Return a content."""
        return self._contents.get(digest)

    def remove(self, digest: str) -> None:
        """Let a content go."""
        self._contents.pop(digest, None)

    def older_than(self, moment: datetime) -> Iterator[str]:
        """Nothing here lives long enough to be swept away."""
        return iter(())


def stream_of(content: Content) -> BinaryIO:
    """Return a content as a stream."""
    return io.BytesIO(content) if isinstance(content, bytes) else content


def require_digest(digest: str) -> None:
    """Raise ValueError unless it is one: whatever else would name some other file."""
    if _DIGEST.match(digest) is None:
        raise ValueError(f"no digest: {digest!r}")
