"""Variables: search and one."""

from __future__ import annotations

from typing import Any

from marshmallow import fields

from engine.queries.search.resources.variables import VARIABLES
from webapi.schemas.base import ApiSchema
from webapi.v2.blueprints import protocol_blueprint
from webapi.v2.finding import get
from webapi.v2.operation import operation
from webapi.v2.schemas.fields import LONGEST_VALUE, json_text
from webapi.v2.schemas.items import VariableResultSchema, VariableSearchResultSchema
from webapi.v2.searching import add_search

blueprint = protocol_blueprint("variables")


class VariableQuerySchema(ApiSchema):
    """Whether long values are cut off."""

    truncate_values = fields.Boolean(
        truthy={"true"}, falsy={"false"}, load_default=True, error_messages={"invalid": "应为 true 或 false。"}
    )


def show_value(item: dict[str, Any], query: dict[str, Any]) -> None:
    """Give the value as JSON text, cut off where it is long and that is wanted."""
    text = json_text(item["value"])
    cut = query["truncate_values"] and len(text) > LONGEST_VALUE
    item.update(value=text[:LONGEST_VALUE] if cut else text, is_truncated=cut)


add_search(
    blueprint,
    "/variables/search",
    "searchVariables",
    "查找变量",
    VARIABLES,
    VariableSearchResultSchema,
    query=VariableQuerySchema,
    finish=show_value,
)


@blueprint.get("/variables/<key:key>", endpoint="getVariable")
@operation("变量", answer=VariableResultSchema, errors=(404,))
def get_variable(key: int) -> dict[str, Any]:
    """Read."""
    return get(VARIABLES, "变量", variable_key=key)
