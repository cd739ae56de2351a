"""How legible a picture is, in numbers."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from engine.layout.depicting import elements_by_id, link_of, read_pictures, shape_kind
from engine.layout.document import local, parse
from engine.layout.geometry import Rect, Segment, segment_meets, segments, segments_cross, shared_length
from engine.layout.model import Kind
from engine.layout.picture import Edge, Picture, Shape

Pair = tuple[str, str]
_CONTAINERS = (Kind.POOL, Kind.LANE)


@dataclass(slots=True)
class LayoutReport:
    """What ``measure`` found. Pairs are ids of elements; lengths are pixels."""

    overlapping_shapes: list[Pair] = field(default_factory=list)
    labels_on_shapes: list[Pair] = field(default_factory=list)
    labels_on_labels: list[Pair] = field(default_factory=list)
    labels_on_edges: list[Pair] = field(default_factory=list)
    edges_through_shapes: list[Pair] = field(default_factory=list)
    edges_on_edges: list[Pair] = field(default_factory=list)
    """Edges lying upon each other though they share neither source nor target."""
    edge_crossings: list[Pair] = field(default_factory=list)
    edges_near_shapes: list[Pair] = field(default_factory=list)
    """Edges closer than 20 px to a shape that is not their end."""
    slanted_edges: list[str] = field(default_factory=list)
    outside_container: list[Pair] = field(default_factory=list)
    without_picture: list[str] = field(default_factory=list)
    """Elements that a diagram should show and does not."""
    backward_flows: int = 0
    bends: int = 0
    width: float = 0.0
    height: float = 0.0

    @property
    def clean(self) -> bool:
        """Nothing overlaps, nothing is hidden, nothing is missing."""
        return not (
            self.overlapping_shapes
            or self.labels_on_shapes
            or self.labels_on_labels
            or self.labels_on_edges
            or self.edges_through_shapes
            or self.edges_on_edges
            or self.outside_container
            or self.without_picture
        )


def measure(xml: bytes) -> LayoutReport:
    """Measure the picture in a BPMN file. Raises UnreadableDiagram."""
    root = parse(xml)
    elements = elements_by_id(root)
    report = LayoutReport()
    pictures = read_pictures(root)
    for picture in pictures:
        _measure_picture(picture, elements, report)
    drawn = {element for picture in pictures for element in (*picture.shapes, *picture.edges)}
    report.without_picture = [name for name, element in elements.items() if name not in drawn and _drawable(element)]
    return report


def _drawable(element: etree._Element) -> bool:
    tag = local(element)
    if shape_kind(tag) is not None:
        # dataInput and dataOutput inside an activity's ioSpecification are not drawn by common modelers.
        return tag not in ("dataInput", "dataOutput")
    return link_of(tag) is not None


def _measure_picture(picture: Picture, elements: dict[str, etree._Element], report: LayoutReport) -> None:
    extent = picture.extent()
    report.width, report.height = max(report.width, extent.width), max(report.height, extent.height)
    _measure_shapes(picture, elements, report)
    _measure_edges(picture, elements, report)
    _measure_labels(picture, elements, report)


def _measure_shapes(picture: Picture, elements: dict[str, etree._Element], report: LayoutReport) -> None:
    shapes = list(picture.shapes.values())
    for index, one in enumerate(shapes):
        for other in shapes[index + 1 :]:
            if one.bounds.overlaps(other.bounds) and not _may_overlap(one, other, elements):
                report.overlapping_shapes.append((one.id, other.id))
    for shape in shapes:
        holder = _container(shape, picture, elements)
        if holder is not None and not holder.bounds.contains(shape.bounds):
            report.outside_container.append((shape.id, holder.id))


def _may_overlap(one: Shape, other: Shape, elements: dict[str, etree._Element]) -> bool:
    for a, b in ((one, other), (other, one)):
        if b.kind is Kind.BOUNDARY and _host(elements[b.id]) == a.id:
            return True
        if a.kind in _CONTAINERS and a.bounds.contains(b.bounds):
            return True
        if a.kind is Kind.SUBPROCESS and _is_within(elements[b.id], elements[a.id]) and a.bounds.contains(b.bounds):
            return True
        if b.kind is Kind.BOUNDARY and a.kind in _CONTAINERS:
            return True
    return False


def _host(element: etree._Element) -> str:
    return element.get("attachedToRef", "").rpartition(":")[2]


def _is_within(element: etree._Element, ancestor: etree._Element) -> bool:
    return any(parent is ancestor for parent in element.iterancestors())


def _container(shape: Shape, picture: Picture, elements: dict[str, etree._Element]) -> Shape | None:
    """The subprocess, or the lane, that must enclose the shape."""
    if shape.kind in (*_CONTAINERS, Kind.BOUNDARY, Kind.ANNOTATION):
        return None
    parent = elements[shape.id].getparent()
    if parent is not None and shape_kind(local(parent)) is Kind.SUBPROCESS:
        return picture.shapes.get(parent.get("id", ""))
    for holder in picture.shapes.values():
        if holder.kind is Kind.LANE and shape.id in _members(elements[holder.id]):
            return holder
    return None


def _members(lane: etree._Element) -> set[str]:
    return {(child.text or "").strip().rpartition(":")[2] for child in lane if local(child) == "flowNodeRef"}


def _measure_edges(picture: Picture, elements: dict[str, etree._Element], report: LayoutReport) -> None:
    edges = list(picture.edges.values())
    pieces = {edge.id: segments(edge.waypoints) for edge in edges}
    ends = {edge.id: edge_ends(elements[edge.id]) for edge in edges}
    for edge in edges:
        report.bends += max(0, len(pieces[edge.id]) - 1)
        report.backward_flows += edge.waypoints[-1].x < edge.waypoints[0].x
        if not all(piece.horizontal or piece.vertical for piece in pieces[edge.id]):
            report.slanted_edges.append(edge.id)
        _edge_against_shapes(edge, pieces[edge.id], ends[edge.id], picture, elements, report)
    for index, one in enumerate(edges):
        for other in edges[index + 1 :]:
            pairs = [(a, b) for a in pieces[one.id] for b in pieces[other.id]]
            if any(segments_cross(a, b) for a, b in pairs):
                report.edge_crossings.append((one.id, other.id))
            apart = ends[one.id][0] != ends[other.id][0] and ends[one.id][1] != ends[other.id][1]
            if apart and any(shared_length(a, b) > 0 for a, b in pairs):
                report.edges_on_edges.append((one.id, other.id))


def edge_ends(element: etree._Element) -> Pair:
    """Ids of the source and target of a flow or association."""
    tag, parent = local(element), element.getparent()
    if tag in ("dataInputAssociation", "dataOutputAssociation") and parent is not None:
        name = "sourceRef" if tag == "dataInputAssociation" else "targetRef"
        end = next((child.text or "" for child in element if local(child) == name), "")
        here, there = parent.get("id", ""), end.strip().rpartition(":")[2]
        return (there, here) if tag == "dataInputAssociation" else (here, there)
    return tuple(element.get(name, "").rpartition(":")[2] for name in ("sourceRef", "targetRef"))  # type: ignore[return-value]


def _edge_against_shapes(
    edge: Edge,
    pieces: list[Segment],
    ends: Pair,
    picture: Picture,
    elements: dict[str, etree._Element],
    report: LayoutReport,
) -> None:
    family = {name for end in ends if end in elements for name in _with_ancestors(elements[end])}
    hosts = {_host(elements[end]) for end in ends if end in elements}
    for shape in picture.shapes.values():
        if shape.kind is Kind.LANE or (shape.id in family and shape.id not in ends):
            continue
        if shape.kind is Kind.POOL:
            continue
        inside = shape.bounds.grown(-1)
        if any(segment_meets(piece, inside) for piece in pieces):
            report.edges_through_shapes.append((edge.id, shape.id))
        near = shape.id not in ends and shape.id not in hosts and not _beside_end(shape, ends, elements)
        if near and any(segment_meets(piece, shape.bounds.grown(19.5)) for piece in pieces):
            report.edges_near_shapes.append((edge.id, shape.id))


def _beside_end(shape: Shape, ends: Pair, elements: dict[str, etree._Element]) -> bool:
    """Whether the shape sits on the border of one of the edge's ends, or beside an end on the same host."""
    host = _host(elements[shape.id])
    return bool(host) and (host in ends or any(_host(elements[end]) == host for end in ends if end in elements))


def _with_ancestors(element: etree._Element) -> set[str]:
    return {element.get("id", ""), *(parent.get("id", "") for parent in element.iterancestors())}


def _measure_labels(picture: Picture, elements: dict[str, etree._Element], report: LayoutReport) -> None:
    labels = picture.labels()
    solid = [shape for shape in picture.shapes.values() if shape.kind not in _CONTAINERS and not shape.expanded]
    for index, (name, label) in enumerate(labels):
        for shape in solid:
            if (label.overlaps(shape.bounds) and shape.kind is not Kind.GATEWAY) or _in_diamond(label, shape):
                report.labels_on_shapes.append((name, shape.id))
        for other, other_label in labels[index + 1 :]:
            if label.overlaps(other_label):
                report.labels_on_labels.append((name, other))
        for edge in picture.edges.values():
            if any(segment_meets(piece, label) for piece in segments(edge.waypoints)):
                report.labels_on_edges.append((name, edge.id))


def _in_diamond(label: Rect, shape: Shape) -> bool:
    """Whether a label reaches into a gateway's diamond (its corners outside the diamond are free)."""
    if shape.kind is not Kind.GATEWAY:
        return False
    centre = shape.bounds.center
    x = min(max(centre.x, label.x), label.right) - centre.x
    y = min(max(centre.y, label.y), label.bottom) - centre.y
    return abs(x) / (shape.bounds.width / 2) + abs(y) / (shape.bounds.height / 2) < 1
