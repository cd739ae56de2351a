"""The procedures' own scenarios, for playing them in the browser, moved to the day on which they are played."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import yaml

from engine.clock import LEGAL_ZONE
from tests.browser.served import ROOT


@dataclass(frozen=True, slots=True)
class Turn:
    """One person does one user task; ``of`` tells apart several at the same element by their variables."""

    element: str
    by: str
    form: Mapping[str, Any]
    opinion: str | None = None
    of: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scenario:
    """A case from its start to its end, acted by people only."""

    procedure: str
    started_by: str
    start_form: Mapping[str, Any]
    turns: tuple[Turn, ...]
    end: str


def load(path: str, name: str) -> Scenario:
    """Return the scenario called ``name`` of the file ``path`` under ``bpmn/``.

    What only rehearsal can do (expectations, refusals tried over the API) is left out; a scenario that waits for
    time to pass is not for a browser.
    """
    content = yaml.safe_load((ROOT / "bpmn" / path).read_text(encoding="utf-8"))
    found = next(scenario for scenario in content["scenarios"] if scenario["name"] == name)
    assert not any("until" in step for step in found["steps"]), f"{name} waits for time to pass"
    later = datetime.now(LEGAL_ZONE).date() - date.fromisoformat(str(found["now"])[:10])
    turns = tuple(
        Turn(step["do"], step["by"], _moved(step.get("form", {}), later), step.get("opinion"), step.get("of", {}))
        for step in found["steps"]
        if "do" in step and "refused" not in step
    )
    start = found["start"]
    return Scenario(content["procedure"], start["by"], _moved(start.get("form", {}), later), turns, _end(found))


def _moved(value: Any, by: timedelta) -> Any:
    """Return the value with every date in it moved: real clocks run in a served procedure."""
    if isinstance(value, dict):
        return {key: _moved(part, by) for key, part in value.items()}
    if isinstance(value, list):
        return [_moved(part, by) for part in value]
    return value + by if isinstance(value, date) else value


def _end(found: Mapping[str, Any]) -> str:
    return str(found["expect"]["end"])
