"""Controls: blocks refuse in the seed's words, warnings want a reason, overrides the right person, monitors list."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from engine.commands.actor import Actor
from engine.commands.complete_user_task import CompleteUserTask
from engine.commands.override_control import OverrideControl
from engine.commands.publish_controls import PublishControls
from engine.commands.start_process_instance import StartProcessInstance
from engine.errors import BanjieError
from engine.store.tables.controls import control_registry, control_result
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import ADMIN, CLERK, COLLEAGUE, Bureau, refused

LEADER = Actor("leader", "张国峰", "jld", frozenset({"分管负责人@bgs", "clerks"}))
HEAD = "  - {id: C1, title: 试验, words: [{line: 645, text: 资料不全不予支付}], owner: bgs, "


def register(entry: str, *, strength: str = "BLOCK", watch: str = "{procedures: [p], elements: [work]}") -> str:
    """Return a register of one control."""
    return f"controls:\n{HEAD}strength: {strength}, watch: {watch}, {entry}}}\n"


def publish(bureau: Bureau, *args: Any, **more: Any) -> None:
    bureau.bus.execute(PublishControls(register(*args, **more), "test"), ADMIN)


def complete(bureau: Bureau, key: int, element: str, by: Actor = CLERK, **more: Any) -> None:
    task = bureau.open_tasks(key)[element]
    bureau.bus.execute(CompleteUserTask(task, more.pop("variables", {}), **more), by)


def refusal(bureau: Bureau, key: int, element: str, code: str, by: Actor = CLERK, **more: Any) -> BanjieError:
    return refused(bureau, CompleteUserTask(bureau.open_tasks(key)[element], **more), by, code)


def outcomes(bureau: Bureau, key: int) -> list[tuple[str, str]]:
    return [(row["control_id"], row["outcome"]) for row in bureau.rows(control_result, root_key=key)]


def two_steps(**more: str) -> bytes:
    content = d.el("startEvent", "start") + d.task("draft", **more) + d.task("work", control__duty="审批")
    return d.diagram(content + d.chain("start", "draft", "work"), department="bgs")


def test_a_block_refuses_in_the_words_of_the_duty_list_and_records_nothing(bureau: Bureau) -> None:
    bureau.deploy(d.one_task())
    publish(bureau, "papers: [{name: yanshou, label: 验收报告}]")
    key = bureau.start()

    error = refusal(bureau, key, "work", "controls.blocked")

    assert "缺少：验收报告" in error.message
    assert "“资料不全不予支付”（L645）" in error.message
    complete(bureau, key, "work", variables={"yanshou": True})
    assert outcomes(bureau, key) == [("C1", "passed")]
    assert bureau.verify().findings == []


def test_a_warning_passes_with_a_reason_that_is_kept(bureau: Bureau) -> None:
    bureau.deploy(d.one_task())
    publish(bureau, "feel: 'count(baojia) >= 3'", strength="WARN")
    key = bureau.start(variables={"baojia": [1]})

    refusal(bureau, key, "work", "controls.answer-needed")
    refusal(bureau, key, "work", "controls.answer-needed", acknowledged={"C1": "  "})
    complete(bureau, key, "work", acknowledged={"C1": "只有一家供应商"})

    row = bureau.row(control_result, root_key=key)
    assert (row["outcome"], row["reason"]) == ("acknowledged", "只有一家供应商")
    assert bureau.verify().findings == []


def test_an_attestation_always_wants_a_confirmation(bureau: Bureau) -> None:
    bureau.deploy(d.one_task())
    publish(bureau, "attest: 本人与申请人无利害关系", strength="ATTEST")
    key = bureau.start()
    refusal(bureau, key, "work", "controls.answer-needed", acknowledged={"C1": False})
    complete(bureau, key, "work", acknowledged={"C1": True})
    assert outcomes(bureau, key) == [("C1", "confirmed")]


def test_a_monitor_lists_and_refuses_nothing(bureau: Bureau) -> None:
    bureau.deploy(d.one_task())
    publish(bureau, "feel: 'false'", strength="MON")
    key = bureau.start()
    complete(bureau, key, "work")
    assert outcomes(bureau, key) == [("C1", "hit")]


def test_an_override_takes_another_person_with_the_role_and_a_reason(bureau: Bureau) -> None:
    bureau.deploy(two_steps())
    publish(bureau, "feel: 'false', override: {by: ['分管负责人@{department}']}")
    key = bureau.start()
    complete(bureau, key, "draft")
    task = bureau.open_tasks(key)["work"]

    refused(bureau, OverrideControl(task, "C1", "紧急"), COLLEAGUE, "controls.override-forbidden")
    refused(bureau, OverrideControl(task, "C1", " "), LEADER, "commands.ground-missing")
    refused(bureau, OverrideControl(task, "C9", "紧急"), LEADER, "controls.unknown")
    bureau.bus.execute(OverrideControl(task, "C1", "防汛紧急采购"), LEADER)
    refusal(bureau, key, "work", "controls.blocked", by=LEADER)
    complete(bureau, key, "work")

    row = bureau.row(control_result, root_key=key)
    assert (row["outcome"], row["reason"]) == ("overridden", "防汛紧急采购")
    assert bureau.verify().findings == []


def test_a_control_without_exception_is_never_overridden(bureau: Bureau) -> None:
    bureau.deploy(d.one_task())
    publish(bureau, "feel: 'false'")
    key = bureau.start()
    refused(bureau, OverrideControl(bureau.open_tasks(key)["work"], "C1", "x"), LEADER, "controls.override-forbidden")


def test_who_drafted_does_not_approve(bureau: Bureau) -> None:
    bureau.deploy(two_steps(control__duty="拟稿"))
    publish(bureau, "separation: [拟稿, 审批]")
    key = bureau.start()
    complete(bureau, key, "draft")
    assert "周静玲已办理“拟稿”" in refusal(bureau, key, "work", "controls.blocked").message
    complete(bureau, key, "work", by=COLLEAGUE)
    assert outcomes(bureau, key) == [("C1", "passed")]


def test_the_applicant_does_not_approve(bureau: Bureau) -> None:
    bureau.deploy(two_steps())
    publish(bureau, "separation: [发起, 审批]")
    key = bureau.start(by=COLLEAGUE)
    complete(bureau, key, "draft")
    refusal(bureau, key, "work", "controls.blocked", by=COLLEAGUE)
    complete(bureau, key, "work")


def test_steps_are_done_in_order_with_the_right_outcome(bureau: Bureau) -> None:
    bureau.deploy(two_steps(outcome="jieguo"))
    publish(bureau, "order: {first: [draft], outcome: 同意}")
    key = bureau.start()
    complete(bureau, key, "draft", variables={"jieguo": "不同意"})
    refusal(bureau, key, "work", "controls.blocked")
    other = bureau.start()
    complete(bureau, other, "draft", variables={"jieguo": "同意"})
    complete(bureau, other, "work")


def test_a_notice_is_given_once(bureau: Bureau) -> None:
    content = (
        d.el("startEvent", "start")
        + d.el("exclusiveGateway", "merge")
        + d.task("work")
        + d.el("exclusiveGateway", "again", default="again_end")
        + d.el("endEvent", "end")
        + d.chain("start", "merge", "work", "again")
        + d.flow("again", "merge", "zaici = true")
        + d.flow("again", "end", flow_id="again_end")
    )
    bureau.deploy(d.diagram(content))
    publish(bureau, "once: 1")
    key = bureau.start()
    complete(bureau, key, "work", variables={"zaici": True})
    assert "已办理 1 次" in refusal(bureau, key, "work", "controls.blocked").message


def test_split_payments_to_one_payee_are_listed(bureau: Bureau) -> None:
    bureau.deploy(d.one_task())
    entry = "split_payments: {payee: shoukuan, amount: jine, days: 30, thresholds: [10000, 50000], procedures: [p]}"
    publish(bureau, entry, strength="MON", watch="{procedures: [p], start: true}")
    first = bureau.start(variables={"shoukuan": "甲公司", "jine": 6000})
    bureau.clock.advance(timedelta(days=10))
    other = bureau.start(variables={"shoukuan": "乙公司", "jine": 6000})
    second = bureau.start(variables={"shoukuan": "甲公司", "jine": 6000})
    bureau.clock.advance(timedelta(days=40))
    late = bureau.start(variables={"shoukuan": "甲公司", "jine": 6000})

    assert [outcomes(bureau, key) for key in (first, other, second, late)] == [
        [("C1", "passed")],
        [("C1", "passed")],
        [("C1", "hit")],
        [("C1", "passed")],
    ]
    assert bureau.verify().findings == []


def test_nobody_holds_two_roles_that_exclude_each_other(bureau: Bureau) -> None:
    bureau.deploy(d.one_task())
    publish(bureau, "exclusive_roles: [出纳, 会计*]")
    key = bureau.start()
    both = Actor("both", "甲", "bgs", frozenset({"clerks", "出纳", "会计"}))
    refusal(bureau, key, "work", "controls.blocked", by=both)
    complete(bureau, key, "work")


def test_a_start_can_be_refused(bureau: Bureau) -> None:
    bureau.deploy(d.one_task())
    publish(bureau, "feel: 'miji = null or miji = \"无\"'", watch="{procedures: [p], start: true}")
    refused(bureau, StartProcessInstance("p", variables={"miji": "秘密"}), CLERK, "controls.blocked")
    bureau.start(variables={"miji": "无"})


def test_an_element_names_its_controls_itself(bureau: Bureau) -> None:
    bureau.deploy(d.one_task(control="C1"))
    publish(bureau, "feel: 'false'", watch="{}")
    refusal(bureau, bureau.start(), "work", "controls.blocked")


def test_a_condition_says_when_a_control_applies_and_what_cannot_be_judged_is_hit(bureau: Bureau) -> None:
    bureau.deploy(d.one_task())
    publish(bureau, "when: 'zhongda = true', papers: [{name: pinggu, label: 风险评估}]")
    key = bureau.start(variables={"zhongda": False})
    complete(bureau, key, "work")
    assert outcomes(bureau, key) == []
    refusal(bureau, bureau.start(variables={"zhongda": True}), "work", "controls.blocked")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (register("feel: 'a +'"), 2, "feel|语法|第"),
        (register("feel: 'true', once: 1"), 2, "恰有一种机制"),
        (register("zzz: 1, feel: 'true'"), 2, "不认识的键 zzz"),
        (register("once: 0"), 2, "正整数"),
        (register("feel: 'true'", strength="STRONG"), 2, "强度 STRONG"),
        ("controls:\n" + register("once: 1").split("\n", 1)[1] + HEAD + "strength: MON, once: 1}\n", 3, "出现两次"),
        ("controls: {", 1, "YAML"),
    ],
)
def test_a_register_with_mistakes_is_refused_with_their_lines(
    small_bureau: Bureau, text: str, line: int, said: str
) -> None:
    error = refused(small_bureau, PublishControls(text, "controls.yaml"), ADMIN, "controls.invalid")
    assert any(part in error.message for part in said.split("|"))
    assert error.place is not None
    assert error.place.line == line or "YAML" in said


def test_publishing_is_for_administrators_and_the_same_register_changes_nothing(bureau: Bureau) -> None:
    command = PublishControls(register("once: 1"), "test")
    refused(bureau, command, CLERK, "commands.administrator-only")
    assert bureau.bus.execute(command, ADMIN)["new"] is True
    assert bureau.bus.execute(command, ADMIN)["new"] is False
    assert len(bureau.rows(control_registry)) == 1


def test_what_was_found_is_recorded_with_the_version_of_the_register(bureau: Bureau) -> None:
    bureau.deploy(d.one_task())
    publish(bureau, "feel: 'true'")
    key = bureau.start()
    complete(bureau, key, "work")
    event = next(each for each in bureau.events(key) if each["type"] == "control_evaluated")
    assert json.loads(event["payload"])["registry_version"] == bureau.row(control_registry)["version"]


def test_a_start_that_no_control_has_to_do_with_is_not_recorded_as_checked(bureau: Bureau) -> None:
    bureau.deploy(d.one_task())
    watch = "{procedures: [p], start: true}"
    publish(bureau, "when: 'jine > 5000', feel: 'jine < 9000'", strength="BLOCK", watch=watch)

    small, large = bureau.start(variables={"jine": 100}), bureau.start(variables={"jine": 6000})

    assert [event["type"] for event in bureau.events(small)].count("control_evaluated") == 0
    assert [event["type"] for event in bureau.events(large)].count("control_evaluated") == 1
    assert bureau.verify().findings == []
