"""Evaluating a deployed decision, and what history keeps of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine.commands.errors import DecisionFailed
from engine.definitions.repository import Definitions
from engine.dmn import DmnError
from engine.feel import FeelError
from engine.feel.json import to_json


def evaluate_decision(
    definitions: Definitions,
    connection: Connection,
    key: int,
    context: Mapping[str, object],
    now: datetime,
    functions: Mapping[str, Callable[..., object]],
) -> dict[str, Any]:
    """Return value, version, inputs and matched rules of the decision ``key`` as JSON values.

    Raises DecisionUnknown, DecisionFailed.
    """
    row = definitions.decision(connection, key)
    model = definitions.decision_model(connection, key)
    try:
        outcome = model.evaluate_with_trace(row["decision_id"], context, now=now, functions=functions)
    except (DmnError, FeelError) as error:
        raise DecisionFailed(f"决策“{row['name']}”未能得出结果：{error}。请核对输入的数据或决策表。") from error
    return {
        "decision_key": key,
        "decision_id": row["decision_id"],
        "version": row["version"],
        "value": to_json(outcome.value),
        "decisions": [
            {
                "id": trace.id,
                "name": trace.name,
                "value": to_json(trace.value),
                "inputs": to_json(trace.inputs),
                "rules": [
                    {"id": rule.id, "index": rule.index, "annotations": list(rule.annotations)}
                    for rule in trace.matched_rules
                ],
            }
            for trace in outcome.decisions
        ],
        "warnings": [warning.message for warning in outcome.warnings],
    }
