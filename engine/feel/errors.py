"""The errors and warnings of FEEL. Evaluation never raises for what FEEL answers with null: it appends a warning."""

from __future__ import annotations

from dataclasses import dataclass


class FeelError(Exception):
    """Root of every error that FEEL declares; ``code`` is stable, the message is Chinese and says what to do next."""

    code = "feel.error"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class FeelSyntaxError(FeelError):
    """The text is not FEEL (DMN 1.5, 10.3.1).

    ``line`` and ``column`` count from 1 and point at the first character that does not fit; ``expected`` says what
    could have stood there; ``hint`` names the likely slip (full-width punctuation, ``==``, an unclosed string…).
    """

    code = "feel.syntax"

    def __init__(self, problem: str, *, line: int, column: int, expected: str = "", hint: str = "") -> None:
        parts = [f"第{line}行第{column}列：{problem}"]
        if expected:
            parts.append(f"此处应为{expected}")
        if hint:
            parts.append(hint)
        super().__init__("；".join(parts) + "。")
        self.problem = problem
        self.line = line
        self.column = column
        self.expected = expected
        self.hint = hint


class FeelLimitExceeded(FeelError):
    """An expression is too long, too deep, or does too much work; the limits stand in ``engine.feel.limits``."""

    code = "feel.limit"


class FeelDomainError(FeelError):
    """Raised inside a built-in or a given function for an argument outside its domain.

    It never leaves an evaluation: the invocation is null and the message becomes a warning (DMN 1.5, 10.3.2.16).
    """

    code = "feel.domain"


@dataclass(frozen=True, slots=True)
class Warning_:
    """Why a value silently became null: a stable code, a Chinese message, and the place in the expression (from 1)."""

    code: str
    message: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"第{self.line}行第{self.column}列：{self.message}"
