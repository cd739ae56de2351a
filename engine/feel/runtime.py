"""What a running expression holds: frames of variables, and the state of one evaluation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from decimal import Decimal

from engine.feel.convert import from_python
from engine.feel.errors import Warning_
from engine.feel.lexer import position
from engine.feel.limits import MAX_STEPS, MAX_WARNINGS, exceeded
from engine.feel.numbers import number
from engine.feel.values import Function, Value


class Frame:
    """Variables of one scope; ``parent`` is the enclosing scope, ``root`` the state of the evaluation."""

    __slots__ = ("parent", "root", "vars")

    vars: Mapping[str, Value]
    parent: Frame
    root: Root

    def __init__(self, variables: Mapping[str, Value], parent: Frame, root: Root) -> None:
        self.vars = variables
        self.parent = parent
        self.root = root


class FilterFrame(Frame):
    """The scope of a filter: ``item``, and the item's own entries if it is a context (10.3.2.5)."""

    __slots__ = ("item",)

    def __init__(self, item: Value, parent: Frame, root: Root) -> None:
        self.vars = item if type(item) is dict else _NOTHING
        self.item = item
        self.parent = parent
        self.root = root


_NOTHING: dict[str, Value] = {}

Code = Callable[[Frame], Value]
"""A compiled expression."""


class Root(Frame):
    """The outermost scope, and what one evaluation shares: the moment, the given functions, warnings, work done."""

    __slots__ = ("_converted", "functions", "now", "steps", "warnings")

    def __init__(
        self,
        variables: Mapping[str, Value],
        now: datetime | None = None,
        functions: Mapping[str, Callable[..., object]] | None = None,
        warnings: list[Warning_] | None = None,
    ) -> None:
        self.vars = variables
        self.root = self
        self.now = now
        self.functions = functions
        self.warnings = warnings
        self.steps = 0
        self._converted: dict[str, Value] | None = None

    def again(self) -> Root:
        """Return the same scope with a fresh count of work, for a function called after its evaluation ended."""
        return Root(self.vars, self.now, self.functions, self.warnings)

    def value(self, name: str, raw: object) -> Value:
        """Return a variable's value as a FEEL value, converted once an evaluation."""
        if type(raw) is Decimal:
            return number(raw)
        if self._converted is None:
            self._converted = {}
        elif name in self._converted:
            return self._converted[name]
        converted = self._converted[name] = from_python(raw)
        return converted

    def given_function(self, name: str) -> Function | None:
        """Return the function of this name that the caller gave, or None."""
        if self.functions is None:
            return None
        function = self.functions.get(name)
        found = None if function is None else self.value("function " + name, function)
        return found if isinstance(found, Function) else None

    def moment(self) -> datetime:
        """Return the given moment; without one the machine's, read once an evaluation.

        The engine always gives a moment. The fallback serves those who try an expression on its own.
        """
        if self.now is None:
            self.now = datetime.now(UTC)
        return self.now

    def work(self, steps: int = 1) -> None:
        """Count work done; raises FeelLimitExceeded when it is too much."""
        self.steps += steps
        if self.steps > MAX_STEPS:
            raise exceeded("一次求值的循环和调用次数", MAX_STEPS)

    def warn(self, code: str, message: str, text: str, at: int) -> None:
        """Note why a value became null, if the caller wants to know."""
        if self.warnings is not None and len(self.warnings) < MAX_WARNINGS:
            line, column = position(text, at)
            self.warnings.append(Warning_(code, message, line, column))


PLAIN = frozenset([str, bool, type(None)])
"""Classes of values that need no conversion."""
