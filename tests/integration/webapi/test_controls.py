"""Controls through the API: previews, refusals in the seed's words, overrides, the list for those who supervise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.requirements import ROOT

pytestmark = pytest.mark.both_databases

REGISTER = """controls:
  - id: T1
    title: 支付资料齐全
    strength: BLOCK
    words: [{line: 645, text: 资料不全不予支付}]
    owner: bgs
    watch: {procedures: [shenqing], elements: [shenpi]}
    override: {by: [文书]}
    papers: [{name: fapiao, label: 发票}]
  - id: T2
    title: 本人无利害关系
    strength: ATTEST
    basis: 公务员法第七十六条
    watch: {procedures: [shenqing], elements: [shenpi]}
    attest: 本人与申请人无利害关系
"""


@pytest.fixture
def task(person: Callable[[str], Any]) -> tuple[str, str]:
    """Give an open 审批 under a register of two controls."""
    answer = person("admin").put("/admin/controls", {"content": REGISTER, "source": "试用"})
    assert answer.status_code == 200, answer.text
    case = person("jia").start("shenqing", shi="买纸")
    return case, person("yi").task("审批", case)


def test_the_register_says_what_is_watched_and_who_may_let_pass(task: object, person: Callable[[str], Any]) -> None:
    first, second = person("jia").get("/controls").json["items"]

    assert (first["procedures"], first["elements"], first["start"]) == (["shenqing"], ["shenpi"], False)
    assert (first["lines"], first["overridableBy"], first["condition"]) == ([645], ["文书"], None)
    assert second["lines"] == []


def test_differences_from_the_law_are_told_to_everybody(
    person: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert person("jia").get("/controls/law-differences").json == {"items": []}, "a bureau that lists none has none"
    monkeypatch.setattr("webapi.resources.controls.content_root", lambda: ROOT)

    found = person("jia").get("/controls/law-differences").json["items"]

    assert {item["kind"] for item in found} == {"topic", "limit"}
    assert all(item["seed"] and item["law"] and item["handled"] for item in found)


def test_what_is_needed_is_told_before_and_refused_by_name(task: tuple[str, str], person: Callable[[str], Any]) -> None:
    _, key = task
    yi = person("yi")

    found = {item["id"]: item for item in yi.post(f"/user-tasks/{key}/controls", {"variables": {}}).json["items"]}
    assert (found["T1"]["hit"], found["T1"]["missing"]) == (True, "缺少：发票")
    assert found["T2"]["needs"] == "confirmation"

    refused = yi.complete(key, yijian="同意")
    assert (refused.status_code, refused.json["code"]) == (409, "controls.blocked")
    assert "“资料不全不予支付”（L645）" in refused.json["detail"]


def test_an_override_and_a_confirmation_let_it_pass_and_are_listed(
    task: tuple[str, str], person: Callable[[str], Any]
) -> None:
    case, key = task
    yi = person("yi")
    override = f"/user-tasks/{key}/controls/T1/override"
    assert yi.post(override, {"reason": "紧急"}).status_code == 403
    assert person("ding").post(override, {"reason": "防汛紧急采购"}).status_code == 200

    done = {"variables": {"yijian": "同意"}}
    unanswered = yi.post(f"/user-tasks/{key}/completion", done)
    assert (unanswered.status_code, unanswered.json["code"]) == (400, "controls.answer-needed")
    answer = yi.post(f"/user-tasks/{key}/completion", {**done, "acknowledged": {"T2": True}})
    assert answer.status_code == 200, answer.text

    listed = person("shen").get("/controls/hits").json["items"]
    assert [(item["controlId"], item["outcome"], item["reason"]) for item in listed] == [
        ("T1", "overridden", "防汛紧急采购")
    ]
    of_case = yi.get(f"/process-instances/{case}/controls").json["items"]
    assert [item["outcome"] for item in of_case] == ["overridden", "confirmed"]
    assert yi.get("/controls/hits").status_code == 403


def test_hits_are_paged_newest_first(task: tuple[str, str], person: Callable[[str], Any]) -> None:
    admin, auditor = person("admin"), person("shen")
    monitors = REGISTER.replace("strength: BLOCK", "strength: MON").replace("    override: {by: [文书]}\n", "")
    assert admin.put("/admin/controls", {"content": monitors, "source": "监测"}).status_code == 200
    yi = person("yi")
    cases = [person("jia").start("shenqing", shi=f"第{number}件") for number in range(3)]
    for case in cases:
        done = {"variables": {"yijian": "同意"}, "acknowledged": {"T2": True}}
        assert yi.post(f"/user-tasks/{yi.task('审批', case)}/completion", done).status_code == 200

    seen, cursor = [], None
    for _ in range(4):
        page = auditor.get("/controls/hits", limit=1, **({"cursor": cursor} if cursor else {})).json
        seen += [item["processInstanceKey"] for item in page["items"]]
        cursor = page["nextCursor"]
        if cursor is None:
            break
    assert seen == list(reversed(cases))
    assert page["total"] == 3


def test_a_register_with_mistakes_is_refused_with_lines(person: Callable[[str], Any]) -> None:
    broken = REGISTER.replace("attest:", "feel: 'a +'\n    attest:")
    answer = person("admin").put("/admin/controls", {"content": broken, "source": "错"})
    assert (answer.status_code, answer.json["code"]) == (400, "controls.invalid")
    assert "第 10 行" in answer.json["detail"]
    assert person("yi").put("/admin/controls", {"content": REGISTER, "source": "x"}).status_code == 403


def test_the_register_in_force_is_shown(task: tuple[str, str], person: Callable[[str], Any]) -> None:
    shown = person("jia").get("/controls").json
    assert [item["id"] for item in shown["items"]] == ["T1", "T2"]
    assert shown["items"][0]["overridableBy"] == ["文书"]
