"""What a file means, without what an editor may change: places of lines, generated names, pictures, empty texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from lxml import etree

from engine.definitions.reader import read

PICTURES = {"DMNDI", "extensionElements"}


def of_diagram(xml: bytes, file: str) -> Any:
    """Return all that the engine reads of a diagram, lines apart; order counts, because execution follows it."""
    reading = read(xml, file)
    assert reading.model is not None, reading.problems
    return _plain(reading.model)


def of_decisions(xml: bytes) -> Any:
    """Return the elements of a decision model with attributes and texts; order counts within one kind of element."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    return _element(etree.fromstring(xml, parser))


def of_form(schema: Mapping[str, Any]) -> Any:
    """Return a form without what says who wrote it and how an editor arranges rows."""
    return {name: _form_part(value) for name, value in schema.items() if name not in {"exporter", "executionPlatform"}}


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {
            item.name: _plain(getattr(value, item.name))
            for item in fields(value)
            if item.name != "line" and item.compare
        }
    if isinstance(value, Mapping):
        return [(key, _plain(item)) for key, item in value.items()]
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return " ".join(value.split()) if isinstance(value, str) else value


def _element(element: etree._Element) -> Any:
    name = etree.QName(element).localname
    children = [_element(child) for child in element if etree.QName(child).localname not in PICTURES]
    children = sorted((child for child in children if child is not None), key=lambda child: child[0])
    attributes = {str(key): str(value) for key, value in element.attrib.items() if value and "{" not in str(key)}
    if attributes.get("hitPolicy") == "UNIQUE":
        del attributes["hitPolicy"]
    text = " ".join((element.text or "").split())
    if not children and not text and set(attributes) <= {"id"} and name in {"description", "text"}:
        return None
    return name, sorted(attributes.items()), text, children


def _form_part(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _form_part(item) for key, item in value.items() if key != "layout"}
    return [_form_part(item) for item in value] if isinstance(value, list) else value
