"""Colours by origin: white for steps of the duty list, light blue for those of the law, light grey for the platform's.

Only shapes are coloured, never lines, and colour repeats what the property ``origin`` says (docs/modelling.md, 33 and
34). A colour that somebody else chose is left alone.
"""

from __future__ import annotations

from lxml import etree

from engine.layout.document import is_bpmn, local
from engine.layout.model import Kind
from engine.layout.reading import kind_of

BIOC = "http://bpmn.io/schema/bpmn/biocolor/1.0"
COLOR = "http://www.omg.org/spec/BPMN/non-normative/color/1.0"
STROKE = "#333333"
FILLS = {"法律": "#dcecfb", "平台": "#ededed"}
_PREFIXES = {"l_": "法律", "p_": "平台"}
_ATTRIBUTES = {f"{{{BIOC}}}stroke", f"{{{BIOC}}}fill", f"{{{COLOR}}}background-color", f"{{{COLOR}}}border-color"}

Attributes = dict[str, str]


def origin_colours(root: etree._Element) -> dict[str, Attributes]:
    """Element id -> colour attributes, for every activity that does not come from the duty list.

    The origin is the ``zeebe:property`` of that name, else what the id's prefix says (``l_``, ``p_``).
    """
    found = {}
    for element in root.iter():
        if is_bpmn(element) and kind_of(local(element)) in (Kind.TASK, Kind.SUBPROCESS):
            name = element.get("id", "")
            fill = FILLS.get(_origin(element) or _PREFIXES.get(name[:2], ""))
            if fill:
                found[name] = _attributes(fill)
    return found


def _origin(element: etree._Element) -> str | None:
    for extension in element.iterchildren("{*}extensionElements"):
        for item in extension.iterchildren("{*}properties"):
            for entry in item.iterchildren("{*}property"):
                if entry.get("name") == "origin":
                    return str(entry.get("value", ""))
    return None


def _attributes(fill: str) -> Attributes:
    return {
        f"{{{BIOC}}}stroke": STROKE,
        f"{{{BIOC}}}fill": fill,
        f"{{{COLOR}}}background-color": fill,
        f"{{{COLOR}}}border-color": STROKE,
    }


def recoloured(kept: Attributes, by_origin: Attributes) -> Attributes:
    """The attributes of a shape: a colour chosen by hand stays, one given for an earlier origin is given anew."""
    fill = kept.get(f"{{{BIOC}}}fill") or kept.get(f"{{{COLOR}}}background-color")
    if fill is not None and fill.lower() not in FILLS.values():
        return kept
    others = {name: value for name, value in kept.items() if name not in _ATTRIBUTES or fill is None}
    return {**others, **by_origin}
