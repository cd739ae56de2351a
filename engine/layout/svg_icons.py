"""Small signs inside shapes: kinds of tasks, of events, and activity markers."""

from __future__ import annotations

from lxml import etree

from engine.layout.document import local
from engine.layout.geometry import Rect
from engine.layout.model import Kind
from engine.layout.picture import Shape
from engine.layout.svg_canvas import INK, PAPER, Canvas

_THIN = {"stroke_width": "1.2"}


def draw_task_icon(canvas: Canvas, tag: str, x: float, y: float) -> None:
    """The sign of a task's kind in its upper left corner."""
    if tag == "userTask":
        canvas.circle(x + 7, y + 4.5, 3.8, **_THIN)
        canvas.path(f"M{x:g},{y + 16:g} c0,-9 14,-9 14,0 Z", **_THIN)
    elif tag == "serviceTask":
        canvas.circle(x + 7, y + 8, 5.5, stroke_width="3", stroke_dasharray="2.3,2")
        canvas.circle(x + 7, y + 8, 3.5, **_THIN)
    elif tag == "businessRuleTask":
        canvas.path(f"M{x:g},{y + 1:g} h17 v13 h-17 Z m0,4.3 h17 m-17,4.3 h17 m-12,-4.3 v8.6", **_THIN)
        canvas.path(f"M{x:g},{y + 1:g} h17 v4.3 h-17 Z", fill="#aaaaaa", **_THIN)
    elif tag == "scriptTask":
        canvas.path(f"M{x + 4:g},{y + 1:g} h10 c-6,5 4,8 -2,14 h-10 c6,-6 -4,-9 2,-14 Z", **_THIN)
        canvas.path(f"M{x + 5:g},{y + 5:g} h5 m-4,3.3 h5 m-4.5,3.3 h5", stroke_width="1")
    elif tag in ("sendTask", "receiveTask"):
        solid = tag == "sendTask"
        _envelope(canvas, x + 8, y + 8, 8, 5.5, solid=solid)
    elif tag == "manualTask":
        canvas.path(f"M{x:g},{y + 6:g} l5,-4 h4 l-2,3 h8 v2.5 h-6 m6,0 v2.5 h-6 m5,0 v2.5 h-9 l-5,-2 Z", **_THIN)


def _envelope(canvas: Canvas, x: float, y: float, half_width: float, half_height: float, *, solid: bool) -> None:
    fill, line = (INK, PAPER) if solid else (PAPER, INK)
    left, top = x - half_width, y - half_height
    canvas.rect(Rect(left, top, 2 * half_width, 2 * half_height), fill=fill, stroke_width="1.2")
    flap = f"l{half_width:g},{half_height:g} l{half_width:g},-{half_height:g}"
    canvas.path(f"M{left:g},{top:g} {flap}", stroke=line, **_THIN)


def draw_event_icon(canvas: Canvas, definition: str, x: float, y: float, *, solid: bool) -> None:
    """The sign of what an event waits for or throws; ``solid`` for throwing events."""
    fill = INK if solid else "none"
    if definition == "timerEventDefinition":
        canvas.circle(x, y, 9.5, **_THIN)
        canvas.path(f"M{x:g},{y - 6:g} V{y:g} l4,3", **_THIN)
    elif definition == "messageEventDefinition":
        _envelope(canvas, x, y, 8, 5.5, solid=solid)
    elif definition == "errorEventDefinition":
        canvas.path(f"M{x - 8:g},{y + 7:g} l5,-12 l5,7 l6,-9 l-5,13 l-5,-7 Z", fill=fill, **_THIN)
    elif definition == "escalationEventDefinition":
        canvas.path(f"M{x:g},{y - 9:g} l6,15 l-6,-6 l-6,6 Z", fill=fill, **_THIN)
    elif definition == "signalEventDefinition":
        canvas.path(f"M{x:g},{y - 9:g} l8,13 h-16 Z", fill=fill, **_THIN)
    elif definition == "conditionalEventDefinition":
        canvas.path(f"M{x - 6:g},{y - 8:g} h12 v16 h-12 Z m2,4 h8 m-8,4 h8 m-8,4 h8", **_THIN)
    elif definition == "terminateEventDefinition":
        canvas.circle(x, y, 10, fill=INK)
    elif definition == "linkEventDefinition":
        canvas.path(f"M{x - 8:g},{y - 4:g} h9 v-4 l7,8 l-7,8 v-4 h-9 Z", fill=fill, **_THIN)
    elif definition == "compensateEventDefinition":
        canvas.path(f"M{x:g},{y - 6:g} v12 l-8,-6 Z m8,0 v12 l-8,-6 Z", fill=fill, **_THIN)
    elif definition == "cancelEventDefinition":
        canvas.path(f"M{x - 6:g},{y - 6:g} l12,12 m0,-12 l-12,12", stroke_width="3")


def draw_activity_markers(canvas: Canvas, element: etree._Element, shape: Shape) -> None:
    """Multi-instance, loop and collapsed-subprocess markers at the lower border."""
    x, y = shape.bounds.center.x, shape.bounds.bottom - 10
    children = {local(child): child for child in element}
    repeated = children.get("multiInstanceLoopCharacteristics")
    if repeated is not None and repeated.get("isSequential") == "true":
        canvas.path(f"M{x - 6:g},{y - 4:g} h12 m-12,4 h12 m-12,4 h12", stroke_width="2")
    elif repeated is not None:
        canvas.path(f"M{x - 4:g},{y - 6:g} v12 m4,-12 v12 m4,-12 v12", stroke_width="2")
    elif "standardLoopCharacteristics" in children:
        canvas.path(f"M{x - 3:g},{y + 5:g} a6,6 0 1 1 5,0 m-5,0 h-4 m4,0 v-4", **_THIN)
    if shape.kind is Kind.SUBPROCESS and not shape.expanded:
        canvas.path(f"M{x - 7:g},{y - 7:g} h14 v14 h-14 Z m7,3 v8 m-4,-4 h8", **_THIN)
