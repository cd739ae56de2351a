"""Incidents: search, one, resolution."""

from __future__ import annotations

from typing import Any

from engine.commands.resolve_incident import ResolveIncident
from engine.queries.search.resources.incidents import INCIDENTS
from webapi.services import execute
from webapi.v2.blueprints import protocol_blueprint
from webapi.v2.finding import get
from webapi.v2.operation import operation
from webapi.v2.schemas.items import IncidentResultSchema
from webapi.v2.schemas.process_instances import NothingSchema
from webapi.v2.searching import add_search

blueprint = protocol_blueprint("incidents")

add_search(blueprint, "/incidents/search", "searchIncidents", "查找异常", INCIDENTS, IncidentResultSchema)


@blueprint.get("/incidents/<key:key>", endpoint="getIncident")
@operation("异常", answer=IncidentResultSchema, errors=(404,))
def get_incident(key: int) -> dict[str, Any]:
    """Read."""
    return get(INCIDENTS, "异常", incident_key=key)


@blueprint.post("/incidents/<key:key>/resolution", endpoint="resolveIncident")
@operation("解决异常：重试", body=NothingSchema, command=True)
def resolve_incident(key: int, body: dict[str, Any]) -> None:
    """Try again what failed."""
    execute(ResolveIncident(key))
