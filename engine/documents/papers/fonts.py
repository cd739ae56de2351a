"""Fonts that stand for others: GB/T 9704-2012 is set in fonts that may be named but not shipped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml
from lxml import etree

from engine.documents.papers.package import W, parse_part, write_package
from engine.errors import InvalidInput, Place

FILE = "fonts.yaml"
_SHIPPED = Path(__file__).with_name(FILE)
_ATTRIBUTES = tuple(f"{W}{name}" for name in ("ascii", "hAnsi", "eastAsia", "cs"))

FontMap = Mapping[str, Sequence[str]]


class FontMapInvalid(InvalidInput):
    """``organisation/fonts.yaml`` is no list of fonts."""

    code = "documents.font-map-invalid"


def read_font_map(organisation: Path | None = None) -> FontMap:
    """Return what stands for which font: the installation's own list, else the shipped one. Raises FontMapInvalid."""
    own = None if organisation is None else organisation / FILE
    path = own if own is not None and own.is_file() else _SHIPPED
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise FontMapInvalid(f"{path.name} 不是合法的 YAML：{error}", place=Place(path.name)) from error
    if not isinstance(data, dict) or not all(
        isinstance(name, str) and isinstance(others, list) and all(isinstance(other, str) for other in others)
        for name, others in data.items()
    ):
        raise FontMapInvalid(f"{path.name} 应为“字体: [替代字体, …]”的列表。", place=Place(path.name))
    return data


def substitute(parts: Mapping[str, bytes], fonts: FontMap, installed: frozenset[str]) -> bytes:
    """Return the .docx with every font that is not installed replaced by the first of its substitutes that is."""
    chosen = {
        name: next((other for other in others if other in installed), name)
        for name, others in fonts.items()
        if name not in installed
    }
    changed = dict(parts)
    for part, data in parts.items():
        if part.startswith("word/") and part.endswith(".xml"):
            changed[part] = _replace(part, data, chosen)
    return write_package(changed)


def _replace(part: str, data: bytes, chosen: Mapping[str, str]) -> bytes:
    root = parse_part(part, data)
    for element in root.iter(f"{W}rFonts"):
        for attribute in _ATTRIBUTES:
            name = element.get(attribute)
            if name is not None and name in chosen:
                element.set(attribute, chosen[name])
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
