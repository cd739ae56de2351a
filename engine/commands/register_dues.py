"""Keeping the lists of registers (台账) in step with the cases, a moment after each change."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, literal, select

from engine.commands.case import Case
from engine.commands.handlers import Answer, handles
from engine.commands.unit import UnitOfWork, reaction
from engine.queries.registers import ALL, all_registers
from engine.queries.visibility import hiding_rules
from engine.registers.evaluating import Row, rows_of
from engine.registers.facts import facts_of
from engine.registers.model import Register
from engine.registers.sorting import LONGEST_OF_ALL, shown_text, sort_text
from engine.store.tables.records import register_cell, register_due
from engine.store.tables.runtime import process_instance

BATCH = 100
"""Cases worked out in one transaction: short enough that nobody waits for it."""


@dataclass(frozen=True, slots=True)
class EnterInRegisters:
    """Work the rows of some cases that have changed out anew, in every register."""


@dataclass(frozen=True, slots=True)
class EnterAllInRegister:
    """Let every case of a register's procedures be worked out anew: the register has changed."""

    register_id: str


@reaction
def note_change(unit: UnitOfWork, cases: list[Case]) -> None:
    """Note each case in which a command made something happen."""
    for case in cases:
        if not case.events:
            continue
        unit.batch.upsert(register_due, {"root_key": case.root_key, "noted_at": unit.now})


@handles(EnterInRegisters)
def handle(command: EnterInRegisters, unit: UnitOfWork) -> Answer:
    """Take up the cases that wait longest; a case that another process is changing is left for later."""
    query = select(register_due.c.root_key).order_by(register_due.c.noted_at, register_due.c.root_key).limit(BATCH)
    if unit.connection.dialect.name == "postgresql":
        query = query.with_for_update(skip_locked=True)
    keys = list(unit.connection.execute(query).scalars())
    if keys:
        _enter(unit, keys)
        unit.connection.execute(delete(register_due).where(register_due.c.root_key.in_(keys)))
    return {"entered": len(keys)}


@handles(EnterAllInRegister)
def enter_all(command: EnterAllInRegister, unit: UnitOfWork) -> Answer:
    """Note its cases, and forget the rows of procedures that are in it no more."""
    unit.connection.execute(delete(register_cell).where(register_cell.c.register_id == command.register_id))
    register = all_registers(unit.connection).get(command.register_id)
    return {"noted": 0 if register is None else _note(unit, register.procedures)}


def names_changed(unit: UnitOfWork) -> None:
    """Let every case in any register be worked out anew: departments or people that cells name are called otherwise."""
    _note(unit, {each for register in all_registers(unit.connection).values() for each in register.procedures})


def _note(unit: UnitOfWork, procedures: Collection[str]) -> int:
    """Note all cases of some procedures that are not noted yet; return how many."""
    waiting = select(register_due.c.root_key)
    moment = literal(unit.now, register_due.c.noted_at.type)
    cases = select(process_instance.c.key, moment).where(
        process_instance.c.process_id.in_(procedures),
        process_instance.c.parent_key.is_(None),
        process_instance.c.key.not_in(waiting),
    )
    return unit.connection.execute(insert(register_due).from_select(["root_key", "noted_at"], cases)).rowcount


def _enter(unit: UnitOfWork, keys: list[int]) -> None:
    connection, definitions = unit.connection, unit.sources.definitions
    columns = process_instance.c
    query = select(columns.key, columns.process_id, columns.definition_key).where(columns.key.in_(keys))
    cases = list(connection.execute(query).mappings())
    connection.execute(delete(register_cell).where(register_cell.c.root_key.in_(keys)))
    cells: list[dict[str, Any]] = []
    for register in all_registers(connection).values():
        mine = [row for row in cases if row["process_id"] in register.procedures]
        facts = facts_of(connection, definitions, [row["key"] for row in mine], register) if mine else {}
        for row in mine:
            # What is hidden from some is in nobody's order or search: both would tell.
            hidden = hiding_rules(definitions.model(connection, row["definition_key"]))
            seen = facts[row["key"]].without(hidden)
            for item, values in enumerate(rows_of(register, seen, unit.now), start=1):
                cells += _cells(register, row["key"], item, values)
    if cells:
        connection.execute(insert(register_cell), cells)


def _cells(register: Register, root_key: int, item: int, values: Row) -> list[dict[str, Any]]:
    texts: Mapping[str, str] = {column.id: sort_text(values[column.id]) for column in register.columns}
    whole = " ".join(text for text in (shown_text(values[column.id]) for column in register.columns) if text)
    place = {"register_id": register.id, "root_key": root_key, "item": item}
    return [
        {**place, "column": name, "sort_text": text} for name, text in ({**texts, ALL: whole[:LONGEST_OF_ALL]}).items()
    ]
