"""Process instances: start, lists, one case; cancelling, suspending and resuming for administrators."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from engine.commands.cancel_process_instance import CancelProcessInstance
from engine.commands.start_process_instance import StartProcessInstance
from engine.commands.suspend_process_instance import ResumeProcessInstance, SuspendProcessInstance
from engine.commands.update_variables import UpdateVariables
from engine.queries.case import case_detail
from engine.queries.cases import cases
from engine.queries.inbox import open_tasks_of_case
from engine.queries.paging import Request
from webapi.operations import operation
from webapi.schemas.cases import (
    CaseDetailSchema,
    CaseKeySchema,
    CasePageSchema,
    CaseQuerySchema,
    StartedCaseSchema,
    StartRequestSchema,
    VariableUpdateSchema,
)
from webapi.schemas.common import ReasonSchema
from webapi.security import actor
from webapi.services import execute, moment, platform, read

blueprint = Blueprint("process_instances", __name__)


@blueprint.post("/process-instances")
@operation(
    "发起",
    body=StartRequestSchema,
    answer=StartedCaseSchema,
    status=201,
    errors=(400, 403, 404, 409, 422),
    command=True,
)
def start_process_instance(body: dict[str, Any]) -> dict[str, Any]:
    """Start a case of the newest version of a procedure."""
    command = StartProcessInstance(
        process_id=body["procedure_id"],
        variables=body["variables"],
        business_key=body["business_key"],
        acknowledged=body["acknowledged"],
    )
    answer = execute(command)
    key = answer["process_instance_key"]
    with read() as connection:
        following = open_tasks_of_case(connection, actor(), key, moment(connection))
    return {"key": key, "case_title": answer["title"], "next_tasks": following}


@blueprint.get("/process-instances")
@operation("我发起的，或全部可见的案件", query=CaseQuerySchema, answer=CasePageSchema, errors=(400,))
def list_process_instances(query: dict[str, Any]) -> Any:
    """List a page."""
    started_only = query.pop("tab") == "started"
    definitions = platform().sources.definitions
    with read() as connection:
        request = Request(**query)
        return cases(connection, actor(), request, moment(connection), definitions, started_only=started_only)


@blueprint.get("/process-instances/<key:key>")
@operation("一个案件", answer=CaseDetailSchema, errors=(404,))
def read_process_instance(key: int) -> dict[str, Any]:
    """Read."""
    with read() as connection:
        return case_detail(connection, actor(), key, moment(connection), platform().sources.definitions)


@blueprint.post("/process-instances/<key:key>/cancellation")
@operation(
    "终止案件",
    body=ReasonSchema,
    answer=CaseKeySchema,
    errors=(400, 403, 404, 409, 422),
    administrators=True,
    command=True,
)
def cancel_process_instance(key: int, body: dict[str, Any]) -> dict[str, Any]:
    """End a case before its end; the reason is kept."""
    return execute(CancelProcessInstance(key, body["reason"]))


@blueprint.post("/process-instances/<key:key>/suspension")
@operation(
    "暂停案件", body=ReasonSchema, answer=CaseKeySchema, errors=(400, 403, 404, 409), administrators=True, command=True
)
def suspend_process_instance(key: int, body: dict[str, Any]) -> dict[str, Any]:
    """Let a case stand still."""
    return execute(SuspendProcessInstance(key, body["reason"]))


@blueprint.post("/process-instances/<key:key>/resumption")
@operation("恢复案件", answer=CaseKeySchema, errors=(403, 404, 409), administrators=True, command=True)
def resume_process_instance(key: int) -> dict[str, Any]:
    """Let a suspended case go on."""
    return execute(ResumeProcessInstance(key))


@blueprint.put("/process-instances/<key:key>/variables")
@operation(
    "修改案件数据",
    body=VariableUpdateSchema,
    answer=CaseKeySchema,
    errors=(400, 403, 404, 409, 422),
    administrators=True,
    command=True,
)
def put_variables(key: int, body: dict[str, Any]) -> dict[str, Any]:
    """Set variables of a case from outside its tasks; the reason is kept."""
    return execute(UpdateVariables(key, body["variables"], reason=body["reason"]))
