"""Jobs: activate with long polling, complete, fail, throw an error, update, search."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from engine.commands.activate_jobs import ActivateJobs
from engine.commands.complete_job import CompleteJob
from engine.commands.errors import JobTaken
from engine.commands.fail_job import FailJob
from engine.commands.jobs import require_worker
from engine.commands.throw_job_error import ThrowJobError
from engine.commands.update_job import UpdateJob
from engine.queries.available_jobs import job_waits
from engine.queries.search.resources.jobs import JOBS
from engine.queries.search.scopes import TENANT
from engine.store.keys import case_of
from engine.store.tables.runtime import job, process_instance
from webapi.security import actor
from webapi.services import execute, platform, read
from webapi.v2.blueprints import protocol_blueprint
from webapi.v2.operation import operation
from webapi.v2.schemas.items import JobResultSchema
from webapi.v2.schemas.jobs import (
    MOST_JOBS,
    ActivatedJobsSchema,
    ActivationSchema,
    JobCompletionSchema,
    JobErrorSchema,
    JobFailureSchema,
    JobUpdateSchema,
)
from webapi.v2.searching import add_search
from webapi.v2.waiting import LONGEST, waiting

blueprint = protocol_blueprint("jobs")

add_search(blueprint, "/jobs/search", "searchJobs", "查找作业", JOBS, JobResultSchema)


@blueprint.post("/jobs/activation", endpoint="activateJobs")
@operation("领取作业", body=ActivationSchema, answer=ActivatedJobsSchema, errors=(400, 403), command=True)
def activate_jobs(body: dict[str, Any]) -> dict[str, Any]:
    """Lease; where there is nothing to do, wait for it a while. A negative ``requestTimeout`` waits not at all."""
    require_worker(actor())
    command = ActivateJobs(
        type=body["type"],
        worker=body["worker"],
        maximum=min(body["max_jobs_to_activate"], MOST_JOBS),
        timeout=body["timeout"],
        fetch=tuple(body["fetch_variable"] or ()) or None,
    )

    def lease() -> list[dict[str, Any]] | None:
        with read() as connection:
            if not job_waits(connection, body["type"], platform().clock.now()):
                return None
        return execute(command)["jobs"] or None

    milliseconds = body["request_timeout"]
    jobs = waiting().until(lease, LONGEST if milliseconds == 0 else milliseconds / 1000) or []
    with read() as connection:
        cases = _cases(connection, jobs)
    return {"jobs": [_with_case(each, cases, token=bool(body["with_lease"])) for each in jobs]}


@blueprint.post("/jobs/<key:key>/completion", endpoint="completeJob")
@operation("作业完成", body=JobCompletionSchema, command=True)
def complete_job(key: int, body: dict[str, Any]) -> None:
    """Report a job done."""
    execute(CompleteJob(key, body["variables"] or {}, _fence(body)))


@blueprint.post("/jobs/<key:key>/failure", endpoint="failJob")
@operation("作业失败", body=JobFailureSchema, command=True)
def fail_job(key: int, body: dict[str, Any]) -> None:
    """Report a failure; with no retries left an incident is raised."""
    message, variables = body["error_message"] or "", body["variables"] or {}
    execute(FailJob(key, body["retries"], message, body["retry_back_off"], variables, _fence(body)))


@blueprint.post("/jobs/<key:key>/error", endpoint="throwJobError")
@operation("抛出 BPMN 错误", body=JobErrorSchema, command=True)
def throw_job_error(key: int, body: dict[str, Any]) -> None:
    """Throw a BPMN error."""
    message, variables = body["error_message"] or "", body["variables"] or {}
    execute(ThrowJobError(key, body["error_code"], message, variables, _fence(body)))


@blueprint.patch("/jobs/<key:key>", endpoint="updateJob")
@operation("修改作业的重试次数或租期", body=JobUpdateSchema, command=True)
def update_job(key: int, body: dict[str, Any]) -> None:
    """Change retries or lease."""
    changeset = body["changeset"]
    execute(UpdateJob(key, changeset["retries"], changeset["timeout"]))


def _fence(body: dict[str, Any]) -> int | None:
    """The lease's number, which is its token. Raises JobTaken for a token that was never given."""
    token = body["job_lease_token"]
    if token is None:
        return None
    if not (token.isascii() and token.isdigit()):
        raise JobTaken("租约令牌无效，作业已由其他工作者接手。")
    return int(token)


def _cases(connection: Connection, jobs: list[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    keys = [each["key"] for each in jobs]
    columns = process_instance.c
    query = (
        select(job.c.key, job.c.listener_event, columns.business_key, columns.tags)
        .join(process_instance, columns.key == job.c.process_instance_key)
        .where(job.c.key.in_(keys))
    )
    return {row["key"]: dict(row) for row in connection.execute(query).mappings()}


def _with_case(each: dict[str, Any], cases: dict[int, dict[str, Any]], *, token: bool) -> dict[str, Any]:
    found = cases[each["key"]]
    return {
        **each,
        "tenant_id": TENANT,
        "physical_tenant_id": TENANT,
        "listener_event_type": (found["listener_event"] or "UNSPECIFIED").upper(),
        "root_process_instance_key": case_of(each["key"]),
        "business_id": found["business_key"],
        "tags": found["tags"] or [],
        "job_lease_token": str(each["fence"]) if token else None,
    }
