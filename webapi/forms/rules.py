"""The checks of an input's value, in the viewer's order, with messages in the page's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from webapi.forms.conditions import evaluate
from webapi.forms.patterns import EMAIL, PHONE, PatternUnreadable, compile_pattern
from webapi.forms.scripting import length, number_of, text_of, trim, truthy

Context = Mapping[str, Any]
Validation = Mapping[str, Any]

REQUIRED = "请填写此项。"


def number_messages(component: Mapping[str, Any], value: Any) -> Iterator[str]:
    """Yield what is wrong with a number's decimals and steps; zero and nothing pass."""
    number = number_of(value)
    if number is None or not truthy(value):
        return
    digits = component.get("decimalDigits")
    if isinstance(digits, int) and digits >= 0 and _decimals(number) > digits:
        yield "请填写整数。" if digits == 0 else f"最多 {digits} 位小数。"
    step = number_of(component.get("increment"))
    if step:
        rest = number % step
        if rest:
            before = number - rest
            yield f"请填写有效的数值，最接近的是 {_shown(before)} 和 {_shown(before + step)}。"


def preset_messages(validation: Validation, value: Any, context: Context) -> Iterator[str]:
    """Yield what is wrong by the form's rules for the input."""
    yield from _pattern_messages(validation, value)
    if validation.get("required") and (value is None or value == "" or value is False or value == []):
        yield REQUIRED
    yield from _bound_messages(validation, value, context)
    yield from _length_messages(validation, value, context)
    if truthy(value) and validation.get("validationType") == "phone" and not PHONE.search(text_of(value)):
        yield "请填写带国家或地区代码的电话号码（例如 +8643112345678）。"
    if truthy(value) and validation.get("validationType") == "email" and not EMAIL.fullmatch(text_of(value)):
        yield "请填写有效的电子邮箱地址。"


def _pattern_messages(validation: Validation, value: Any) -> Iterator[str]:
    source = validation.get("pattern")
    if not isinstance(source, str) or not source or not truthy(value):
        return
    try:
        matches = compile_pattern(source).search(text_of(value)) is not None
    except PatternUnreadable:
        yield "表单设置的格式不能识别，请告知管理员。"
        return
    if not matches:
        yield validation.get("patternErrorMessage") or f"格式不正确，应符合 {source}。"


def _bound_messages(validation: Validation, value: Any, context: Context) -> Iterator[str]:
    if not truthy(value) and (value != 0 or isinstance(value, bool)):
        return
    for name, word in (("min", "小"), ("max", "大")):
        bound = evaluate(validation.get(name), context)
        if bound is None:
            continue
        limit, number = number_of(bound), number_of(value)
        if limit is None or number is None:
            yield f"表单设置的最{word}值不是数字，请告知管理员。"
        elif (number < limit) if name == "min" else (number > limit):
            yield f"不能{'小' if name == 'min' else '大'}于 {_shown(limit)}。"


def _length_messages(validation: Validation, value: Any, context: Context) -> Iterator[str]:
    if not isinstance(value, str) or not value:
        return
    for name, word in (("minLength", "少于"), ("maxLength", "超过")):
        limit = number_of(evaluate(validation.get(name), context))
        if limit is None:
            continue
        count = length(trim(value))
        if (count < limit) if name == "minLength" else (count > limit):
            yield f"不能{word} {_shown(limit)} 个字。"


def _decimals(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _shown(number: Decimal) -> str:
    return f"{number.normalize():f}"
