"""What a form shows for given data, worked out as the viewer does.

Twice: first what is hidden is taken out of the data, by conditions that still see it; then the conditions are asked
again about the data without it. A hidden input's place shows what it was when the form opened.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from webapi.forms.compiling import Rows, Scope
from webapi.forms.conditions import holds, scope_context
from webapi.forms.kinds import initial
from webapi.forms.scripting import UNSET, get, put

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class View:
    """A form or one row as it is shown: its data, as it was when the form opened, and what expressions in it see."""

    data: dict[str, Any]
    opened: dict[str, Any]
    context: Mapping[str, Any]
    whole: Data
    """The data of the whole form without what is hidden."""
    known: Data
    """The variables that the form opened with; none in a row, for rows move."""
    opened_form: Data
    """The data of the whole form when it opened; selections find their options in it."""
    positions: tuple[int, ...] = ()

    def hidden(self, hides: Sequence[str]) -> bool:
        """Return whether one of the conditions holds."""
        return any(holds(hide, self.context) for hide in hides)

    def row(self, rows: Rows, index: int) -> View:
        """Return the view of one row of a list in this view."""
        item = get(self.data, (*rows.path, index))
        opened = get(self.opened, (*rows.path, index))
        this = self.context["_this_"]
        around = scope_context(
            this if isinstance(this, dict) else {}, this, self.context["_parent_"], list(self.positions)
        )
        positions = (*self.positions, index + 1)
        return View(
            item if isinstance(item, dict) else {},
            opened if isinstance(opened, dict) else {},
            scope_context(self.whole, item, around, list(positions)),
            self.whole,
            {},
            self.opened_form,
            positions,
        )


def view_of(form: Scope, data: Data, context: Data) -> View:
    """Return the form as it is shown when it opened with ``context`` and ``data`` has been filled in since."""
    opened = opened_with(form, context)
    state = opened_with(form, overlaid(context, data))
    filtered = {**opened, **without_hidden(form, state)}
    return View(state, opened, scope_context(filtered, filtered, None, []), filtered, context, opened)


def opened_with(form: Scope, data: Data) -> dict[str, Any]:
    """Return the data of a form that opens with ``data``: every input with a value that it can have."""
    result = copy.deepcopy(dict(data))
    _open(form, result, result, data)
    return result


def overlaid(below: Data, above: Data) -> dict[str, Any]:
    """Return ``below`` with ``above`` laid over it, object by object; lists are replaced as a whole."""
    result = dict(below)
    for name, value in above.items():
        lower = result.get(name)
        result[name] = overlaid(lower, value) if isinstance(lower, dict) and isinstance(value, dict) else value
    return result


def without_hidden(form: Scope, data: dict[str, Any]) -> dict[str, Any]:
    """Return the data without what conditions hide."""
    working = copy.deepcopy(data)
    _clear(form, working, (), data, data, None, [])
    return working


def _open(scope: Scope, target: dict[str, Any], source: Any, data: Data) -> None:
    for item in scope.inputs:
        value = get(source, item.path)
        put(target, item.path, initial(item.component, value, data, given=value is not UNSET))
    for rows in scope.rows:
        found = get(source, rows.path)
        listed = found if isinstance(found, list) else [{} for _ in range(rows.default_length)]
        listed = [dict(row) if isinstance(row, dict) else {} for row in listed]
        for row in listed:
            _open(rows.scope, row, row, data)
        put(target, rows.path, listed)


def _clear(
    scope: Scope,
    working: dict[str, Any],
    prefix: tuple[str | int, ...],
    data: dict[str, Any],
    this: Any,
    parent: Any,
    positions: list[int],
) -> None:
    context = scope_context(data, this, parent, positions)
    for item in scope.inputs:
        if any(holds(hide, context) for hide in item.hides):
            _remove(working, (*prefix, *item.path))
    for rows in scope.rows:
        place = (*prefix, *rows.path)
        if any(holds(hide, context) for hide in rows.hides):
            _remove(working, place)
            continue
        listed = get(data, place)
        for index, row in enumerate(listed if isinstance(listed, list) else []):
            _clear(rows.scope, working, (*place, index), data, row, this, [*positions, index + 1])


def _remove(data: dict[str, Any], place: tuple[str | int, ...]) -> None:
    """Take out what is at ``place`` and whatever is left empty around it."""
    while place:
        around = get(data, place[:-1])
        if isinstance(around, dict):
            around.pop(str(place[-1]), None)
        elif isinstance(around, list) and isinstance(place[-1], int) and place[-1] < len(around):
            around[place[-1]] = None
        place = place[:-1]
        left = get(data, place)
        empty = left == {} or (isinstance(left, list) and all(item is None for item in left))
        if not place or not empty:
            return
