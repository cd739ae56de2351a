"""Scenario files: what is wrong with them is said, and nothing in them can make a rehearsal fail to be one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from engine.rehearsal import Performance, Stage, coverage, read_scenarios
from engine.rehearsal.play import MAXIMUM_FIRINGS
from engine.rehearsal.scenario import Scenario, ScenarioInvalid, moment
from tests.unit.commands import diagrams as d
from tests.unit.installation.places import content
from webapi.forms import validate_form

GOOD: dict[str, Any] = {"name": "一", "now": "2026-03-02T09:00", "start": {"by": "zhou"}}


def written(folder: Path, data: Any) -> Path:
    path = folder / "p.scenarios.yaml"
    path.write_text(data if isinstance(data, str) else yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return path


def scenario(**more: Any) -> dict[str, Any]:
    return {"procedure": "p", "scenarios": [{**GOOD, **more}]}


def test_a_scenario_is_read_with_shanghai_time(tmp_path: Path) -> None:
    (found,) = read_scenarios(written(tmp_path, scenario(steps=[{"wait": "P1D"}], expect={"state": "ACTIVE"})))

    assert (found.procedure, found.name, found.start) == ("p", "一", {"by": "zhou"})
    assert found.now == datetime(2026, 3, 2, 1, tzinfo=UTC)


@pytest.mark.parametrize("value", [datetime(2026, 3, 2, 9), "2026-03-02T09:00", "2026-03-02T01:00:00Z"])  # noqa: DTZ001
def test_a_moment_may_be_written_in_several_ways(value: Any) -> None:
    assert moment(value) == datetime(2026, 3, 2, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("a: [", "YAML"),
        ("- 1", "procedure"),
        ({"procedure": "p"}, "scenarios"),
        ({"procedure": "p", "scenarios": [1]}, "应为映射"),
        (scenario(now="明天"), "不是日期时间"),
        (scenario(start={}), "start 应写明 by"),
        (scenario(start="zhou"), "start 应写明 by"),
        (scenario(start={"by": "zhou", "form": [1]}), "form 应为映射"),
        (scenario(step=[]), "不认识 step"),
        (scenario(steps="do"), "steps 应为列表"),
        (scenario(steps=[1]), "第 1 步应为映射"),
        (scenario(steps=[{"do": "work"}]), "缺少 by"),
        (scenario(steps=[{"return": "work", "by": "zhou", "to": "PREVIOUS"}]), "缺少 reason"),
        (scenario(steps=[{"do": "work", "by": "zhou", "form": "x"}]), "form 应为映射"),
        (scenario(steps=[{"do": "work", "by": "zhou", "wait": "P1D"}]), "应恰有"),
        (scenario(steps=[{"do": "work", "by": "zhou", "as": "x"}]), "不认识 as"),
        (scenario(expect=["end"]), "expect 应为映射"),
        (scenario(expect={"ending": "x"}), "不认识 ending"),
        (scenario(expect={"avoids": "work"}), "avoids 应为列表"),
        (scenario(expect={"decisions": []}), "decisions 应为映射"),
        (scenario(steps=[{"expect": {"tasks": "work"}}]), "tasks 应为列表"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(tmp_path: Path, data: Any, says: str) -> None:
    with pytest.raises(ScenarioInvalid) as caught:
        read_scenarios(written(tmp_path, data))

    assert says in caught.value.message


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    root = content(tmp_path_factory.mktemp("content"))
    looping = (
        d.el("startEvent", "s")
        + d.task("work")
        + d.boundary("work", "tick", "cycle R/PT1S", interrupting=False)
        + d.task("tock")
        + d.chain("s", "work")
        + d.chain("tick", "tock")
    )
    (root / "bpmn" / "looping.bpmn").write_bytes(d.diagram(looping, "looping"))
    chained = d.el("startEvent", "s") + "".join(map(d.task, "abc")) + d.chain("s", "a", "b", "c")
    (root / "bpmn" / "chained.bpmn").write_bytes(d.diagram(chained, "chained"))
    opened = Stage(root, validate_form)
    yield opened
    opened.close()


def play(stage: Stage, *steps: dict[str, Any], procedure: str = "p", by: str = "zhou", **expect: Any) -> Performance:
    at = datetime(2026, 3, 2, 1, tzinfo=UTC)
    return stage.perform(Scenario(procedure, "x", at, {"by": by}, steps, expect))


DONE = {"do": "work", "by": "zhou", "form": {"opinion": "同意"}}


def test_a_scenario_that_holds_passes(stage: Stage) -> None:
    performance = play(stage, DONE, state="COMPLETED", path=["start", "work"], end="p_end")

    assert performance.problems == []
    assert performance.passed
    assert coverage([performance])["p"][0] == coverage([performance])["p"][1]


@pytest.mark.parametrize(
    "expect",
    [
        {"end": "elsewhere"},
        {"ends": []},
        {"path": ["work", "start"]},
        {"avoids": ["work"]},
        {"decisions": {"x": 1}},
        {"variables": {"opinion": "不同意"}},
        {"due": {"t.answer": "2026-03-09"}},
        {"tasks": ["work"]},
        {"state": "ACTIVE"},
        {"outcomes": {"work": "同意"}},
        {"provisional": ["t.answer"]},
    ],
    ids=lambda expect: next(iter(expect)),
)
def test_each_expectation_can_fail(stage: Stage, expect: dict[str, Any]) -> None:
    performance = play(stage, DONE, **expect)

    assert len(performance.problems) == 1
    assert performance.problems[0].startswith("结果：")


@pytest.mark.parametrize(
    ("steps", "says"),
    [
        ([{**DONE, "do": "nothing"}], "没有 nothing 的待办（现有：work）"),
        ([{**DONE, "by": "nobody"}], "用户不存在"),
        ([{**DONE, "by": "li", "form": {}}], "表单有误"),
        ([{**DONE, "refused": "commands.form-refused"}], "应被拒绝"),
        ([DONE, DONE], "没有待办"),
        ([{"wait": "soon"}], "时长"),
        ([{"until": "明天"}], "不是日期时间"),
        ([{"until": "2026-03-01T09:00"}], "不能倒退"),
    ],
)
def test_a_step_that_can_not_be_acted_out_is_a_problem_and_no_failure(
    stage: Stage, steps: list[dict[str, Any]], says: str
) -> None:
    (problem,) = play(stage, *steps).problems

    assert says in problem


def test_a_refusal_that_was_expected_is_none(stage: Stage) -> None:
    refused = {**DONE, "form": {}, "refused": "commands.form-refused"}

    assert play(stage, refused, DONE, end="p_end").passed


def did(element: str) -> dict[str, Any]:
    return {"do": element, "by": "zhou"}


def sent_back(element: str, to: str, **more: Any) -> dict[str, Any]:
    return {"return": element, "by": "zhou", "to": to, "reason": "材料不齐", **more}


@pytest.mark.parametrize(
    ("back", "open_then", "rest"),
    [
        (sent_back("c", "PREVIOUS"), "b", ["b", "c"]),
        (sent_back("c", "a"), "a", ["a", "b", "c"]),
        (sent_back("c", "INITIATOR"), "a", ["a", "b", "c"]),
        (sent_back("c", "a", direct=True), "a", ["a", "c"]),
    ],
)
def test_a_user_task_is_returned_and_done_again(
    stage: Stage, back: dict[str, Any], open_then: str, rest: list[str]
) -> None:
    steps = [did("a"), did("b"), back, {"expect": {"tasks": [open_then]}}, *map(did, rest)]

    performance = play(stage, *steps, procedure="chained", state="COMPLETED", path=["a", "b", *rest])

    assert performance.problems == []


@pytest.mark.parametrize(
    ("back", "says"),
    [
        (sent_back("b", "c"), "不能退回到 c（可退回：a）"),
        (sent_back("c", "a"), "没有 c 的待办"),
        (sent_back("b", "PREVIOUS", by="nobody"), "用户不存在"),
        (sent_back("b", "PREVIOUS", refused="commands.form-refused"), "应被拒绝"),
    ],
)
def test_a_return_that_can_not_be_is_a_problem(stage: Stage, back: dict[str, Any], says: str) -> None:
    (problem,) = play(stage, did("a"), back, procedure="chained").problems

    assert says in problem


def test_a_return_that_was_to_be_refused_is_none(stage: Stage) -> None:
    without_reason = sent_back("b", "PREVIOUS", reason="", refused="actions.reason-missing")

    assert play(stage, did("a"), without_reason, procedure="chained", tasks=["b"]).passed


def test_time_passes_timer_by_timer(stage: Stage) -> None:
    performance = play(stage, {"wait": "PT3S"}, procedure="looping", tasks=["work", "tock", "tock", "tock"])

    assert performance.problems == []


def test_a_cycle_without_end_is_a_problem_and_no_hang(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MAXIMUM_FIRINGS == 1000
    monkeypatch.setattr("engine.rehearsal.play.MAXIMUM_FIRINGS", 40)

    (problem,) = play(stage, {"wait": "P1D"}, procedure="looping").problems

    assert "40 次以上" in problem


@pytest.mark.parametrize("what", [{"procedure": "nothing"}, {"by": "nobody"}])
def test_a_case_that_can_not_begin_is_a_problem_and_no_failure(stage: Stage, what: dict[str, str]) -> None:
    assert len(play(stage, **what).problems) == 1  # type: ignore[arg-type]
