"""Variables in the scopes they live in."""

from __future__ import annotations

from engine.queries.search.fields import Field, Kind
from engine.queries.search.resource import Resource
from engine.queries.search.resources.shared import value_test
from engine.queries.search.scopes import TENANT_FIELD, tenant, variables_of_cases
from engine.store.tables.runtime import element_instance, variable

_columns = variable.c
_instance = element_instance.c.process_instance_key

VARIABLES = Resource(
    name="variables",
    source=variable.join(element_instance, element_instance.c.key == _columns.scope_key),
    columns={
        "name": _columns.name,
        "value": _columns.value,
        "tenant_id": tenant,
        "variable_key": _columns.key,
        "scope_key": _columns.scope_key,
        "process_instance_key": _instance,
        "root_process_instance_key": _columns.root_key,
    },
    fields={
        "name": Field(_columns.name, Kind.TEXT),
        "value": Field(None, Kind.TEXT, sortable=False, test=value_test),
        "tenant_id": TENANT_FIELD,
        "variable_key": Field(_columns.key, Kind.KEY),
        "scope_key": Field(_columns.scope_key, Kind.KEY, case=_columns.root_key),
        "process_instance_key": Field(_instance, Kind.KEY, case=_columns.root_key),
    },
    key=("scope_key", "name"),
    scope=variables_of_cases(_columns.root_key, _columns.name),
)
