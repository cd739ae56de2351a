"""Incidents."""

from __future__ import annotations

from sqlalchemy import case, literal

from engine.queries.search.fields import Field, Kind
from engine.queries.search.resource import Resource
from engine.queries.search.resources.shared import process_of
from engine.queries.search.scopes import TENANT_FIELD, outline_of_cases, tenant
from engine.store.tables.runtime import incident, process_instance

STATES = ("ACTIVE", "MIGRATED", "PENDING", "RESOLVED", "UNKNOWN")
TYPES = (
    "AD_HOC_SUB_PROCESS_NO_RETRIES", "CALLED_DECISION_ERROR", "CALLED_ELEMENT_ERROR", "CONDITION_ERROR",
    "DECISION_EVALUATION_ERROR", "EXECUTION_LISTENER_NO_RETRIES", "EXTRACT_VALUE_ERROR", "FORM_NOT_FOUND",
    "IO_MAPPING_ERROR", "JOB_NO_RETRIES", "MESSAGE_SIZE_EXCEEDED", "RESOURCE_NOT_FOUND", "TASK_LISTENER_NO_RETRIES",
    "UNHANDLED_ERROR_EVENT", "UNKNOWN", "UNSPECIFIED",
)  # fmt: skip

_columns = incident.c
_type = case((_columns.error_type.in_(TYPES), _columns.error_type), else_=literal("UNKNOWN"))

INCIDENTS = Resource(
    name="incidents",
    source=incident.join(process_instance, process_instance.c.key == _columns.process_instance_key),
    columns={
        "process_definition_id": process_instance.c.process_id,
        "error_type": _type,
        "error_message": _columns.message,
        "element_id": _columns.element_id,
        "creation_time": _columns.created_at,
        "state": _columns.state,
        "tenant_id": tenant,
        "incident_key": _columns.key,
        "process_definition_key": process_instance.c.definition_key,
        "process_instance_key": _columns.process_instance_key,
        "root_process_instance_key": _columns.root_key,
        "element_instance_key": _columns.element_instance_key,
        "job_key": _columns.job_key,
    },
    fields={
        "process_definition_id": Field(process_instance.c.process_id, Kind.TEXT),
        "error_type": Field(_type, Kind.CHOICE, TYPES),
        "error_message": Field(_columns.message, Kind.TEXT, sortable=False),
        "element_id": Field(_columns.element_id, Kind.TEXT),
        "creation_time": Field(_columns.created_at, Kind.MOMENT),
        "state": Field(_columns.state, Kind.CHOICE, STATES),
        "tenant_id": TENANT_FIELD,
        "incident_key": Field(_columns.key, Kind.KEY),
        "process_definition_key": Field(
            process_instance.c.definition_key,
            Kind.KEY,
            implied=lambda key: process_instance.c.process_id == process_of(key),
        ),
        "process_instance_key": Field(_columns.process_instance_key, Kind.KEY, case=_columns.root_key),
        "element_instance_key": Field(_columns.element_instance_key, Kind.KEY, case=_columns.root_key),
        "job_key": Field(_columns.job_key, Kind.KEY, nullable=True, case=_columns.root_key),
    },
    key=("incident_key",),
    scope=outline_of_cases(_columns.root_key),
)
