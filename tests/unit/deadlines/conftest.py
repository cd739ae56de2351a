"""The bureau's own calendars and a few words shared by the tests of time limits."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.deadlines import Calendar, load_calendar

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def calendar() -> Calendar:
    return load_calendar(ROOT / "organisation" / "calendars")
