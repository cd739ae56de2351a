"""Whether a case holds all that must be archived.

Properties of a process: ``archive.required``: variables, parted by commas, that must be there, and whose files must be
in the store; ``archive.control``: controls of the register that must find nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.controls import Registry, Situation, evaluate
from engine.definitions.model import ProcessModel
from engine.feel.json import from_json
from engine.queries.visibility import words

REQUIRED = "archive.required"
CONTROL = "archive.control"
_EMPTY: tuple[object, ...] = (None, "", False, [], {})


def required_of(model: ProcessModel, variables: Mapping[str, Any]) -> dict[str, bool]:
    """Return the variables that must be there, and whether each is."""
    return {name: variables.get(name) not in _EMPTY for name in words(model.properties.get(REQUIRED, ""))}


def missing_from(
    model: ProcessModel,
    variables: Mapping[str, Any],
    labels: Mapping[str, str],
    registry: Registry | None,
    now: datetime,
) -> list[str]:
    """Return what is missing, in Chinese; nothing where the case may be archived."""
    missing = [f"缺少“{labels.get(name, name)}”" for name, held in required_of(model, variables).items() if not held]
    situation = Situation(
        procedure=model.id,
        element_id="archive",
        duty="归档",
        now=now,
        actor_id="",
        actor_name="",
        groups=frozenset(),
        initiator_id="",
        variables={name: from_json(value) for name, value in variables.items()},
    )
    for id_ in words(model.properties.get(CONTROL, "")):
        control = None if registry is None else registry.controls.get(id_)
        finding = None if control is None else evaluate(control, situation)
        if control is None:
            missing.append(f"控制登记册中没有 {id_}")
        elif finding is not None and finding.missing is not None:
            missing.append(f"{control.title}：{finding.missing}")
    return missing
