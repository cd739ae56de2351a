"""People through the API: accounts, substitution, notices, settings, going live, who may start and see what."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert
from werkzeug.test import TestResponse

from engine.clock import FakeClock
from engine.commands.actor import INSTALLER
from engine.commands.deploy_resources import DeployResources
from engine.identity.organisation import LoadOrganisation
from engine.store.database import reading, writing
from engine.store.tables.general import document
from tests.integration.webapi.conftest import Person
from tests.integration.webapi.house import flows, user_task
from tests.integration.webapi.house import process as process_file
from webapi.reads import case_read_by
from webapi.security import CSRF_HEADER
from webapi.services import services_of

_FILE = {
    "digest": "0",
    "size": 1,
    "content_type": "text/plain",
    "file_name": "a.txt",
    "properties": {},
    "actor_id": "jia",
    "stored_at": datetime(2026, 11, 23, tzinfo=UTC),
}

pytestmark = pytest.mark.both_databases
People = Callable[[str], Person]


def _patch(who: Person, path: str, body: Any) -> TestResponse:
    return who._send("PATCH", path, body, None)


def _upload(who: Person, path: str, content: bytes, name: str, **more: str) -> TestResponse:
    data = {"file": (io.BytesIO(content), name), **more}
    return who.client.post(f"/api{path}", data=data, headers={CSRF_HEADER: who.csrf_token})


def _deploy(app: Flask, id_: str, **properties: str) -> None:
    content = '<bpmn:startEvent id="k"/>' + user_task("ban", "文书", name="办理") + '<bpmn:endEvent id="j"/>'
    file = process_file(id_, id_, content + flows("k", "ban", "j"))
    listed = "".join(
        f'<zeebe:property name="{name.replace("__", ".")}" value="{value}"/>' for name, value in properties.items()
    )
    file = file.replace("<zeebe:properties>", f"<zeebe:properties>{listed}", 1)
    services_of(app).platform.bus.execute(DeployResources({f"{id_}.bpmn": file.encode()}), INSTALLER)


def test_a_substitute_works_through_the_inbox_of_who_is_away(person: People, clock: FakeClock) -> None:
    # given 丁 is the only 文书, away for two days
    case = person("jia").start(shi="采购")
    person("yi").complete(person("yi").task("审批"), yijian="同意")
    ding, wu = person("ding"), person("wu")
    body = {
        "substitute": "wu",
        "startsAt": "2026-11-23T08:00:00+08:00",
        "endsAt": "2026-11-25T08:00:00+08:00",
        "reason": "出差",
    }

    # when
    granted = ding.post("/substitutions", body)

    # then
    assert granted.status_code == 201
    (task,) = wu.tasks()
    assert (task["name"], task["onBehalfOf"]) == ("归档", {"id": "ding", "name": "丁某"})
    assert [item["inForce"] for item in wu.get("/substitutions").json["items"]] == [True]
    assert wu.get("/notices/unread-count").json["count"] == 1
    assert wu.complete(task["key"]).status_code == 200
    record = person("jia").get(f"/process-instances/{case}/record").json["items"]
    assert (record[-1]["actor"]["name"], record[-1]["onBehalfOf"]["name"]) == ("戊某", "丁某")
    assert ding.delete(f"/substitutions/{granted.json['key']}").status_code == 204
    assert ding.delete(f"/substitutions/{granted.json['key']}").status_code == 404
    assert ding.post("/substitutions", {**body, "startsAt": "2026-11-23T08:00:00"}).status_code == 400


def test_notices_are_listed_counted_and_read(person: People) -> None:
    person("jia").start(shi="采购")
    yi = person("yi")

    (notice,) = yi.get("/notices").json["items"]
    assert (notice["kind"], notice["readAt"]) == ("task-offered", None)
    assert "采购" not in notice["text"]
    assert yi.get(f"/user-tasks/{notice['userTaskKey']}").status_code == 200
    assert yi.post("/notices/reading", {"keys": [notice["key"]]}).json == {"count": 1}
    assert yi.get("/notices/unread-count").json == {"count": 0}
    assert yi.get("/notices", unread="true").json["items"] == []


def test_accounts_are_changed_given_roles_signed_out_and_reviewed(person: People) -> None:
    # given
    admin, wu = person("admin"), person("wu")

    # when
    assert _patch(admin, "/admin/users/wu", {"email": "wu@example.cn", "reason": "登记"}).status_code == 204
    assert admin.put("/admin/users/wu/roles", {"roles": ["文书"]}).status_code == 204

    # then
    listed = {item["id"]: item for item in admin.get("/admin/users").json["items"]}
    assert (listed["wu"]["email"], listed["wu"]["roles"], listed["wu"]["kind"]) == ("wu@example.cn", ["文书"], "staff")
    both = admin.put("/admin/users/wu/roles", {"roles": ["系统管理员", "审计管理员"]})
    assert (both.status_code, both.json["code"]) == (409, "identity.roles-exclusive")
    assert wu.put("/admin/users/jia/roles", {"roles": ["文书"]}).status_code == 403
    (held,) = [item for item in admin.get("/admin/sessions").json["items"] if item["user"]["id"] == "wu"]
    assert admin.delete(f"/admin/users/wu/sessions/{held['id']}").status_code == 204
    assert wu.get("/session").status_code == 401
    assert admin.delete("/admin/users/wu/lock").status_code == 204
    reviewed = {item["id"]: item for item in admin.get("/admin/account-review").json["items"]}
    assert "没有任何角色" in reviewed["jia"]["findings"]
    assert _patch(admin, "/admin/users/wu", {"active": False}).status_code == 204
    assert _patch(admin, "/admin/users/admin", {"active": False}).status_code == 403


def test_settings_are_shown_and_changed_and_secrets_are_not_shown(person: People) -> None:
    admin = person("admin")

    assert admin.put("/admin/settings/session.idle-minutes", {"value": 15}).status_code == 204
    assert admin.put("/admin/settings/notices.email.password", {"value": "geheim"}).status_code == 204

    shown = admin.get("/admin/settings")
    values = {item["name"]: item["value"] for item in shown.json["items"]}
    assert (values["session.idle-minutes"], values["password.history"]) == (15, 5)
    assert "geheim" not in shown.text
    assert admin.put("/admin/settings/session.idle-minutes", {"value": 0}).status_code == 400
    assert admin.put("/admin/settings/nothing", {"value": 0}).status_code == 404
    assert person("jia").put("/admin/settings/session.idle-minutes", {"value": 20}).status_code == 403


def test_a_first_password_is_changed_before_anything_else(person: People, anybody: Person) -> None:
    created = person("admin").post("/admin/users", {"username": "xin", "name": "新某", "department": "bgs"})
    signed_in = anybody.post("/session", {"username": "xin", "password": created.json["firstPassword"]})
    xin = Person(anybody.client, signed_in.json["csrfToken"])

    refused = xin.get("/user-tasks")
    changed = xin.put(
        "/session/password", {"currentPassword": created.json["firstPassword"], "newPassword": "Neues-2026-wort"}
    )

    assert (refused.status_code, refused.json["code"]) == (403, "identity.password-change-required")
    assert changed.status_code == 204
    assert xin.get("/user-tasks").status_code == 200


def test_who_may_start_is_said_by_the_diagram(app: Flask, person: People) -> None:
    # given
    _deploy(app, "gongwen", start__groups="文书, 领导")
    _deploy(app, "bumen", start__groups="=&quot;科室负责人@&quot; + initiator.department")

    # then
    refused = person("jia").post("/process-instances", {"procedureId": "gongwen"})
    assert (refused.status_code, refused.json["code"]) == (403, "commands.not-entitled-to-start")
    assert person("ding").post("/process-instances", {"procedureId": "gongwen"}).status_code == 201
    assert person("ding").post("/process-instances", {"procedureId": "bumen"}).status_code == 403

    def entitled(name: str) -> dict[str, bool]:
        places = person(name).get("/procedures").json["departments"]
        return {item["id"]: item["entitled"] for place in places for item in place["procedures"]}

    assert (entitled("jia")["gongwen"], entitled("jia")["shenqing"]) == (False, True)
    assert entitled("ding")["gongwen"] is True


def test_parties_start_only_what_names_their_role(app: Flask, person: People) -> None:
    admin = person("admin")
    body = {"username": "qiye", "name": "某企业", "kind": "outside", "password": "Qiye-2026-pass"}
    assert admin.post("/admin/users", {**body, "password": "Firma-2026-pass"}).status_code == 201
    admin.put("/admin/settings/password.force-change", {"value": False})

    refused = person("qiye").post("/process-instances", {"procedureId": "shenqing", "variables": {"shi": "x"}})

    assert refused.json["code"] == "commands.not-entitled-to-start"


def test_reading_a_restricted_case_is_recorded_for_auditors_alone(app: Flask, person: People) -> None:
    # given
    _deploy(app, "xinfang", visibility="restricted", visibility__roles="领导", visibility__hide__shi="文书")
    case = person("jia").start("xinfang", shi="举报内容")

    # when
    assert person("yi").get(f"/process-instances/{case}").json["variables"]["shi"] == "举报内容"
    for_ding = person("ding").get(f"/process-instances/{case}")
    assert person("wu").get(f"/process-instances/{case}").status_code == 404
    assert person("admin").get(f"/process-instances/{case}").status_code == 404

    # then
    assert "shi" not in for_ding.json["variables"]
    reads = person("shen").get("/admin/case-reads").json["items"]
    assert [(item["user"]["id"], item["processInstanceKey"]) for item in reads] == [("ding", case), ("yi", case)]
    assert reads[0]["resource"] == f"/api/process-instances/{case}"
    assert person("admin").get("/admin/case-reads").status_code == 403


def test_a_file_of_a_restricted_case_and_a_part_of_it_count_as_reading_it(app: Flask, person: People) -> None:
    # given
    _deploy(app, "xinfang", visibility="restricted")
    case = int(person("jia").start("xinfang", shi="x"))
    open_case = int(person("jia").start(shi="y"))
    task = int(person("ding").task("办理"))
    engine = services_of(app).platform.engine
    with writing(engine) as connection:
        for id_, key in (("secret", case), ("plain", open_case), ("loose", None)):
            connection.execute(insert(document), {**_FILE, "id": id_, "process_instance_key": key})

    # then
    with reading(engine) as connection:
        assert case_read_by(connection, "/v2/documents/<id_>", {"id_": "secret"}) == case
        assert case_read_by(connection, "/v2/documents/<id_>", {"id_": "plain"}) is None
        assert case_read_by(connection, "/v2/documents/<id_>", {"id_": "loose"}) is None
        assert case_read_by(connection, "/api/user-tasks/<key:key>", {"key": task}) == case
        assert case_read_by(connection, "/api/process-instances/<key:key>/record", {"key": open_case}) is None


def test_people_are_imported_after_a_preview(person: People) -> None:
    # given
    admin = person("admin")
    content = "用户名,姓名,机构,角色\nxin,新来某,办公室,文书\nwu,戊某某,kjk,\n".encode()
    wrong = "用户名,姓名,机构,角色\nxin,,没有的科,没有的角色\n".encode()

    # when
    preview = _upload(admin, "/admin/people/import-preview", content, "人员.csv")
    applied = _upload(admin, "/admin/people/import", content, "人员.csv", digest=preview.json["digest"])

    # then
    assert [(item["action"], item["id"]) for item in preview.json["changes"]] == [("add", "xin"), ("change", "wu")]
    assert (preview.json["applied"], applied.json["applied"]) == (False, True)
    assert applied.json["firstPassword"]
    assert {item["id"] for item in admin.get("/admin/users").json["items"]} >= {"xin", "wu"}
    mistakes = _upload(admin, "/admin/people/import-preview", wrong, "人员.csv").json["problems"]
    assert [item["column"] for item in mistakes] == ["姓名", "机构", "角色"]
    assert _upload(admin, "/admin/people/import", wrong, "人员.csv").status_code == 400
    assert _upload(person("jia"), "/admin/people/import", content, "人员.csv").status_code == 403
    assert admin.post("/admin/people/import", {}).status_code == 400


def test_a_case_in_progress_is_entered_at_its_step(person: People) -> None:
    body = {
        "procedureId": "xianshi",
        "elements": ["dafu"],
        "initiator": "jia",
        "beganOn": "2026-11-02",
        "variables": {"shi": "公开"},
        "clocks": [{"limitId": "bgs-ysqgk.answer", "startedOn": "2026-11-02", "evidence": "收件登记"}],
        "reason": "上线前已受理",
    }

    entered = person("admin").post("/admin/entered-cases", body)

    assert entered.status_code == 201, entered.text
    (task,) = person("ding").tasks()
    assert (task["name"], task["processInstanceKey"]) == ("答复", entered.json["key"])
    assert task["dueAt"].startswith("2026-11-30")
    assert person("jia").get(f"/process-instances/{entered.json['key']}").json["startedAt"] == "2026-11-01T16:00:00Z"
    assert person("ding").post("/admin/entered-cases", body).status_code == 403
    assert person("admin").post("/admin/entered-cases", {**body, "beganOn": "2027-01-01"}).status_code == 400


def test_the_organisation_is_shown_and_suggests_whom_to_dispatch_to(app: Flask, person: People) -> None:
    # given
    matters = (
        {"id": "m1", "matter": "负责政务公开和局机关信息化建设工作", "lead": "bgs", "assist": ["kjk"], "line": 240},
        {"id": "m2", "matter": "组织开展国家、省制造业创新中心推荐工作", "lead": "kjk", "line": 2471},
    )
    posts = ({"id": "bgs-1", "department": "bgs", "name": "文秘岗", "duties": [{"line": 284, "text": "政务公开"}]},)
    load = LoadOrganisation((), (), posts=posts, responsibilities=matters)
    services_of(app).platform.bus.execute(load, INSTALLER)
    jia = person("jia")

    # when
    found = jia.get("/dispatch-suggestions", text="关于推荐2027年度省级制造业创新中心的通知").json["items"]

    # then
    assert (found[0]["department"]["id"], found[0]["grounds"][0]["line"]) == ("kjk", 2471)
    public = jia.get("/dispatch-suggestions", text="报送政务公开工作总结").json["items"][0]
    assert (public["department"]["name"], public["assist"][0]["id"], public["post"]["id"]) == ("办公室", "kjk", "bgs-1")
    assert jia.get("/dispatch-suggestions", text="完").status_code == 400
    assert [item["id"] for item in jia.get("/departments").json["items"]] == ["bgs", "kjk"]
    assert [item["name"] for item in jia.get("/posts", department="bgs").json["items"]] == ["文秘岗"]
    holders = {item["name"]: [one["id"] for one in item["holders"]] for item in jia.get("/roles").json["items"]}
    assert holders["文书"] == ["ding"]
    assert [item["id"] for item in jia.get("/colleagues", search="乙").json["items"]] == ["yi"]
    assert len(jia.get("/responsibilities", department="kjk").json["items"]) == 1


def test_one_sees_and_ends_ones_other_sessions(person: People, clock: FakeClock) -> None:
    here, there = person("jia"), person("jia")

    assert len(here.get("/session/all").json["items"]) == 2
    assert here.delete("/session/others").json == {"count": 1}
    assert there.get("/session").status_code == 401
    assert here.get("/session").status_code == 200
    clock.advance(timedelta(minutes=30))
    assert here.get("/session").status_code == 401
