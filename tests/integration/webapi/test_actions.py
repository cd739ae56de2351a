"""Office work through the API: what is allowed is said, the rest refused, and everybody sees what concerns them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from engine.clock import FakeClock
from engine.commands.totp import code_at, step_at
from tests.integration.webapi.conftest import Person

pytestmark = pytest.mark.both_databases
People = Callable[[str], Person]


def waiting(person: People, task: str = "归档") -> tuple[str, str]:
    """Start a case as jia, approve it as yi; return the case and its user task for ding."""
    case = person("jia").start(shi="采购")
    yi = person("yi")
    assert yi.complete(yi.task("审批", case), yijian="同意").status_code == 200
    return case, person("ding").task(task, case)


def test_a_return_is_previewed_confirmed_and_told_to_who_does_it_again(person: People) -> None:
    # given
    case, task = waiting(person)
    ding, yi = person("ding"), person("yi")
    targets = ding.get(f"/user-tasks/{task}/return-targets").json
    assert [(each["name"], each["previous"], each["completedBy"]["name"]) for each in targets["items"]] == [
        ("审批", True, "乙某")
    ]

    # when
    preview = ding.get(f"/user-tasks/{task}/return-preview", target=targets["items"][0]["key"]).json
    assert [each["key"] for each in preview["tasks"]] == [task]
    assert preview["directPossible"] is True
    body = {"target": preview["targetKey"], "reason": "附件缺失", "direct": True, "cancels": [task]}
    response = ding.post(f"/user-tasks/{task}/return", body)

    # then
    assert response.status_code == 200, response.text
    again = yi.get(f"/user-tasks/{response.json['opened'][0]}").json
    assert (again["returned"]["reason"], again["returned"]["direct"]) == ("附件缺失", True)
    assert yi.complete(again["key"], yijian="同意").status_code == 200
    assert len(ding.tasks()) == 1
    labels = [item["action"] for item in ding.get(f"/process-instances/{case}/record").json["items"]]
    assert labels[-4:] == ["退回", "请重新办理", "重新办理并直达", "指派"]


def test_a_return_to_the_initiator_mends_the_start_form(person: People) -> None:
    _, task = waiting(person)
    ding, jia = person("ding"), person("jia")
    preview = ding.get(f"/user-tasks/{task}/return-preview", to="INITIATOR").json
    assert preview["mend"] is True

    response = ding.post(f"/user-tasks/{task}/return", {"to": "INITIATOR", "reason": "事由不清"})

    (mend,) = response.json["opened"]
    assert jia.get(f"/user-tasks/{mend}").json["form"]["id"] == "apply"
    assert ding.complete(task).json["code"] == "actions.waits-for-others"
    assert jia.complete(mend, shi="采购打印机").status_code == 200
    assert person("yi").task("审批")


def test_what_nobody_has_acted_on_can_be_taken_back(person: People) -> None:
    case, _ = waiting(person)
    yi = person("yi")
    (done,) = yi.tasks(tab="done")
    assert "withdraw" in yi.get(f"/user-tasks/{done['key']}").json["actions"]

    response = yi.post(f"/user-tasks/{done['key']}/withdrawal", {"reason": "再想想"})

    assert response.status_code == 200, response.text
    assert yi.task("审批", case) == response.json["opened"][0]


def test_handing_over_and_delegating(person: People) -> None:
    _, task = waiting(person)
    ding, wu = person("ding"), person("wu")
    assert ding.post(f"/user-tasks/{task}/transfer", {"to": "nobody", "reason": "x"}).status_code == 400

    assert ding.post(f"/user-tasks/{task}/delegation", {"to": "wu", "reason": "请代办"}).status_code == 204
    assert ding.get(f"/user-tasks/{task}").json["actions"] == ["recall-delegation", "copy", "urge"]
    assert wu.complete(task).status_code == 200
    handed = ding.get(f"/user-tasks/{task}").json
    assert (handed["assignee"]["name"], handed["handovers"][0]["state"]) == ("丁某", "DONE")
    assert ding.post(f"/user-tasks/{task}/transfer", {"to": "wu", "reason": "归他"}).status_code == 204
    assert wu.complete(task).json["completed"] is True


def test_signers_hold_the_completion_and_are_seen(person: People) -> None:
    _, task = waiting(person)
    ding, wu = person("ding"), person("wu")
    body = {"kind": "AFTER", "people": ["wu"], "reason": "请复核"}
    (signer,) = ding.post(f"/user-tasks/{task}/signers", body).json["signers"]
    assert wu.tasks() == []

    held = ding.complete(task).json
    assert (held["completed"], held["held"]) == (False, True)
    shown = ding.get(f"/user-tasks/{task}").json
    assert (shown["held"], shown["signers"][0]["state"]) == (True, "OPEN")
    assert "remove-signer" in shown["actions"]
    assert "complete" not in shown["actions"]

    answer = wu.post(f"/user-tasks/{signer}/completion", {"outcome": "同意", "opinion": "无异议"})
    assert answer.json["completed"] is True


def test_copies_are_read_with_a_receipt(person: People) -> None:
    case, task = waiting(person)
    ding, wu = person("ding"), person("wu")
    assert wu.get(f"/process-instances/{case}").status_code == 404

    body = {"people": ["wu"], "kind": "CIRCULATE", "taskKey": task, "note": "请阅"}
    assert ding.post(f"/process-instances/{case}/copies", body).status_code == 200

    (copy,) = wu.get("/copies").json["items"]
    assert (copy["caseTitle"], copy["readAt"]) == ("申请：采购", None)
    assert wu.get(f"/process-instances/{case}").status_code == 200
    assert wu.post(f"/copies/{copy['key']}/receipt").status_code == 204
    assert wu.get("/copies").json["items"] == []
    (receipt,) = ding.get(f"/process-instances/{case}/copies").json["items"]
    assert receipt["user"]["name"] == "戊某"
    assert receipt["readAt"] is not None


def test_urging_is_limited(person: People) -> None:
    _, task = waiting(person)
    jia = person("jia")
    assert jia.post(f"/user-tasks/{task}/urging").json == {"number": 1, "leftToday": 1}
    assert jia.post(f"/user-tasks/{task}/urging", {"note": "急"}).status_code == 200
    assert jia.post(f"/user-tasks/{task}/urging").json["code"] == "actions.urged-enough"


def test_a_signature_entered_for_somebody_waits_for_their_word(person: People) -> None:
    case = person("jia").start(shi="采购")
    jia, bing = person("jia"), person("bing")
    task = bing.task("审批", case)
    body = {"person": "bing", "evidenceKind": "PAPER", "evidence": "纸质件签批", "variables": {"yijian": "同意"}}

    assert jia.post(f"/user-tasks/{task}/recording", body).status_code == 204

    (found,) = bing.get("/recorded-signatures").json["items"]
    assert (found["taskKey"], found["recordedBy"]["name"], found["outcome"]) == (task, "甲某", "同意")
    assert bing.post(f"/recorded-signatures/{task}/answer", {"confirmed": True}).status_code == 204
    assert bing.get("/recorded-signatures").json["items"] == []


def test_several_at_once_have_a_result_each(person: People) -> None:
    jia, yi = person("jia"), person("yi")
    cases = [jia.start(shi=text) for text in ("一", "二")]
    keys = [yi.task("审批", case) for case in cases]
    body = {"items": [{"key": keys[0]}, {"key": "999"}, {"key": keys[1]}], "variables": {"yijian": "同意"}}

    results = yi.post("/user-tasks/batch-completion", body, key="b-1").json["items"]
    again = yi.post("/user-tasks/batch-completion", body, key="b-1").json["items"]

    assert [each["done"] for each in results] == [True, False, True]
    assert results[1]["code"] == "commands.user-task-unknown"
    assert again == results


def test_ending_a_case_needs_the_owner(person: People) -> None:
    case, _ = waiting(person)
    response = person("jia").post(f"/process-instances/{case}/interventions", {"kind": "TERMINATE", "reason": "不办了"})

    assert (response.status_code, response.json["code"]) == (409, "actions.no-owner")
    assert person("jia").get("/interventions").json["items"] == []


def test_a_second_factor_is_set_up_and_confirmed(person: People, clock: FakeClock) -> None:
    yi = person("yi")
    assert yi.get("/second-factor").json == {"confirmed": False}
    secret = yi.post("/second-factor", {"algorithm": "SM3"}).json["secret"]
    right = code_at(secret, step_at(clock.now()), "SM3")
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(5):
        assert yi.post("/second-factor/confirmation", {"code": wrong}).status_code == 403
    assert yi.post("/second-factor/confirmation", {"code": right}).json["code"] == "identity.second-factor-locked"
    clock.advance(timedelta(minutes=16))
    right = code_at(secret, step_at(clock.now()), "SM3")
    assert yi.post("/second-factor/confirmation", {"code": right}).status_code == 204
    assert yi.get("/second-factor").json == {"confirmed": True}
