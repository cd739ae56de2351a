"""The errors of engine.dmn: one tree rooted at DmnError; every message is Chinese and says what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a file: a stable code, a Chinese message, and its place."""

    code: str
    message: str
    file: str | None = None
    line: int | None = None
    element: str | None = None

    def __str__(self) -> str:
        place = f"{self.file or '模型'}:{self.line}" if self.line else self.file or "模型"
        element = f" [{self.element}]" if self.element else ""
        return f"{place}{element} {self.message}"


class DmnError(Exception):
    """Root of every error that engine.dmn declares."""

    code = "dmn.error"

    def __init__(
        self, message: str, *, file: str | None = None, line: int | None = None, element: str | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.file = file
        self.line = line
        self.element = element


class DmnXmlError(DmnError):
    """The file is not safe, well-formed XML (a DOCTYPE is refused)."""

    code = "dmn.xml"


class DmnLimitExceeded(DmnError):
    """A limit on size, depth or recursion was reached."""

    code = "dmn.limit"


class DmnNotFound(DmnError):
    """The model has no decision, decision service or knowledge model with the name or id asked for."""

    code = "dmn.not-found"


class DmnModelInvalid(DmnError):
    """The model contradicts the specification; ``problems`` holds every problem found, in document order."""

    code = "dmn.model-invalid"

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        first = self.problems[0]
        lines = "\n".join(str(problem) for problem in self.problems)
        super().__init__(
            f"模型有 {len(self.problems)} 处错误，请逐条修改后再试：\n{lines}",
            file=first.file,
            line=first.line,
            element=first.element,
        )
