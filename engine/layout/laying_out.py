"""The public entry: a BPMN file in, the same file with a complete picture out."""

from __future__ import annotations

from engine.layout.arranging import arrange
from engine.layout.document import parse, serialise
from engine.layout.reading import read_planes
from engine.layout.writing import write_pictures

ORIGIN = (160.0, 80.0)
"""Upper left corner of every picture, as Camunda Modeler begins its own."""


def layout(xml: bytes) -> bytes:
    """Give a BPMN 2.0 file a complete diagram (BPMNDI), replacing the one it has, if any.

    Everything but the BPMNDiagram elements stays as it is, as far as an XML parser keeps it. The same input always
    gives the same output. Raises UnreadableDiagram or UnroutableFlow.
    """
    root = parse(xml)
    pictures = []
    for plane in read_planes(root):
        picture = arrange(plane)
        extent = picture.extent()
        picture.move(ORIGIN[0] - extent.x, ORIGIN[1] - extent.y)
        pictures.append(picture)
    write_pictures(root, pictures)
    return serialise(root, xml)
