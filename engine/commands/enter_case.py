"""Enter a case that began on paper, or elsewhere, at the step where it stands, with its clocks (在办案件录入)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select

from engine.clock import legal_date
from engine.commands.administration import require_administrator
from engine.commands.handlers import Answer, handles
from engine.commands.runners import MachineSource, runs
from engine.commands.unit import UnitOfWork
from engine.errors import InvalidInput
from engine.execution import Machine
from engine.history.people_events import CaseEntered
from engine.store.tables.identity import user


class EntryInvalid(InvalidInput):
    """Something of the case to be entered is not as it should be; ``details['fields']`` says what."""

    code = "commands.entry-invalid"


@dataclass(frozen=True, slots=True)
class EnteredClock:
    """A time limit that runs already: since which day, and which paper proves it."""

    limit_id: str
    started_on: str
    evidence: str


@dataclass(frozen=True, slots=True)
class EnterCase:
    """Enter a case of the newest version of a process, waiting at ``elements``.

    ``initiator_id`` is who would have started it; ``began_on`` the day it really began (ISO date).
    """

    process_id: str
    elements: Sequence[str]
    initiator_id: str
    began_on: str
    reason: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    clocks: Sequence[EnteredClock] = ()
    title: str | None = None
    business_key: str | None = None


@runs(CaseEntered)
def run(event: CaseEntered, source: MachineSource) -> Machine:
    """Begin execution at the elements."""
    return Machine.enter(
        source.program_of(event.definition_key),
        instance_key=source.root_key,
        outside=source.outside,
        variables={**event.variables, "initiator": dict(event.initiator)},
        elements=event.elements,
    )


@handles(EnterCase)
def handle(command: EnterCase, unit: UnitOfWork) -> Answer:
    """Enter it, all or nothing.

    Raises AdministratorOnly, ProcessUnknown, EntryInvalid, ElementUnknown, ScopeAmbiguous, ClockOperationRefused.
    """
    require_administrator(unit.actor)
    row = unit.sources.definitions.latest_process(unit.connection, command.process_id)
    query = select(user.c.id, user.c.name, user.c.department_id).where(user.c.id == command.initiator_id)
    person = unit.connection.execute(query).first()
    _check(command, known=person is not None, today=legal_date(unit.now))
    assert person is not None  # noqa: S101 - checked above
    title = command.title or f"{row['name']}（{person.name}）"
    case = unit.start_case(row["key"])
    case.execute(
        CaseEntered(
            process_id=row["process_id"],
            definition_key=row["key"],
            version=row["version"],
            title=title,
            initiator={"id": person.id, "name": person.name, "department": person.department_id},
            variables=dict(command.variables),
            elements=list(command.elements),
            clocks=[
                {"limit_id": each.limit_id, "started_on": each.started_on, "evidence": each.evidence}
                for each in command.clocks
            ],
            began_on=command.began_on,
            reason=command.reason,
            business_key=command.business_key,
        )
    )
    return {"process_instance_key": case.root_key, "definition_key": row["key"], "title": title}


def _check(command: EnterCase, *, known: bool, today: str) -> None:
    problems: dict[str, list[str]] = {}
    if not known:
        problems["initiator"] = [f"没有用户 {command.initiator_id}。"]
    if not command.elements:
        problems["elements"] = ["请指明案件所在的环节。"]
    if not command.reason.strip():
        problems["reason"] = ["请说明录入的依据。"]
    days = {"beganOn": command.began_on}
    days.update({f"clocks.{number}.startedOn": each.started_on for number, each in enumerate(command.clocks)})
    for name, text in days.items():
        if not _is_past_day(text, today):
            problems[name] = ["应为今天或以前的日期，如 2026-03-02。"]
    limits = [each.limit_id for each in command.clocks]
    if len(limits) != len(set(limits)):
        problems["clocks"] = ["同一时限只能录入一次。"]
    if problems:
        raise EntryInvalid("录入有误，请按提示改正。", details={"fields": problems})


def _is_past_day(text: str, today: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text and text <= today
    except ValueError:
        return False
