"""Forms that ask what day it is are checked at the moment of the command, by the bureau's calendar."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from webapi.forms import validate_form

LATE_IN_THE_EVENING = datetime(2026, 9, 17, 17, 30, tzinfo=UTC)
"""In Weihai it is already the eighteenth."""


def form(*components: dict[str, Any]) -> dict[str, Any]:
    return {"type": "default", "id": "f", "components": list(components)}


def moment(**more: Any) -> dict[str, Any]:
    return {"type": "datetime", "subtype": "date", "id": "F1", "key": "day", "dateLabel": "日期", **more}


def test_a_date_that_may_not_have_passed_is_measured_by_the_bureaus_day() -> None:
    only_future = form(moment(disallowPassedDates=True))

    assert validate_form(only_future, {"day": "2026-09-17"}, {}, now=LATE_IN_THE_EVENING) == {"day": ["不能早于今天。"]}
    assert validate_form(only_future, {"day": "2026-09-18"}, {}, now=LATE_IN_THE_EVENING) == {}


def test_a_date_that_was_there_before_may_have_passed() -> None:
    only_future = form(moment(disallowPassedDates=True))

    assert validate_form(only_future, {"day": "2026-01-05"}, {"day": "2026-01-05"}, now=LATE_IN_THE_EVENING) == {}


def test_conditions_may_ask_for_today() -> None:
    reason = {"type": "textfield", "id": "F2", "key": "reason", "label": "迟交理由", "validate": {"required": True}}
    hidden = {**reason, "conditional": {"hide": "=date(day) >= today()"}}
    asked = form(moment(), hidden)

    assert validate_form(asked, {"day": "2026-09-17"}, {}, now=LATE_IN_THE_EVENING) == {"reason": ["请填写此项。"]}
    assert validate_form(asked, {"day": "2026-09-18"}, {}, now=LATE_IN_THE_EVENING) == {}
