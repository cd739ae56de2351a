"""What evaluating decisions takes and gives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, validates_schema

from webapi.schemas.base import ApiSchema
from webapi.schemas.fields import Key, Many, Part, Text, Variables, Whole
from webapi.v2.schemas.fields import JsonValue, Tenant
from webapi.v2.schemas.items import DecisionInstanceResultSchema


class EvaluationSchema(ApiSchema):
    """Which decision, with which inputs."""

    decision_definition_id = Text(longest=255, shortest=1, load_default=None)
    decision_definition_key = Key(load_default=None)
    variables = Variables(load_default=dict)
    tenant_id = Tenant()

    @validates_schema
    def one_decision(self, data: Mapping[str, Any], **kwargs: Any) -> None:
        """Refuse what names no decision, or two."""
        if (data.get("decision_definition_id") is None) == (data.get("decision_definition_key") is None):
            message = "decisionDefinitionId 与 decisionDefinitionKey 须且只能提供一个。"
            raise ValidationError(message, "decisionDefinitionId")


class EvaluatedInputSchema(ApiSchema):
    """An input with its value."""

    input_id = Text()
    input_name = Text()
    input_value = JsonValue()


class MatchedRuleSchema(ApiSchema):
    """A rule that was hit; its outputs are in the decision's value."""

    rule_id = Text()
    rule_index = Whole()
    evaluated_outputs = Many(Text(), dump_default=list)


class EvaluatedDecisionSchema(ApiSchema):
    """A decision on the way."""

    decision_definition_id = Text()
    decision_definition_name = Text()
    decision_definition_version = Whole()
    decision_definition_type = Text()
    output = JsonValue(attribute="result")
    tenant_id = Text()
    matched_rules = Many(Part(MatchedRuleSchema))
    evaluated_inputs = Many(Part(EvaluatedInputSchema))
    decision_definition_key = Key()
    decision_evaluation_instance_key = Text()


class EvaluateDecisionResultSchema(ApiSchema):
    """The value, and how it came about."""

    decision_definition_id = Text()
    decision_definition_key = Key()
    decision_definition_name = Text()
    decision_definition_version = Whole()
    decision_evaluation_key = Key()
    decision_instance_key = Key()
    decision_requirements_id = Text()
    decision_requirements_key = Key()
    evaluated_decisions = Many(Part(EvaluatedDecisionSchema))
    failed_decision_definition_id = Text(allow_none=True, dump_default=None)
    failure_message = Text(allow_none=True, dump_default=None)
    output = JsonValue()
    tenant_id = Text()


class DecisionInstanceGetResultSchema(DecisionInstanceResultSchema):
    """An evaluated decision with its inputs and the rules that were hit."""

    evaluated_inputs = Many(Part(EvaluatedInputSchema))
    matched_rules = Many(Part(MatchedRuleSchema))
