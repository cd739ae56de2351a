"""Context functions (DMN 1.5, Table 81)."""

from __future__ import annotations

from engine.feel.builtins.registry import builtin
from engine.feel.errors import FeelDomainError
from engine.feel.limits import check_size
from engine.feel.values import Value

Context = dict[str, Value]


@builtin("get value(m: context, key: string) -> Any")
def get_value(m: Context, key: str) -> Value:
    """Return the value of an entry; null if there is none."""
    return m.get(key)


@builtin("get entries(m: context) -> list")
def get_entries(m: Context) -> list[Value]:
    """Return the entries as a list of contexts with ``key`` and ``value``."""
    return [{"key": key, "value": value} for key, value in m.items()]


@builtin("context(entries: list) -> Any")
def context(entries: list[Value]) -> Context:
    """Return the context made of entries with ``key`` and ``value``; a key may come once."""
    result: Context = {}
    for entry in entries:
        if not isinstance(entry, dict) or "value" not in entry or not isinstance(entry.get("key"), str):
            raise FeelDomainError("每一项都应有字符串 key 和 value")
        if entry["key"] in result:
            raise FeelDomainError(f"键「{entry['key']}」重复")
        result[entry["key"]] = entry["value"]
    return result


@builtin("context put(context: context, key: string, value: any) -> Any")
def context_put(target: Context, key: str, value: Value) -> Context:
    """Return the context with an entry added or overridden in its place."""
    check_size(len(target))
    return {**target, key: value}


@builtin("context put(context: context, keys: list, value: any) -> Any")
def context_put_nested(target: Context, keys: list[Value], value: Value) -> Context:
    """Return the context with the entry at the end of a path of keys added or overridden."""
    if not keys or not all(isinstance(key, str) for key in keys):
        raise FeelDomainError("keys 应是非空的字符串列表")
    path = [target]
    for key in keys[:-1]:
        inner = path[-1].get(key)
        if not isinstance(inner, dict):
            raise FeelDomainError(f"「{key}」不是上下文")
        path.append(inner)
    for inner, key in zip(reversed(path), reversed(keys), strict=True):
        value = {**inner, key: value}
    result: Context = value
    return result


@builtin("context merge(contexts: list) -> Any")
def context_merge(contexts: list[Value]) -> Context:
    """Return one context of all entries, later ones overriding."""
    result: Context = {}
    for item in contexts:
        if not isinstance(item, dict):
            raise FeelDomainError("列表里应全是上下文")
        result.update(item)
    return result
