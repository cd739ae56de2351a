"""Process instances: search, one, and what is read of one."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection

from engine.queries.lineage import call_hierarchy, taken_flows
from engine.queries.search.resources.incidents import INCIDENTS
from engine.queries.search.resources.process_instances import PROCESS_INSTANCES
from engine.queries.search.scopes import TENANT
from engine.queries.statistics import elements_of_instance
from engine.store.tables.runtime import incident
from webapi.schemas.base import ApiSchema
from webapi.schemas.fields import Many, Part
from webapi.services import read
from webapi.v2.blueprints import protocol_blueprint
from webapi.v2.finding import get, get_from
from webapi.v2.operation import operation
from webapi.v2.schemas.items import IncidentResultSchema, ProcessInstanceResultSchema
from webapi.v2.schemas.process_instances import CallHierarchyEntrySchema, SequenceFlowSchema
from webapi.v2.schemas.statistics import ElementStatisticsSchema
from webapi.v2.searching import add_search

blueprint = protocol_blueprint("process-instances")
WHAT = "流程实例"


class InstanceStatisticsSchema(ApiSchema):
    """Counts of a process instance."""

    items = Many(Part(ElementStatisticsSchema))


class SequenceFlowsSchema(ApiSchema):
    """The flows of a process instance."""

    items = Many(Part(SequenceFlowSchema))


def incidents_of(connection: Connection, key: int) -> list[ColumnElement[bool]]:
    """Return the condition for incidents of a process instance and those it called."""
    instance = get_from(connection, PROCESS_INSTANCES, WHAT, process_instance_key=key)
    if instance["root_process_instance_key"] == key:
        return [incident.c.root_key == key]
    return [incident.c.root_key == instance["root_process_instance_key"], incident.c.process_instance_key == key]


add_search(
    blueprint,
    "/process-instances/search",
    "searchProcessInstances",
    "查找流程实例",
    PROCESS_INSTANCES,
    ProcessInstanceResultSchema,
)
add_search(
    blueprint,
    "/process-instances/<key:key>/incidents/search",
    "searchProcessInstanceIncidents",
    "流程实例的异常",
    INCIDENTS,
    IncidentResultSchema,
    extra=incidents_of,
)


@blueprint.get("/process-instances/<key:key>", endpoint="getProcessInstance")
@operation("流程实例", answer=ProcessInstanceResultSchema, errors=(404,))
def get_process_instance(key: int) -> dict[str, Any]:
    """Read."""
    return get(PROCESS_INSTANCES, WHAT, process_instance_key=key)


@blueprint.get("/process-instances/<key:key>/call-hierarchy", endpoint="getProcessInstanceCallHierarchy")
@operation("由哪些流程实例调用而来", answer=CallHierarchyEntrySchema, many=True, errors=(404,))
def get_call_hierarchy(key: int) -> list[dict[str, Any]]:
    """List the callers, the outermost first, and the process instance itself."""
    with read() as connection:
        get_from(connection, PROCESS_INSTANCES, WHAT, process_instance_key=key)
        return call_hierarchy(connection, key)


@blueprint.get("/process-instances/<key:key>/sequence-flows", endpoint="getProcessInstanceSequenceFlows")
@operation("经过的顺序流", answer=SequenceFlowsSchema, errors=(404,))
def get_sequence_flows(key: int) -> dict[str, Any]:
    """List each flow once, in the order they were first taken."""
    with read() as connection:
        instance = get_from(connection, PROCESS_INSTANCES, WHAT, process_instance_key=key)
        flows = taken_flows(connection, instance["root_process_instance_key"], key)
    return {
        "items": [
            {**instance, "sequence_flow_id": f"{key}_{flow}", "element_id": flow, "tenant_id": TENANT} for flow in flows
        ]
    }


@blueprint.get("/process-instances/<key:key>/statistics/element-instances", endpoint="getProcessInstanceStatistics")
@operation("各元素上的实例数", answer=InstanceStatisticsSchema, errors=(404,))
def get_statistics(key: int) -> dict[str, Any]:
    """Count."""
    with read() as connection:
        get_from(connection, PROCESS_INSTANCES, WHAT, process_instance_key=key)
        return {"items": elements_of_instance(connection, key)}
