"""Element instances: search, one, its incidents, its variables."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection

from engine.commands.update_variables import UpdateVariables
from engine.queries.search.resources.element_instances import ELEMENT_INSTANCES
from engine.queries.search.resources.incidents import INCIDENTS
from engine.store.tables.runtime import incident
from webapi.schemas.base import ApiSchema
from webapi.schemas.fields import Flag, Variables, Whole
from webapi.services import execute
from webapi.v2.blueprints import protocol_blueprint
from webapi.v2.finding import get, get_from
from webapi.v2.operation import operation
from webapi.v2.schemas.items import ElementInstanceResultSchema, IncidentResultSchema
from webapi.v2.searching import add_search

blueprint = protocol_blueprint("element-instances")
WHAT = "元素实例"


class VariablesSchema(ApiSchema):
    """Variables to set where they are seen, or in the very scope with ``local``."""

    variables = Variables(required=True)
    local = Flag(load_default=False)
    operation_reference = Whole(smallest=1, load_default=None)


def incidents_of(connection: Connection, key: int) -> list[ColumnElement[bool]]:
    """Return the condition for incidents of an element instance."""
    found = get_from(connection, ELEMENT_INSTANCES, WHAT, element_instance_key=key)
    return [incident.c.root_key == found["root_process_instance_key"], incident.c.element_instance_key == key]


add_search(
    blueprint,
    "/element-instances/search",
    "searchElementInstances",
    "查找元素实例",
    ELEMENT_INSTANCES,
    ElementInstanceResultSchema,
)
add_search(
    blueprint,
    "/element-instances/<key:key>/incidents/search",
    "searchElementInstanceIncidents",
    "元素实例的异常",
    INCIDENTS,
    IncidentResultSchema,
    extra=incidents_of,
)


@blueprint.get("/element-instances/<key:key>", endpoint="getElementInstance")
@operation("元素实例", answer=ElementInstanceResultSchema, errors=(404,))
def get_element_instance(key: int) -> dict[str, Any]:
    """Read."""
    return get(ELEMENT_INSTANCES, WHAT, element_instance_key=key)


@blueprint.put("/element-instances/<key:key>/variables", endpoint="createElementInstanceVariables")
@operation("修改变量", body=VariablesSchema, command=True)
def put_variables(key: int, body: dict[str, Any]) -> None:
    """Set."""
    execute(UpdateVariables(key, body["variables"], body["local"]))
