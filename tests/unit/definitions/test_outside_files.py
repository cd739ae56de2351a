"""Small files in plain BPMN 2.0, one idea each: no valid one is called invalid, every invalid one is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.definitions.problems import Kind
from engine.definitions.reader import read

FOLDER = Path(__file__).parents[2] / "fixtures" / "bpmn"
VALID = sorted((FOLDER / "valid").glob("*.bpmn"))
INVALID = sorted((FOLDER / "invalid").glob("*.bpmn"))
CODES = json.loads((FOLDER / "invalid" / "codes.json").read_text())
"""By file name the code of the finding that the file was written for."""


def codes(path: Path, kind: Kind) -> set[str]:
    return {problem.code for problem in read(path.read_bytes(), path.name).problems if problem.kind is kind}


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_a_valid_file_is_never_called_invalid(path: Path) -> None:
    assert codes(path, Kind.INVALID) == set()


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_a_file_that_breaks_a_rule_is_refused_as_invalid_for_its_reason(path: Path) -> None:
    assert CODES[path.stem] in codes(path, Kind.INVALID)


def test_every_file_is_there_and_named_for_its_idea() -> None:
    assert len(VALID) >= 60
    assert {path.stem for path in INVALID} == set(CODES)
