"""From pictures to BPMNDI."""

from __future__ import annotations

from lxml import etree

from engine.layout.colouring import BIOC, COLOR, origin_colours, recoloured
from engine.layout.document import BPMNDI, DC, DI
from engine.layout.geometry import Rect
from engine.layout.model import Kind
from engine.layout.picture import Edge, Picture, Shape

_PREFIXES = {"bpmndi": BPMNDI, "dc": DC, "di": DI}
_COLOUR_PREFIXES = {"bioc": BIOC, "color": COLOR}


def write_pictures(root: etree._Element, pictures: list[Picture]) -> None:
    """Replace the document's BPMNDiagram elements by the pictures; everything else stays.

    Colours and other attributes that an earlier diagram gave to a shape or edge are kept; steps that do not come from
    the duty list get the colour of their origin.
    """
    kept, colours = _foreign_attributes(root), origin_colours(root)
    for old in root.findall(f"{{{BPMNDI}}}BPMNDiagram"):
        _remove(old)
    known = {uri for prefix, uri in root.nsmap.items() if prefix}
    wanted = {**_PREFIXES, **_COLOUR_PREFIXES} if colours else _PREFIXES
    missing = {prefix: uri for prefix, uri in wanted.items() if uri not in known}
    last = root[-1] if len(root) else None
    indent = "  "
    for number, picture in enumerate(pictures, start=1):
        diagram = etree.SubElement(root, f"{{{BPMNDI}}}BPMNDiagram", nsmap=missing, id=f"BPMNDiagram_{number}")
        plane = etree.SubElement(diagram, f"{{{BPMNDI}}}BPMNPlane", id=f"BPMNPlane_{number}", bpmnElement=picture.plane)
        for shape in picture.shapes.values():
            _write_shape(plane, shape, recoloured(kept.get(shape.id, {}), colours.get(shape.id, {})))
        for edge in picture.edges.values():
            _write_edge(plane, edge, kept.get(edge.id, {}))
        etree.indent(diagram, space=indent, level=1)
        diagram.tail = "\n"
        if last is not None:
            last.tail = "\n" + indent
        last = diagram


def _remove(element: etree._Element) -> None:
    """Take an element out, leaving the white space before what follows as it was."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if before is not None:
        before.tail = element.tail
    else:
        parent.text = element.tail
    parent.remove(element)


def _foreign_attributes(root: etree._Element) -> dict[str, dict[str, str]]:
    kept: dict[str, dict[str, str]] = {}
    for item in root.iter(f"{{{BPMNDI}}}BPMNShape", f"{{{BPMNDI}}}BPMNEdge"):
        foreign = {str(name): str(value) for name, value in item.attrib.items() if str(name).startswith("{")}
        kept[item.get("bpmnElement", "")] = foreign
    return kept


def _write_shape(plane: etree._Element, shape: Shape, foreign: dict[str, str]) -> None:
    element = etree.SubElement(plane, f"{{{BPMNDI}}}BPMNShape", id=f"{shape.id}_di", bpmnElement=shape.id)
    if shape.horizontal:
        element.set("isHorizontal", "true")
    if shape.kind is Kind.SUBPROCESS:
        element.set("isExpanded", "true" if shape.expanded else "false")
    if shape.marked:
        element.set("isMarkerVisible", "true")
    _set_all(element, foreign)
    _write_bounds(element, shape.bounds)
    if shape.label or shape.kind in (Kind.POOL, Kind.LANE, Kind.TASK, Kind.SUBPROCESS):
        label = etree.SubElement(element, f"{{{BPMNDI}}}BPMNLabel")
        if shape.label:
            _write_bounds(label, shape.label)


def _write_edge(plane: etree._Element, edge: Edge, foreign: dict[str, str]) -> None:
    element = etree.SubElement(plane, f"{{{BPMNDI}}}BPMNEdge", id=f"{edge.id}_di", bpmnElement=edge.id)
    _set_all(element, foreign)
    for point in edge.waypoints:
        etree.SubElement(element, f"{{{DI}}}waypoint", x=_number(point.x), y=_number(point.y))
    if edge.label:
        _write_bounds(etree.SubElement(element, f"{{{BPMNDI}}}BPMNLabel"), edge.label)


def _set_all(element: etree._Element, attributes: dict[str, str]) -> None:
    for name, value in attributes.items():
        element.set(name, value)


def _write_bounds(parent: etree._Element, rect: Rect) -> None:
    etree.SubElement(
        parent,
        f"{{{DC}}}Bounds",
        x=_number(rect.x),
        y=_number(rect.y),
        width=_number(rect.width),
        height=_number(rect.height),
    )


def _number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
