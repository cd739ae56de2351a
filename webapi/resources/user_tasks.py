"""User tasks: 待办, 已办, and the work on one."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from engine.commands.claim_user_task import ClaimUserTask
from engine.commands.complete_user_task import CompleteUserTask
from engine.commands.release_user_task import ReleaseUserTask
from engine.commands.save_draft import SaveDraft
from engine.queries import cases, done, inbox
from engine.queries.paging import Request
from engine.queries.user_task import user_task_detail, user_task_summary
from webapi.operations import operation
from webapi.schemas.common import CountsSchema
from webapi.schemas.user_tasks import (
    CompletionRequestSchema,
    CompletionSchema,
    DraftSchema,
    UserTaskDetailSchema,
    UserTaskPageSchema,
    UserTaskQuerySchema,
    UserTaskSchema,
)
from webapi.security import actor
from webapi.services import execute, execute_with_code, moment, platform, read

blueprint = Blueprint("user_tasks", __name__)


@blueprint.get("/counts")
@operation("待办、已办、我发起的数量", answer=CountsSchema)
def counts() -> dict[str, int]:
    """Count."""
    viewer = actor()
    with read() as connection:
        return {
            "todo": inbox.count(connection, viewer),
            "done": done.count(connection, viewer),
            "started": cases.count_started(connection, viewer),
        }


@blueprint.get("/user-tasks")
@operation("待办或已办", query=UserTaskQuerySchema, answer=UserTaskPageSchema, errors=(400,))
def list_user_tasks(query: dict[str, Any]) -> Any:
    """List a page."""
    question = inbox.inbox if query.pop("tab") == "todo" else done.done
    with read() as connection:
        return question(connection, actor(), Request(**query), moment(connection))


@blueprint.get("/user-tasks/<key:key>")
@operation("一个待办的全部内容", answer=UserTaskDetailSchema, errors=(404,))
def read_user_task(key: int) -> dict[str, Any]:
    """Read."""
    with read() as connection:
        return user_task_detail(connection, actor(), key, moment(connection), platform().sources.definitions)


@blueprint.post("/user-tasks/<key:key>/claim")
@operation("认领", answer=UserTaskSchema, errors=(403, 404, 409), command=True)
def claim_user_task(key: int) -> dict[str, Any]:
    """Claim."""
    execute(ClaimUserTask(key))
    return _summary(key)


@blueprint.post("/user-tasks/<key:key>/unclaim")
@operation("退回认领", answer=UserTaskSchema, errors=(403, 404, 409), command=True)
def unclaim_user_task(key: int) -> dict[str, Any]:
    """Give it back to its candidates."""
    execute(ReleaseUserTask(key))
    return _summary(key)


@blueprint.put("/user-tasks/<key:key>/draft")
@operation("保存草稿", body=DraftSchema, errors=(400, 403, 404, 409), command=True)
def put_draft(key: int, body: dict[str, Any]) -> None:
    """Keep what has been filled in so far, for the one who fills it in alone."""
    execute(SaveDraft(key, body["variables"]))


@blueprint.post("/user-tasks/<key:key>/completion")
@operation(
    "办理",
    body=CompletionRequestSchema,
    answer=CompletionSchema,
    errors=(400, 403, 404, 409, 422),
    command=True,
)
def complete_user_task(key: int, body: dict[str, Any]) -> dict[str, Any]:
    """Complete; an unclaimed task is taken and done at once."""
    body.pop("revision")
    answer = execute_with_code(CompleteUserTask(key, **body))
    root_key = answer["process_instance_key"]
    with read() as connection:
        following = inbox.open_tasks_of_case(connection, actor(), root_key, moment(connection))
    return {
        "process_instance_key": root_key,
        "completed": answer["case_ended"],
        "held": answer.get("held", False),
        "next_tasks": following,
    }


def _summary(key: int) -> dict[str, Any]:
    with read() as connection:
        return user_task_summary(connection, actor(), key, moment(connection))
