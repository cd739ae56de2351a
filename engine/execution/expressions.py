"""Expressions of a diagram, compiled once and evaluated in the scope of an element instance."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfoNotFoundError

from engine.definitions.iso8601 import aware
from engine.definitions.model import Expression
from engine.execution.errors import ElementFailed, NotExecutable
from engine.execution.variables import ScopeView
from engine.feel import FeelError, compile_expression
from engine.feel.json import to_json
from engine.feel.text import to_feel_string

if TYPE_CHECKING:
    from engine.execution.task import ElementTask

EXTRACT = "EXTRACT_VALUE_ERROR"


class Formula:
    """A FEEL expression or a constant text."""

    __slots__ = ("_feel", "source")

    def __init__(self, expression: Expression) -> None:
        self.source = expression.source
        self._feel = None
        if expression.is_feel:
            try:
                self._feel = compile_expression(expression.source)
            except FeelError as error:
                message = f"表达式“{expression.source}”写错了：{error}。请在流程图中改正后重新部署。"
                raise NotExecutable(message) from error

    def evaluate(self, task: ElementTask, context: Mapping[str, object] | None = None) -> Any:
        """Return the FEEL value in the scope of ``task``; FEEL's own limits make the element fail."""
        if self._feel is None:
            return self.source
        runtime = task.runtime
        try:
            return self._feel.evaluate(
                ScopeView(task) if context is None else context, now=runtime.now, functions=runtime.functions
            )
        except FeelError as error:
            raise ElementFailed(EXTRACT, f"表达式“{self.source}”无法求值：{error}") from error

    def json(self, task: ElementTask, context: Mapping[str, object] | None = None) -> Any:
        """Return the value as JSON."""
        value = self.evaluate(task, context)
        try:
            return to_json(value)
        except FeelError as error:
            raise ElementFailed(EXTRACT, f"表达式“{self.source}”的结果不能保存：{error}") from error

    def boolean(self, task: ElementTask, context: Mapping[str, object] | None = None) -> bool:
        """Return true or false; anything else makes the element fail."""
        value = self.evaluate(task, context)
        if value is True or value is False:
            return bool(value)
        raise self.unfit(value, "是或否（true/false）")

    def text(self, task: ElementTask) -> str:
        """Return a text; a number counts as its text; anything else makes the element fail."""
        value = self.evaluate(task)
        if isinstance(value, str):
            return value
        if isinstance(value, Decimal | int) and not isinstance(value, bool):
            return to_feel_string(value) or ""
        raise self.unfit(value, "文本")

    def text_or_none(self, task: ElementTask) -> str | None:
        """Return a text, or None for null or empty text."""
        value = self.evaluate(task)
        if value is None or value == "":
            return None
        return self.text(task) if not isinstance(value, str) else value

    def texts(self, task: ElementTask) -> tuple[str, ...]:
        """Return a list of texts; a text that is no FEEL is split at commas; null is the empty list."""
        value = self.evaluate(task)
        if value is None:
            return ()
        if isinstance(value, str):
            parts = value.split(",") if self._feel is None else [value]
            return tuple(part.strip() for part in parts if part.strip())
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        raise self.unfit(value, "文本清单")

    def integer(self, task: ElementTask) -> int:
        """Return a whole number; anything else makes the element fail."""
        value = self.evaluate(task)
        if isinstance(value, str):
            try:
                return int(value.strip())
            except ValueError:
                raise self.unfit(value, "整数") from None
        if isinstance(value, Decimal | int) and not isinstance(value, bool) and value == int(value):
            return int(value)
        raise self.unfit(value, "整数")

    def items(self, task: ElementTask) -> list[Any]:
        """Return a list as JSON values; anything else makes the element fail."""
        value = self.evaluate(task)
        if isinstance(value, list):
            return [to_json(item) for item in value]
        raise self.unfit(value, "清单（list）")

    def moment_text(self, task: ElementTask) -> str | None:
        """Return a date and time as ISO 8601 text with its offset, or None for null or empty text.

        A date alone makes the element fail: whether its beginning or its end is meant must be written.
        """
        value = self.evaluate(task)
        if value is None or value == "":
            return None
        text = value if isinstance(value, str) else to_feel_string(value)
        try:
            return aware((text or "").strip()).isoformat()
        except (ValueError, ZoneInfoNotFoundError):
            raise self.unfit(value, "日期时间（如 2026-09-01T09:00:00+08:00）") from None

    def unfit(self, value: object, wanted: str) -> ElementFailed:
        """Return the failure for a value of the wrong type."""
        shown = "null" if value is None else to_feel_string(value)
        return ElementFailed(
            EXTRACT, f"表达式“{self.source}”应得到{wanted}，却得到 {shown}。请补上所需变量或改正流程图，然后重试。"
        )


def formula(expression: Expression | None) -> Formula | None:
    """Compile ``expression`` if there is one."""
    return None if expression is None else Formula(expression)
