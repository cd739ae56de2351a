"""Scenarios: examples that must hold, in a YAML file beside the diagram.

A scenario acts only as people and time can: it starts a case, completes or returns user tasks, lets time pass,
sends messages. Then it says what must have come of it. See docs/scenarios.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from engine.clock import in_legal_zone
from engine.errors import InvalidInput, Place

SUFFIX = ".scenarios.yaml"

STEPS = {
    "do": {"do", "by", "form", "opinion", "of", "refused", "acknowledge"},
    "return": {"return", "by", "to", "reason", "direct", "of", "refused"},
    "wait": {"wait"},
    "until": {"until"},
    "message": {"message", "key", "variables"},
    "work": {"work", "variables", "error", "fail"},
    "expect": {"expect"},
}
"""Kinds of steps by their leading word, with the words each may have."""

_NEEDED = {"do": ("by",), "return": ("by", "to", "reason")}

EXPECTATIONS: Mapping[str, type[Any]] = {
    "end": str,
    "ends": list,
    "path": list,
    "avoids": list,
    "decisions": dict,
    "variables": dict,
    "due": dict,
    "tasks": list,
    "state": str,
    "outcomes": dict,
    "provisional": list,
}
"""What a scenario may expect, and of which kind: a word where a list belongs would be compared letter by letter."""

_KINDS: Mapping[type[Any], str] = {str: "文字", list: "列表", dict: "映射"}


class ScenarioInvalid(InvalidInput):
    """A scenario file is not as it should be."""

    code = "rehearsal.scenario-invalid"


@dataclass(frozen=True, slots=True)
class Scenario:
    """One example. Moments without a zone are Asia/Shanghai."""

    procedure: str
    name: str
    now: datetime
    start: Mapping[str, Any]
    steps: Sequence[Mapping[str, Any]] = field(default_factory=tuple)
    expect: Mapping[str, Any] = field(default_factory=dict)
    file: str = ""


def read_scenarios(path: Path) -> list[Scenario]:
    """Read a scenario file; raise ScenarioInvalid with everything that is wrong in the first bad scenario."""
    try:
        data = yaml.safe_load(path.read_text("utf-8"))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = Place(path.name, None if mark is None else mark.line + 1)
        raise ScenarioInvalid(f"不是有效的 YAML：{error}", place=place) from error
    if not isinstance(data, dict) or not isinstance(data.get("scenarios"), list) or not data.get("procedure"):
        raise ScenarioInvalid("应有 procedure 和 scenarios 列表。", place=Place(path.name))
    return [_scenario(path, str(data["procedure"]), item) for item in data["scenarios"]]


def moment(value: Any) -> datetime:
    """Return a moment written in a scenario: an ISO 8601 text or what YAML makes of one; raise ScenarioInvalid."""
    try:
        found = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError as error:
        raise ScenarioInvalid(f"{value} 不是日期时间（例如 2026-11-23T09:00）。") from error
    return in_legal_zone(found)


def _scenario(path: Path, procedure: str, item: Any) -> Scenario:
    name = str(item.get("name", "")) if isinstance(item, dict) else ""
    problems = list(_problems(item))
    if problems:
        raise ScenarioInvalid(f"情景“{name}”有误：{'；'.join(problems)}", place=Place(path.name))
    return Scenario(
        procedure,
        name,
        moment(item["now"]),
        dict(item["start"]),
        tuple(dict(step) for step in item.get("steps") or ()),
        dict(item.get("expect") or {}),
        path.as_posix(),
    )


def _problems(item: Any) -> list[str]:
    if not isinstance(item, dict):
        return ["应为映射"]
    problems = [f"缺少 {word}" for word in ("name", "now", "start") if word not in item]
    problems += [f"不认识 {word}" for word in item.keys() - {"name", "now", "start", "steps", "expect"}]
    start = item.get("start", {"by": ""})
    if not isinstance(start, dict) or "by" not in start:
        problems.append("start 应写明 by")
    elif not isinstance(start.get("form") or {}, dict):
        problems.append("start 的 form 应为映射")
    steps = item.get("steps") or ()
    if not isinstance(steps, list | tuple):
        return [*problems, "steps 应为列表"]
    for number, step in enumerate(steps, start=1):
        problems += [f"第 {number} 步{problem}" for problem in _step_problems(step)]
    return problems + _expectation_problems(item.get("expect"))


def _expectation_problems(expected: Any) -> list[str]:
    if not isinstance(expected or {}, dict):
        return ["expect 应为映射"]
    problems = [f"expect 中不认识 {word}" for word in (expected or {}).keys() - EXPECTATIONS.keys()]
    for word, kind in EXPECTATIONS.items():
        if not isinstance((expected or {}).get(word, kind()), kind):
            problems.append(f"expect 的 {word} 应为{_KINDS[kind]}")
    return problems


def _step_problems(step: Any) -> list[str]:
    if not isinstance(step, dict):
        return ["应为映射"]
    kinds = [kind for kind in STEPS if kind in step]
    if len(kinds) != 1:
        return [f"应恰有 {'、'.join(STEPS)} 之一"]
    problems = [f"不认识 {word}" for word in step.keys() - STEPS[kinds[0]]]
    problems += [f"缺少 {word}" for word in _NEEDED.get(kinds[0], ()) if word not in step]
    if not isinstance(step.get("form") or {}, dict):
        problems.append(" form 应为映射")
    if kinds[0] == "expect":
        problems += _expectation_problems(step["expect"])
    return problems
