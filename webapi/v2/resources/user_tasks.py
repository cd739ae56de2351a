"""User tasks: search, one, form, variables, assignment, update, completion."""

from __future__ import annotations

from typing import Any

from flask import Response
from marshmallow import validate
from sqlalchemy import ColumnElement, Connection, false, select

from engine.commands.assign_user_task import AssignUserTask
from engine.commands.claim_user_task import ClaimUserTask
from engine.commands.complete_user_task import CompleteUserTask
from engine.commands.release_user_task import ReleaseUserTask
from engine.commands.update_user_task import UpdateUserTask
from engine.errors import InvalidInput
from engine.queries.search.resources.user_tasks import USER_TASKS
from engine.queries.search.resources.variables import VARIABLES
from engine.queries.variables import scope_chain
from engine.store.keys import variable_key
from engine.store.tables.identity import user
from engine.store.tables.runtime import variable
from webapi.schemas.base import ApiSchema
from webapi.schemas.fields import Flag, Many, Part, Text, Variables
from webapi.security import actor
from webapi.services import execute, read
from webapi.v2.blueprints import protocol_blueprint
from webapi.v2.finding import get, get_from
from webapi.v2.operation import operation
from webapi.v2.resources.deployments import form_answer
from webapi.v2.resources.variables import VariableQuerySchema, show_value
from webapi.v2.schemas.deployments import FormResultSchema
from webapi.v2.schemas.fields import Moment, Number
from webapi.v2.schemas.items import UserTaskResultSchema, VariableSearchResultSchema
from webapi.v2.searching import add_search

blueprint = protocol_blueprint("user-tasks")
WHAT = "待办"
LARGEST_PRIORITY = 100
ORDINARY_ACTIONS = ("", "complete", "assign", "claim", "unassign", "update")
"""What clients say that have nothing else to say."""


class AssigneeUnknown(InvalidInput):
    """Nobody has this user name."""

    code = "webapi.assignee-unknown"


class AssignmentSchema(ApiSchema):
    """To whom."""

    assignee = Text(longest=256, shortest=1, required=True)
    allow_override = Flag(load_default=True, allow_none=True)
    action = Text(longest=1000, load_default=None, allow_none=True)


class ChangesetSchema(ApiSchema):
    """What to change; null or nothing takes a date away, or all candidates."""

    due_date = Moment(allow_none=True)
    follow_up_date = Moment(allow_none=True)
    candidate_users = Many(Text(longest=256), allow_none=True, validate=validate.Length(max=1000))
    candidate_groups = Many(Text(longest=256), allow_none=True, validate=validate.Length(max=1000))
    priority = Number(largest=LARGEST_PRIORITY, allow_none=True)


class UpdateSchema(ApiSchema):
    """What to change of a user task."""

    changeset = Part(ChangesetSchema, load_default=dict, allow_none=True)
    action = Text(longest=1000, load_default=None, allow_none=True)


class CompletionSchema(ApiSchema):
    """The form's data; an ``action`` of the client's own is kept as the opinion."""

    variables = Variables(load_default=dict, allow_none=True)
    action = Text(longest=1000, load_default=None, allow_none=True)


def _seen_from(connection: Connection, key: int) -> list[int]:
    get_from(connection, USER_TASKS, WHAT, user_task_key=key)
    return scope_chain(connection, key)


def visible(connection: Connection, key: int) -> list[ColumnElement[bool]]:
    """Return the condition for all variables of the scopes around a user task."""
    chain = _seen_from(connection, key)
    return [variable.c.scope_key.in_(chain)]


def effective(connection: Connection, key: int) -> list[ColumnElement[bool]]:
    """Return the condition for those of them that no inner one hides."""
    chain = _seen_from(connection, key)
    rows = connection.execute(select(variable.c.scope_key, variable.c.name).where(variable.c.scope_key.in_(chain)))
    innermost: dict[str, int] = {}
    for scope_key, name in sorted(rows, key=lambda row: chain.index(row.scope_key)):
        innermost.setdefault(name, scope_key)
    keys = [variable_key(scope_key, name) for name, scope_key in innermost.items()]
    return [variable.c.key.in_(keys), *visible(connection, key)] if keys else [false()]


add_search(blueprint, "/user-tasks/search", "searchUserTasks", "查找待办", USER_TASKS, UserTaskResultSchema)
for _name, _operation_id, _summary, _condition in (
    ("variables", "searchUserTaskVariables", "待办可见的变量，各层都列出", visible),
    ("effective-variables", "searchUserTaskEffectiveVariables", "待办可见的变量，同名只取最内层", effective),
):
    add_search(
        blueprint,
        f"/user-tasks/<key:key>/{_name}/search",
        _operation_id,
        _summary,
        VARIABLES,
        VariableSearchResultSchema,
        query=VariableQuerySchema,
        extra=_condition,
        finish=show_value,
    )


@blueprint.get("/user-tasks/<key:key>", endpoint="getUserTask")
@operation("待办", answer=UserTaskResultSchema, errors=(404,))
def get_user_task(key: int) -> dict[str, Any]:
    """Read."""
    return get(USER_TASKS, WHAT, user_task_key=key)


@blueprint.get("/user-tasks/<key:key>/form", endpoint="getUserTaskForm")
@operation("待办的表单；没有则 204", answer=FormResultSchema, errors=(404,))
def get_user_task_form(key: int) -> Any:
    """Read; nothing where there is none."""
    form_key = get(USER_TASKS, WHAT, user_task_key=key)["form_key"]
    return Response(status=204) if form_key is None else form_answer(form_key)


@blueprint.post("/user-tasks/<key:key>/assignment", endpoint="assignUserTask")
@operation("指派", body=AssignmentSchema, command=True)
def assign_user_task(key: int, body: dict[str, Any]) -> None:
    """Take a user task oneself, or give it to somebody, which is for administrators."""
    found = actor()
    assignee = body["assignee"]
    if assignee == found.id and not found.administrator:
        execute(ClaimUserTask(key))
        return
    with read() as connection:
        known = connection.execute(select(user.c.id).where(user.c.id == assignee, user.c.active)).scalar()
    if known is None and found.administrator:
        raise AssigneeUnknown("没有这个用户，或已停用。", details={"fields": {"assignee": ["没有这个用户。"]}})
    execute(AssignUserTask(key, assignee, body["allow_override"] is not False))


@blueprint.delete("/user-tasks/<key:key>/assignee", endpoint="unassignUserTask")
@operation("取消指派", command=True)
def unassign_user_task(key: int) -> None:
    """Give back one's own, or take somebody off, which is for administrators."""
    execute(AssignUserTask(key, None) if actor().administrator else ReleaseUserTask(key))


@blueprint.patch("/user-tasks/<key:key>", endpoint="updateUserTask")
@operation("修改日期、候选人、优先级", body=UpdateSchema, command=True)
def update_user_task(key: int, body: dict[str, Any]) -> None:
    """Change what is named."""
    changes = dict(body["changeset"] or {})
    if changes.get("priority", 0) is None:
        del changes["priority"]
    for name in ("candidate_users", "candidate_groups"):
        if name in changes:
            changes[name] = changes[name] or []
    execute(UpdateUserTask(key, changes))


@blueprint.post("/user-tasks/<key:key>/completion", endpoint="completeUserTask")
@operation("办理", body=CompletionSchema, command=True)
def complete_user_task(key: int, body: dict[str, Any]) -> None:
    """Complete; an unclaimed task is taken and done at once."""
    action = body["action"] or ""
    opinion = None if action in ORDINARY_ACTIONS else action
    execute(CompleteUserTask(key, body["variables"] or {}, opinion))
