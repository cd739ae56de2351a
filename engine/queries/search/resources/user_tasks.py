"""User tasks."""

from __future__ import annotations

from engine.queries.search.fields import Field, Kind
from engine.queries.search.resource import Resource
from engine.queries.search.resources.shared import process_of, variables_of, word_in, words_in
from engine.queries.search.scopes import TENANT_FIELD, outline_of_cases, tenant
from engine.store.tables.repository import process_definition
from engine.store.tables.runtime import process_instance, user_task

STATES = (
    "ASSIGNING", "CANCELED", "CANCELING", "COMPLETED", "COMPLETING", "CREATED", "CREATING", "FAILED", "UPDATING",
)  # fmt: skip
"""All of Camunda 8's; a user task here is CREATED, then COMPLETED or CANCELED."""

_columns = user_task.c

USER_TASKS = Resource(
    name="user-tasks",
    source=user_task.join(process_definition, process_definition.c.key == _columns.definition_key).join(
        process_instance, process_instance.c.key == _columns.process_instance_key
    ),
    columns={
        "name": _columns.name,
        "state": _columns.state,
        "assignee": _columns.assignee_id,
        "element_id": _columns.element_id,
        "candidate_groups": _columns.candidate_groups,
        "candidate_users": _columns.candidate_users,
        "process_definition_id": process_definition.c.process_id,
        "creation_date": _columns.created_at,
        "completion_date": _columns.ended_at,
        "follow_up_date": _columns.follow_up_at,
        "due_date": _columns.due_at,
        "tenant_id": tenant,
        "external_form_reference": _columns.external_form,
        "process_definition_version": process_definition.c.version,
        "custom_headers": _columns.headers,
        "priority": _columns.priority,
        "user_task_key": _columns.key,
        "element_instance_key": _columns.key,
        "process_name": process_definition.c.name,
        "process_definition_key": _columns.definition_key,
        "process_instance_key": _columns.process_instance_key,
        "root_process_instance_key": _columns.root_key,
        "business_id": process_instance.c.business_key,
        "form_key": _columns.form_key,
        "tags": process_instance.c.tags,
    },
    fields={
        "state": Field(_columns.state, Kind.CHOICE, STATES, sortable=False),
        "assignee": Field(_columns.assignee_id, Kind.TEXT, nullable=True, sortable=False),
        "business_id": Field(process_instance.c.business_key, Kind.TEXT, nullable=True),
        "priority": Field(_columns.priority, Kind.WHOLE),
        "element_id": Field(_columns.element_id, Kind.TEXT, sortable=False),
        "name": Field(_columns.name, Kind.TEXT),
        "candidate_group": Field(None, Kind.TEXT, sortable=False, test=word_in(_columns.candidate_groups)),
        "candidate_user": Field(None, Kind.TEXT, sortable=False, test=word_in(_columns.candidate_users)),
        "tenant_id": TENANT_FIELD,
        "process_definition_id": Field(process_definition.c.process_id, Kind.TEXT, sortable=False),
        "creation_date": Field(_columns.created_at, Kind.MOMENT),
        "completion_date": Field(_columns.ended_at, Kind.MOMENT, nullable=True),
        "follow_up_date": Field(_columns.follow_up_at, Kind.MOMENT, nullable=True),
        "due_date": Field(_columns.due_at, Kind.MOMENT, nullable=True),
        "process_instance_variables": Field(
            None, Kind.VARIABLES, sortable=False, test=variables_of(_columns.process_instance_key)
        ),
        "local_variables": Field(None, Kind.VARIABLES, sortable=False, test=variables_of(_columns.key)),
        "user_task_key": Field(_columns.key, Kind.KEY),
        "process_definition_key": Field(
            _columns.definition_key,
            Kind.KEY,
            sortable=False,
            implied=lambda key: process_definition.c.process_id == process_of(key),
        ),
        "process_instance_key": Field(_columns.process_instance_key, Kind.KEY, sortable=False, case=_columns.root_key),
        "element_instance_key": Field(_columns.key, Kind.KEY, sortable=False),
        "tags": Field(None, Kind.WORDS, sortable=False, test=words_in(process_instance.c.tags)),
    },
    key=("user_task_key",),
    scope=outline_of_cases(_columns.root_key),
)
