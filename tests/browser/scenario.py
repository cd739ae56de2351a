"""The procedures' own scenarios, for playing them in the browser."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from tests.browser.served import ROOT


@dataclass(frozen=True, slots=True)
class Turn:
    """One person does one user task."""

    element: str
    by: str
    form: Mapping[str, Any]
    opinion: str | None


@dataclass(frozen=True, slots=True)
class Scenario:
    """A case from its start to its end, acted by people only."""

    procedure: str
    started_by: str
    start_form: Mapping[str, Any]
    turns: tuple[Turn, ...]


def load(path: str, name: str) -> Scenario:
    """Return the scenario called ``name`` of the file ``path`` under ``bpmn/``."""
    content = yaml.safe_load((ROOT / "bpmn" / path).read_text(encoding="utf-8"))
    found = next(scenario for scenario in content["scenarios"] if scenario["name"] == name)
    turns = tuple(
        Turn(step["do"], step["by"], step.get("form", {}), step.get("opinion"))
        for step in found["steps"]
        if "do" in step
    )
    return Scenario(content["procedure"], found["start"]["by"], found["start"].get("form", {}), turns)
