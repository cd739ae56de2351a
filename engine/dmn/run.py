"""One evaluation of a model: inputs, values found so far, warnings, and what history wants to know.

A run is never shared between threads; everything compiled is, and is not changed by a run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from engine.feel import Warning_
from engine.feel.convert import from_python

from .errors import DmnLimitExceeded

if TYPE_CHECKING:
    from .nodes import Node

Value = Any
Variables = dict[str, Any]

MAX_CALL_DEPTH = 80
"""Knowledge models, decision services and boxed functions calling one another."""

MAX_WARNINGS = 500


@dataclass(frozen=True, slots=True)
class Site:
    """A place in a model for messages: the decision (or other element) that owns it, its file, line and XML id."""

    owner: str
    file: str | None
    line: int
    element: str | None = None


@dataclass(frozen=True, slots=True)
class EvaluationWarning:
    """Why a value became null, or what in a table was violated. ``severity`` is "error" when the model is at fault."""

    code: str
    message: str
    severity: str
    decision: str
    file: str | None
    line: int
    element: str | None

    def __str__(self) -> str:
        return f"{self.file or '模型'}:{self.line} “{self.decision}”：{self.message}"


@dataclass(frozen=True, slots=True)
class MatchedRule:
    """A rule that was hit: XML id, number in the table (from 1), annotations by column name, and the table's id."""

    id: str | None
    index: int
    annotations: dict[str, str]
    table: str | None


@dataclass(frozen=True, slots=True)
class DecisionTrace:
    """How one decision came to its value."""

    name: str
    id: str | None
    value: Value
    matched_rules: list[MatchedRule]
    inputs: dict[str, Value]
    warnings: list[EvaluationWarning]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The value asked for, every decision evaluated on the way (in order), and all warnings."""

    value: Value
    decisions: list[DecisionTrace]
    warnings: list[EvaluationWarning]


@dataclass(slots=True)
class Run:
    """The state of one evaluation. ``memo`` holds the value of every node known so far."""

    inputs: Mapping[str, Value]
    now: datetime | None = None
    functions: Mapping[str, Callable[..., Value]] | None = None
    tracing: bool = False
    memo: dict[Node, Value] = field(default_factory=dict)
    warnings: list[EvaluationWarning] = field(default_factory=list)
    pending: list[Warning_] = field(default_factory=list)
    traces: list[DecisionTrace] = field(default_factory=list)
    rules: list[MatchedRule] = field(default_factory=list)
    depth: int = 0
    _given: Variables | None = None

    def given(self) -> Variables:
        """The inputs as FEEL values, converted once."""
        if self._given is None:
            self._given = {str(name): from_python(value) for name, value in self.inputs.items()}
        return self._given

    def warn(self, site: Site, code: str, message: str, severity: str = "warning") -> None:
        """Record a warning at ``site``; after MAX_WARNINGS only that there are more."""
        known = len(self.warnings)
        if known > MAX_WARNINGS:
            return
        if known == MAX_WARNINGS:
            code, message, severity = "dmn.more-warnings", f"警告超过 {MAX_WARNINGS} 条，其余未记。", "warning"
        self.warnings.append(EvaluationWarning(code, message, severity, site.owner, site.file, site.line, site.element))

    def settle(self, site: Site) -> None:
        """Give FEEL's pending warnings their place in the file."""
        for warning in self.pending[: MAX_WARNINGS + 1]:
            line = site.line + max(warning.line - 1, 0)
            self.warn(replace(site, line=line), warning.code, warning.message)
        self.pending.clear()

    def enter(self, name: str) -> None:
        """Count one more call in progress, to be ended by ``leave``; raises DmnLimitExceeded when too many nest."""
        if self.depth >= MAX_CALL_DEPTH:
            raise DmnLimitExceeded(f"“{name}”的调用嵌套超过 {MAX_CALL_DEPTH} 层，请检查是否无限递归。")
        self.depth += 1

    def leave(self) -> None:
        """End the call begun last."""
        self.depth -= 1

    def inner(self) -> Run:
        """A run for the body of a decision service: nothing known yet, the same warnings, traces and clock."""
        return Run(
            {},
            self.now,
            self.functions,
            self.tracing,
            warnings=self.warnings,
            pending=self.pending,
            traces=self.traces,
            rules=self.rules,
            depth=self.depth,
        )
