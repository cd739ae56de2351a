"""Small valid files in plain BPMN 2.0: each runs in memory as its trace says, or is refused by name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.errors import InvalidInput
from engine.execution.rehearsing import rehearse_file

FOLDER = Path(__file__).parents[2] / "fixtures" / "bpmn" / "valid"
EXPECTED = json.loads((FOLDER / "expected.json").read_text())
"""By file name: ``completed`` element ids in order (with ``variables`` to start with), or the code it is refused by."""
RUN = sorted(name for name, each in EXPECTED.items() if "completed" in each)
REFUSED = sorted(name for name, each in EXPECTED.items() if "refused" in each)


def test_every_file_says_what_becomes_of_it() -> None:
    assert {path.stem for path in FOLDER.glob("*.bpmn")} == {*RUN, *REFUSED}
    assert len(RUN) >= 60


@pytest.mark.parametrize("name", RUN)
def test_a_plain_file_runs_as_its_trace_says(name: str) -> None:
    expected = EXPECTED[name]
    result = rehearse_file(FOLDER / f"{name}.bpmn", variables=expected.get("variables"))
    assert " ".join(result.elements) == expected["completed"]
    assert [incident.error_type for incident in result.incidents] == expected.get("incidents", [])
    assert result.completed == ("incidents" not in expected)


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_executed_is_refused_by_name(name: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        rehearse_file(FOLDER / f"{name}.bpmn")
    problems = caught.value.details["problems"]
    assert isinstance(problems, list | tuple)
    assert any(EXPECTED[name]["refused"] in problem for problem in problems)
