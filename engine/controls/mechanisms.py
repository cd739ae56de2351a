"""The mechanisms of controls: each checks its settings when the register is read, and says what it finds missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fnmatch import fnmatchcase
from typing import Any

from engine.controls.situation import Signed, Situation
from engine.feel import compile_expression
from engine.feel.bureau import bureau_functions
from engine.feel.expression import Expression

_NAMES = ("clock due", "add working days", "working days between", "is working day", *bureau_functions())
"""Functions with spaces that expressions of the register may call."""


def compiled(source: str) -> Expression:
    """Return the compiled expression. Raises FeelSyntaxError."""
    return compile_expression(source.removeprefix("="), names=_NAMES)


def holds(source: str, situation: Situation) -> bool:
    """Return whether an expression gives true; null and anything else is no."""
    value = compiled(source).evaluate(situation.context(), now=situation.now, functions=situation.functions)
    return value is True


@dataclass(frozen=True, slots=True)
class Mechanism:
    """``check`` raises ValueError for settings that make no sense; ``find`` gives what is wrong, None if nothing."""

    check: Callable[[Any], None]
    find: Callable[[Any, Situation], str | None]


def _check_feel(settings: Any) -> None:
    compiled(_text(settings, "feel"))


def _find_feel(settings: Any, situation: Situation) -> str | None:
    return None if holds(settings, situation) else "条件不成立"


def _check_duties(settings: Any) -> None:
    if len(_texts(settings, "separation")) < 2:
        raise ValueError("separation 至少要两项职责")


def _find_same_person(settings: Sequence[str], situation: Situation) -> str | None:
    """Duties that one person must not hold both; ``发起`` is the initiator's, an element id stands for itself."""
    mine = {duty for duty in settings if _has(duty, situation.element_id, situation.duty)}
    if not mine:
        return None
    if "发起" in settings and "发起" not in mine and situation.initiator_id in situation.actors:
        return f"{situation.actor_name}是发起人，不能再办理此项"
    for each in situation.done:
        other = {duty for duty in settings if _has(duty, each.element_id, each.duty)} - mine
        if other and each.actor_id in situation.actors:
            return f"{situation.actor_name}已办理“{'、'.join(sorted(other))}”，不能再办理“{'、'.join(sorted(mine))}”"
    return None


def _check_order(settings: Any) -> None:
    _texts(settings["first"], "order.first")


def _find_missing_step(settings: Mapping[str, Any], situation: Situation) -> str | None:
    """Steps (element ids or duties) that must have been done, with an outcome where one is asked for."""
    missing = [step for step in settings["first"] if not _was_done(step, settings.get("outcome"), situation.done)]
    return f"尚未完成：{'、'.join(missing)}" if missing else None


def _check_papers(settings: Any) -> None:
    for paper in settings if isinstance(settings, list) else [None]:
        if not isinstance(paper, Mapping) or not paper.get("name"):
            raise ValueError("papers 应为列表，每项有 name（变量）和 label（名称）")
        if paper.get("when"):
            compiled(str(paper["when"]))


def _find_missing_papers(settings: Sequence[Mapping[str, Any]], situation: Situation) -> str | None:
    """Papers that must be there: variables neither empty nor false; ``when`` says which variant needs one."""
    missing = [
        str(paper.get("label") or paper["name"])
        for paper in settings
        if (not paper.get("when") or holds(str(paper["when"]), situation))
        and situation.variables.get(paper["name"]) in (None, "", False, [], {})
    ]
    return f"缺少：{'、'.join(missing)}" if missing else None


def _check_count(settings: Any) -> None:
    if type(settings) is not int or settings < 1:
        raise ValueError("once 应为次数（正整数）")


def _find_repeated(settings: int, situation: Situation) -> str | None:
    times = sum(each.element_id == situation.element_id for each in situation.done)
    return f"已办理 {times} 次，最多 {settings} 次" if times >= settings else None


def _check_draw(settings: Any) -> None:
    _check_count(settings.get("size"))


def _find_missing_draw(settings: Mapping[str, Any], situation: Situation) -> str | None:
    """The case's last draw must have the right size."""
    if not situation.draws:
        return "尚未随机抽取专家"
    last = situation.draws[-1]
    return None if last.drawn == settings["size"] else f"应抽取 {settings['size']} 名，实有 {last.drawn} 名"


def _check_split(settings: Any) -> None:
    for name in ("payee", "amount", "days", "thresholds"):
        if name not in settings:
            raise ValueError(f"split_payments 缺少 {name}")
    if not all(isinstance(each, int) for each in (settings["days"], *settings["thresholds"])):
        raise ValueError("split_payments 的 days、thresholds 应为整数")


def _find_split(settings: Mapping[str, Any], situation: Situation) -> str | None:
    """Payments to one payee that stay below a threshold each and exceed it together."""
    own = _amount(situation.variables.get(settings["amount"]))
    if own is None or situation.variables.get(settings["payee"]) in (None, ""):
        return None
    others = situation.payments(settings)
    together = own + sum((payment.amount for payment in others), Decimal(0))
    for threshold in sorted(settings["thresholds"], reverse=True):
        if own < threshold <= together:
            payee = situation.variables[settings["payee"]]
            return (
                f"{settings['days']}日内向“{payee}”支付 {len(others) + 1} 笔，合计 {together} 元，达到 {threshold} 元"
            )
    return None


def _check_roles(settings: Any) -> None:
    if len(_texts(settings, "exclusive_roles")) < 2:
        raise ValueError("exclusive_roles 至少要两个角色")


def _find_both_roles(settings: Sequence[str], situation: Situation) -> str | None:
    """Roles (patterns) of which nobody may hold two."""
    held = [role for role in settings if any(fnmatchcase(group, role) for group in situation.groups)]
    return f"{situation.actor_name}同时任 {'、'.join(held)}" if len(held) > 1 else None


def _check_text(settings: Any) -> None:
    _text(settings, "attest/elsewhere")


MECHANISMS: Mapping[str, Mechanism] = {
    "feel": Mechanism(_check_feel, _find_feel),
    "separation": Mechanism(_check_duties, _find_same_person),
    "order": Mechanism(_check_order, _find_missing_step),
    "papers": Mechanism(_check_papers, _find_missing_papers),
    "once": Mechanism(_check_count, _find_repeated),
    "draw": Mechanism(_check_draw, _find_missing_draw),
    "split_payments": Mechanism(_check_split, _find_split),
    "exclusive_roles": Mechanism(_check_roles, _find_both_roles),
    "attest": Mechanism(_check_text, lambda settings, situation: str(settings)),
    "elsewhere": Mechanism(_check_text, lambda settings, situation: None),
}
"""By the key an entry of the register has."""


def _has(duty: str, element_id: str, own: str | None) -> bool:
    return duty in (own, element_id)


def _was_done(step: str, outcome: str | None, done: Sequence[Signed]) -> bool:
    found = [each for each in done if _has(step, each.element_id, each.duty)]
    return bool(found) and (outcome is None or found[-1].outcome == outcome)


def _amount(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def _text(value: Any, name: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{name} 应为文字")
    return value


def _texts(value: Any, name: str) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise ValueError(f"{name} 应为文字列表")
    return value
