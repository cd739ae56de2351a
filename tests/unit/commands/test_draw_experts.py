"""Draws of experts: announced before they are drawn, without conflict, once, and reproducible by anyone."""

from __future__ import annotations

import json
from typing import Any

import pytest

from engine.commands.actor import Actor
from engine.commands.draw_experts import CommitExpertDraw, PerformExpertDraw
from engine.commands.import_experts import ImportExperts
from engine.controls.draw import ordered, problems_of, seed_digest
from engine.controls.expert_files import ExpertsInvalid, read_experts
from engine.jobs.workers import work_jobs
from engine.queries.draws import recorded_draws, verify_draws
from engine.store.database import reading
from engine.store.tables.controls import expert_draw
from engine.store.tables.runtime import variable
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import CLERK, Bureau, refused

PERSONNEL = Actor("zgk", "孙永倩", "zgk", frozenset({"经办人@zgk"}))
POOL = [
    {
        "id": f"e{number:02}",
        "name": f"专家{number}",
        "employer": f"单位{number % 10}",
        "fields": ["装备"],
        "active": True,
    }
    for number in range(30)
]


@pytest.fixture
def case(bureau: Bureau) -> tuple[Bureau, int]:
    """Give a case and a pool of thirty experts of ten employers."""
    bureau.deploy(d.one_task())
    bureau.bus.execute(ImportExperts(POOL, "专家库.csv"), PERSONNEL)
    return bureau, bureau.start()


def draw(bureau: Bureau, key: int, witness: str = "见证", **more: Any) -> dict[str, Any]:
    committed = bureau.bus.execute(CommitExpertDraw(key, "装备", **more), PERSONNEL)
    return bureau.bus.execute(PerformExpertDraw(committed["key"], witness), PERSONNEL)


def test_seven_and_alternates_are_drawn_and_can_be_reproduced_from_the_record(case: tuple[Bureau, int]) -> None:
    bureau, key = case

    drawn = draw(bureau, key)

    assert len(drawn["drawn"]) == 7
    assert len(drawn["alternates"]) == 3
    assert len({expert["id"] for expert in (*drawn["drawn"], *drawn["alternates"])}) == 10
    with reading(bureau.engine) as connection:
        verified = verify_draws(recorded_draws(connection, key))
    assert [item["problems"] for item in verified] == [[]]
    assert bureau.verify().findings == []


def test_the_seed_is_fixed_before_the_draw_and_told_only_with_it(case: tuple[Bureau, int]) -> None:
    bureau, key = case
    committed = bureau.bus.execute(CommitExpertDraw(key, "装备"), PERSONNEL)
    seed = bureau.row(expert_draw, root_key=key)["seed"]
    assert committed["seed_digest"] == seed_digest(seed)
    assert not any(seed in event["payload"] for event in bureau.events(key))
    assert bureau.verify().findings == []

    bureau.bus.execute(PerformExpertDraw(committed["key"], "今日天晴"), PERSONNEL)

    record = json.loads(next(event["payload"] for event in bureau.events(key) if event["type"] == "experts_drawn"))
    assert (record["seed"], record["witness"]) == (seed, "今日天晴")


def test_who_is_employed_by_an_applicant_is_not_in_the_pool(case: tuple[Bureau, int]) -> None:
    bureau, key = case
    draw(bureau, key, applicants=["单位 3", "单位4"])
    row = bureau.row(expert_draw, root_key=key)
    assert {expert["employer"] for expert in row["excluded"]} == {"单位3", "单位4"}
    assert len(row["pool"]) == 24


def test_a_second_draw_needs_a_reason(case: tuple[Bureau, int]) -> None:
    bureau, key = case
    draw(bureau, key)
    refused(bureau, CommitExpertDraw(key, "装备"), PERSONNEL, "controls.draw-reason-missing")
    first = bureau.row(expert_draw, root_key=key)["key"]
    refused(bureau, PerformExpertDraw(first), PERSONNEL, "controls.draw-done")
    draw(bureau, key, reason="两名专家请假")
    assert [row["reason"] for row in bureau.rows(expert_draw, root_key=key)] == [None, "两名专家请假"]


def test_only_the_personnel_department_draws_and_only_from_enough(case: tuple[Bureau, int]) -> None:
    bureau, key = case
    refused(bureau, CommitExpertDraw(key, "装备"), CLERK, "controls.drawers-only")
    refused(bureau, ImportExperts([], "x"), CLERK, "controls.drawers-only")
    refused(bureau, CommitExpertDraw(key, "化工"), PERSONNEL, "controls.pool-too-small")
    refused(bureau, CommitExpertDraw(key, "装备", size=31), PERSONNEL, "controls.pool-too-small")


def test_a_changed_record_is_found_out() -> None:
    pool = [{"id": each["id"], "name": each["name"], "employer": each["employer"]} for each in POOL]
    seed = "ab" * 32
    order = ordered(pool, seed, "w")
    committed = {"pool": pool, "size": 7, "alternates": 3, "seed_digest": seed_digest(seed)}
    drawn = {"seed": seed, "witness": "w", "drawn": order[:7], "alternates": order[7:10]}
    assert problems_of(committed, drawn) == []
    assert problems_of(committed, {**drawn, "drawn": [*order[:6], order[12]]})
    assert problems_of(committed, {**drawn, "witness": "other"})
    assert problems_of({**committed, "seed_digest": "0" * 64}, drawn)


def test_every_expert_can_be_drawn() -> None:
    seeds = (f"{number:064x}" for number in range(200))
    assert {expert["id"] for seed in seeds for expert in ordered(POOL, seed, "")[:7]} == {e["id"] for e in POOL}


def test_a_service_task_draws_for_its_case(bureau: Bureau) -> None:
    headers = '<zeebe:header key="field" value="装备"/><zeebe:header key="applicants" value="=danwei"/>'
    service = d.el(
        "serviceTask",
        "draw",
        zeebe=f'<zeebe:taskDefinition type="banjie:expert-draw"/><zeebe:taskHeaders>{headers}</zeebe:taskHeaders>',
    )
    bureau.deploy(d.diagram(d.el("startEvent", "s") + service + d.task("review") + d.chain("s", "draw", "review")))
    bureau.bus.execute(ImportExperts(POOL, "x"), PERSONNEL)
    key = bureau.start(variables={"danwei": ["单位1"]})

    assert work_jobs(bureau.bus) == 1

    values = {row["name"]: row["value"] for row in bureau.rows(variable, root_key=key)}
    assert len(values["experts"]) == 7
    assert all(expert["employer"] != "单位1" for expert in values["experts"])
    assert "review" in bureau.open_tasks(key)
    assert bureau.verify().findings == []


def test_a_spreadsheet_of_experts_is_read_and_its_mistakes_told_at_once() -> None:
    good = "\ufeff编号,姓名,单位,领域,停用\n1,甲,一厂,装备；化工,\n2,乙,二厂,装备,是\n"
    assert [(each["id"], each["fields"], each["active"]) for each in read_experts(good, csv_file=True)] == [
        ("1", ["装备", "化工"], True),
        ("2", ["装备"], False),
    ]
    with pytest.raises(ExpertsInvalid) as caught:
        read_experts("编号,姓名,单位,领域\n1,甲,,装备\n1,乙,二厂,装备\n1,丙,三厂,装备\n", csv_file=True)
    assert caught.value.details["problems"] == ["第 2 行缺少单位", "第 4 行的编号 1 重复"]
    yaml = "experts: [{id: a, name: 甲, employer: 一厂, fields: [装备]}]"
    assert read_experts(yaml, csv_file=False)[0]["active"] is True
