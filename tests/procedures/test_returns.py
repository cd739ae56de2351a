"""Each procedure shows that what was submitted can be sent back and submitted again (退回)."""

from __future__ import annotations

import pytest
import yaml

from engine.definitions.kinds import ProcedureKind, kind_of, marks_of
from tests.procedures.content import processes
from tests.support.requirements import ROOT

WITHOUT = {
    "lsk-11-ge": "停用，不受理新案；历史案件由 lsk-11-lishi 办理，情景在那里。",
    "lsk-13-hydd": "每一步都由同一经办人办理，没有人可退回给别人。",
    "lsk-14-yqdd": "每一步都由同一经办人办理，没有人可退回给别人。",
}
"""Procedures without such an example, and why."""


def procedures() -> list[str]:
    """Return the procedures that people start, by id."""
    return sorted(
        id_
        for id_, process in processes().items()
        if kind_of(marks_of(process.properties), process.properties.get("family")) is not ProcedureKind.PART
    )


@pytest.mark.parametrize("procedure", procedures())
def test_a_scenario_sends_something_back(procedure: str) -> None:
    files = (ROOT / "bpmn").rglob(f"{procedure}.scenarios.yaml")
    scenarios = [scenario for file in files for scenario in yaml.safe_load(file.read_text("utf-8"))["scenarios"]]

    returned = [
        scenario["name"] for scenario in scenarios if any("return" in step for step in scenario.get("steps") or ())
    ]

    assert bool(returned) != (procedure in WITHOUT)
