"""Cases recorded by each release still verify, or are said to differ by the version that recorded them."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest

from engine import __version__
from engine.verification import Severity, verify_export

FILES = sorted(Path(__file__).parent.glob("*/*.json"))


def name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def test_this_release_has_its_golden_cases() -> None:
    assert len([path for path in FILES if path.parent.name == __version__]) >= 10


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_golden_case_verifies_or_differs_with_its_version_and_is_never_called_tampered(path: Path) -> None:
    result = verify_export(json.loads(path.read_text()))
    assert (result.cases, result.passed) == (1, True), result.findings
    assert result.events > 3
    for finding in result.findings:
        assert finding.severity is Severity.DIFFERS
        assert path.parent.name in finding.message
    if path.parent.name == __version__:
        assert result.findings == []


@pytest.mark.parametrize("path", FILES[:1], ids=name)
def test_a_golden_case_that_was_changed_is_called_tampered(path: Path) -> None:
    data = copy.deepcopy(json.loads(path.read_text()))
    event = data["tables"]["hi_event"][-1]
    event["payload"] = event["payload"].replace("{", '{"added": 1, ', 1)
    assert not verify_export(data).passed
