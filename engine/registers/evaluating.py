"""The rows that a case has in a register."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.feel import FeelError, compile_expression
from engine.feel.json import to_json
from engine.registers.facts import CaseFacts, Functions
from engine.registers.model import ITEM, Register

MOST_ROWS = 500
"""Rows of one case; no list of things in a case is longer."""

Row = dict[str, Any]
"""Values by column, as JSON."""


def rows_of(register: Register, facts: CaseFacts, now: datetime) -> list[Row]:
    """Return the rows of a case; what an expression can't answer is an empty cell, never an end of the list."""
    context, functions = facts.context, facts.functions
    if register.when is not None and _value(register.when, context, functions, now) is not True:
        return []
    if register.rows is None:
        return [_row(register, context, functions, now)]
    items = _value(register.rows, context, functions, now)
    listed = items if isinstance(items, list) else []
    return [_row(register, {**context, ITEM: item}, functions, now) for item in listed[:MOST_ROWS]]


def _row(register: Register, context: Mapping[str, Any], functions: Functions, now: datetime) -> Row:
    return {column.id: _cell(column.value, context, functions, now) for column in register.columns}


def _value(source: str, context: Mapping[str, Any], functions: Functions, now: datetime) -> Any:
    try:
        return compile_expression(source).evaluate(context, now=now, functions=functions)
    except FeelError:
        return None


def _cell(source: str, context: Mapping[str, Any], functions: Functions, now: datetime) -> Any:
    """The value as JSON; a built-in function of that name, for want of the variable, is none."""
    try:
        return to_json(_value(source, context, functions, now))
    except FeelError:
        return None
