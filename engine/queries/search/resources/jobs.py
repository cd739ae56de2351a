"""Jobs for workers; timers are none of theirs."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, String, and_, case, func, literal

from engine.queries.search.fields import Field, Kind
from engine.queries.search.resource import Resource, Scope
from engine.queries.search.resources.shared import flag, process_of
from engine.queries.search.scopes import TENANT_FIELD, jobs_of_cases, tenant
from engine.queries.viewer import Viewer
from engine.store.tables.runtime import job, process_instance

STATES = (
    "CANCELED", "COMPLETED", "CREATED", "ERROR_THROWN", "FAILED", "MIGRATED",
    "PRIORITY_UPDATED", "RETRIES_UPDATED", "TIMED_OUT", "TIMEOUT_UPDATED",
)  # fmt: skip
KINDS = ("AD_HOC_SUB_PROCESS", "BPMN_ELEMENT", "EXECUTION_LISTENER", "TASK_LISTENER")
EVENTS = (
    "ASSIGNING", "BEFORE_ALL", "CANCEL", "CANCELING", "COMPLETING", "CREATING", "END", "START", "UNSPECIFIED",
    "UPDATING",
)  # fmt: skip

_columns = job.c
_failed_once = and_(_columns.status == "ready", _columns.last_error.is_not(None))
_state = case(
    (_columns.error_code.is_not(None), literal("ERROR_THROWN", String())),
    (_columns.status == "done", literal("COMPLETED", String())),
    (_columns.status == "cancelled", literal("CANCELED", String())),
    (_columns.status == "failed", literal("FAILED", String())),
    (_failed_once, literal("FAILED", String())),
    else_=literal("CREATED", String()),
)
_event = func.coalesce(func.upper(_columns.listener_event), "UNSPECIFIED")
_worker = func.coalesce(_columns.lock_owner, "")
_retried = flag(_failed_once)
_scope = jobs_of_cases(_columns.root_key)


def _no_timers(viewer: Viewer) -> Any:
    return (_columns.kind != "timer", *_scope(viewer))


def _in_case(column: ColumnElement[Any]) -> Field:
    return Field(column, Kind.KEY, case=_columns.root_key)


_jobs_only: Scope = _no_timers

JOBS = Resource(
    name="jobs",
    source=job.join(process_instance, process_instance.c.key == _columns.process_instance_key),
    columns={
        "custom_headers": _columns.headers,
        "deadline": _columns.lock_until,
        "element_id": _columns.element_id,
        "element_instance_key": _columns.element_instance_key,
        "end_time": _columns.ended_at,
        "error_code": _columns.error_code,
        "error_message": _columns.last_error,
        "has_failed_with_retries_left": _retried,
        "job_key": _columns.key,
        "kind": _columns.kind,
        "listener_event_type": _event,
        "process_definition_id": process_instance.c.process_id,
        "process_definition_key": process_instance.c.definition_key,
        "process_instance_key": _columns.process_instance_key,
        "root_process_instance_key": _columns.root_key,
        "business_id": process_instance.c.business_key,
        "retries": _columns.retries,
        "state": _state,
        "tenant_id": tenant,
        "type": _columns.type,
        "worker": _worker,
        "creation_time": _columns.created_at,
    },
    fields={
        "deadline": Field(_columns.lock_until, Kind.MOMENT, nullable=True),
        "element_id": Field(_columns.element_id, Kind.TEXT),
        "element_instance_key": _in_case(_columns.element_instance_key),
        "end_time": Field(_columns.ended_at, Kind.MOMENT, nullable=True),
        "error_code": Field(_columns.error_code, Kind.TEXT, nullable=True),
        "error_message": Field(_columns.last_error, Kind.TEXT, nullable=True),
        "has_failed_with_retries_left": Field(_retried, Kind.FLAG),
        "job_key": Field(_columns.key, Kind.KEY),
        "kind": Field(_columns.kind, Kind.CHOICE, KINDS),
        "listener_event_type": Field(_event, Kind.CHOICE, EVENTS),
        "process_definition_id": Field(process_instance.c.process_id, Kind.TEXT),
        "process_definition_key": Field(
            process_instance.c.definition_key,
            Kind.KEY,
            implied=lambda key: process_instance.c.process_id == process_of(key),
        ),
        "process_instance_key": _in_case(_columns.process_instance_key),
        "retries": Field(_columns.retries, Kind.WHOLE),
        "state": Field(_state, Kind.CHOICE, STATES),
        "tenant_id": TENANT_FIELD,
        "type": Field(_columns.type, Kind.TEXT),
        "worker": Field(_worker, Kind.TEXT),
        "creation_time": Field(_columns.created_at, Kind.MOMENT),
    },
    key=("job_key",),
    scope=_jobs_only,
)
