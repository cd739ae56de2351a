"""The types of files that officials use, by the ending of their names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Family(StrEnum):
    """How a type's content is looked into."""

    PLAIN = "plain"
    """Told by its first bytes."""
    OOXML = "ooxml"
    """A zip of Office Open XML (ISO/IEC 29500)."""
    OFD = "ofd"
    """A zip of the national layout format (GB/T 33190-2016)."""
    OLE = "ole"
    """A compound file, as Word and WPS wrote them."""
    TEXT = "text"
    """Characters only."""


@dataclass(frozen=True, slots=True)
class FileType:
    """A type: the ending of names, the media type it is served with, and how its content is told."""

    ending: str
    media_type: str
    family: Family
    inline: bool = False
    """Whether a browser may show it by itself."""


_OOXML = "application/vnd.openxmlformats-officedocument."

TYPES: Mapping[str, FileType] = {
    each.ending: each
    for each in (
        FileType("pdf", "application/pdf", Family.PLAIN, inline=True),
        FileType("ofd", "application/ofd", Family.OFD),
        FileType("docx", f"{_OOXML}wordprocessingml.document", Family.OOXML),
        FileType("xlsx", f"{_OOXML}spreadsheetml.sheet", Family.OOXML),
        FileType("pptx", f"{_OOXML}presentationml.presentation", Family.OOXML),
        FileType("doc", "application/msword", Family.OLE),
        FileType("xls", "application/vnd.ms-excel", Family.OLE),
        FileType("ppt", "application/vnd.ms-powerpoint", Family.OLE),
        FileType("wps", "application/vnd.ms-works", Family.OLE),
        FileType("et", "application/vnd.ms-excel", Family.OLE),
        FileType("dps", "application/vnd.ms-powerpoint", Family.OLE),
        FileType("jpg", "image/jpeg", Family.PLAIN, inline=True),
        FileType("jpeg", "image/jpeg", Family.PLAIN, inline=True),
        FileType("png", "image/png", Family.PLAIN, inline=True),
        FileType("gif", "image/gif", Family.PLAIN, inline=True),
        FileType("bmp", "image/bmp", Family.PLAIN, inline=True),
        FileType("webp", "image/webp", Family.PLAIN, inline=True),
        FileType("tif", "image/tiff", Family.PLAIN),
        FileType("tiff", "image/tiff", Family.PLAIN),
        FileType("mp3", "audio/mpeg", Family.PLAIN),
        FileType("wav", "audio/wav", Family.PLAIN),
        FileType("mp4", "video/mp4", Family.PLAIN),
        FileType("txt", "text/plain", Family.TEXT),
        FileType("csv", "text/csv", Family.TEXT),
    )
}
"""All that can be told; which of them an installation takes, its setting says. Pages, programs and archives of other
files are none of them: what is inside could not be told."""

INLINE = frozenset(each.media_type for each in TYPES.values() if each.inline)
"""The media types that a browser may show by itself."""

USUAL = "pdf ofd docx xlsx pptx doc xls ppt wps et dps jpg jpeg png gif bmp webp tif tiff mp3 wav mp4 txt csv"
"""The setting's default."""
