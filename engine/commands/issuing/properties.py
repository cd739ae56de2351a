"""What an element's properties say of numbers, texts, services and seals: names, and values read from FEEL."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from engine.clock import LEGAL_ZONE, in_legal_zone
from engine.commands.issuing.errors import IssuingRefused
from engine.definitions.model import FlowNode
from engine.feel import FeelError, compile_expression
from engine.feel.json import to_json

SERIES, RESULT, NUMBER_IF = "number.series", "number.result", "number.if"
NUMBER_TITLE, RESERVED = "number.title", "number.reserved"
DRAFT, DRAFT_VARIABLE, FREEZE, FREEZE_IF = "draft.text", "draft.variable", "draft.freeze", "draft.freeze.if"
SERVICE, SERVICE_IF, SERVICE_NUMBER = "service.paper", "service.if", "service.number"
SERVICE_RECIPIENT = "service.recipient"
SEAL_USE, SEAL_OUT, SEAL_RETURN, SEAL_DUE = "seal.use", "seal.take-out", "seal.return", "seal.due"
SEAL_MATTER, SEAL_TAKEN_BY = "seal.matter", "seal.taken-by"

ALL = frozenset(
    {
        SERIES,
        RESULT,
        NUMBER_IF,
        NUMBER_TITLE,
        RESERVED,
        DRAFT,
        DRAFT_VARIABLE,
        FREEZE,
        FREEZE_IF,
        SERVICE,
        SERVICE_IF,
        SERVICE_NUMBER,
        SERVICE_RECIPIENT,
        SEAL_USE,
        SEAL_OUT,
        SEAL_RETURN,
        SEAL_DUE,
        SEAL_MATTER,
        SEAL_TAKEN_BY,
    }
)
"""Every property that is read here."""
CONDITIONS = frozenset({NUMBER_IF, FREEZE_IF, SERVICE_IF})
"""Those that are FEEL with or without ``=``."""


def parts(text: str) -> list[str]:
    """Return the parts of a list parted by commas."""
    return [part.strip() for part in text.replace("，", ",").split(",") if part.strip()]


class Said:
    """The properties of one element, evaluated in what it sees when it is left."""

    def __init__(
        self,
        node: FlowNode,
        context: Mapping[str, object],
        now: datetime,
        functions: Mapping[str, Callable[..., object]],
    ) -> None:
        self._properties = node.properties
        self._node = node
        self.context = context
        self._now = now.astimezone(LEGAL_ZONE)
        self._functions = functions

    @property
    def name(self) -> str:
        """What people call the element."""
        return self._node.name or self._node.id

    def has(self, name: str) -> bool:
        """Return whether a property is there and not empty."""
        return bool(self._properties.get(name, "").strip())

    def raw(self, name: str, default: str = "") -> str:
        """Return a property as it is written."""
        return self._properties.get(name, default).strip()

    def holds(self, name: str) -> bool:
        """Return whether a condition holds; one that is not there does."""
        if not self.has(name):
            return True
        value = self._evaluate(name, self.raw(name).removeprefix("="))
        if value is True or value is False:
            return bool(value)
        if value is None:
            return False
        raise self._unfit(name, value, "是或否")

    def value(self, name: str) -> Any:
        """Return a property's value as JSON: FEEL after ``=``, else the text; None where it is not there."""
        source = self.raw(name)
        if not source:
            return None
        return to_json(self._evaluate(name, source[1:])) if source.startswith("=") else source

    def text(self, name: str) -> str | None:
        """Return a property's value as a text; None where there is none. Raises IssuingRefused for another kind."""
        value = self.value(name)
        if value is None or value == "":
            return None
        if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
            raise self._unfit(name, value, "文字")
        return str(value)

    def variable(self, *names: str) -> Any:
        """Return the first of these variables that has a value."""
        for name in names:
            value = self.context.get(name)
            if value not in (None, ""):
                return to_json(value)
        return None

    def words(self, *names: str) -> str | None:
        """Return the first of these variables that has a value, as a text."""
        value = self.variable(*names)
        return None if value is None or isinstance(value, dict | list) else str(value)

    def refused(self, message: str) -> IssuingRefused:
        """Return the error that says what is wrong at this element."""
        return IssuingRefused(f"“{self.name}”{message}")

    def _evaluate(self, name: str, source: str) -> Any:
        try:
            return compile_expression(source).evaluate(self.context, now=self._now, functions=self._functions)
        except FeelError as error:
            raise self.refused(f"的属性 {name} 无法求值：{error}。请检查流程图。") from error

    def _unfit(self, name: str, value: Any, wanted: str) -> IssuingRefused:
        return self.refused(f"的属性 {name} 应得到{wanted}，却得到 {value}。请检查流程图。")


def day_of(value: Any) -> date | None:
    """Return a date that a form gave as text (of a moment, its day in Asia/Shanghai); None where it is none."""
    text = str(value)
    try:
        if len(text) > 10:
            moment = datetime.fromisoformat(text)
            return moment.date() if moment.tzinfo is None else moment.astimezone(LEGAL_ZONE).date()
        return date.fromisoformat(text)
    except (ValueError, OverflowError):
        return None


def moment_of(value: Any) -> datetime | None:
    """Return a moment that a form gave as text; a date means the end of that day in Asia/Shanghai; else None."""
    text = str(value)
    try:
        moment = datetime.fromisoformat(text if len(text) > 10 else f"{text}T23:59:59")
        return in_legal_zone(moment).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
