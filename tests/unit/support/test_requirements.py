"""The run's last line: what the machine lacked, what installs it, what was skipped for it."""

from __future__ import annotations

import pytest

from tests.support import requirements


def _skip_reason(requirement: requirements.Requirement) -> str:
    with pytest.raises(pytest.skip.Exception) as skipped:
        requirements.skip_for_want_of(requirement, "a detail")
    return str(skipped.value)


def test_the_last_line_names_what_was_missing_its_remedy_and_the_skipped_files() -> None:
    reason = _skip_reason(requirements.POSTGRESQL)
    reports = [("tests/a.py", reason), ("tests/a.py", reason), ("tests/b.py", reason), ("tests/c.py", "other reason")]

    line = requirements.last_line([requirements.POSTGRESQL], requirements.missing_from_reports(reports))

    assert line == (
        "PostgreSQL was missing (apt-get install postgresql, or set TEST_DATABASE_URL); "
        "3 tests skipped: tests/a.py (2), tests/b.py (1)"
    )


def test_the_last_line_tells_each_missing_thing_even_if_no_test_asked_for_it() -> None:
    reports = [("tests/a.py", _skip_reason(requirements.CHROMIUM))]
    absent = [requirements.CHROMIUM, requirements.SHARED_DATA]

    line = requirements.last_line(absent, requirements.missing_from_reports(reports))

    assert line == (
        "Chromium was missing (apt-get install chromium fonts-noto-cjk); 1 tests skipped: tests/a.py (1). "
        "../shared was missing (put the shared data folder beside the repository); no selected test needed it"
    )


def test_the_last_line_says_so_when_nothing_was_missing() -> None:
    assert requirements.last_line([], {}).startswith("Nothing was missing")
