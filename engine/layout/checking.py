"""Problems of a picture in words, for ``banjie check``."""

from __future__ import annotations

from dataclasses import dataclass

from engine.errors import Place
from engine.layout.depicting import elements_by_id
from engine.layout.document import parse, source_line
from engine.layout.measuring import LayoutReport, measure


@dataclass(frozen=True, slots=True)
class LayoutProblem:
    """One problem: a stable code, a Chinese message that says what to do, where."""

    code: str
    message: str
    place: Place


_ADVICE = "请移开，或用 banjie layout 重新排版。"
_PAIR_RULES: tuple[tuple[str, str, str], ...] = (
    ("overlapping_shapes", "layout.shapes-overlap", "图形 {0} 与 {1} 重叠。"),
    ("outside_container", "layout.outside-container", "图形 {0} 越出了所属的泳道或子流程 {1}。"),
    ("labels_on_shapes", "layout.label-on-shape", "{0} 的名称压住了图形 {1}。"),
    ("labels_on_labels", "layout.label-on-label", "{0} 的名称与 {1} 的名称重叠。"),
    ("labels_on_edges", "layout.label-on-edge", "{0} 的名称压住了连线 {1}。"),
    ("edges_through_shapes", "layout.edge-through-shape", "连线 {0} 穿过图形 {1}。"),
    ("edges_on_edges", "layout.edge-on-edge", "连线 {0} 与 {1} 重合，分不清走向。"),
)


def check_layout(xml: bytes, file: str | None = None) -> list[LayoutProblem]:
    """What a reader of the picture in a BPMN file would stumble over, each with its element and line.

    An empty list means that rules 28 to 31 of docs/modelling.md hold as far as a program can tell. Raises
    UnreadableDiagram.
    """
    root = parse(xml)
    lines = {name: source_line(element) for name, element in elements_by_id(root).items()}
    report = measure(xml)
    found = [
        LayoutProblem(code, text.format(*pair) + _ADVICE, Place(file, lines.get(pair[0]), pair[0]))
        for attribute, code, text in _PAIR_RULES
        for pair in getattr(report, attribute)
    ]
    return found + _single_problems(report, lines, file)


def _single_problems(report: LayoutReport, lines: dict[str, int | None], file: str | None) -> list[LayoutProblem]:
    missing = [
        LayoutProblem(
            "layout.no-picture",
            f"元素 {name} 没有画在图上。请用 banjie layout 补画。",
            Place(file, lines.get(name), name),
        )
        for name in report.without_picture
    ]
    slanted = [
        LayoutProblem(
            "layout.slanted-edge",
            f"连线 {name} 不是横平竖直。{_ADVICE}",
            Place(file, lines.get(name), name),
        )
        for name in report.slanted_edges
    ]
    return missing + slanted
