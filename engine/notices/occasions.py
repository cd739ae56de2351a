"""Which events people are told of, and whom: looked at when a unit of work ends, whatever command it was."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import select

from engine.commands.case import Case
from engine.commands.unit import UnitOfWork, reaction
from engine.identity.roles import ADMINISTRATORS
from engine.notices.kinds import Kind
from engine.notices.notifying import notify
from engine.store.tables.runtime import user_task

Payload = Mapping[str, Any]
Occasion = Callable[[UnitOfWork, Case, Payload], None]

OCCASIONS: dict[str, Occasion] = {}


def tells(type_: str) -> Callable[[Occasion], Occasion]:
    """Register what is told of an event type."""

    def register(occasion: Occasion) -> Occasion:
        OCCASIONS[type_] = occasion
        return occasion

    return register


@reaction
def tell_people(unit: UnitOfWork, cases: list[Case]) -> None:
    """Write the notices that this unit's events call for. Registered last, so it sees what other reactions did."""
    for case in cases:
        gone = {
            event.payload["key"]
            for event in case.events
            if event.type in ("user_task_completed", "element_terminated", "element_completed")
        }
        for event in case.events:
            occasion = OCCASIONS.get(event.type)
            if occasion is not None and event.payload.get("key") not in gone:
                occasion(unit, case, event.payload)


@tells("user_task_created")
def task_created(unit: UnitOfWork, case: Case, payload: Payload) -> None:
    """Tell the assignee, or all who may take it."""
    where = {"root_key": case.root_key, "user_task_key": payload["key"]}
    if payload["assignee"] is not None:
        notify(unit, Kind.TASK_ASSIGNED, {payload["assignee"]}, **where)
    else:
        notify(unit, Kind.TASK_OFFERED, payload["candidate_users"], payload["candidate_groups"], **where)


@tells("user_task_assigned")
def task_assigned(unit: UnitOfWork, case: Case, payload: Payload) -> None:
    """Tell the new assignee."""
    notify(unit, Kind.TASK_ASSIGNED, {payload["assignee_id"]}, root_key=case.root_key, user_task_key=payload["key"])


@tells("incident_raised")
def incident_raised(unit: UnitOfWork, case: Case, payload: Payload) -> None:
    """Tell the system administrators."""
    notify(unit, Kind.INCIDENT, groups={ADMINISTRATORS}, root_key=case.root_key)


@tells("role_unheld")
def role_unheld(unit: UnitOfWork, case: Case, payload: Payload) -> None:
    """Tell those to whom the task went instead, and the system administrators."""
    where = {"root_key": case.root_key, "user_task_key": payload["key"]}
    notify(unit, Kind.ROLE_UNHELD, groups=payload["went_to"], **where)
    notify(unit, Kind.INCIDENT, groups={ADMINISTRATORS}, root_key=case.root_key)


_LIGHTS = {"amber": Kind.CLOCK_AMBER, "red": Kind.CLOCK_RED, "overdue": Kind.CLOCK_OVERDUE}


@tells("clock_light_reached")
def clock_light_reached(unit: UnitOfWork, case: Case, payload: Payload) -> None:
    """Tell those whom the event names of the light."""
    notify(unit, _LIGHTS[payload["light"]], payload["recipients"], payload["groups"], root_key=case.root_key)


@tells("user_task_urged")
def task_urged(unit: UnitOfWork, case: Case, payload: Payload) -> None:
    """Tell the assignee, or all who may take it."""
    query = select(user_task).where(user_task.c.key == payload["key"])
    row = unit.connection.execute(query).mappings().first()
    if row is None:
        return
    where = {"root_key": case.root_key, "user_task_key": payload["key"]}
    if row["assignee_id"] is not None:
        notify(unit, Kind.URGED, {row["assignee_id"]}, **where)
    else:
        notify(unit, Kind.URGED, row["candidate_users"], row["candidate_groups"], **where)


@tells("user_task_transferred")
@tells("user_task_delegated")
@tells("delegation_resolved")
def task_handed_over(unit: UnitOfWork, case: Case, payload: Payload) -> None:
    """Tell who has the user task now."""
    task_assigned(unit, case, payload)


@tells("rework_asked")
def rework_asked(unit: UnitOfWork, case: Case, payload: Payload) -> None:
    """Tell who is to work on it again."""
    users = {payload["assignee_id"]} - {None}
    notify(unit, Kind.RETURNED, users, root_key=case.root_key, user_task_key=payload["key"])


@tells("signers_added")
def signers_added(unit: UnitOfWork, case: Case, payload: Payload) -> None:
    """Tell those who are to sign now; who signs afterwards is told when it is their turn."""
    if payload["kind"] != "AFTER":
        _tell_signers(unit, case, payload["signers"])


@tells("completion_held")
def completion_held(unit: UnitOfWork, case: Case, payload: Payload) -> None:
    """Tell those whose turn to sign has come."""
    _tell_signers(unit, case, payload["opened"])


@tells("copies_sent")
def copies_sent(unit: UnitOfWork, case: Case, payload: Payload) -> None:
    """Tell those who are to read."""
    notify(unit, Kind.COPIED, {copy["user_id"] for copy in payload["copies"]}, root_key=case.root_key)


@tells("user_task_recorded")
def task_recorded(unit: UnitOfWork, case: Case, payload: Payload) -> None:
    """Tell the person in whose name something was entered: they are to confirm it."""
    notify(unit, Kind.ENTERED_FOR_YOU, {payload["person_id"]}, root_key=case.root_key)


@tells("seal_overdue_noted")
def seal_overdue_noted(unit: UnitOfWork, case: Case, payload: Payload) -> None:
    """Tell those whom the event names: keepers, the office, and who took the seal out."""
    notify(unit, Kind.SEAL_OVERDUE, payload["users"], payload["groups"], root_key=case.root_key)


def _tell_signers(unit: UnitOfWork, case: Case, signers: Iterable[Payload]) -> None:
    for signer in signers:
        notify(unit, Kind.TASK_ASSIGNED, {signer["user_id"]}, root_key=case.root_key, user_task_key=signer["key"])
