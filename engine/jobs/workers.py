"""Built-in workers: they take jobs under a lease like any outside worker, call out, and report."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select

from engine.commands.activate_jobs import ActivateJobs
from engine.commands.actor import Actor
from engine.commands.bus import CommandBus
from engine.commands.complete_job import CompleteJob
from engine.commands.fail_job import FailJob
from engine.documents.papers.printing import Printer
from engine.errors import BanjieError, Conflict, NotFound
from engine.feel import FeelError, compile_expression
from engine.feel.json import to_json
from engine.jobs.certified_seal import SEAL, SealWork
from engine.jobs.expert_draw import EXPERT_DRAW, draw_work
from engine.jobs.http_call import CallFailed, Target, call
from engine.jobs.paper_issue import RENDER, PaperWork
from engine.jobs.targets import target_named
from engine.store.database import reading
from engine.store.tables.runtime import job as job_table

logger = logging.getLogger(__name__)

WORKER = Actor("system:worker", "系统（内置作业）", administrator=True)
HTTP = "banjie:http"
LEASE_MILLISECONDS = 330_000
"""Longer than the longest call may take."""
FIRST_BACK_OFF = 5_000
LONGEST_BACK_OFF = 3_600_000

Job = Mapping[str, Any]
Work = Callable[[CommandBus, Job], dict[str, Any]]


def work_jobs(bus: CommandBus, workers: Mapping[str, Work] | None = None, maximum: int = 10) -> int:
    """Take up to ``maximum`` jobs of each built-in type, do them, and return how many were taken."""
    taken = 0
    for type_, work in (workers or BUILT_IN).items():
        if not _any_waiting(bus, type_):
            continue
        for job in bus.execute(ActivateJobs(type_, "banjie", maximum, LEASE_MILLISECONDS), WORKER)["jobs"]:
            taken += 1
            _do(bus, job, work)
    return taken


def http_work(bus: CommandBus, job: Job) -> dict[str, Any]:
    """Call the connection that the job's headers name.

    Headers: ``connection``, ``method`` (GET), ``path``, ``body`` and ``result`` (FEEL: of the job's variables, and of
    ``{status, body}``); the result's entries become variables.
    """
    headers = job["headers"]
    target = _target(bus, headers.get("connection", ""))
    path = _value(headers.get("path", ""), job["variables"])
    body = _value(headers["body"], job["variables"]) if "body" in headers else None
    reply = call(target, headers.get("method", "GET").upper(), str(path or ""), body, str(job["key"]))
    result = headers.get("result", "={status: status, body: body}")
    found = _value(result, {"status": reply.status, "body": reply.body})
    if not isinstance(found, dict):
        raise CallFailed("作业头 result 的表达式应得到一个上下文（名称到值）。")
    return found


BUILT_IN: Mapping[str, Work] = {HTTP: http_work, EXPERT_DRAW: draw_work, RENDER: PaperWork(), SEAL: SealWork()}
"""What the platform works itself. A process that found a LibreOffice works papers with it: ``with_printer``."""


def with_printer(printer: Printer | None) -> Mapping[str, Work]:
    """Return the built-in workers, those of papers with a printer."""
    return {**BUILT_IN, RENDER: PaperWork(printer)}


def _any_waiting(bus: CommandBus, type_: str) -> bool:
    """Look before leasing: leasing writes, and mostly there is nothing to do."""
    now = bus.clock.now()
    query = select(job_table.c.key).where(
        job_table.c.type == type_,
        (job_table.c.status == "ready") | ((job_table.c.status == "leased") & (job_table.c.lock_until <= now)),
        job_table.c.due_at <= now,
    )
    with reading(bus.engine) as open_connection:
        return open_connection.execute(query.limit(1)).first() is not None


def _do(bus: CommandBus, job: Job, work: Work) -> None:
    try:
        variables = work(bus, job)
    except (BanjieError, FeelError) as error:
        _fail(bus, job, str(error))
        return
    except Exception as error:
        # A mistake of the program in one job must not hold up all others.
        logger.exception("job %s could not be done", job["key"])
        _fail(bus, job, repr(error))
        return
    _report(bus, CompleteJob(job["key"], variables, job["fence"]))


def _fail(bus: CommandBus, job: Job, message: str) -> None:
    pause = min(FIRST_BACK_OFF * 2 ** max(0, 10 - job["retries"]), LONGEST_BACK_OFF)
    _report(bus, FailJob(job["key"], job["retries"] - 1, message, pause, fence=job["fence"]))


def _report(bus: CommandBus, command: CompleteJob | FailJob) -> None:
    try:
        bus.execute(command, WORKER, idempotency_key=f"job-{command.key}-{command.fence}")
    except (Conflict, NotFound) as error:
        logger.warning("job %s: the result came too late: %s", command.key, error.message)


def _target(bus: CommandBus, name: str) -> Target:
    with reading(bus.engine) as open_connection:
        target = target_named(open_connection, bus.vault, name)
    if target is None:
        raise CallFailed(f"没有名为“{name}”的连接，请管理员登记。")
    return target


def _value(source: str, context: Mapping[str, Any]) -> Any:
    if not source.startswith("="):
        return source
    return to_json(compile_expression(source[1:]).evaluate(context))
