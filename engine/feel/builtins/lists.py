"""List functions (DMN 1.5, Table 75 and 10.3.4.9)."""

from __future__ import annotations

from decimal import Decimal
from functools import cmp_to_key

from engine.feel.builtins.registry import builtin
from engine.feel.calling import call
from engine.feel.equality import feel_equal
from engine.feel.errors import FeelDomainError
from engine.feel.limits import check_list, check_size
from engine.feel.numbers import to_index
from engine.feel.runtime import Root
from engine.feel.values import Function, Value

Items = list[Value]


def _place(position: Decimal, size: int) -> int:
    """Return the Python index of a position in [-size..size] without 0."""
    index = to_index(position)
    if index is None or index == 0 or abs(index) > size:
        raise FeelDomainError("位置应是非零整数，且在列表范围之内")
    return index - 1 if index > 0 else size + index


def slice_bounds(start: Decimal, length: Decimal | None, size: int) -> tuple[int, int]:
    """Return the Python bounds of ``length`` (or all) items from position ``start`` on."""
    begin = _place(start, size)
    if length is None:
        return begin, size
    count = int(length) if length < 10**15 else 10**15
    if not 1 <= count <= size - begin:
        raise FeelDomainError("长度应至少为 1,且不超过剩余部分")
    return begin, begin + count


class _Seen:
    """Values met so far: scalars by hash, others one by one."""

    def __init__(self, root: Root) -> None:
        self._root = root
        self._keys: set[object] = set()
        self._others: Items = []

    def is_new(self, value: Value) -> bool:
        """Return whether no equal value was met, and remember this one."""
        if isinstance(value, str | Decimal | bool) or value is None:
            key = (type(value), value)
            new = key not in self._keys
            self._keys.add(key)
            return new
        self._root.work(len(self._others))
        if any(feel_equal(value, other) is True for other in self._others):
            return False
        self._others.append(value)
        return True


@builtin("list contains(list: list, element: any) -> boolean")
def list_contains(items: Items, element: Value) -> bool:
    """Return whether the list has an item equal to ``element`` (null included)."""
    return any(feel_equal(item, element) is True for item in items)


@builtin("count(list: list) -> number")
def count(items: Items) -> Decimal:
    """Return the number of items."""
    return Decimal(len(items))


@builtin("sublist(list: list, start position: number, length?: number) -> list")
def sublist(items: Items, start: Decimal, length: Decimal | None = None) -> Items:
    """Return ``length`` (or all) items from a position on, -1 being the last."""
    begin, end = slice_bounds(start, length, len(items))
    return items[begin:end]


@builtin("append(list: list, item...: any) -> list")
def append(items: Items, *more: Value) -> Items:
    """Return the list with items added at its end."""
    return check_list([*items, *more])


@builtin("concatenate(list...: list) -> list", needs_root=True)
def concatenate(root: Root, *lists: Items) -> Items:
    """Return one list of all lists' items."""
    check_size(sum(map(len, lists)))
    result = [item for items in lists for item in items]
    root.work(len(result))
    return result


@builtin("insert before(list: list, position: number, newItem: any) -> list")
def insert_before(items: Items, position: Decimal, new: Value) -> Items:
    """Return the list with an item inserted before a position."""
    place = _place(position, len(items))
    return check_list([*items[:place], new, *items[place:]])


@builtin("remove(list: list, position: number) -> list")
def remove(items: Items, position: Decimal) -> Items:
    """Return the list without the item at a position."""
    place = _place(position, len(items))
    return [*items[:place], *items[place + 1 :]]


@builtin("reverse(list: list) -> list")
def reverse(items: Items) -> Items:
    """Return the items in reverse order."""
    return list(reversed(items))


@builtin("index of(list: list, match: any) -> list<number>")
def index_of(items: Items, match: Value) -> Items:
    """Return the positions of all items equal to ``match``, ascending."""
    return [Decimal(place) for place, item in enumerate(items, start=1) if feel_equal(item, match) is True]


@builtin("union(list...: list) -> list", needs_root=True)
def union(root: Root, *lists: Items) -> Items:
    """Return the items of all lists without duplicates."""
    return distinct_values(root, concatenate(root, *lists))


@builtin("distinct values(list: list) -> list", needs_root=True)
def distinct_values(root: Root, items: Items) -> Items:
    """Return the items without duplicates, each where it came first."""
    seen = _Seen(root)
    return [item for item in items if seen.is_new(item)]


@builtin("flatten(list: list) -> list", needs_root=True)
def flatten(root: Root, items: Items) -> Items:
    """Return the items with all nested lists dissolved."""
    result: Items = []
    pending = [iter(items)]
    while pending:
        for item in pending[-1]:
            root.work()
            if type(item) is list:
                pending.append(iter(item))
                break
            result.append(item)
        else:
            pending.pop()
    check_list(result)
    return result


@builtin("list replace(list: list, position: number, newItem: any) -> list")
def list_replace(items: Items, position: Decimal, new: Value) -> Items:
    """Return the list with the item at a position replaced."""
    place = _place(position, len(items))
    return [*items[:place], new, *items[place + 1 :]]


@builtin("list replace(list: list, match: function, newItem: any) -> list", needs_root=True)
def list_replace_matching(root: Root, items: Items, match: Function, new: Value) -> Items:
    """Return the list with every item replaced for which ``match(item, newItem)`` is true."""
    result: Items = []
    for item in items:
        root.work()
        holds = call(match, [item, new], None, root)
        if not isinstance(holds, bool):
            raise FeelDomainError("match 函数应返回布尔值")
        result.append(new if holds else item)
    return result


@builtin("sort(list: list, precedes: function) -> list", needs_root=True)
def sort(root: Root, items: Items, precedes: Function) -> Items:
    """Return the items in the order that ``precedes(x, y)`` tells; equal ones keep theirs."""

    def before(first: Value, second: Value) -> bool:
        root.work()
        holds = call(precedes, [first, second], None, root)
        if not isinstance(holds, bool):
            raise FeelDomainError("precedes 函数应返回布尔值")
        return holds

    # Python's sort only asks which of two comes first, and keeps the order of those that neither does.
    return sorted(items, key=cmp_to_key(lambda first, second: -1 if before(first, second) else 0))
