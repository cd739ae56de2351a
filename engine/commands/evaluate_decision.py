"""Ask a decision outside any case. What was asked and answered is kept like everything that was decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.commands.decisions import evaluate_decision
from engine.commands.handlers import Answer, handles
from engine.commands.jobs import require_worker
from engine.commands.unit import UnitOfWork
from engine.definitions.model import Binding
from engine.feel.json import from_json
from engine.history.events import StandaloneDecisionEvaluated
from engine.history.facts import as_recorded
from engine.store.keys import draw_key


@dataclass(frozen=True, slots=True)
class EvaluateDecision:
    """Evaluate the newest version of a decision, or the version with ``decision_key``."""

    decision_id: str | None = None
    decision_key: int | None = None
    variables: Mapping[str, Any] = field(default_factory=dict)


@handles(EvaluateDecision)
def handle(command: EvaluateDecision, unit: UnitOfWork) -> Answer:
    """Evaluate. Raises WorkerOnly, DecisionUnknown, DecisionFailed."""
    require_worker(unit.actor)
    definitions, connection = unit.sources.definitions, unit.connection
    key = command.decision_key
    if key is None:
        key = definitions.resolve_decision(connection, command.decision_id or "", Binding.LATEST, None, 0)
    context = {name: from_json(value) for name, value in command.variables.items()}
    evaluation = as_recorded(evaluate_decision(definitions, connection, key, context, unit.now, {}))
    evaluation_key = draw_key(connection)
    unit.log(StandaloneDecisionEvaluated(key=evaluation_key, evaluation=evaluation))
    return {"key": evaluation_key, "evaluation": evaluation}
