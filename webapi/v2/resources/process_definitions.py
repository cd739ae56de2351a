"""Process definitions: search, one, its diagram, its start form, what its instances are at."""

from __future__ import annotations

from typing import Any

from flask import Response

from engine.queries.forms import start_form_key
from engine.queries.search.resources.process_definitions import PROCESS_DEFINITIONS
from engine.queries.search.resources.process_instances import PROCESS_INSTANCES
from engine.queries.statistics import elements_of_definition
from webapi.schemas.base import ApiSchema
from webapi.schemas.fields import Many, Part
from webapi.security import actor
from webapi.services import platform, read
from webapi.v2.blueprints import protocol_blueprint
from webapi.v2.finding import get, get_from
from webapi.v2.operation import operation
from webapi.v2.resources.deployments import form_answer, xml_answer
from webapi.v2.schemas.deployments import FormResultSchema
from webapi.v2.schemas.items import ProcessDefinitionResultSchema
from webapi.v2.schemas.statistics import ElementStatisticsSchema
from webapi.v2.searching import add_search, filter_schema

blueprint = protocol_blueprint("process-definitions")
WHAT = "流程定义"


class ElementStatisticsQuerySchema(ApiSchema):
    """Of which instances."""

    filter = Part(filter_schema(PROCESS_INSTANCES, "ElementStatistics"), load_default=list)


add_search(
    blueprint,
    "/process-definitions/search",
    "searchProcessDefinitions",
    "查找流程定义",
    PROCESS_DEFINITIONS,
    ProcessDefinitionResultSchema,
)


@blueprint.get("/process-definitions/<key:key>", endpoint="getProcessDefinition")
@operation("流程定义", answer=ProcessDefinitionResultSchema, errors=(404,))
def get_process_definition(key: int) -> dict[str, Any]:
    """Read."""
    return get(PROCESS_DEFINITIONS, WHAT, process_definition_key=key)


@blueprint.get("/process-definitions/<key:key>/xml", endpoint="getProcessDefinitionXML")
@operation("流程图文件", errors=(404,), media_type="text/xml")
def get_process_definition_xml(key: int) -> Response:
    """Give the diagram as it was deployed."""
    with read() as connection:
        return xml_answer(platform().sources.definitions.xml(connection, key))


@blueprint.get("/process-definitions/<key:key>/form", endpoint="getStartProcessForm")
@operation("发起前填写的表单；没有则 204", answer=FormResultSchema, errors=(404,))
def get_start_form(key: int) -> Any:
    """Read; nothing where there is none."""
    with read() as connection:
        form_key = start_form_key(connection, platform().sources.definitions, key)
    return Response(status=204) if form_key is None else form_answer(form_key)


@blueprint.post(
    "/process-definitions/<key:key>/statistics/element-instances", endpoint="getProcessDefinitionStatistics"
)
@operation(
    "各元素上的实例数",
    body=ElementStatisticsQuerySchema,
    answer=type("DefinitionStatisticsSchema", (ApiSchema,), {"items": Many(Part(ElementStatisticsSchema))}),
    errors=(400, 404),
)
def get_statistics(key: int, body: dict[str, Any]) -> dict[str, Any]:
    """Count."""
    with read() as connection:
        get_from(connection, PROCESS_DEFINITIONS, WHAT, process_definition_key=key)
        return {"items": elements_of_definition(connection, actor(), key, body["filter"])}
