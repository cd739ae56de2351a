"""One user task with all that is needed to work on it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from engine.definitions.repository import Definitions
from engine.errors import NotFound
from engine.queries.documentation import parts_of
from engine.queries.form_answers import without_others_answers
from engine.queries.forms import form_values
from engine.queries.papers import previewable_papers
from engine.queries.sight import Sight, sight_of
from engine.queries.standing_in import acts_for
from engine.queries.task_actions import allowed_actions, involved
from engine.queries.texts import drafted_in
from engine.queries.user_tasks import Moment, Row, may_take, select_tasks, task_values
from engine.queries.variables import visible_variables
from engine.queries.viewer import Viewer
from engine.queries.visibility import hidden_fields, shown
from engine.store.tables.runtime import case_lock, draft, user_task


class UserTaskInvisible(NotFound):
    """There is no such user task, or the viewer may not know that there is."""

    code = "queries.user-task-unknown"


def user_task_summary(connection: Connection, viewer: Viewer, key: int, moment: Moment) -> dict[str, Any]:
    """Return a user task as lists show it; raise UserTaskInvisible."""
    row, _ = visible_row(connection, viewer, key)
    return task_values(connection, viewer, [row], moment)[0]


def user_task_detail(
    connection: Connection, viewer: Viewer, key: int, moment: Moment, definitions: Definitions
) -> dict[str, Any]:
    """Return a user task with form, variables, draft, documentation and what may be done with it.

    Raises UserTaskInvisible.
    """
    row, sight = visible_row(connection, viewer, key)
    content = sight is Sight.CONTENT
    node = definitions.model(connection, row["definition_key"]).node(row["element_id"])
    actions = allowed_actions(connection, definitions, viewer, row, actions_of(viewer, row))
    hidden = hidden_fields(connection, definitions, viewer, row["root_key"])
    variables = shown(visible_variables(connection, row["bound_to"] or key), hidden) if content else {}
    form = None if row["form_key"] is None else form_values(connection, definitions, row["form_key"])
    papers = previewable_papers(connection, definitions, node, variables) if content else []
    if form is not None and "complete" in actions:
        outcome_field = None if node is None else node.properties.get("outcome")
        variables = without_others_answers(variables, form["schema"], outcome_field)
    return {
        **task_values(connection, viewer, [row], moment)[0],
        "form": form,
        "variables": variables,
        "draft": _draft(connection, viewer, key),
        "documentation": parts_of(None if node is None else node.documentation),
        "actions": actions,
        "papers": papers,
        "texts": drafted_in(connection, node, row) if content else [],
        **involved(connection, definitions, row),
        "read_only": "complete" not in actions,
        "revision": connection.execute(
            select(case_lock.c.revision).where(case_lock.c.root_key == row["root_key"])
        ).scalar_one(),
    }


def actions_of(viewer: Viewer, row: Row) -> list[str]:
    """Return what the viewer may do with a user task now."""
    if row["state"] != "CREATED" or row["suspended"]:
        return []
    if row["assignee_id"] == viewer.id or (row["assignee_id"] is not None and acts_for(viewer, row) is not None):
        returnable = bool(row["candidate_groups"] or row["candidate_users"])
        return ["complete", "save-draft", *(["unclaim"] if returnable else [])]
    if row["assignee_id"] is None and may_take(viewer, row):
        return ["claim", "complete", "save-draft"]
    return []


def visible_row(connection: Connection, viewer: Viewer, key: int) -> tuple[Row, Sight]:
    """Return the row of a user task, and how much of its case the viewer sees; raise UserTaskInvisible."""
    row = connection.execute(select_tasks().where(user_task.c.key == key)).mappings().first()
    sight = Sight.NOTHING if row is None else sight_of(connection, viewer, row["root_key"])
    if row is None or sight is Sight.NOTHING:
        raise UserTaskInvisible(f"没有键为 {key} 的待办，或者您无权查看。")
    return row, sight


def _draft(connection: Connection, viewer: Viewer, key: int) -> Any:
    query = select(draft.c.variables).where(draft.c.user_task_key == key, draft.c.user_id == viewer.id)
    return connection.execute(query).scalar()
