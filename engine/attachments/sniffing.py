"""What a file is, told from its content; its name only has to agree."""

from __future__ import annotations

import codecs
from typing import BinaryIO

import puremagic

from engine.attachments.containers import look_into_ofd, look_into_ole, look_into_ooxml
from engine.attachments.errors import TypeRefused
from engine.attachments.kinds import TYPES, Family, FileType

HEAD = 8192
"""Bytes from the beginning that tell a type."""
_PIECE = 1 << 20
_SAME = {"jpeg": "jpg", "tiff": "tif", "jpe": "jpg", "jfif": "jpg", "dib": "bmp"}


def type_of(stream: BinaryIO, name: str, allowed: frozenset[str]) -> FileType:
    """Return the type of a file; ``allowed`` are the endings the installation takes. The stream is left anywhere.

    Raises TypeRefused, MacroFound.
    """
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    found = TYPES.get(ending)
    if found is None or ending not in allowed:
        shown = "、".join(each for each in TYPES if each in allowed)
        raise TypeRefused(f"不能上传“{ending or '没有扩展名'}”类型的文件，可以上传：{shown}。")
    if not _is(stream, found):
        raise TypeRefused(f"文件内容不是 {ending} 格式（与扩展名不符，或文件已损坏），请核对后重新上传。")
    return found


def _is(stream: BinaryIO, type_: FileType) -> bool:
    stream.seek(0)
    match type_.family:
        case Family.OOXML:
            return look_into_ooxml(stream, type_.media_type)
        case Family.OFD:
            return look_into_ofd(stream)
        case Family.OLE:
            return look_into_ole(stream)
        case Family.TEXT:
            return _is_text(stream)
        case Family.PLAIN:
            return _same(type_.ending) in _endings(stream.read(HEAD))


def _endings(head: bytes) -> set[str]:
    """The endings that files beginning like this have."""
    try:
        found = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return set()
    return {_same(each.extension.lstrip(".").lower()) for each in found if each.offset == 0 or head[:4] == b"RIFF"} | {
        "mp4" for each in found if each.mime_type == "video/mp4"
    }


def _same(ending: str) -> str:
    return _SAME.get(ending, ending)


def _is_text(stream: BinaryIO) -> bool:
    """Whether it is text in one of the two encodings that officials' programs write."""
    return any(_decodes(stream, encoding) for encoding in ("utf-8", "gb18030"))


def _decodes(stream: BinaryIO, encoding: str) -> bool:
    stream.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while piece := stream.read(_PIECE):
            if any(ord(character) < 32 and character not in "\t\r\n\f\x1a" for character in set(decoder.decode(piece))):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
