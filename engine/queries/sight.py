"""How much of a case somebody may see."""

from __future__ import annotations

from enum import IntEnum

from sqlalchemy import ColumnElement, Connection, Select, exists, or_, select, union

from engine.errors import NotFound
from engine.queries.standing_in import open_to_substitutes
from engine.queries.viewer import Viewer
from engine.queries.visibility import cases_open_to, restricted_case
from engine.store.tables.actions import copy, handover
from engine.store.tables.runtime import process_instance, user_task, user_task_candidate


class CaseInvisible(NotFound):
    """There is no such case, or the viewer may not know that there is."""

    code = "queries.case-unknown"


class Sight(IntEnum):
    """How much is seen."""

    NOTHING = 0
    OUTLINE = 1
    """That the case exists, where it stands and what went wrong; not its data (三员分立)."""
    CONTENT = 2


def root_key_of(connection: Connection, key: int) -> int:
    """Return the case that a process instance belongs to; raise CaseInvisible."""
    found = connection.execute(select(process_instance.c.root_key).where(process_instance.c.key == key)).scalar()
    if found is None:
        raise invisible(key)
    return int(found)


def sight_of(connection: Connection, viewer: Viewer, root_key: int) -> Sight:
    """Return how much of a case the viewer sees.

    All of it who started it, took part, holds or may take a task (or stands in for somebody who does), or holds one of
    the procedure's ``visibility.roles``; administrators see the outline unless it is restricted.
    """
    if viewer.auditor or connection.execute(select(_concerned(viewer, root_key))).scalar():
        return Sight.CONTENT
    if viewer.administrator and not restricted_case(connection, root_key):
        return Sight.OUTLINE
    return Sight.NOTHING


def require_sight(connection: Connection, viewer: Viewer, key: int, least: Sight) -> tuple[int, Sight]:
    """Return the case's key and how much of it is seen; raise CaseInvisible below ``least``."""
    root_key = root_key_of(connection, key)
    sight = sight_of(connection, viewer, root_key)
    if sight < least:
        raise invisible(key)
    return root_key, sight


def invisible(key: int) -> CaseInvisible:
    """Return the error for a case that is not there, or not there for this viewer."""
    return CaseInvisible(f"没有编号为 {key} 的案件，或者您无权查看。")


def concerning(viewer: Viewer) -> Select[tuple[int]]:
    """Return the keys of all cases that concern the viewer, each branch by an index of its own."""
    branches = union(
        select(process_instance.c.root_key).where(process_instance.c.initiator_id == viewer.id),
        select(user_task.c.root_key).where(user_task.c.completed_by == viewer.id),
        select(user_task.c.root_key).where(user_task.c.assignee_id == viewer.id, user_task.c.state == "CREATED"),
        select(user_task_candidate.c.root_key).where(user_task_candidate.c.principal.in_(viewer.principals)),
        cases_open_to(viewer),
        *(select(user_task.c.root_key).where(condition) for condition in open_to_substitutes(viewer)),
        select(copy.c.root_key).where(copy.c.user_id == viewer.id),
        select(handover.c.root_key).where(handover.c.from_id == viewer.id),
    ).subquery()
    return select(branches.c.root_key)


def _concerned(viewer: Viewer, root_key: int) -> ColumnElement[bool]:
    started = exists().where(process_instance.c.key == root_key, process_instance.c.initiator_id == viewer.id)
    acted = exists().where(
        user_task.c.root_key == root_key,
        or_(user_task.c.completed_by == viewer.id, user_task.c.assignee_id == viewer.id),
    )
    offered = exists().where(
        user_task_candidate.c.root_key == root_key, user_task_candidate.c.principal.in_(viewer.principals)
    )
    named = cases_open_to(viewer).where(process_instance.c.key == root_key).exists()
    away = (exists().where(user_task.c.root_key == root_key, each) for each in open_to_substitutes(viewer))
    sent = exists().where(copy.c.root_key == root_key, copy.c.user_id == viewer.id)
    handed_over = exists().where(handover.c.root_key == root_key, handover.c.from_id == viewer.id)
    return or_(started, acted, offered, named, *away, sent, handed_over)
