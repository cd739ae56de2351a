"""Stored files, each content once, in a folder beside the database, under the digest of the content."""

from __future__ import annotations

import os
import re
import threading
from pathlib import Path

_DIGEST = re.compile(r"[0-9a-f]{64}\Z")


class DocumentFolder:
    """The folder. Which documents there are, the database says; files that it does not name do no harm."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def put(self, digest: str, content: bytes) -> None:
        """Keep a content under its digest, durable when this returns; one that is there already stays."""
        file = self._file(digest)
        if file.exists():
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_name(f"{digest}.{os.getpid()}.{threading.get_ident()}")
        with fresh.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(file)

    def read(self, digest: str) -> bytes | None:
        """Return a content, None where the file is gone."""
        try:
            return self._file(digest).read_bytes()
        except FileNotFoundError:
            return None

    def remove(self, digest: str) -> None:
        """Let a content go."""
        self._file(digest).unlink(missing_ok=True)

    def _file(self, digest: str) -> Path:
        if _DIGEST.match(digest) is None:
            raise ValueError(f"no digest: {digest!r}")
        return self._path / digest[:2] / digest
