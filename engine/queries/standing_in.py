"""What somebody sees because they stand in for somebody who is away (离岗委托): that person's open user tasks.

What has a nature (处罚, 人事, 资金, 不予) and what is restricted passes to no substitute; the commands say the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from engine.queries.viewer import AbsentPerson, Viewer
from engine.queries.visibility import restricted_cases
from engine.store.tables.runtime import process_instance, user_task, user_task_candidate


def open_to_substitutes(viewer: Viewer) -> list[ColumnElement[bool]]:
    """Return, for each person the viewer stands in for, the condition on user tasks that pass to the viewer."""
    return [
        and_(
            user_task.c.state == "CREATED",
            _passes(absent),
            or_(user_task.c.assignee_id == absent.id, and_(user_task.c.assignee_id.is_(None), _offered(absent))),
        )
        for absent in viewer.stands_for
    ]


def held_by_absent(viewer: Viewer) -> list[ColumnElement[bool]]:
    """Return the conditions on user tasks that somebody has for whom the viewer stands in."""
    return [and_(user_task.c.assignee_id == absent.id, _passes(absent)) for absent in viewer.stands_for]


def offered_to_absent(viewer: Viewer) -> Iterator[Any]:
    """Yield queries for the keys of user tasks that are offered to somebody for whom the viewer stands in."""
    for absent in viewer.stands_for:
        yield (
            select(user_task_candidate.c.user_task_key)
            .join(user_task, user_task.c.key == user_task_candidate.c.user_task_key)
            .where(user_task_candidate.c.principal.in_(absent.principals), _passes(absent))
        )


def acts_for(viewer: Viewer, row: Mapping[Any, Any]) -> str | None:
    """Return for whom the viewer would act on an open user task; None in their own name, or not at all.

    ``row`` has the columns of a list of user tasks (``engine.queries.user_tasks``).
    """
    own = {f"user:{id_}" for id_ in row["candidate_users"]} | {f"group:{name}" for name in row["candidate_groups"]}
    if row["assignee_id"] == viewer.id or (row["assignee_id"] is None and not own.isdisjoint(viewer.principals)):
        return None
    if row["state"] != "CREATED" or row["nature"] is not None or row["restricted"]:
        return None
    for absent in viewer.stands_for:
        if absent.process_ids is not None and row["case_process_id"] not in absent.process_ids:
            continue
        offered = row["assignee_id"] is None and not own.isdisjoint(absent.principals)
        if row["assignee_id"] == absent.id or offered:
            return absent.id
    return None


def _offered(absent: AbsentPerson) -> ColumnElement[bool]:
    names = select(user_task_candidate.c.user_task_key).where(user_task_candidate.c.principal.in_(absent.principals))
    return user_task.c.key.in_(names)


def _passes(absent: AbsentPerson) -> ColumnElement[bool]:
    conditions = [user_task.c.nature.is_(None), user_task.c.root_key.not_in(restricted_cases())]
    if absent.process_ids is not None:
        columns = process_instance.c
        wanted = select(columns.root_key).where(
            columns.parent_key.is_(None), columns.process_id.in_(sorted(absent.process_ids))
        )
        conditions.append(user_task.c.root_key.in_(wanted))
    return and_(*conditions)
