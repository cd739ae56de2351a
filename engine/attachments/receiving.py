"""Taking a file in: digested, told, checked and stored, with memory bounded whatever its size."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from typing import BinaryIO

from engine.attachments.errors import FileRefused, FileTooLarge
from engine.attachments.kinds import TYPES
from engine.attachments.scanning import Scanner, scanner_of
from engine.attachments.secrecy import require_unmarked_content, require_unmarked_name
from engine.attachments.sniffing import type_of
from engine.queries.settings import Policy
from engine.store.documents import ContentStore

_PIECE = 1 << 20
MEGABYTE = 1_000_000
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Rules:
    """What an installation takes: endings of names, bytes, and who looks for viruses."""

    allowed: frozenset[str]
    largest: int
    scanner: Scanner | None


@dataclass(frozen=True, slots=True)
class Received:
    """A file that was taken in and lies in the store."""

    digest: str
    size: int
    content_type: str
    name: str


def rules_of(policy: Policy) -> Rules:
    """Return what the settings say. Raises ScannerUnusable for a scanner's address that is none."""
    words = policy.text("documents.types").replace("，", " ").replace(",", " ").lower().split()
    return Rules(
        allowed=frozenset(word.lstrip(".") for word in words) & TYPES.keys(),
        largest=policy.whole("documents.largest-megabytes") * MEGABYTE,
        scanner=scanner_of(policy.text("documents.scanner")),
    )


def receive(stream: BinaryIO, name: str, rules: Rules, store: ContentStore) -> Received:
    """Take a file in from a stream that can be read again, and return what it is.

    Raises FileRefused in its kinds, ScannerUnusable, ObjectStoreUnusable; then nothing is stored.
    """
    shown = plain_name(name)
    require_unmarked_name(shown)
    digest, size = digest_of(stream, rules.largest)
    type_ = type_of(stream, shown, rules.allowed)
    require_unmarked_content(stream, type_)
    if rules.scanner is not None:
        rules.scanner.require_clean(stream)
    stream.seek(0)
    store.put(digest, stream)
    return Received(digest, size, type_.media_type, shown)


def plain_name(name: str) -> str:
    """Return a file's name without folders and invisible characters (they turn names around); raise FileRefused."""
    last = name.replace("\\", "/").rpartition("/")[2]
    text = "".join(each for each in unicodedata.normalize("NFC", last) if each.isprintable()).strip(" .")
    if not text:
        raise FileRefused("文件没有名称，请改名后上传。")
    stem, dot, ending = text.rpartition(".")
    return text if len(text) <= LONGEST_NAME else f"{stem[: LONGEST_NAME - 10]}{dot}{ending[:9]}"


def digest_of(stream: BinaryIO, largest: int) -> tuple[str, int]:
    """Return SM3 and size of a stream's whole content; raise FileTooLarge, FileRefused for an empty one."""
    stream.seek(0)
    digest, size = hashlib.new("sm3"), 0
    while piece := stream.read(_PIECE):
        size += len(piece)
        if size > largest:
            raise FileTooLarge(f"文件超过 {largest // MEGABYTE} 兆字节，请压缩或拆分后上传。")
        digest.update(piece)
    if size == 0:
        raise FileRefused("文件是空的，请重新选择。")
    return digest.hexdigest(), size
