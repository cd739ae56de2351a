"""Drawing BPMN: a layered layout with pools and lanes, measures of legibility, and pictures as SVG."""

from engine.layout.checking import LayoutProblem, check_layout
from engine.layout.errors import LayoutError, UnreadableDiagram, UnroutableFlow
from engine.layout.laying_out import layout
from engine.layout.measuring import LayoutReport, measure
from engine.layout.svg import to_svg

__all__ = [
    "LayoutError",
    "LayoutProblem",
    "LayoutReport",
    "UnreadableDiagram",
    "UnroutableFlow",
    "check_layout",
    "layout",
    "measure",
    "to_svg",
]
