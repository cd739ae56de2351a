"""Decisions: definitions, the files they stand in, evaluation, and what was evaluated."""

from __future__ import annotations

from typing import Any

from flask import Response

from engine.commands.evaluate_decision import EvaluateDecision
from engine.queries.deployed import deployed_file
from engine.queries.search import Condition, Operator, Request
from engine.queries.search.resources.decision_definitions import DECISION_DEFINITIONS, DECISION_REQUIREMENTS
from engine.queries.search.resources.decision_instances import DECISION_INSTANCES
from webapi.services import execute, platform, read
from webapi.v2.blueprints import protocol_blueprint
from webapi.v2.finding import get, get_from
from webapi.v2.operation import operation
from webapi.v2.resources.deployments import xml_answer
from webapi.v2.schemas.decisions import (
    DecisionInstanceGetResultSchema,
    EvaluateDecisionResultSchema,
    EvaluationSchema,
)
from webapi.v2.schemas.items import (
    DecisionDefinitionResultSchema,
    DecisionInstanceResultSchema,
    DecisionRequirementsResultSchema,
)
from webapi.v2.searching import LARGEST_PAGE, add_search, find

blueprint = protocol_blueprint("decisions")
DECISION, FILE = "决策", "决策文件"

for _rule, _operation_id, _summary, _resource, _schema in (
    (
        "/decision-definitions/search",
        "searchDecisionDefinitions",
        "查找决策",
        DECISION_DEFINITIONS,
        DecisionDefinitionResultSchema,
    ),
    (
        "/decision-requirements/search",
        "searchDecisionRequirements",
        "查找决策文件",
        DECISION_REQUIREMENTS,
        DecisionRequirementsResultSchema,
    ),
    (
        "/decision-instances/search",
        "searchDecisionInstances",
        "查找决策记录",
        DECISION_INSTANCES,
        DecisionInstanceResultSchema,
    ),
):
    add_search(blueprint, _rule, _operation_id, _summary, _resource, _schema)


@blueprint.get("/decision-definitions/<key:key>", endpoint="getDecisionDefinition")
@operation("决策", answer=DecisionDefinitionResultSchema, errors=(404,))
def get_decision_definition(key: int) -> dict[str, Any]:
    """Read."""
    return get(DECISION_DEFINITIONS, DECISION, decision_definition_key=key)


@blueprint.get("/decision-definitions/<key:key>/xml", endpoint="getDecisionDefinitionXML")
@operation("决策所在的文件", errors=(404,), media_type="text/xml")
def get_decision_definition_xml(key: int) -> Response:
    """Give the file as it was deployed."""
    return _xml(get(DECISION_DEFINITIONS, DECISION, decision_definition_key=key)["decision_requirements_key"])


@blueprint.get("/decision-requirements/<key:key>", endpoint="getDecisionRequirements")
@operation("决策文件", answer=DecisionRequirementsResultSchema, errors=(404,))
def get_decision_requirements(key: int) -> dict[str, Any]:
    """Read."""
    return get(DECISION_REQUIREMENTS, FILE, decision_requirements_key=key)


@blueprint.get("/decision-requirements/<key:key>/xml", endpoint="getDecisionRequirementsXML")
@operation("决策文件的内容", errors=(404,), media_type="text/xml")
def get_decision_requirements_xml(key: int) -> Response:
    """Give the file as it was deployed."""
    return _xml(get(DECISION_REQUIREMENTS, FILE, decision_requirements_key=key)["decision_requirements_key"])


@blueprint.post("/decision-definitions/evaluation", endpoint="evaluateDecision")
@operation(
    "求决策的值", body=EvaluationSchema, answer=EvaluateDecisionResultSchema, errors=(400, 403, 404), command=True
)
def evaluate_decision(body: dict[str, Any]) -> dict[str, Any]:
    """Evaluate; what was decided is kept."""
    command = EvaluateDecision(body["decision_definition_id"], body["decision_definition_key"], body["variables"])
    answer = execute(command)
    key, evaluation = answer["key"], answer["evaluation"]
    conditions = [Condition("decision_evaluation_key", Operator.EQ, key)]
    with read() as connection:
        definition = get_from(
            connection, DECISION_DEFINITIONS, DECISION, decision_definition_key=evaluation["decision_key"]
        )
        decisions = find(connection, DECISION_INSTANCES, Request(conditions, limit=LARGEST_PAGE)).items
    return {
        **definition,
        "decision_definition_name": definition["name"],
        "decision_definition_version": definition["version"],
        "decision_evaluation_key": key,
        "decision_instance_key": key,
        "evaluated_decisions": [{**each, **_details(each)} for each in decisions],
        "output": evaluation["value"],
    }


@blueprint.get("/decision-instances/<id_>", endpoint="getDecisionInstance")
@operation("决策记录", answer=DecisionInstanceGetResultSchema, errors=(404,))
def get_decision_instance(id_: str) -> dict[str, Any]:
    """Read."""
    found = get(DECISION_INSTANCES, "决策记录", decision_evaluation_instance_key=id_)
    return {**found, **_details(found)}


def _details(found: dict[str, Any]) -> dict[str, Any]:
    return {
        "evaluated_inputs": [
            {"input_id": name, "input_name": name, "input_value": value} for name, value in found["inputs"].items()
        ],
        "matched_rules": [
            {"rule_id": rule["id"] or "", "rule_index": rule["index"], "evaluated_outputs": []}
            for rule in found["rules"]
        ],
    }


def _xml(requirements_key: int) -> Response:
    with read() as connection:
        content, _ = deployed_file(connection, platform().sources.definitions, requirements_key)
    return xml_answer(content)
