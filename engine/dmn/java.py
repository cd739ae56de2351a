"""Pure equivalents of well-known static Java methods, for external functions (DMN 1.5 clause 10.3.2.13.3).

Only methods whose meaning is the same here are listed; nothing is looked up, loaded or run. Arguments and results are
converted as Table 62 of the specification says; what cannot be converted makes the invocation null.
"""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from engine.feel import FeelDomainError

Value = Any
JavaFunction = Callable[[Sequence[Value]], Value]

_SIGNATURE = re.compile(r"^([A-Za-z_]\w*)\((.*)\)$")
_INTEGERS = {"byte": 7, "short": 15, "int": 31, "long": 63}
_BOXES = {
    "java.lang.Byte": "byte",
    "java.lang.Short": "short",
    "java.lang.Integer": "int",
    "java.lang.Long": "long",
    "java.lang.Float": "float",
    "java.lang.Double": "double",
    "java.lang.Character": "char",
    "java.lang.Boolean": "boolean",
    "java.lang.String": "String",
}


def find(mapping: Value) -> JavaFunction | None:
    """The equivalent of the method that ``{class, method signature}`` names; None if there is none."""
    if not isinstance(mapping, Mapping):
        return None
    owner, signature = mapping.get("class"), mapping.get("method signature")
    if not isinstance(owner, str) or not isinstance(signature, str):
        return None
    match = _SIGNATURE.match("".join(signature.split()))
    if match is None:
        return None
    types = tuple(_BOXES.get(name, name) for name in match.group(2).split(",") if name)
    return _METHODS.get((owner.strip(), match.group(1), types))


def table() -> dict[str, Callable[..., Value]]:
    """All equivalents under the names FEEL looks for: ``class.method(types)``, as commonly spelt."""
    full = {boxed: name for name, boxed in _BOXES.items() if boxed == "String"}
    return {
        f"{owner}.{method}({comma.join(full.get(kind, kind) for kind in types)})": _spread(function)
        for (owner, method, types), function in _METHODS.items()
        for comma in (",", ", ")
    }


def _spread(function: JavaFunction) -> Callable[..., Value]:
    return lambda *arguments: function(arguments)


def _to_java(value: Value, kind: str) -> Value:
    if kind in _INTEGERS:
        return _integer(value, kind)
    if kind in ("double", "float"):
        if not isinstance(value, Decimal):
            raise FeelDomainError(f"外部函数的参数应为数字（{kind}）")
        return float(value)
    if kind == "char":
        if not isinstance(value, str) or len(value) != 1:
            raise FeelDomainError("外部函数的参数应为一个字符（char）")
        return value
    if not isinstance(value, bool if kind == "boolean" else str):
        raise FeelDomainError(f"外部函数的参数应为 {kind}")
    return value


def _integer(value: Value, kind: str) -> int:
    if not isinstance(value, Decimal) or value != value.to_integral_value():
        raise FeelDomainError(f"外部函数的参数应为整数（{kind}）")
    number = int(value)
    if not -(2 ** _INTEGERS[kind]) <= number < 2 ** _INTEGERS[kind]:
        raise FeelDomainError(f"外部函数的参数超出 {kind} 的范围")
    return number


def _from_java(value: Value, single: bool) -> Value:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            raise FeelDomainError("外部函数的结果不是有限的数")
        return Decimal(_shortest_float(value) if single else repr(value))
    return Decimal(value)


def _shortest_float(value: float) -> str:
    """The shortest decimal that reads back as the same 32-bit float, as Java prints it."""
    try:
        packed: bytes = struct.pack("f", value)
    except OverflowError as error:
        raise FeelDomainError("外部函数的结果超出 float 的范围") from error
    for digits in range(1, 10):
        text = f"{value:.{digits}g}"
        if struct.pack("f", float(text)) == packed:
            return text
    return repr(value)


def _method(types: tuple[str, ...], function: Callable[..., Value], single: bool) -> JavaFunction:
    def call(arguments: Sequence[Value]) -> Value:
        if len(arguments) != len(types):
            raise FeelDomainError(f"外部函数需要 {len(types)} 个参数")
        converted = [_to_java(value, kind) for value, kind in zip(arguments, types, strict=True)]
        try:
            return _from_java(function(*converted), single)
        except (ValueError, ArithmeticError) as error:
            raise FeelDomainError("外部函数对这些参数没有结果") from error

    return call


def _java_format(*arguments: Value) -> str:
    """``String.format`` for ``%s``, ``%d`` and ``%%`` only: the rest of Java's formatting is not the same here."""
    text, *values = arguments
    rest = iter(values)

    def replace(match: re.Match[str]) -> str:
        if match.group() == "%%":
            return "%"
        value = next(rest, None)
        if match.group() == "%s" and isinstance(value, str):
            return value
        if match.group() == "%d" and isinstance(value, Decimal) and value == value.to_integral_value():
            return str(int(value))
        raise FeelDomainError("String.format 只支持 %s（文字）、%d（整数）和 %%")

    return re.sub(r"%.?", replace, str(text))


def _format(arguments: Sequence[Value]) -> Value:
    if not arguments or not isinstance(arguments[0], str):
        raise FeelDomainError("String.format 的第一个参数应为文字")
    values = arguments[1] if len(arguments) == 2 and isinstance(arguments[1], list) else arguments[1:]
    return _java_format(arguments[0], *values)


_INTEGER_TEXT = re.compile(r"^[+-]?[0-9]+$")
_FLOAT_TEXT = re.compile(r"^\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?[fFdD]?\s*$")


def _parse_integer(kind: str) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not _INTEGER_TEXT.match(text):
            raise ValueError(text)
        return _integer(Decimal(text), kind)

    return parse


def _parse_float(text: str) -> float:
    if not _FLOAT_TEXT.match(text):
        raise ValueError(text)
    return float(text.strip().rstrip("fFdD"))


def _methods() -> dict[tuple[str, str, tuple[str, ...]], JavaFunction]:
    methods: dict[tuple[str, str, tuple[str, ...]], JavaFunction] = {}

    def add(owner: str, name: str, types: tuple[str, ...], function: Callable[..., Value]) -> None:
        methods[(owner, name, types)] = _method(types, function, "float" in types or owner == "java.lang.Float")

    _add_math(add)
    for kind, owner in (("byte", "Byte"), ("short", "Short"), ("int", "Integer"), ("long", "Long")):
        add(f"java.lang.{owner}", "valueOf", (kind,), lambda value: value)
        add(f"java.lang.{owner}", "valueOf", ("String",), _parse_integer(kind))
        add(f"java.lang.{owner}", f"parse{owner if owner != 'Integer' else 'Int'}", ("String",), _parse_integer(kind))
    for kind, owner in (("float", "Float"), ("double", "Double")):
        add(f"java.lang.{owner}", "valueOf", (kind,), lambda value: value)
        add(f"java.lang.{owner}", "valueOf", ("String",), _parse_float)
        add(f"java.lang.{owner}", f"parse{owner}", ("String",), _parse_float)
    for kind in ("byte", "short", "int", "long"):
        add("java.lang.String", "valueOf", (kind,), str)
    add("java.lang.String", "valueOf", ("char",), str)
    add("java.lang.String", "valueOf", ("boolean",), lambda value: "true" if value else "false")
    methods[("java.lang.String", "format", ("String", "[Ljava.lang.Object;"))] = _format
    return methods


def _add_math(add: Callable[[str, str, tuple[str, ...], Callable[..., Value]], None]) -> None:
    owner = "java.lang.Math"
    for kind in ("int", "long", "float", "double"):
        add(owner, "max", (kind, kind), max)
        add(owner, "min", (kind, kind), min)
        add(owner, "abs", (kind,), abs)
    unary: dict[str, Callable[[float], float]] = {
        "sin": math.sin,
        "cos": math.cos,
        "tan": math.tan,
        "asin": math.asin,
        "acos": math.acos,
        "atan": math.atan,
        "sinh": math.sinh,
        "cosh": math.cosh,
        "tanh": math.tanh,
        "exp": math.exp,
        "log": math.log,
        "log10": math.log10,
        "sqrt": math.sqrt,
        "cbrt": math.cbrt,
        "toRadians": math.radians,
        "toDegrees": math.degrees,
        "ceil": lambda value: float(math.ceil(value)),
        "floor": lambda value: float(math.floor(value)),
        "signum": lambda value: math.copysign(1.0, value) if value else 0.0,
    }
    for name, function in unary.items():
        add(owner, name, ("double",), function)
    add(owner, "pow", ("double", "double"), math.pow)
    add(owner, "atan2", ("double", "double"), math.atan2)
    add(owner, "hypot", ("double", "double"), math.hypot)
    add(owner, "round", ("double",), lambda value: math.floor(value + 0.5))


_METHODS = _methods()
