"""Numbers, texts, services and seals through the API: one letter from its draft to the register."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from engine.commands.actor import INSTALLER
from engine.commands.deploy_resources import DeployResources
from engine.commands.publish_organisation_file import PublishOrganisationFile
from engine.identity.accounts import CreateUser
from tests.integration.webapi.house import flows, process, properties, user_task
from webapi.services import services_of

pytestmark = pytest.mark.both_databases

SERIES = """
keepers: [文书]
series:
  - {id: fa, title: 局发文, pattern: "威工信发〔{year}〕{number}号", department: bgs, source: L2415}
  - {id: yongyin, title: 用印登记, pattern: "{year}-{number}", department: bgs, source: L724}
"""
SEALS = """
told: [领导]
seals:
  - {id: gongzhang, name: 局机关印章, aliases: [公章], kind: 公章, keepers: [文书], source: L403}
"""
DRAFT = {"draft__text": "正文", "draft__variable": "neirong"}
LETTER = process(
    "fawen",
    "发文",
    '<bpmn:startEvent id="kaishi"><bpmn:extensionElements>'
    + properties(**DRAFT)
    + "</bpmn:extensionElements></bpmn:startEvent>"
    + user_task("nigao", "文书", more=properties(**DRAFT), name="拟稿")
    + user_task("qianfa", "领导", more=properties(number__series="fa", draft__freeze="正文"), name="签发")
    + user_task(
        "yongyin",
        "文书",
        more=properties(
            seal__use="公章", number__series="yongyin", number__result="xuhao", seal__matter="=&quot;印发&quot;"
        ),
        name="用印",
    )
    + user_task("songda", "文书", more=properties(service__paper="=&quot;通知&quot;"), name="送达")
    + user_task("cundang", "文书", name="存档")
    + '<bpmn:endEvent id="jieshu"/>'
    + flows("kaishi", "nigao", "qianfa", "yongyin", "songda", "cundang", "jieshu"),
)

People = Callable[[str], Any]


@pytest.fixture
def letters(app: Flask) -> Flask:
    """Furnish the bureau with series, seals, the procedure and somebody of another department."""
    bus = services_of(app).platform.bus
    bus.execute(PublishOrganisationFile("number-series", SERIES, "试用"), INSTALLER)
    bus.execute(PublishOrganisationFile("seals", SEALS, "试用"), INSTALLER)
    bus.execute(DeployResources({"fawen.bpmn": LETTER.encode()}), INSTALLER)
    for name, groups in (("wenshu", ("文书",)), ("lingdao", ("领导",)), ("waike", ("经办人@kjk",))):
        bus.execute(CreateUser(name, name, "bgs", groups, "x", must_change_password=False), INSTALLER)
    return app


def signed(person: People, text: str = "第一段\n第二段") -> str:
    """Start a letter, draft and sign it; return its key."""
    clerk, boss = person("wenshu"), person("lingdao")
    case = str(clerk.start("fawen", shi="通知", title="关于通知", neirong=text))
    assert clerk.complete(clerk.task("拟稿", case)).status_code == 200
    assert boss.complete(boss.task("签发", case)).status_code == 200
    return case


def test_a_letter_is_drafted_signed_sealed_and_served(letters: Flask, person: People) -> None:
    clerk = person("wenshu")
    case = signed(person)
    assert clerk.complete(clerk.task("用印", case), sealed_copies=2).status_code == 200
    served = {"service_way": "直接", "served_on": "2026-11-23", "received_by": "王某", "recipient": "某公司"}
    refused = clerk.complete(clerk.task("送达", case), **{**served, "received_by": ""})
    assert (refused.status_code, refused.json["code"]) == (400, "issuing.service-incomplete")
    assert list(refused.json["fields"]) == ["received_by"]
    assert clerk.complete(clerk.task("送达", case), **served).status_code == 200

    issued = clerk.get(f"/process-instances/{case}/issued").json
    assert [number["text"] for number in issued["numbers"]] == ["威工信发〔2026〕1号", "2026-1"]
    assert [(use["matter"], use["copies"], use["number"]) for use in issued["sealUses"]] == [("印发", 2, "2026-1")]
    (service,) = issued["services"]
    assert (service["paper"], service["number"], service["way"]) == ({"name": "通知"}, "威工信发〔2026〕1号", "直接")
    assert clerk.get("/services", way="直接", since="2026-11-23").json["total"] == 1
    assert clerk.get("/services", until="2026-11-22").json["total"] == 0
    assert person("waike").get("/services").json["total"] == 0
    assert person("waike").get(f"/process-instances/{case}/services").status_code == 404

    body = {"changes": {"servedOn": "2026-11-20"}, "evidence": "回证", "reason": "录错"}
    assert clerk.post(f"/services/{service['key']}/correction", body).status_code == 200
    (after,) = clerk.get(f"/process-instances/{case}/services").json["items"]
    assert (after["servedOn"], after["correctedBy"]["id"]) == ("2026-11-20", "wenshu")


def test_versions_of_a_text_are_written_compared_restored_and_frozen(letters: Flask, person: People) -> None:
    clerk = person("wenshu")
    case = clerk.start("fawen", shi="通知", neirong="第一段\n甲方应付款100元")
    task = clerk.task("拟稿", case)
    assert clerk.get(f"/user-tasks/{task}").json["texts"] == [
        {"name": "正文", "version": 1, "variable": "neirong", "frozen": False}
    ]

    body = {"baseVersion": 1, "content": "第一段\n甲方应付款200元\n此致", "note": "核对金额"}
    assert clerk.post(f"/user-tasks/{task}/texts/正文/versions", body).status_code == 201
    again = clerk.post(f"/user-tasks/{task}/texts/正文/versions", body)
    assert (again.status_code, again.json["code"]) == (409, "issuing.text-changed")

    path = f"/process-instances/{case}/texts"
    lines = clerk.get(f"{path}/正文/comparison", **{"from": 1, "to": 2}).json["items"]
    assert [line["kind"] for line in lines] == ["same", "changed", "added"]
    assert [(piece["kind"], piece["text"]) for piece in lines[1]["pieces"]] == [
        ("same", "甲方应付款"),
        ("removed", "100"),
        ("added", "200"),
        ("same", "元"),
    ]
    restored = {"baseVersion": 2, "version": 1}
    assert clerk.post(f"/user-tasks/{task}/texts/正文/restorations", restored).json["version"] == 3
    assert clerk.get(f"{path}/正文/versions/3").json["content"] == ["第一段", "甲方应付款100元"]
    assert clerk.get(f"{path}/正文/versions/4").status_code == 404

    clerk.complete(task)
    boss = person("lingdao")
    boss.complete(boss.task("签发", case))
    (text,) = clerk.get(path).json["items"]
    assert [(version["version"], version["restoredFrom"]) for version in text["versions"]] == [
        (3, 1),
        (2, None),
        (1, None),
    ]
    assert text["versions"][0]["frozenBy"]["id"] == "lingdao"
    assert person("waike").get(path).status_code == 404


def test_the_register_shows_every_number_to_its_keepers_and_no_titles_to_strangers(
    letters: Flask, person: People
) -> None:
    clerk, stranger = person("wenshu"), person("waike")
    case = signed(person)
    reserved = clerk.post("/number-series/fa/reservations", {"count": 2, "reason": "年末备用"})
    assert [number["text"] for number in reserved.json["numbers"]] == ["威工信发〔2026〕2号", "威工信发〔2026〕3号"]
    assert stranger.post("/number-series/fa/reservations", {"reason": "想要"}).status_code == 403
    voided = clerk.post("/number-series/fa/register/2026/3/voiding", {"reason": "不发了"})
    assert (voided.status_code, voided.json["text"]) == (200, "威工信发〔2026〕3号")
    assert clerk.post("/number-series/fa/register/2026/9/voiding", {"reason": "没有"}).status_code == 404
    assert clerk.post("/number-series/fa/register/2026/1/restoration", {"reason": "没作废"}).status_code == 409
    assert (
        clerk.post("/number-series/fa/register/2026/1/voiding", {"reason": "重发"}).json["processInstanceKey"] == case
    )

    register = clerk.get("/number-series/fa/register", year=2026).json
    assert [(item["number"], item["state"], item["reason"]) for item in register["items"]] == [
        (3, "VOID", "不发了"),
        (2, "RESERVED", None),
        (1, "VOID", "重发"),
    ]
    assert (register["first"], register["last"], register["missing"], register["total"]) == (1, 3, [], 3)
    assert register["items"][2]["title"] == "关于通知"
    page = clerk.get("/number-series/fa/register", limit=2).json
    rest = clerk.get("/number-series/fa/register", limit=2, cursor=page["nextCursor"]).json
    assert [item["number"] for item in page["items"] + rest["items"]] == [3, 2, 1]
    assert rest["nextCursor"] is None

    seen = stranger.get("/number-series/fa/register", year=2026, state="VOID").json["items"]
    assert [(item["number"], item["title"], item["processInstanceKey"]) for item in seen] == [
        (3, None, None),
        (1, None, None),
    ]
    listed = {item["id"]: item for item in stranger.get("/number-series").json["items"]}
    assert (listed["fa"]["nextText"], listed["fa"]["mayKeep"]) == ("威工信发〔2026〕4号", False)


def test_seals_are_handed_over_with_two_signatures(letters: Flask, person: People) -> None:
    clerk, boss = person("wenshu"), person("lingdao")
    made = clerk.post("/seals/gongzhang/handovers", {"to": "lingdao", "note": "轮岗"})
    assert made.status_code == 201
    (waiting,) = boss.get("/seal-handovers").json["items"]
    assert (waiting["from"]["id"], waiting["state"]) == ("wenshu", "PROPOSED")
    answered = boss.post(f"/seal-handovers/{made.json['key']}/answer", {"confirmed": True})
    assert answered.json["state"] == "CONFIRMED"
    (seal,) = clerk.get("/seals").json["items"]
    assert (seal["keptBy"]["id"], seal["out"]) == ("lingdao", None)
    assert clerk.get("/seals/gongzhang/handovers").json["items"][0]["confirmedAt"] is not None
    assert clerk.get("/seals/gongzhang/loans").json["items"] == []
    assert clerk.get("/seals/gongzhang/uses").json["total"] == 0
    assert clerk.get("/seals/none/uses").status_code == 404


def test_administrators_publish_the_organisations_data(letters: Flask, person: People) -> None:
    admin = person("admin")
    wrong = admin.put("/admin/organisation-files/seals", {"content": "seals:\n  - {id: x}\n", "source": "试"})
    assert (wrong.status_code, wrong.json["code"]) == (400, "documents.organisation-file-invalid")
    changed = SEALS.replace("局机关印章", "局印章")
    assert admin.put("/admin/organisation-files/seals", {"content": changed, "source": "更名"}).json["new"] is True
    assert "局印章" in admin.get("/admin/organisation-files/seals").json["content"]
    versions = [item for item in admin.get("/admin/organisation-files").json["items"] if item["name"] == "seals"]
    assert [item["inForce"] for item in versions] == [True, False]
    assert admin.put("/admin/organisation-files/nothing", {"content": "x: 1", "source": "试"}).status_code == 404
    assert person("wenshu").get("/admin/organisation-files").status_code == 403


def test_a_return_past_a_number_is_refused_when_it_is_looked_at(letters: Flask, person: People) -> None:
    clerk = person("wenshu")
    case = signed(person)
    task = clerk.task("用印", case)

    preview = clerk.get(f"/user-tasks/{task}/return-preview", to="PREVIOUS")
    assert (preview.status_code, preview.json["code"]) == (409, "queries.return-impossible")
    assert "威工信发〔2026〕1号" in preview.json["detail"]
    sent = clerk.post(f"/user-tasks/{task}/return", {"reason": "改", "to": "PREVIOUS"})
    assert sent.json["code"] == "actions.not-allowed"

    clerk.post("/number-series/fa/register/2026/1/voiding", {"reason": "改标题"})
    assert clerk.get(f"/user-tasks/{task}/return-preview", to="PREVIOUS").status_code == 200
    assert clerk.post(f"/user-tasks/{task}/return", {"reason": "改", "to": "PREVIOUS"}).status_code == 200


def test_a_text_in_a_hidden_variable_is_hidden_with_it(letters: Flask, person: People) -> None:
    hidden = LETTER.replace("fawen", "mifa").replace(
        '<zeebe:property name="department"',
        '<zeebe:property name="visibility.hide.neirong" value="领导"/><zeebe:property name="department"',
    )
    services_of(letters).platform.bus.execute(DeployResources({"mifa.bpmn": hidden.encode()}), INSTALLER)
    clerk, boss = person("wenshu"), person("lingdao")
    case = clerk.start("mifa", shi="通知", neirong="举报人某某")
    clerk.complete(clerk.task("拟稿", case))

    assert boss.get(f"/process-instances/{case}").status_code == 200
    assert boss.get(f"/process-instances/{case}/texts").json["items"] == []
    assert boss.get(f"/process-instances/{case}/texts/正文/versions/1").status_code == 404
    for path in ("history", "replay", "texts", "record"):
        assert "举报人" not in boss.get(f"/process-instances/{case}/{path}", **_long(path)).text
    assert "举报人" in clerk.get(f"/process-instances/{case}/texts/正文/versions/1").text


def _long(path: str) -> dict[str, int]:
    return {"limit": 200} if path == "history" else {}
