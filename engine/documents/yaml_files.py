"""Reading lists of the organisation's data from YAML: every mistake at once, each with its line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import yaml

from engine.errors import InvalidInput, Place

LARGEST = 500_000
LINE = "__line__"

Entry = TypeVar("Entry")


class OrganisationFileInvalid(InvalidInput):
    """A file of the organisation's data has mistakes; ``details['problems']`` has them all, each with its line."""

    code = "documents.organisation-file-invalid"


class _Loader(yaml.SafeLoader):
    """Keeps the line of each mapping."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    return {**loader.construct_mapping(node, deep=True), LINE: node.start_mark.line + 1}


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read_top(text: str, name: str) -> dict[str, Any]:
    """Return the mapping at the top of a file, every mapping with its ``LINE``. Raises OrganisationFileInvalid."""
    if len(text) > LARGEST:
        raise OrganisationFileInvalid("文件过大，请检查是否选错文件。", place=Place(name))
    try:
        data = yaml.load(text, Loader=_Loader)  # noqa: S506 - a subclass of SafeLoader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = Place(name, mark.line + 1 if mark else None)
        raise OrganisationFileInvalid(f"{name} 不是合法的 YAML：{error}", place=place) from error
    if not isinstance(data, dict):
        raise OrganisationFileInvalid(f"{name} 的顶层应为一组键值。", place=Place(name, 1))
    return data


def read_entries(
    data: Mapping[str, Any], key: str, name: str, build: Callable[[Mapping[str, Any]], Entry]
) -> dict[str, Entry]:
    """Return the entries of the list ``key`` by their ids, built one by one. Raises OrganisationFileInvalid.

    ``build`` says what is wrong with an entry by KeyError (what is missing), TypeError or ValueError.
    """
    entries = data.get(key)
    if not isinstance(entries, list):
        raise OrganisationFileInvalid(f"{name} 中应有 {key} 列表。", place=Place(name, 1))
    problems: list[dict[str, Any]] = []
    found: dict[str, Entry] = {}
    for entry in entries:
        line = entry.get(LINE, 1) if isinstance(entry, dict) else 1
        id_ = str(entry.get("id", "?")) if isinstance(entry, dict) else "?"
        try:
            if not isinstance(entry, dict):
                raise TypeError("每项应为一组键值")
            if id_ in found:
                raise ValueError("编号出现两次")
            found[id_] = build(entry)
        except (KeyError, TypeError, ValueError) as error:
            reason = f"缺少 {error.args[0]}" if isinstance(error, KeyError) else str(error)
            problems.append({"line": line, "message": f"[{id_}] {reason}"})
    if problems:
        told = "；".join(f"第 {problem['line']} 行 {problem['message']}" for problem in problems)
        place = Place(name, problems[0]["line"])
        raise OrganisationFileInvalid(f"{name} 有误：{told}", place=place, details={"problems": problems})
    return found


def known_only(entry: Mapping[str, Any], known: frozenset[str]) -> None:
    """Raise ValueError where an entry has a word that nothing reads: a misspelt one would silently do nothing."""
    strange = sorted(str(word) for word in entry if word not in known and word != LINE)
    if strange:
        raise ValueError(f"不认识 {'、'.join(strange)}")


def text_of(entry: Mapping[str, Any], word: str, default: str | None = None) -> str:
    """Return a text of an entry; raise KeyError without it, TypeError where it is something else."""
    value = entry[word] if default is None else entry.get(word, default)
    if not isinstance(value, str) or (default is None and not value.strip()):
        raise TypeError(f"{word} 应为文字")
    return value


def texts_of(entry: Mapping[str, Any], word: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return a list of texts of an entry; raise TypeError where it is something else."""
    value = entry.get(word, list(default))
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise TypeError(f"{word} 应为文字列表")
    return tuple(value)
