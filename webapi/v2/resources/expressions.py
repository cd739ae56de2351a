"""Expressions: FEEL evaluated for those who develop procedures."""

from __future__ import annotations

from typing import Any

from engine.commands.administration import require_administrator
from engine.feel import evaluate
from engine.feel.json import from_json, to_json
from engine.queries.search.resources.element_instances import ELEMENT_INSTANCES
from engine.queries.sight import Sight, require_sight
from engine.queries.variables import visible_variables
from webapi.schemas.base import ApiSchema
from webapi.schemas.fields import Anything, Key, Many, Part, Text, Variables
from webapi.security import actor
from webapi.services import now, read
from webapi.v2.blueprints import protocol_blueprint
from webapi.v2.finding import get_from
from webapi.v2.operation import operation
from webapi.v2.schemas.fields import Tenant

blueprint = protocol_blueprint("expressions")
LONGEST_EXPRESSION = 20_000


class ExpressionSchema(ApiSchema):
    """An expression, with variables of one's own or those seen from an element instance."""

    expression = Text(longest=LONGEST_EXPRESSION, shortest=1, required=True)
    tenant_id = Tenant()
    scope_key = Key(load_default=None)
    variables = Variables(load_default=dict, allow_none=True)


class WarningSchema(ApiSchema):
    """Why a value became null."""

    message = Text()


class ExpressionResultSchema(ApiSchema):
    """The value; there are no secrets that it could refer to."""

    expression = Text()
    result = Anything()
    warnings = Many(Part(WarningSchema))
    referenced_secrets = Many(Text(), dump_default=list)


@blueprint.post("/expression/evaluation", endpoint="evaluateExpression")
@operation("求 FEEL 表达式的值", body=ExpressionSchema, answer=ExpressionResultSchema, errors=(400, 403, 404))
def evaluate_expression(body: dict[str, Any]) -> dict[str, Any]:
    """Evaluate."""
    require_administrator(actor())
    variables = {**_seen(body["scope_key"]), **(body["variables"] or {})}
    context = {name: from_json(value) for name, value in variables.items()}
    warnings: list[Any] = []
    text = body["expression"].removeprefix("=")
    value = evaluate(text, context, now=now(), warnings=warnings)
    return {
        "expression": body["expression"],
        "result": to_json(value),
        "warnings": [{"message": str(each.message)} for each in warnings],
    }


def _seen(scope_key: int | None) -> dict[str, Any]:
    if scope_key is None:
        return {}
    with read() as connection:
        found = get_from(connection, ELEMENT_INSTANCES, "元素实例", element_instance_key=scope_key)
        require_sight(connection, actor(), found["root_process_instance_key"], Sight.CONTENT)
        return visible_variables(connection, scope_key)
