"""What a conversion did and what it left, element by element."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from engine.definitions.problems import Kind, Problem, sort_problems
from engine.definitions.reading.document import line_of
from engine.errors import Place


@dataclass(frozen=True, slots=True)
class Converted:
    """One thing that was rewritten: ``before`` as it stood in the file, ``after`` as it stands now."""

    place: Place
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Conversion:
    """A converted file; ``left`` names what has no counterpart with the same meaning and stays as it was."""

    xml: bytes
    converted: tuple[Converted, ...]
    left: tuple[Problem, ...]


@dataclass(slots=True)
class Report:
    """Collects what happens during a conversion."""

    file: str
    converted: list[Converted] = field(default_factory=list)
    left: list[Problem] = field(default_factory=list)

    def done(self, element: etree._Element, before: str, after: str) -> None:
        """Note a rewriting."""
        self.converted.append(Converted(self._place(element), before, after))

    def leave(self, element: etree._Element, what: str, why: str) -> None:
        """Note what stays as it was, and why."""
        message = f"{what} 没有转换：{why}，请人工改写。"
        self.left.append(Problem(Kind.UNSUPPORTED, "convert.left", message, self._place(element)))

    def result(self, xml: bytes) -> Conversion:
        """Return the conversion with its report sorted by line."""
        done = tuple(sorted(self.converted, key=lambda each: each.place.line or 0))
        return Conversion(xml, done, sort_problems(self.left))

    def _place(self, element: etree._Element) -> Place:
        named: etree._Element | None = element
        while named is not None and named.get("id") is None:
            named = named.getparent()
        return Place(self.file, line_of(element), None if named is None else named.get("id"))
