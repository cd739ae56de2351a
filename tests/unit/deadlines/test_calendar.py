"""Which days count, and how sure that is."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest

from engine.deadlines import (
    Calendar,
    CalendarDay,
    CalendarInvalid,
    CalendarYear,
    DateOutOfRange,
    DayKind,
    YearStatus,
    compare_calendars,
)
from engine.deadlines.statutory import statutory_days


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=shift) for shift in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", range(2004, 2027))
def test_every_day_agrees_with_the_independent_library(calendar: Calendar, year: int) -> None:
    differing = [day for day in days_of(year) if calendar.is_working_day(day) != chinese_calendar.is_workday(day)]

    assert differing == []
    assert calendar.status(year) is YearStatus.OFFICIAL


@pytest.mark.parametrize("year", range(2004, 2051))
def test_statutory_days_agree_with_the_independent_library(year: int) -> None:
    festivals = {"元旦", "农历除夕", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"}
    expected = {
        day
        for day, names in holidays.country_holidays("CN", years=year, language="zh_CN").items()
        if festivals & set(names.split("; "))
    }

    assert set(statutory_days(year)) == expected


def test_every_official_year_lists_all_statutory_days(calendar: Calendar) -> None:
    assert {year.year: year.missing_statutory_days() for year in calendar.years if year.missing_statutory_days()} == {}


@pytest.mark.parametrize(
    ("day", "working", "words"),
    [
        (date(2026, 10, 1), False, "法定节假日（国庆节）"),
        (date(2026, 10, 4), False, "休息日（国庆节假期）"),
        (date(2026, 10, 5), False, "调休放假（国庆节）"),
        (date(2026, 10, 10), True, "周六，调休上班（国庆节）"),
        (date(2026, 11, 23), True, "周一，工作日"),
        (date(2026, 11, 22), False, "周日，休息日"),
    ],
)
def test_a_day_explains_itself(calendar: Calendar, day: date, working: bool, words: str) -> None:
    explanation = calendar.explain(day)

    assert explanation.working is working
    assert words in explanation.reason
    assert not explanation.provisional


def test_next_year_has_its_statutory_days_but_is_provisional(calendar: Calendar) -> None:
    explanation = calendar.explain(date(2027, 2, 8))

    assert not explanation.working
    assert explanation.provisional
    assert "暂算" in explanation.reason
    assert calendar.status(2027) is YearStatus.PROVISIONAL


def test_a_missing_year_has_weekends_and_the_days_that_are_certain(calendar: Calendar) -> None:
    assert calendar.status(2060) is YearStatus.MISSING
    assert not calendar.is_working_day(date(2060, 1, 1))
    assert not calendar.is_working_day(date(2060, 10, 2))
    assert calendar.is_working_day(date(2060, 10, 4))
    assert calendar.explain(date(2060, 10, 4)).provisional


def test_adding_and_counting_working_days_are_inverse(calendar: Calendar) -> None:
    start = date(2026, 9, 18)

    assert calendar.add_working_days(start, 20).date == date(2026, 10, 22)
    assert calendar.working_days_between(start, date(2026, 10, 22)).days == 20
    assert calendar.add_working_days(date(2026, 10, 9), -3).date == date(2026, 9, 29)
    assert calendar.working_days_between(date(2026, 10, 9), date(2026, 9, 29)).days == -3


def test_counting_tells_when_it_met_provisional_days(calendar: Calendar) -> None:
    assert calendar.add_working_days(date(2026, 12, 28), 5).provisional
    assert not calendar.add_working_days(date(2026, 12, 28), 3).provisional
    assert calendar.working_days_between(date(2026, 12, 28), date(2027, 1, 4)).provisional


def test_counting_further_than_a_hundred_years_is_refused(calendar: Calendar) -> None:
    with pytest.raises(DateOutOfRange):
        calendar.add_working_days(date(2026, 1, 1), 40_000)
    with pytest.raises(DateOutOfRange):
        calendar.add_working_days(date(9000, 12, 1), 100)


def test_equal_content_has_the_equal_version(calendar: Calendar) -> None:
    assert Calendar(reversed(calendar.years)).version == calendar.version
    assert Calendar(calendar.years[:-1]).version != calendar.version
    assert len(calendar.version) == 64


def test_publishing_a_year_gives_a_new_calendar_and_leaves_the_old(calendar: Calendar) -> None:
    closed = calendar.years[-2].with_override(date(2026, 11, 24), True, "暴雪停工")

    published = calendar.with_year(closed)

    assert calendar.is_working_day(date(2026, 11, 24))
    assert not published.is_working_day(date(2026, 11, 24))
    assert "停止办公（暴雪停工）" in published.explain(date(2026, 11, 24)).reason
    assert published.version != calendar.version


def test_a_later_notice_prevails_for_the_december_before() -> None:
    old = CalendarYear(2030, YearStatus.OFFICIAL, "甲", ())
    early = CalendarDay(date(2030, 12, 31), True, "元旦", DayKind.COMPENSATION)
    new = CalendarYear(2031, YearStatus.OFFICIAL, "乙", (early,))

    assert not Calendar([old, new]).is_working_day(date(2030, 12, 31))


def test_the_difference_of_two_calendars_names_changed_days_years_and_reasons(calendar: Calendar) -> None:
    off = CalendarDay(date(2027, 2, 9), True, "春节", DayKind.COMPENSATION)
    on = CalendarDay(date(2027, 2, 20), False, "春节", DayKind.WORKING_WEEKEND)
    provisional = calendar.years[-1]
    days = tuple(sorted([*provisional.days, off, on], key=lambda day: day.date))
    published = calendar.with_year(CalendarYear(2027, YearStatus.OFFICIAL, "国务院办公厅通知", days))

    difference = compare_calendars(calendar, published)

    assert [change.date for change in difference.days] == [off.date, on.date]
    assert [change.is_working for change in difference.days] == [False, True]
    assert "暂算" in difference.days[0].old_reason
    assert difference.renamed == ()
    assert [(change.year, change.new_status) for change in difference.statuses] == [(2027, YearStatus.OFFICIAL)]
    assert compare_calendars(calendar, calendar).empty


@pytest.mark.parametrize(
    "day",
    [
        CalendarDay(date(2026, 10, 9), False, "国庆节", DayKind.WORKING_WEEKEND),
        CalendarDay(date(2026, 10, 9), True, "国庆节", DayKind.WEEKEND),
        CalendarDay(date(2026, 10, 10), True, "国庆节", DayKind.COMPENSATION),
        CalendarDay(date(2026, 10, 1), False, "国庆节", DayKind.STATUTORY),
        CalendarDay(date(2028, 1, 3), True, "元旦", DayKind.COMPENSATION),
    ],
)
def test_a_day_that_contradicts_its_kind_or_year_is_refused(day: CalendarDay) -> None:
    with pytest.raises(CalendarInvalid, match=str(day.date)):
        CalendarYear(2026, YearStatus.OFFICIAL, "通知", (day,))


def test_a_day_listed_twice_is_refused() -> None:
    day = CalendarDay(date(2026, 10, 1), True, "国庆节", DayKind.STATUTORY)

    with pytest.raises(CalendarInvalid, match="重复"):
        CalendarYear(2026, YearStatus.OFFICIAL, "通知", (day, day))


def test_a_year_given_twice_is_refused() -> None:
    year = CalendarYear.from_law(2030)

    with pytest.raises(CalendarInvalid, match="两次"):
        Calendar([year, year])
