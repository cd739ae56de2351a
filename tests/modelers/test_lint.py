"""The public linter of diagrams, with its rules of correctness and its recommended ones, finds nothing."""

from __future__ import annotations

import subprocess

from tests.modelers.conftest import PACKAGES
from tests.support.requirements import ROOT


def test_the_linter_finds_nothing(node: str) -> None:
    diagrams = [str(path) for path in sorted((ROOT / "bpmn").rglob("*.bpmn"))]
    command = [node, str(PACKAGES / "lint.mjs"), *diagrams]

    outcome = subprocess.run(command, cwd=PACKAGES, capture_output=True, text=True, timeout=300, check=False)

    assert outcome.returncode == 0, outcome.stderr
    assert outcome.stdout == ""
