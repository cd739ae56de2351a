"""The bureau's functions."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from engine.feel import Warning_, evaluate
from engine.feel.bureau import add_working_days, bureau_functions, capital_amount, working_days_between


class Weekdays:
    """Monday to Friday, but for the first three days of May 2024."""

    def is_working_day(self, day: date) -> bool:
        return day.weekday() < 5 and not date(2024, 5, 1) <= day <= date(2024, 5, 3)


class NoWork:
    """Nobody ever works."""

    def is_working_day(self, day: date) -> bool:
        return False


FUNCTIONS = bureau_functions(Weekdays())


def bureau(text: str) -> object:
    return evaluate(text, {}, functions=FUNCTIONS)


@pytest.mark.parametrize(
    "text",
    [
        'add working days(@"2024-04-30", 1) = @"2024-05-06"',
        'add working days(@"2024-04-30", 0) = @"2024-04-30"',
        'add working days(@"2024-05-06", -1) = @"2024-04-30"',
        'add working days(date: @"2024-05-04", n: 2) = @"2024-05-07"',
        'add working days(@"2024-04-30T10:00:00", 1) = @"2024-05-06"',
        'working days between(@"2024-04-30", @"2024-05-06") = 1',
        'working days between(@"2024-05-06", @"2024-04-30") = -1',
        'working days between(@"2024-05-06", @"2024-05-06") = 0',
        'is working day(@"2024-05-06") and not(is working day(@"2024-05-01"))',
        'add working days(null, 1) = null and add working days("x", 1) = null',
        'add working days(@"2024-05-06", 1.5) = null',
        'add working days(@"10000-01-01", 1) = null',
        '大写金额(0) = "零元整"',
        '大写金额(1680.32) = "壹仟陆佰捌拾元叁角贰分"',
        '大写金额(16409.02) = "壹万陆仟肆佰零玖元零贰分"',
        '大写金额(325.04) = "叁佰贰拾伍元零肆分"',
        '大写金额(6007.14) = "陆仟零柒元壹角肆分"',
        '大写金额(1409.5) = "壹仟肆佰零玖元伍角整"',
        '大写金额(100010000) = "壹亿零壹万元整"',
        '大写金额(2000000000000) = "贰万亿元整"',
        '大写金额(0.05) = "伍分"',
        '大写金额(-12.345) = "负壹拾贰元叁角伍分"',
        '大写金额("x") = null',
        '大写金额相符("人民币壹拾万柒仟元零伍角叁分", 107000.53)',
        '大写金额相符("壹拾万零柒仟元伍角叁分", 107000.53)',
        '大写金额相符("壹仟肆佰零玖圆伍角", 1409.5)',
        'not(大写金额相符("壹仟肆佰元整", 1409))',
        '身份证号有效("11010519491231002X")',
        'not(身份证号有效("110105194912310021"))',
        'not(身份证号有效("11010519490231002X"))',
        'not(身份证号有效("1101051949"))',
        '统一社会信用代码有效("91350100M000100Y43")',
        'not(统一社会信用代码有效("91350100M000100Y44"))',
        'not(统一社会信用代码有效("I1350100M000100Y43"))',
    ],
)
def test_holds(text: str) -> None:
    assert bureau(text) is True


def test_working_days_between_undoes_adding() -> None:
    for offset in range(-15, 16):
        start = date(2024, 5, 6)
        end = add_working_days(Weekdays(), start, offset)
        assert working_days_between(Weekdays(), start, end) == offset


def test_a_calendar_without_working_days_is_null_and_said() -> None:
    warnings: list[Warning_] = []
    functions = bureau_functions(NoWork())
    assert evaluate('add working days(@"2024-05-06", 1)', {}, functions=functions, warnings=warnings) is None
    assert "几乎没有工作日" in warnings[0].message


def test_without_a_calendar_working_days_are_unknown() -> None:
    assert "add working days" not in bureau_functions()


def test_capital_amounts_of_all_sizes_differ() -> None:
    # Every amount has a text of its own, so that 大写金额相符 can tell amounts apart.
    amounts = [Decimal(n) / 100 for n in range(1, 30_000, 7)]
    amounts += [Decimal(10) ** n + k for n in range(16) for k in (0, 5)]
    distinct = set(amounts)
    assert len({capital_amount(amount) for amount in distinct}) == len(distinct)


def test_the_calendar_is_asked_day_by_day() -> None:
    asked: list[date] = []

    class Watching(Weekdays):
        def is_working_day(self, day: date) -> bool:
            asked.append(day)
            return super().is_working_day(day)

    add_working_days(Watching(), date(2024, 5, 6), 2)
    assert asked == [date(2024, 5, 6) + timedelta(days=n) for n in (1, 2)]
