"""What can be wrong with a file: told apart by kind, named by a stable code, placed on a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from engine.errors import BanjieError, Place


class Kind(StrEnum):
    """Why a file is not accepted as it is."""

    INVALID = "invalid"
    """It breaks a rule of XML, BPMN 2.0.2 or FEEL: no engine may run it."""
    UNSUPPORTED = "unsupported"
    """Legal, but Banjie does not execute it faithfully and therefore not at all."""
    CONVENTION = "convention"
    """Legal and executable; it departs from a drawing rule or leaves something to assumption."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: ``message`` is Chinese and says what to do."""

    kind: Kind
    code: str
    message: str
    place: Place

    @property
    def severity(self) -> str:
        """``error`` refuses the file, ``warning`` does not."""
        return "warning" if self.kind is Kind.CONVENTION else "error"

    def __str__(self) -> str:
        return f"{self.place}: {self.severity} {self.code}: {self.message}"


@dataclass(slots=True)
class Problems:
    """Collects the findings of one file, so that all are told at once."""

    file: str
    found: list[Problem] = field(default_factory=list)
    _known: set[Problem] = field(default_factory=set)

    def add(self, kind: Kind, code: str, message: str, *, line: int | None, element: str | None = None) -> None:
        """Note one finding unless the very same is noted already."""
        problem = Problem(kind, code, message, Place(self.file, line, element))
        if problem not in self._known:
            self._known.add(problem)
            self.found.append(problem)

    def sorted(self) -> tuple[Problem, ...]:
        """Return the findings by line; those without a line come first."""
        return sort_problems(self.found)

    @property
    def any_invalid(self) -> bool:
        """Whether a finding of kind INVALID is among them."""
        return any(problem.kind is Kind.INVALID for problem in self.found)


def sort_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return problems by file, line and code."""
    return tuple(sorted(problems, key=lambda p: (p.place.file or "", p.place.line or 0, p.code, p.place.element or "")))


def mistakes_told(error: BanjieError, file: str) -> Iterator[Problem]:
    """Yield the mistakes that a refused file names in ``details['problems']`` with their lines, else the refusal."""
    told = error.details.get("problems")
    if not isinstance(told, list):
        line = None if error.place is None else error.place.line
        yield Problem(Kind.INVALID, error.code, error.message, Place(file, line))
        return
    for problem in told:
        yield Problem(Kind.INVALID, error.code, str(problem["message"]), Place(file, int(problem["line"])))
