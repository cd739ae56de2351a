"""Reading the register from YAML: every mistake at once, each with its line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from engine.controls.mechanisms import MECHANISMS, compiled
from engine.controls.registry import Control, ControlsInvalid, Override, Registry, Strength, Watch, Words
from engine.errors import Place
from engine.feel import FeelError
from engine.history.chain import sm3

_LARGEST = 500_000
_LINE = "__line__"
_KNOWN = {"id", "title", "strength", "words", "basis", "owner", "watch", "override", "when", _LINE}


class _Loader(yaml.SafeLoader):
    """Keeps the line of each mapping."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    return {**loader.construct_mapping(node, deep=True), _LINE: node.start_mark.line + 1}


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read_registry(text: str, name: str = "organisation/controls.yaml") -> Registry:
    """Return the register written in ``text``. Raises ControlsInvalid with every mistake and its line."""
    if len(text) > _LARGEST:
        raise ControlsInvalid("控制登记册过大，请检查是否选错文件。", place=Place(name))
    try:
        data = yaml.load(text, Loader=_Loader)  # noqa: S506 - a subclass of SafeLoader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = Place(name, mark.line + 1 if mark else None)
        raise ControlsInvalid(f"控制登记册不是合法的 YAML：{error}", place=place) from error
    entries = data.get("controls") if isinstance(data, dict) else None
    if not isinstance(entries, list):
        raise ControlsInvalid("控制登记册的顶层应为 controls 列表。", place=Place(name, 1))
    problems: list[dict[str, Any]] = []
    controls: dict[str, Control] = {}
    for entry in entries:
        _add(entry, controls, problems)
    if problems:
        told = "；".join(f"第 {problem['line']} 行 {problem['message']}" for problem in problems)
        raise ControlsInvalid(
            f"控制登记册有误：{told}", place=Place(name, problems[0]["line"]), details={"problems": problems}
        )
    return Registry(sm3(text.encode()), controls)


def _add(entry: Any, controls: dict[str, Control], problems: list[dict[str, Any]]) -> None:
    line = entry.get(_LINE, 1) if isinstance(entry, dict) else 1
    try:
        control = _control(entry, line)
        if control.id in controls:
            raise ValueError(f"编号 {control.id} 出现两次")
        controls[control.id] = control
    except (KeyError, TypeError, ValueError, FeelError) as error:
        reason = f"缺少 {error}" if isinstance(error, KeyError) else str(error)
        problems.append({"line": line, "message": f"[{_id_of(entry)}] {reason}"})


def _control(entry: Any, line: int) -> Control:
    if not isinstance(entry, dict):
        raise TypeError("每项控制应为一组键值")
    mechanisms = sorted(entry.keys() & MECHANISMS.keys())
    strange = sorted(map(str, entry.keys() - _KNOWN - MECHANISMS.keys()))
    if strange:
        raise ValueError(f"不认识的键 {'、'.join(strange)}")
    if len(mechanisms) != 1:
        raise ValueError(f"须恰有一种机制（{'、'.join(sorted(MECHANISMS))}），现有 {len(mechanisms)} 种")
    mechanism = mechanisms[0]
    settings = _plain(entry[mechanism])
    MECHANISMS[mechanism].check(settings)
    when = entry.get("when")
    if when is not None:
        compiled(str(when))
    words = tuple(Words(int(each["line"]), str(each["text"])) for each in entry.get("words") or ())
    basis = str(entry.get("basis") or "")
    if not words and not basis:
        raise ValueError("须有清单原文 words 或依据 basis")
    return Control(
        id=str(entry["id"]),
        title=str(entry["title"]),
        strength=_strength(entry["strength"]),
        words=words,
        basis=basis,
        owner=str(entry.get("owner") or ""),
        watch=_watch(_plain(entry.get("watch") or {})),
        override=_override(entry.get("override")),
        when=None if when is None else str(when),
        mechanism=mechanism,
        settings=settings,
        line=line,
    )


def _strength(value: Any) -> Strength:
    if value not in {each.value for each in Strength}:
        raise ValueError(f"强度 {value} 不认识，应为 {'、'.join(each.value for each in Strength)}")
    return Strength(value)


def _watch(given: Mapping[str, Any]) -> Watch:
    strange = given.keys() - {"procedures", "elements", "duties", "start"}
    if strange:
        raise ValueError(f"watch 中不认识的键 {'、'.join(sorted(strange))}")
    return Watch(
        tuple(map(str, given.get("procedures") or ())),
        tuple(map(str, given.get("elements") or ())),
        tuple(map(str, given.get("duties") or ())),
        given.get("start") is True,
    )


def _override(given: Any) -> Override | None:
    if given is None:
        return None
    if not isinstance(given, dict) or not isinstance(given.get("by"), list) or not given["by"]:
        raise ValueError("override 须有 by：可以批准的角色列表")
    return Override(tuple(map(str, given["by"])))


def _plain(value: Any) -> Any:
    """Without the lines of the mappings inside."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items() if key != _LINE}
    return [_plain(each) for each in value] if isinstance(value, list) else value


def _id_of(entry: Any) -> str:
    return str(entry.get("id", "？")) if isinstance(entry, dict) else "？"
