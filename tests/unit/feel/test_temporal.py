"""Dates, times, durations: their forms, arithmetic, properties and functions."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from engine.feel.values import DaysTimeDuration, FarDate, FeelDateTime, FeelTime

from .support import feel


@pytest.mark.parametrize(
    "text",
    [
        'date("2024-02-29") = @"2024-02-29"',
        "date(2024, 2, 29) = date(year: 2024, month: 2, day: 29)",
        'string(date("-999999999-12-31")) = "-999999999-12-31"',
        'string(@"12024-01-01" + @"P1M") = "12024-02-01"',
        'date(date and time("2024-05-01T10:00:00Z")) = @"2024-05-01"',
        'date and time("2024-05-01") = @"2024-05-01T00:00:00"',
        'date and time("2012-03-07Z").year = 2012',
        'date and time("2024-12-31T24:00:00") = @"2025-01-01T00:00:00"',
        'date and time(@"2024-05-01T01:02:03", @"10:00:00Z") = @"2024-05-01T10:00:00Z"',
        'time("23:59:00z") + duration("PT2M") = time("00:01:00@Etc/UTC")',
        'time(11, 59, 45, duration("-PT2H")) = @"11:59:45-02:00"',
        'string(time(11, 59, 45.5, null)) = "11:59:45.5"',
        '@"2024-01-31" + @"P1M" = @"2024-02-29"',
        '@"P1M" + @"2023-01-31" = @"2023-02-28"',
        '@"2024-03-31" - @"P1Y1M" = @"2023-02-28"',
        '@"2024-05-01" + @"PT36H" = @"2024-05-02"',
        '@"2024-05-01" - @"PT1H" = @"2024-04-30"',
        '@"2024-05-02" - @"2024-05-01" = @"P1D"',
        '@"2024-05-01T10:00:00" - @"2024-05-01T09:30:00" = @"PT30M"',
        '@"2024-05-01T10:00:00Z" - @"2024-05-01" = @"PT10H"',
        '(@"2024-05-01T10:00:00" - @"2024-05-01") = null',
        '(@"2024-05-01T10:00:00Z" - @"2024-05-01T10:00:00") = null',
        '@"10:00:00+01:00" - @"10:00:00Z" = @"-PT1H"',
        '@"23:30:00" + @"PT1H" = @"00:30:00"',
        '(@"10:00:00" + @"P1Y") = null',
        '(@"2024-05-01" + 1) = null',
        '@"P1Y" * 1.5 = @"P18M"',
        '2 * @"P1D" = @"P2D"',
        '@"P1D" / 2 = @"PT12H"',
        '@"P1Y" / @"P1M" = 12',
        '(@"P1D" / 0) = null',
        '(@"P1D" * @"P1D") = null',
        '@"P1Y" + @"P1M" = @"P13M"',
        '(@"P1Y" + @"P1D") = null',
        '-@"P1D" = @"-P1D"',
        'abs(@"-P1Y") = @"P1Y"',
        'string(@"P0D") = "PT0S"',
        'string(@"P0Y") = "P0M"',
        'string(@"P0DT25H") = "P1DT1H"',
        'string(@"-PT1M0.5S") = "-PT1M0.5S"',
        'string(@"P13M") = "P1Y1M"',
        'duration("P2Y2M") = @"P26M"',
        '@"2024-05-01".weekday = 3',
        '@"2024-05-01T10:20:30.5".second = 30.5',
        '@"2024-05-01T10:00:00+08:00".time offset = @"PT8H"',
        '@"2024-05-01T10:00:00@Asia/Shanghai".time offset = @"PT8H"',
        '@"2024-05-01T10:00:00@Asia/Shanghai".timezone = "Asia/Shanghai"',
        '@"2024-05-01T10:00:00".time offset = null',
        '@"-P13M".years = -1 and @"-P13M".months = -1',
        '@"P1DT2H3M4S".hours = 2',
        '@"P1D".years = null',
        "[1..5].end included",
        "(> 1).start = 1 and (> 1).end = null",
        'day of year(@"2019-09-17") = 260',
        'day of week(@"2019-09-17") = "Tuesday"',
        'month of year(@"2019-09-17T10:00:00") = "September"',
        'week of year(@"2005-01-01") = 53',
        'week of year(@"2003-12-29") = 1',
        'years and months duration(@"2011-12-22", @"2013-08-24") = @"P1Y8M"',
        'years and months duration(@"2013-08-24", @"2011-12-22") = @"-P1Y8M"',
        'today() = @"2024-05-01"',
        'now() = @"2024-05-01T09:30:00Z"',
        '@"2024-03-31T01:30:00@Europe/Paris" + @"PT1H" = @"2024-03-31T03:30:00@Europe/Paris"',
        'string(@"2024-03-31T01:30:00@Europe/Paris" + @"PT1H") = "2024-03-31T03:30:00@Europe/Paris"',
        'string(@"2024-03-31T03:30:00@Europe/Paris" - @"PT1H") = "2024-03-31T01:30:00@Europe/Paris"',
        'string(@"2024-10-27T01:30:00@Europe/Paris" + @"PT2H") = "2024-10-27T02:30:00@Europe/Paris"',
        'string(@"12024-07-01T01:30:00@Europe/Paris" + @"PT2H") = "12024-07-01T03:30:00@Europe/Paris"',
        '(for d in @"2024-02-28"..@"2024-03-01" return d.day) = [28, 29, 1]',
    ],
)
def test_holds(text: str) -> None:
    assert feel(text) is True


@pytest.mark.parametrize(
    "text",
    [
        'date("2017-13-10")',
        'date("2023-02-29")',
        'date("998-12-31")',
        'date("01211-12-31")',
        'date("+2012-12-02")',
        'date("2012-12-25T10:00:00")',
        'date("9999999999-01-01")',
        "date(2024, 2, 30)",
        "date(2024.5, 1, 1)",
        "date(1)",
        "date([])",
        'time("7:00:00")',
        'time("25:00:00")',
        'time("24:00:01")',
        'time("13:20:00+19:00")',
        'time("13:20:00@xyz/abc")',
        'time("13:20:00+02:00@Europe/Paris")',
        "time(23, 59, 60, null)",
        'time(12, 0, 0, @"PT15H")',
        'date and time("2024-05-01T")',
        'date and time("2024-05-01Z10:00:00")',
        'date and time("2024-02-30T10:00:00")',
        'duration("P")',
        'duration("PT")',
        'duration("P1DT")',
        'duration("P1Y1D")',
        'duration("1D")',
        '@"foo"',
        'day of week("2019-09-17")',
        'years and months duration(@"2019-09-17")',
        'date("999999999-12-31") + @"P1D"',
        'week of year(value: @"2019-09-17")',
    ],
)
def test_is_null(text: str) -> None:
    assert feel(text) is None


def test_python_values_are_taken() -> None:
    context = {
        "day": date(2024, 5, 1),
        "moment": datetime(2024, 5, 1, 10, tzinfo=ZoneInfo("Asia/Shanghai")),
        "utc": datetime(2024, 5, 1, 2, tzinfo=UTC),
        "clock": time(10, 30),
        "span": timedelta(hours=36),
    }
    assert feel('day + span = @"2024-05-02"', context) is True
    assert feel("moment = utc", context) is True
    assert feel("moment", context) == FeelDateTime(date(2024, 5, 1), FeelTime(10, 0, 0, 0, None, "Asia/Shanghai"))
    assert feel("clock.hour", context) == Decimal(10)
    assert feel("span", context) == DaysTimeDuration(36 * 3600 * 10**9)


def test_years_beyond_python_have_their_own_date() -> None:
    assert feel('@"-0044-03-15"') == FarDate(-44, 3, 15)
    assert feel('@"10000-01-01" - @"P1D"') == date(9999, 12, 31)
    assert feel('day of week(@"10000-01-01")') == "Saturday"
