"""All scenarios of all procedures hold, and together they take every sequence flow there is."""

from __future__ import annotations

import pytest

from engine.rehearsal import Stage, coverage, read_scenarios
from engine.rehearsal.scenario import SUFFIX
from tests.procedures.content import processes
from tests.support.requirements import ROOT
from webapi.forms import validate_form


@pytest.mark.slow
def test_every_scenario_holds_and_every_flow_is_taken() -> None:
    scenarios = [scenario for file in sorted((ROOT / "bpmn").rglob(f"*{SUFFIX}")) for scenario in read_scenarios(file)]
    stage = Stage(ROOT, validate_form)
    try:
        performances = [stage.perform(scenario) for scenario in scenarios]
    finally:
        stage.close()

    problems = {
        f"{performance.scenario.procedure}: {performance.scenario.name}": performance.problems
        for performance in performances
        if not performance.passed
    }
    assert problems == {}
    covered = coverage(performances)
    assert {process: sorted(flows - taken) for process, (taken, flows) in covered.items() if flows - taken} == {}
    assert sorted(set(processes()) - set(covered)) == []
