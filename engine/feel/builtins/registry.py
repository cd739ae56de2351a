"""How built-in functions are declared and called: signatures, parameter domains and implicit conversions.

A signature reads ``name(parameter: domain, optional?: domain, repeated...: domain) -> type``. A built-in may have
several; the first whose parameters fit is run (DMN 1.5, 10.3.2.13.1).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from engine.feel.errors import FeelDomainError
from engine.feel.runtime import Root
from engine.feel.types import ANY_LIST, SIMPLE_TYPES, FeelType, ListType
from engine.feel.values import (
    DaysTimeDuration,
    FarDate,
    FeelDateTime,
    FeelTime,
    Function,
    Range,
    Value,
    YearsMonthsDuration,
)

_DOMAINS: dict[str, tuple[type, ...]] = {
    "number": (Decimal,),
    "string": (str,),
    "boolean": (bool,),
    "list": (list,),
    "context": (dict,),
    "function": (Function,),
    "range": (Range,),
    "date": (date, FarDate),
    "time": (FeelTime,),
    "date and time": (FeelDateTime,),
    "day": (date, FarDate, FeelDateTime),
    "duration": (DaysTimeDuration, YearsMonthsDuration),
    "days duration": (DaysTimeDuration,),
    "point": (Decimal, str, date, FarDate, FeelTime, FeelDateTime, DaysTimeDuration, YearsMonthsDuration),
}
_CHINESE = {
    "number": "数字", "string": "字符串", "boolean": "布尔值", "list": "列表", "context": "上下文", "function": "函数",
    "range": "区间", "date": "日期", "time": "时间", "date and time": "日期时间", "day": "日期或日期时间",
    "duration": "时长", "days duration": "天时时长", "point": "可比较的值", "not null": "非空值",
}  # fmt: skip
_SIGNATURE = re.compile(r"(?P<name>[a-z ]+)\((?P<parameters>.*)\) -> (?P<result>.+)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter; ``nullable`` admits null where the domain would not."""

    name: str
    domain: str
    optional: bool
    variadic: bool
    nullable: bool

    def admit(self, value: Value) -> Value:
        """Return the argument, converted from or to a singleton list if need be, or raise FeelDomainError."""
        classes = _DOMAINS.get(self.domain)
        if classes is None:
            if self.domain == "not null" and value is None:
                raise FeelDomainError(f"参数「{self.name}」不能为空")
            return value
        if isinstance(value, classes) or (value is None and self.nullable):
            return value
        if self.domain == "list" and value is not None:
            return [value]
        if isinstance(value, list) and len(value) == 1 and isinstance(value[0], classes):
            return value[0]
        raise FeelDomainError(f"参数「{self.name}」应为{_CHINESE[self.domain]}")


@dataclass(frozen=True, slots=True)
class Signature:
    """One way to call a built-in."""

    parameters: tuple[Parameter, ...]
    run: Callable[..., Value]
    needs_root: bool

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the parameters, in order."""
        return tuple(parameter.name for parameter in self.parameters)

    @property
    def required(self) -> int:
        """How many arguments must be given by position."""
        return sum(not parameter.optional for parameter in self.parameters)

    def bind(self, arguments: list[Value], names: tuple[str, ...] | None) -> list[Value] | None:
        """Return the arguments in order and admitted; None if their number or names do not match."""
        if names is not None:
            return self._bind_names(dict(zip(names, arguments, strict=True)))
        parameters = self.parameters
        count = len(arguments)
        variadic = bool(parameters) and parameters[-1].variadic
        if count < self.required or (count > len(parameters) and not variadic):
            return None
        last = len(parameters) - 1
        return [parameters[min(index, last)].admit(value) for index, value in enumerate(arguments)]

    def _bind_names(self, given: dict[str, Value]) -> list[Value] | None:
        if not given.keys() <= {parameter.name for parameter in self.parameters}:
            return None
        bound: list[Value] = []
        for parameter in self.parameters:
            if parameter.name not in given and parameter.optional:
                bound.append(None)
            else:
                bound.append(parameter.admit(given.get(parameter.name)))
        return bound


class Builtin(Function):
    """A built-in function with one or more signatures."""

    __slots__ = ("signatures",)

    def __init__(self, name: str) -> None:
        super().__init__((), self._call_from_outside, (), None, name)
        self.signatures: list[Signature] = []

    def _call_from_outside(self, arguments: list[Value]) -> Value:
        return self.invoke(arguments, None, Root({}))

    def invoke(self, arguments: list[Value], names: tuple[str, ...] | None, root: Root) -> Value:
        """Run the first signature that fits; raises FeelDomainError if none does."""
        if names is not None and len(set(names)) < len(names):
            raise FeelDomainError("同一参数给了两次")
        problem: FeelDomainError | None = None
        for signature in self.signatures if names is None else self._by_order_of(names):
            try:
                bound = signature.bind(arguments, names)
            except FeelDomainError as found:
                problem = problem or found
                continue
            if bound is not None:
                return signature.run(root, *bound) if signature.needs_root else signature.run(*bound)
        raise problem or FeelDomainError(f"参数的个数或名称不对，应为 {self.signature()}")

    def _by_order_of(self, names: tuple[str, ...]) -> list[Signature]:
        """Return the signatures, those first whose parameters have these names in this order.

        ``before(point, range)`` and ``before(range, point)`` have the same names; only their order tells them apart.
        """
        return sorted(self.signatures, key=lambda signature: signature.names != names)


BUILTINS: dict[str, Builtin] = {}

_F = TypeVar("_F", bound=Callable[..., Value])


def builtin(*signatures: str, needs_root: bool = False) -> Callable[[_F], _F]:
    """Declare the function below as a built-in with these signatures; ``needs_root`` passes it the evaluation."""

    def register(function: _F) -> _F:
        for text in signatures:
            _declare(text, function, needs_root)
        return function

    return register


def _declare(text: str, function: Callable[..., Value], needs_root: bool) -> None:
    match = _SIGNATURE.fullmatch(text)
    if match is None:
        raise ValueError(f"not a signature: {text}")
    parameters = tuple(_parameter(part) for part in match["parameters"].split(", ") if part)
    entry = BUILTINS.setdefault(match["name"], Builtin(match["name"]))
    if not entry.signatures:
        entry.parameters = tuple(parameter.name for parameter in parameters)
        entry.parameter_types = tuple(_type(parameter.domain) for parameter in parameters)
        entry.return_type = _type(match["result"])
        entry.variadic = bool(parameters) and parameters[-1].variadic
    entry.signatures.append(Signature(parameters, function, needs_root))


def _parameter(text: str) -> Parameter:
    name, domain = text.split(": ")
    variadic, optional = name.endswith("..."), name.endswith("?")
    return Parameter(name.rstrip(".?"), domain.rstrip("?"), optional, variadic, domain.endswith("?"))


def _type(name: str) -> FeelType | None:
    if name.startswith("list<"):
        return ListType(SIMPLE_TYPES[name[5:-1]])
    return ANY_LIST if name == "list" else SIMPLE_TYPES.get(name)
