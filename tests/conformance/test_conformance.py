"""Every case of the suite at hand holds, save the known failures; skipped, with the reason, if there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conformance.known_failures import KNOWN, LIMIT
from tests.conformance.runner import run_file
from tests.conformance.suite import REPOSITORY, VARIABLE, case_paths, find_suite, read_cases

SUITE = find_suite()
PATHS = case_paths(SUITE) if SUITE is not None else []


def test_the_suite_is_at_hand() -> None:
    if not PATHS:
        pytest.skip(f"NO CONFORMANCE SUITE: set {VARIABLE} or put it at {REPOSITORY.parent / 'shared' / 'tck'}")


@pytest.mark.parametrize("path", PATHS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_case_holds(path: Path) -> None:
    tally = run_file(read_cases(path))

    unexpected = [str(failure) for failure in tally.failures if failure.key not in KNOWN]
    assert unexpected == []
    assert tally.counts["cases"] > 0


def test_known_failures_are_few_and_each_names_its_clause() -> None:
    assert len(KNOWN) <= LIMIT
    assert all("10." in clause or "clause" in clause.lower() for clause in KNOWN.values())


@pytest.mark.skipif(SUITE is None, reason="no suite")
def test_known_failures_still_fail() -> None:
    folders = {key[0] for key in KNOWN}
    failing = {
        failure.key for path in PATHS if path.parent.name in folders for failure in run_file(read_cases(path)).failures
    }

    assert {key for key in KNOWN if any(path.parent.name == key[0] for path in PATHS)} <= failing
