"""The report of differences between the duty list and today's law."""

from __future__ import annotations

import json
from datetime import date

from click.testing import CliRunner

from cli.main import banjie
from engine.controls.checking import check_controls
from engine.queries.law_differences import law_differences
from tests.support.requirements import ROOT

TODAY = date(2026, 11, 23)


def test_every_topic_of_the_side_by_side_is_told_with_its_procedures() -> None:
    topics = {each.topic: each for each in law_differences(ROOT, TODAY) if each.kind == "topic"}
    assert len(topics) == 30
    assert topics["听证范围"].procedures == ("hlw-zfgc",)
    assert topics["听证范围"].open
    assert not topics["涉密文件"].open


def test_limits_differ_where_list_and_law_have_different_values() -> None:
    limits = [each for each in law_differences(ROOT, TODAY) if each.kind == "limit"]
    assert limits
    assert all(each.seed != each.law.split("：")[0] for each in limits)
    assert any(each.open for each in limits)
    assert any(each.seed == "没有规定" or not each.open for each in limits)


def test_the_law_of_another_day_gives_other_differences() -> None:
    now = {each.topic for each in law_differences(ROOT, TODAY) if each.kind == "limit"}
    then = {each.topic for each in law_differences(ROOT, date(2019, 1, 1)) if each.kind == "limit"}
    assert now != then


def test_the_command_prints_a_table_and_json() -> None:
    shown = CliRunner().invoke(banjie, ["check", "--law", "--content-dir", str(ROOT)])
    assert shown.exit_code == 0
    assert "未了结" in shown.output
    listed = CliRunner().invoke(banjie, ["check", "--law", "--json", "--content-dir", str(ROOT)])
    assert {entry["kind"] for entry in json.loads(listed.output)} == {"topic", "limit"}


def test_a_register_with_mistakes_is_told_by_line() -> None:
    problems = list(check_controls("controls:\n  - {id: A}\n", "controls.yaml", []))
    assert [(problem.place.line, problem.code) for problem in problems] == [(2, "controls.invalid")]
