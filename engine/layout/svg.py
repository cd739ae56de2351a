"""A picture as SVG: for documentation, print and review."""

from __future__ import annotations

from lxml import etree

from engine.layout.depicting import elements_by_id, read_pictures
from engine.layout.document import parse
from engine.layout.picture import Picture
from engine.layout.svg_canvas import Canvas
from engine.layout.svg_shapes import draw_edge, draw_shape

_MARGIN = 20.0


def to_svg(xml: bytes) -> str:
    """The first diagram of a BPMN file as a self-contained SVG document.

    Names are wrapped at 12 px, lane titles run upwards, symbols are those of BPMN 2.0. Colours given by ``bioc`` or
    ``color`` attributes are kept. A file without a picture gives an empty drawing. Raises UnreadableDiagram.
    """
    root = parse(xml)
    pictures = read_pictures(root)
    picture = pictures[0] if pictures else Picture("")
    elements = elements_by_id(root)
    extent = picture.extent().grown(_MARGIN)
    canvas = Canvas(extent, colours(root))
    for shape in picture.shapes.values():
        draw_shape(canvas, shape, elements[shape.id])
    for edge in picture.edges.values():
        draw_edge(canvas, edge, elements[edge.id])
    return etree.tostring(canvas.root, encoding="unicode")


def colours(root: etree._Element) -> dict[str, tuple[str, str]]:
    """Fill and stroke of each coloured shape (bpmn.io's ``bioc`` and OMG's BPMN in Color attributes)."""
    found = {}
    for item in root.iter("{*}BPMNShape"):
        values = {etree.QName(str(name)).localname: str(value) for name, value in item.attrib.items()}
        fill = values.get("background-color") or values.get("fill")
        stroke = values.get("border-color") or values.get("stroke")
        if fill or stroke:
            found[item.get("bpmnElement", "")] = (fill or "#ffffff", stroke or "#222222")
    return found
