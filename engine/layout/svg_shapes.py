"""The symbols of BPMN 2.0 (clause 7.3) drawn on a canvas."""

from __future__ import annotations

from lxml import etree

from engine.layout.document import local
from engine.layout.geometry import Rect
from engine.layout.model import Kind, Link
from engine.layout.picture import Edge, Shape
from engine.layout.svg_canvas import INK, Canvas
from engine.layout.svg_icons import draw_activity_markers, draw_event_icon, draw_task_icon

_TITLE = 30.0


def draw_shape(canvas: Canvas, shape: Shape, element: etree._Element) -> None:
    """Draw one shape with its symbol and name."""
    name = element.get("name", "")
    if shape.kind in (Kind.POOL, Kind.LANE):
        _draw_frame(canvas, shape, element, name)
    elif shape.kind in (Kind.TASK, Kind.SUBPROCESS):
        _draw_activity(canvas, shape, element, name)
    elif shape.kind is Kind.GATEWAY:
        _draw_gateway(canvas, shape, local(element))
    elif shape.kind in (Kind.EVENT, Kind.BOUNDARY):
        _draw_event(canvas, shape, element)
    elif shape.kind is Kind.ANNOTATION:
        _draw_annotation(canvas, shape, element)
    else:
        _draw_data(canvas, shape)
    if shape.label:
        canvas.text(name, shape.label)


def _draw_frame(canvas: Canvas, shape: Shape, element: etree._Element, name: str) -> None:
    bounds = shape.bounds
    fill, stroke = canvas.colour(shape.id)
    canvas.rect(bounds, fill=fill, stroke=stroke)
    if shape.kind is Kind.POOL and not element.get("processRef"):
        canvas.text(name, bounds)
        return
    title = Rect(bounds.x, bounds.y, _TITLE, bounds.height)
    if shape.kind is Kind.POOL:
        canvas.path(f"M{title.right:g},{bounds.y:g} V{bounds.bottom:g}", stroke=stroke)
    canvas.text(name, title, upwards=True)


def _draw_activity(canvas: Canvas, shape: Shape, element: etree._Element, name: str) -> None:
    fill, stroke = canvas.colour(shape.id)
    tag = local(element)
    style = {"fill": fill, "stroke": stroke}
    if element.get("triggeredByEvent") == "true":
        style["stroke_dasharray"] = "2,4"
    if tag == "callActivity":
        style["stroke_width"] = "4"
    canvas.rect(shape.bounds, radius=10, **style)
    if tag == "transaction":
        canvas.rect(shape.bounds.grown(-4), radius=7, stroke=stroke)
    draw_task_icon(canvas, tag, shape.bounds.x + 8, shape.bounds.y + 6)
    draw_activity_markers(canvas, element, shape)
    canvas.text(name, shape.bounds.grown(-6), top=shape.expanded)


def _draw_gateway(canvas: Canvas, shape: Shape, tag: str) -> None:
    bounds, (x, y) = shape.bounds, shape.bounds.center
    fill, stroke = canvas.colour(shape.id)
    canvas.path(
        f"M{x:g},{bounds.y:g} L{bounds.right:g},{y:g} L{x:g},{bounds.bottom:g} L{bounds.x:g},{y:g} Z",
        fill=fill,
        stroke=stroke,
    )
    if tag == "exclusiveGateway":
        canvas.path(f"M{x - 7:g},{y - 8:g} l14,16 m0,-16 l-14,16", stroke_width="3", stroke=stroke)
    elif tag == "parallelGateway":
        canvas.path(f"M{x - 11:g},{y:g} h22 m-11,-11 v22", stroke_width="3", stroke=stroke)
    elif tag == "inclusiveGateway":
        canvas.circle(x, y, 11, stroke_width="2.5", stroke=stroke)
    elif tag == "complexGateway":
        star = "h22 m-11,-11 v22 m-8,-19 l16,16 m0,-16 l-16,16"
        canvas.path(f"M{x - 11:g},{y:g} {star}", stroke_width="3", stroke=stroke)
    else:
        canvas.circle(x, y, 13, stroke_width="1", stroke=stroke)
        canvas.circle(x, y, 10, stroke_width="1", stroke=stroke)
        canvas.path(f"M{x:g},{y - 6:g} l6,4.4 l-2.3,7 h-7.4 l-2.3,-7 Z", stroke_width="1", stroke=stroke)


def _draw_event(canvas: Canvas, shape: Shape, element: etree._Element) -> None:
    x, y = shape.bounds.center
    radius = shape.bounds.width / 2
    fill, stroke = canvas.colour(shape.id)
    tag = local(element)
    style = {"fill": fill, "stroke": stroke, "stroke_width": "3.5" if tag == "endEvent" else "1.5"}
    if element.get("cancelActivity") == "false" or element.get("isInterrupting") == "false":
        style["stroke_dasharray"] = "5,3"
    canvas.circle(x, y, radius, **style)
    if tag in ("intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"):
        canvas.circle(x, y, radius - 3, **{**style, "fill": "none"})
    definition = next((local(child) for child in element if local(child).endswith("EventDefinition")), "")
    draw_event_icon(canvas, definition, x, y, solid=tag in ("endEvent", "intermediateThrowEvent"))


def _draw_annotation(canvas: Canvas, shape: Shape, element: etree._Element) -> None:
    bounds = shape.bounds
    canvas.path(f"M{bounds.x + 10:g},{bounds.y:g} H{bounds.x:g} V{bounds.bottom:g} H{bounds.x + 10:g}")
    text = next((child.text or "" for child in element if local(child) == "text"), "")
    canvas.text(text, Rect(bounds.x + 6, bounds.y, bounds.width - 8, bounds.height), left=True)


def _draw_data(canvas: Canvas, shape: Shape) -> None:
    b = shape.bounds
    fill, stroke = canvas.colour(shape.id)
    if shape.kind is Kind.DATA:
        canvas.path(f"M{b.x:g},{b.y:g} h{b.width - 10:g} l10,10 V{b.bottom:g} H{b.x:g} Z", fill=fill, stroke=stroke)
        canvas.path(f"M{b.right - 10:g},{b.y:g} v10 h10", stroke=stroke)
        return
    arc = f"a{b.width / 2:g},6 0 0 0 {b.width:g},0"
    canvas.path(f"M{b.x:g},{b.y + 6:g} v{b.height - 12:g} {arc} v-{b.height - 12:g}", fill=fill, stroke=stroke)
    back = f"a{b.width / 2:g},6 0 0 0 -{b.width:g},0"
    canvas.path(f"M{b.x:g},{b.y + 6:g} {arc} {back}", fill=fill, stroke=stroke)
    canvas.path(f"M{b.x:g},{b.y + 12:g} {arc}", stroke=stroke)


def draw_edge(canvas: Canvas, edge: Edge, element: etree._Element) -> None:
    """Draw one edge with its arrow and name."""
    data = "M" + " L".join(f"{point.x:g},{point.y:g}" for point in edge.waypoints)
    tag = local(element)
    if edge.link is Link.SEQUENCE:
        canvas.path(data, marker_end="url(#arrow-flow)", stroke_linejoin="round")
        _draw_default_mark(canvas, edge, element)
    elif edge.link is Link.MESSAGE:
        canvas.path(data, stroke_dasharray="8,5", marker_end="url(#arrow-message)")
        canvas.circle(*edge.waypoints[0], 3.5, fill="#ffffff")
    else:
        arrow = {"marker_end": "url(#arrow-open)"} if tag != "association" else {}
        canvas.path(data, stroke_dasharray="1,4", stroke_linecap="round", **arrow)
    if edge.label:
        canvas.text(element.get("name", ""), edge.label)


def _draw_default_mark(canvas: Canvas, edge: Edge, element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None or not any(child.get("default") == edge.id for child in parent):
        return
    (x1, y1), (x2, y2) = edge.waypoints[:2]
    length = max(1.0, abs(x2 - x1) + abs(y2 - y1))
    x, y = x1 + 10 * (x2 - x1) / length, y1 + 10 * (y2 - y1) / length
    slash = "m-4,-4 l8,8" if y1 == y2 else "m-4,4 l8,-8"
    canvas.path(f"M{x:g},{y:g} {slash}", stroke=INK)
