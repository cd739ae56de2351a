"""From BPMNDI to pictures, whoever drew them."""

from __future__ import annotations

from lxml import etree

from engine.layout.document import BPMNDI, DC, DI, is_bpmn, local, local_name
from engine.layout.geometry import Point, Rect
from engine.layout.model import Kind, Link
from engine.layout.picture import Edge, Picture, Shape
from engine.layout.reading import kind_of

_LINKS = {
    "sequenceFlow": Link.SEQUENCE,
    "messageFlow": Link.MESSAGE,
    "association": Link.ASSOCIATION,
    "dataInputAssociation": Link.ASSOCIATION,
    "dataOutputAssociation": Link.ASSOCIATION,
}


def elements_by_id(root: etree._Element) -> dict[str, etree._Element]:
    """Every BPMN element that has an id."""
    return {element.get("id", ""): element for element in root.iter() if is_bpmn(element) and element.get("id")}


def shape_kind(tag: str) -> Kind | None:
    """Like ``kind_of``, with participants and lanes."""
    return {"participant": Kind.POOL, "lane": Kind.LANE}.get(tag) or kind_of(tag)


def link_of(tag: str) -> Link | None:
    """The kind of edge that a BPMN element is drawn as; None if it is none."""
    return _LINKS.get(tag)


def read_pictures(root: etree._Element) -> list[Picture]:
    """The pictures in a document; shapes and edges of unknown elements are left out."""
    elements = elements_by_id(root)
    pictures = []
    for plane in root.iter(f"{{{BPMNDI}}}BPMNPlane"):
        picture = Picture(local_name(plane.get("bpmnElement", "")))
        for item in plane:
            element = elements.get(local_name(item.get("bpmnElement", "")))
            if element is not None:
                _read_item(picture, item, element)
        pictures.append(picture)
    return pictures


def _read_item(picture: Picture, item: etree._Element, element: etree._Element) -> None:
    tag, element_id = local(element), element.get("id", "")
    bounds = _bounds(item)
    label = item.find(f"{{{BPMNDI}}}BPMNLabel")
    label_bounds = _bounds(label) if label is not None else None
    kind, link = shape_kind(tag), link_of(tag)
    if kind is not None and bounds is not None:
        picture.shapes[element_id] = Shape(
            element_id,
            kind,
            bounds,
            label_bounds,
            horizontal=item.get("isHorizontal") == "true",
            expanded=_expanded(tag, item, element),
            marked=item.get("isMarkerVisible") == "true",
        )
    elif link is not None:
        points = [Point(float(p.get("x", 0)), float(p.get("y", 0))) for p in item.iterchildren(f"{{{DI}}}waypoint")]
        if len(points) > 1:
            picture.edges[element_id] = Edge(element_id, link, points, label_bounds)


def _expanded(tag: str, item: etree._Element, element: etree._Element) -> bool:
    if tag == "participant":
        return bool(element.get("processRef"))
    return kind_of(tag) is Kind.SUBPROCESS and item.get("isExpanded") == "true"


def _bounds(item: etree._Element) -> Rect | None:
    bounds = item.find(f"{{{DC}}}Bounds")
    if bounds is None:
        return None
    return Rect(*(float(bounds.get(name, 0)) for name in ("x", "y", "width", "height")))
