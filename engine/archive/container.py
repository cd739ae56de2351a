"""The package's container: a zip of which no byte is free, so that whatever is changed is found.

Members are stored, not packed (a packed stream has bits that mean nothing), all with one date and no comments; the
last two are the index with the digests of all others, and the index's own digest. The same members give the same bytes.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any, BinaryIO

from engine.archive.errors import PackageTooLarge
from engine.history.chain import sm3
from engine.store.documents import Content, stream_of
from engine.store.types import canonical_json

FORMAT = 1
LARGEST_MEMBER = 2_000_000_000
LARGEST = 4_000_000_000
"""Bytes that a zip holds without its 64-bit extension, which would have free bytes of its own."""
MOST_MEMBERS = 60_000
_PIECE = 1 << 20
_DATE = (1980, 1, 1, 0, 0, 0)
_UNIX, _PLAIN_FILE = 3, 0o100644 << 16


@dataclass(slots=True)
class Member:
    """A member that was written, with its digests."""

    name: str
    size: int
    sm3: str
    sha256: str


@dataclass(slots=True)
class Container:
    """A package being written to a file that can be read and searched."""

    file: BinaryIO
    members: list[Member] = field(default_factory=list)
    _archive: zipfile.ZipFile = field(init=False)

    def __post_init__(self) -> None:
        self._archive = zipfile.ZipFile(self.file, "w", zipfile.ZIP_STORED, allowZip64=False)

    def __enter__(self) -> Container:
        return self

    def __exit__(self, *error: object) -> None:
        """Let go of the file, also of a package that was begun in vain."""
        self._archive.close()

    def add(self, name: str, content: Content | str) -> Member:
        """Write a member; raise PackageTooLarge."""
        one, other, size = hashlib.new("sm3"), hashlib.sha256(), 0
        with self._opened(name) as target:
            for piece in _pieces(content.encode() if isinstance(content, str) else content):
                size += len(piece)
                if size > LARGEST_MEMBER or self.file.tell() > LARGEST:
                    raise PackageTooLarge(f"“{name}”过大，归档包放不下，请联系系统管理员。")
                one.update(piece)
                other.update(piece)
                target.write(piece)
        member = Member(name, size, one.hexdigest(), other.hexdigest())
        self.members.append(member)
        if len(self.members) > MOST_MEMBERS:
            raise PackageTooLarge("案件的文件过多，归档包放不下，请联系系统管理员。")
        return member

    def close(self) -> tuple[str, str, int]:
        """Write the index and end the package; return its SM3, SHA-256 and size."""
        rows = [{"name": m.name, "size": m.size, "sm3": m.sm3, "sha256": m.sha256} for m in self.members]
        index = canonical_json({"format": FORMAT, "members": rows}).encode()
        self.add("index.json", index)
        self.add("index.sm3", f"{sm3(index)}  index.json\n")
        self._archive.close()
        return digests_of(self.file)

    def _opened(self, name: str) -> IO[bytes]:
        info = zipfile.ZipInfo(name, _DATE)
        info.create_system, info.external_attr = _UNIX, _PLAIN_FILE
        return self._archive.open(info, "w")


def digests_of(file: BinaryIO) -> tuple[str, str, int]:
    """Return SM3, SHA-256 and size of a file's whole content, and rewind it."""
    file.seek(0)
    one, other, size = hashlib.new("sm3"), hashlib.sha256(), 0
    while piece := file.read(_PIECE):
        one.update(piece)
        other.update(piece)
        size += len(piece)
    file.seek(0)
    return one.hexdigest(), other.hexdigest(), size


def _pieces(content: Content) -> Iterator[bytes]:
    stream: Any = stream_of(content)
    while piece := stream.read(_PIECE):
        yield piece
