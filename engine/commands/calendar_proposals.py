"""A year of the working calendar is put in force by two people: one proposes it, another confirms it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, update

from engine.commands.administration import require_administrator
from engine.commands.calendars import publish_calendar
from engine.commands.clocks.access import require_texts
from engine.commands.handlers import Answer, handles
from engine.commands.unit import UnitOfWork
from engine.deadlines import CalendarYear
from engine.errors import Conflict, Forbidden, NotFound
from engine.history.chain import sm3
from engine.history.clock_events import CalendarProposalConfirmed, CalendarProposalRejected, CalendarProposed
from engine.history.events import CalendarPublished
from engine.store.keys import draw_key
from engine.store.tables.controls import calendar_proposal
from engine.store.types import canonical_json


class ProposalUnknown(NotFound):
    """There is no such proposal."""

    code = "commands.proposal-unknown"


class ProposalDecided(Conflict):
    """The proposal was confirmed or rejected already."""

    code = "commands.proposal-decided"


class SecondPersonNeeded(Forbidden):
    """Whoever proposed something can't confirm it."""

    code = "commands.second-person-needed"


@dataclass(frozen=True, slots=True)
class ProposeCalendarYear:
    """Propose ``year`` (a ``CalendarYear`` as plain values); ``source`` names the notice or the reason."""

    year: Mapping[str, Any]
    source: str


@dataclass(frozen=True, slots=True)
class ConfirmCalendarProposal:
    """Put the proposed year of proposal ``key`` in force, in the calendar as it stands now."""

    key: int


@dataclass(frozen=True, slots=True)
class RejectCalendarProposal:
    """Reject or withdraw proposal ``key``."""

    key: int
    reason: str


@handles(ProposeCalendarYear)
def propose(command: ProposeCalendarYear, unit: UnitOfWork) -> Answer:
    """Propose. Raises AdministratorOnly, CalendarInvalid, GroundMissing."""
    require_administrator(unit.actor)
    require_texts(来源=command.source)
    year = CalendarYear.from_dict(command.year)
    key = draw_key(unit.connection)
    content = year.to_dict()
    unit.connection.execute(
        insert(calendar_proposal),
        {
            "key": key,
            "year": year.year,
            "content": content,
            "source": command.source,
            "state": "PROPOSED",
            "proposed_by": unit.actor.id,
            "proposed_at": unit.now,
        },
    )
    digest = sm3(canonical_json(content).encode())
    unit.log(CalendarProposed(key=key, year=year.year, digest=digest, source=command.source))
    return {"key": key, "year": year.year}


@handles(ConfirmCalendarProposal)
def confirm(command: ConfirmCalendarProposal, unit: UnitOfWork) -> Answer:
    """Confirm; open clocks are reckoned anew by the next look at them.

    Raises AdministratorOnly, ProposalUnknown, ProposalDecided, SecondPersonNeeded.
    """
    require_administrator(unit.actor)
    row = _open_proposal(unit, command.key)
    if row["proposed_by"] == unit.actor.id:
        raise SecondPersonNeeded("日历须由另一位管理员确认，提出人不能确认自己提出的日历。")
    year = CalendarYear.from_dict(row["content"])
    published = unit.sources.calendars.current(unit.connection).with_year(year)
    new = publish_calendar(unit.connection, published, at=unit.now, actor_id=unit.actor.id, source=row["source"])
    if new:
        unit.log(CalendarPublished(version=published.version, source=row["source"]))
    _decide(unit, command.key, "CONFIRMED", version=published.version)
    unit.log(CalendarProposalConfirmed(key=command.key, version=published.version))
    return {"key": command.key, "version": published.version, "new": new}


@handles(RejectCalendarProposal)
def reject(command: RejectCalendarProposal, unit: UnitOfWork) -> Answer:
    """Reject. Raises AdministratorOnly, ProposalUnknown, ProposalDecided, GroundMissing."""
    require_administrator(unit.actor)
    require_texts(原因=command.reason)
    _open_proposal(unit, command.key)
    _decide(unit, command.key, "REJECTED", reason=command.reason)
    unit.log(CalendarProposalRejected(key=command.key, reason=command.reason))
    return {"key": command.key}


def _open_proposal(unit: UnitOfWork, key: int) -> Mapping[Any, Any]:
    query = select(calendar_proposal).where(calendar_proposal.c.key == key)
    if unit.connection.dialect.name == "postgresql":
        query = query.with_for_update()
    row = unit.connection.execute(query).mappings().first()
    if row is None:
        raise ProposalUnknown(f"没有编号为 {key} 的日历提案。")
    if row["state"] != "PROPOSED":
        raise ProposalDecided("该日历提案已经处理，请刷新。", details={"state": row["state"]})
    return row


def _decide(unit: UnitOfWork, key: int, state: str, **more: Any) -> None:
    values = {"state": state, "decided_by": unit.actor.id, "decided_at": unit.now, **more}
    unit.connection.execute(update(calendar_proposal).where(calendar_proposal.c.key == key).values(**values))
