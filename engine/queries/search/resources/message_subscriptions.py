"""Message subscriptions of running cases, past ones too."""

from __future__ import annotations

from sqlalchemy import String, case, literal

from engine.queries.search.fields import Field, Kind
from engine.queries.search.resource import Resource
from engine.queries.search.resources.shared import process_of
from engine.queries.search.scopes import TENANT_FIELD, outline_of_cases, tenant
from engine.store.tables.repository import process_definition
from engine.store.tables.runtime import message_subscription, process_instance

STATES = ("CORRELATED", "CREATED", "DELETED", "MIGRATED")
TYPES = ("PROCESS_EVENT", "START_EVENT")

_columns = message_subscription.c
_state = case((_columns.state == "OPEN", literal("CREATED", String())), else_=literal("DELETED", String()))
_type = literal("PROCESS_EVENT", String())


def _key_of_case(column_name: str) -> Field:
    return Field(_columns[column_name], Kind.KEY, case=_columns.root_key)


MESSAGE_SUBSCRIPTIONS = Resource(
    name="message-subscriptions",
    source=message_subscription.join(process_instance, process_instance.c.key == _columns.process_instance_key).join(
        process_definition, process_definition.c.key == process_instance.c.definition_key
    ),
    columns={
        "business_id": process_instance.c.business_key,
        "message_subscription_key": _columns.key,
        "process_definition_id": process_instance.c.process_id,
        "process_definition_key": process_instance.c.definition_key,
        "process_definition_name": process_definition.c.name,
        "process_definition_version": process_instance.c.version,
        "process_instance_key": _columns.process_instance_key,
        "root_process_instance_key": _columns.root_key,
        "element_id": _columns.element_id,
        "element_instance_key": _columns.element_instance_key,
        "message_subscription_state": _state,
        "last_updated_date": _columns.opened_at,
        "message_name": _columns.message_name,
        "correlation_key": _columns.correlation_key,
        "message_subscription_type": _type,
        "tenant_id": tenant,
    },
    fields={
        "business_id": Field(process_instance.c.business_key, Kind.TEXT, nullable=True),
        "message_subscription_key": Field(_columns.key, Kind.KEY),
        "process_definition_id": Field(process_instance.c.process_id, Kind.TEXT),
        "process_definition_key": Field(
            process_instance.c.definition_key,
            Kind.KEY,
            implied=lambda key: process_instance.c.process_id == process_of(key),
        ),
        "process_definition_name": Field(process_definition.c.name, Kind.TEXT),
        "process_definition_version": Field(process_instance.c.version, Kind.WHOLE),
        "process_instance_key": _key_of_case("process_instance_key"),
        "element_id": Field(_columns.element_id, Kind.TEXT),
        "element_instance_key": _key_of_case("element_instance_key"),
        "message_subscription_state": Field(_state, Kind.CHOICE, STATES),
        "last_updated_date": Field(_columns.opened_at, Kind.MOMENT),
        "message_name": Field(_columns.message_name, Kind.TEXT),
        "correlation_key": Field(_columns.correlation_key, Kind.TEXT),
        "message_subscription_type": Field(_type, Kind.CHOICE, TYPES),
        "tenant_id": TENANT_FIELD,
    },
    key=("message_subscription_key",),
    scope=outline_of_cases(_columns.root_key),
)
