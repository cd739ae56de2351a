"""Safe reading of XML: no DOCTYPE, no entities, no network, bounded size."""

from __future__ import annotations

from lxml import etree

from .errors import DmnLimitExceeded, DmnXmlError

MAX_BYTES = 16_000_000
MAX_ELEMENTS = 500_000

_DOCTYPE = "<!DOCTYPE"
_ENCODINGS = ("ascii", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")


def parse_xml(data: bytes, file: str | None) -> etree._Element:
    """The root element of ``data``.

    Raises DmnXmlError (not well-formed, or a DOCTYPE) and DmnLimitExceeded (too large).
    """
    if len(data) > MAX_BYTES:
        raise DmnLimitExceeded(f"文件超过 {MAX_BYTES // 1_000_000} MB，请拆分成几个文件后用 import 引用。", file=file)
    _refuse_doctype(data, file)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise DmnXmlError(f"不是合格的 XML，请检查标签是否配对：{error.msg}", file=file, line=error.lineno) from error
    except (ValueError, LookupError) as error:
        raise DmnXmlError(f"不能按声明的编码读取，请另存为 UTF-8：{error}", file=file, line=1) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _doctype_error(file)
    _count(root, file)
    return root


def _refuse_doctype(data: bytes, file: str | None) -> None:
    """Look for a DOCTYPE before anything is parsed, so that no entity of it is ever expanded."""
    head_end = _first_tag(data)
    head = data[:head_end]
    for encoding in _ENCODINGS:
        if _DOCTYPE.encode(encoding) in head:
            raise _doctype_error(file)


def _first_tag(data: bytes) -> int:
    """Where the root element begins, for encodings that keep ASCII; the whole file for others."""
    position = 0
    while (position := data.find(b"<", position)) >= 0:
        if data.startswith(b"<!--", position):
            end = data.find(b"-->", position)
            position = end if end >= 0 else len(data)
        elif data[position + 1 : position + 2] in (b"?", b"!"):
            position += 1
        elif data[position + 1 : position + 2] == b"\x00":
            return len(data)
        else:
            return position
    return len(data)


def _doctype_error(file: str | None) -> DmnXmlError:
    return DmnXmlError("文件里有 DOCTYPE 声明，为安全起见不予读取，请删去后再试。", file=file, line=1)


def _count(root: etree._Element, file: str | None) -> None:
    for number, _ in enumerate(root.iter(), start=1):
        if number > MAX_ELEMENTS:
            raise DmnLimitExceeded(f"文件的元素超过 {MAX_ELEMENTS} 个，请拆分后再试。", file=file)
