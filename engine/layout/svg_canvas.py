"""Drawing primitives over an SVG tree."""

from __future__ import annotations

from lxml import etree

from engine.layout.geometry import Rect
from engine.layout.text import FONT_SIZE, LINE_HEIGHT, wrap

SVG = "http://www.w3.org/2000/svg"
# The stubs of lxml know no default namespace, which is what keeps prefixes out of the drawing.
_NAMESPACES: dict[str, str] = {None: SVG}  # type: ignore[dict-item]
INK = "#222222"
PAPER = "#ffffff"
_FONTS = "'PingFang SC','Microsoft YaHei','Noto Sans CJK SC','Source Han Sans SC',sans-serif"


class Canvas:
    """An SVG document being drawn."""

    def __init__(self, extent: Rect, colours: dict[str, tuple[str, str]]) -> None:
        view = f"{extent.x:g} {extent.y:g} {extent.width:g} {extent.height:g}"
        self.root = etree.Element(f"{{{SVG}}}svg", nsmap=_NAMESPACES)
        self.root.set("viewBox", view)
        self.root.set("width", f"{extent.width:g}")
        self.root.set("height", f"{extent.height:g}")
        self.root.set("font-family", _FONTS)
        self.root.set("font-size", str(FONT_SIZE))
        self.colours = colours
        self._define_arrows()
        self.rect(extent, fill=PAPER, stroke="none")

    def _define_arrows(self) -> None:
        definitions = etree.SubElement(self.root, f"{{{SVG}}}defs")
        arrows = (("flow", INK, INK, "M0,0 L10,5 L0,10 Z"), ("message", PAPER, INK, "M0,0 L10,5 L0,10 Z"))
        for name, fill, stroke, path in (*arrows, ("open", "none", INK, "M0,0 L10,5 L0,10")):
            marker = etree.SubElement(
                definitions,
                f"{{{SVG}}}marker",
                id=f"arrow-{name}",
                viewBox="-1 -1 12 12",
                refX="10",
                refY="5",
                markerWidth="9",
                markerHeight="9",
                orient="auto",
                markerUnits="userSpaceOnUse",
            )
            etree.SubElement(marker, f"{{{SVG}}}path", d=path, fill=fill, stroke=stroke)

    def colour(self, element: str) -> tuple[str, str]:
        """Fill and stroke of a shape."""
        return self.colours.get(element, (PAPER, INK))

    def rect(self, rect: Rect, *, radius: float = 0, **style: str) -> None:
        """A rectangle."""
        attributes = {"x": f"{rect.x:g}", "y": f"{rect.y:g}", "width": f"{rect.width:g}", "height": f"{rect.height:g}"}
        self._add("rect", {**attributes, "rx": f"{radius:g}"}, style)

    def circle(self, x: float, y: float, radius: float, **style: str) -> None:
        """A circle."""
        self._add("circle", {"cx": f"{x:g}", "cy": f"{y:g}", "r": f"{radius:g}"}, style)

    def path(self, data: str, **style: str) -> None:
        """A path in SVG syntax."""
        self._add("path", {"d": data}, style)

    def _add(self, tag: str, attributes: dict[str, str], style: dict[str, str]) -> None:
        drawn = {"fill": "none", "stroke": INK, "stroke-width": "1.5"}
        drawn.update({name.replace("_", "-"): value for name, value in style.items()})
        etree.SubElement(self.root, f"{{{SVG}}}{tag}", {**attributes, **drawn})

    def text(self, text: str, rect: Rect, *, upwards: bool = False, top: bool = False, left: bool = False) -> None:
        """Lines centred in a rectangle, wrapped to its width; ``upwards`` turns them by 90 degrees."""
        lines = wrap(text, rect.height if upwards else rect.width)
        centre = rect.center
        block = LINE_HEIGHT * len(lines)
        y = rect.y + 4 if top else centre.y - block / 2
        for number, line in enumerate(lines):
            element = etree.SubElement(self.root, f"{{{SVG}}}text", {"fill": INK})
            element.set("text-anchor", "start" if left else "middle")
            element.set("x", f"{rect.x if left else centre.x:g}")
            element.set("y", f"{y + LINE_HEIGHT * number + LINE_HEIGHT * 0.8:g}")
            if upwards:
                element.set("transform", f"rotate(-90 {centre.x:g} {centre.y:g})")
            element.text = line
