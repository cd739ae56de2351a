"""Numbers outside a signature: set aside for later, voided with a reason, restored. Each series has its keepers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from engine.commands.clocks.access import require_texts
from engine.commands.handlers import Answer, handles
from engine.commands.issuing.allocation import MOST_AT_ONCE, advance, legal_year
from engine.commands.issuing.errors import NotKeeper, NumberStateWrong, NumberUnknown
from engine.commands.runners import runs, untouched
from engine.commands.unit import UnitOfWork
from engine.documents.number_series import NumberSeries
from engine.documents.organisation_files import series_of
from engine.errors import InvalidInput
from engine.history.command_event import CommandEvent
from engine.history.paper_events import (
    NumberRestored,
    NumbersReserved,
    NumberVoided,
    ReservedNumberRestored,
    ReservedNumberVoided,
)
from engine.store.tables.issuing import issued_number, number_reservation

runs(NumberVoided)(untouched)
runs(NumberRestored)(untouched)


class NumberCountUnfit(InvalidInput):
    """So many numbers can't be set aside at once."""

    code = "issuing.number-count-unfit"


@dataclass(frozen=True, slots=True)
class ReserveNumbers:
    """Set the next ``count`` numbers of a series aside; a signature takes one only if it names it."""

    series: str
    count: int
    reason: str


@dataclass(frozen=True, slots=True)
class VoidNumber:
    """Let a number count no more. It stays in the register, and no other paper ever gets it."""

    series: str
    period: int
    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class RestoreNumber:
    """Let a number that was voided by mistake count again."""

    series: str
    period: int
    number: int
    reason: str


@handles(ReserveNumbers)
def reserve(command: ReserveNumbers, unit: UnitOfWork) -> Answer:
    """Set aside. Raises NumberSeriesUnknown, NotKeeper, GroundMissing, NumberCountUnfit."""
    series = _kept_series(unit, command.series)
    require_texts(预留原因=command.reason)
    if not 1 <= command.count <= MOST_AT_ONCE:
        raise NumberCountUnfit(f"一次可预留 1 到 {MOST_AT_ONCE} 个号。")
    year = legal_year(unit.now)
    period = series.period(year)
    last = advance(unit.connection, series, period, command.count)
    numbers = [
        {"number": number, "text": series.text(year, number)} for number in range(last - command.count + 1, last + 1)
    ]
    unit.log(NumbersReserved(series=series.id, period=period, numbers=numbers, reason=command.reason.strip()))
    return {"series": series.id, "period": period, "numbers": numbers}


@handles(VoidNumber)
def void(command: VoidNumber, unit: UnitOfWork) -> Answer:
    """Void. Raises NumberSeriesUnknown, NotKeeper, GroundMissing, NumberUnknown, NumberStateWrong."""
    return _change(command, unit, "作废", ("ISSUED", "RESERVED"), NumberVoided, ReservedNumberVoided)


@handles(RestoreNumber)
def restore(command: RestoreNumber, unit: UnitOfWork) -> Answer:
    """Restore. Raises NumberSeriesUnknown, NotKeeper, GroundMissing, NumberUnknown, NumberStateWrong."""
    return _change(command, unit, "恢复", ("VOID",), NumberRestored, ReservedNumberRestored)


def _change(
    command: VoidNumber | RestoreNumber,
    unit: UnitOfWork,
    verb: str,
    from_states: tuple[str, ...],
    issued_event: Callable[..., CommandEvent],
    reserved_event: Callable[..., CommandEvent],
) -> Answer:
    series = _kept_series(unit, command.series)
    require_texts(**{f"{verb}原因": command.reason})
    said = {"series": series.id, "period": command.period, "number": command.number, "reason": command.reason.strip()}
    row = _row(unit, issued_number, command)
    if row is not None:
        case = unit.open_case(row["root_key"])
        row = _row(unit, issued_number, command) or row
        _require_state(row, from_states, verb)
        case.execute(issued_event(**said, text=row["text"]))
        return {**said, "text": row["text"], "process_instance_key": row["root_key"]}
    if _row(unit, number_reservation, command) is not None:
        # Under the counter's lock nobody takes the number meanwhile.
        advance(unit.connection, series, command.period, 0)
    row = _row(unit, number_reservation, command)
    if row is None or _row(unit, issued_number, command) is not None:
        raise NumberUnknown(f"“{series.title}”的登记簿中没有这个号，请刷新后再试。")
    _require_state(row, from_states, verb)
    unit.log(reserved_event(**said, text=row["text"]))
    return {**said, "text": row["text"], "process_instance_key": None}


def _kept_series(unit: UnitOfWork, series_id: str) -> NumberSeries:
    series = series_of(unit.connection, series_id)
    if unit.actor.groups.isdisjoint(series.keepers):
        raise NotKeeper(f"“{series.title}”由 {'、'.join(series.keepers)} 管理，您无权预留、作废或恢复。")
    return series


def _row(unit: UnitOfWork, table: Any, command: VoidNumber | RestoreNumber) -> Mapping[Any, Any] | None:
    columns = table.c
    query = select(table).where(
        columns.series == command.series, columns.period == command.period, columns.number == command.number
    )
    return unit.connection.execute(query).mappings().first()


def _require_state(row: Mapping[Any, Any], states: tuple[str, ...], verb: str) -> None:
    if row["state"] not in states:
        known = "已经作废" if row["state"] == "VOID" else "没有作废"
        raise NumberStateWrong(f"{row['text']}{known}，不能{verb}。")
