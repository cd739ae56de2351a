"""Dates and amounts as Chinese papers write them."""

from __future__ import annotations

from typing import Any

import pytest

from engine.documents.papers.filters import (
    FILTERS,
    ValueUnfit,
    capital,
    date_cn,
    date_paper,
    moment_cn,
    money,
    number_cn,
    paragraphs,
)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "零元整"),
        (0.05, "伍分"),
        ("0.5", "伍角整"),
        (10, "壹拾元整"),
        (105, "壹佰零伍元整"),
        (1200, "壹仟贰佰元整"),
        (1680.32, "壹仟陆佰捌拾元叁角贰分"),
        (16409.02, "壹万陆仟肆佰零玖元零贰分"),
        (107000.53, "壹拾万柒仟元伍角叁分"),
        (100010000, "壹亿零壹万元整"),
        (1000100000000, "壹万零壹亿元整"),
        ("-3", "负叁元整"),
    ],
)
def test_amounts_in_capitals(amount: Any, words: str) -> None:
    assert capital(amount) == words


@pytest.mark.parametrize(
    ("number", "words"), [(0, "零"), (10, "十"), (12, "十二"), (105, "一百零五"), (10010, "一万零一十")]
)
def test_numbers_in_characters(number: int, words: str) -> None:
    assert number_cn(number) == words


def test_dates() -> None:
    assert date_cn("2026-09-08") == "2026年9月8日"
    assert date_cn("2026-09-17T16:30:00Z") == "2026年9月18日"
    assert date_paper("2026-10-30") == "二〇二六年十月三十日"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-03-02T14:30:00+08:00", "2026年3月2日14时30分"),
        ("2026-03-02T14:30:59", "2026年3月2日14时30分"),
        ("2026-03-02T09:05:00+08:00[Asia/Shanghai]", "2026年3月2日9时05分"),
        ("2026-11-20T17:00+08:00", "2026年11月20日17时00分"),
        ("2026-09-17T16:30:00Z", "2026年9月18日0时30分"),
    ],
)
def test_moments_are_told_to_the_minute_in_the_legal_zone(moment: str, words: str) -> None:
    assert moment_cn(moment) == words
    assert FILTERS["moment_cn"] is moment_cn


@pytest.mark.parametrize("value", ["2026-03-02", "14:30", "2026年3月2日14时30分", "明天T12", 5])
def test_what_has_no_time_of_day_is_no_moment(value: Any) -> None:
    with pytest.raises(ValueUnfit, match="2026-09-18T14:30"):
        moment_cn(value)


def test_money_has_two_decimals_and_groups() -> None:
    assert money("1234567.5") == "1,234,567.50"


@pytest.mark.parametrize("filter_", [capital, date_cn, date_paper, moment_cn, money, number_cn])
def test_what_is_absent_stays_absent(filter_: Any) -> None:
    assert filter_(None) is None
    assert filter_("") == ""


def test_a_text_by_its_paragraphs_with_the_level_of_headings() -> None:
    text = "一、总体要求\n\n （一）原则 \n一、" + "长" * 50 + "\n正文"

    assert [(part["level"], part["text"][:4]) for part in paragraphs(text)] == [
        (1, "一、总体"),
        (2, "（一）原"),
        (0, "一、长长"),
        (0, "正文"),
    ]


@pytest.mark.parametrize("value", ["x", True, "NaN", 1e17])
def test_what_is_no_amount_is_refused(value: Any) -> None:
    with pytest.raises(ValueUnfit):
        capital(value)
