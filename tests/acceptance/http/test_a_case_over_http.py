"""A case from start to end over HTTP alone, by its people, on a server with several processes."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.acceptance.http.conftest import PATIENCE, Browser, Server
from webapi.page import DIST

pytestmark = [pytest.mark.slow, pytest.mark.both_databases]
SignIn = Callable[[str], Browser]


def test_a_case_runs_from_its_start_to_its_end(sign_in: SignIn) -> None:
    # given
    jia, yi, ding = sign_in("jia"), sign_in("yi"), sign_in("ding")

    # when
    case = jia.start("shenqing", shi="采购", jine=12000.5)
    assert yi.get("/counts").json() == {"todo": 1, "done": 0, "started": 0}
    approval = yi.task("审批")
    assert yi.post(f"/user-tasks/{approval}/claim").status_code == 200
    done = yi.post(f"/user-tasks/{approval}/completion", {"variables": {"yijian": "同意"}, "opinion": "可以"})
    assert (done.status_code, done.json()["completed"]) == (200, False)
    last = ding.post(f"/user-tasks/{ding.task('归档')}/completion", {"variables": {}})

    # then
    assert last.json()["completed"] is True
    detail = jia.get(f"/process-instances/{case}").json()
    assert (detail["state"], detail["variables"]["jine"]) == ("COMPLETED", 12000.5)
    record = jia.get(f"/process-instances/{case}/record").json()["items"]
    assert [(item["action"], item["actor"]["name"]) for item in record] == [
        ("发起", "甲某"),
        ("认领", "乙某"),
        ("办理", "乙某"),
        ("办理", "丁某"),
    ]
    assert yi.get("/counts").json() == {"todo": 0, "done": 1, "started": 0}


def test_of_those_who_complete_a_task_at_once_one_succeeds_and_the_others_are_told(sign_in: SignIn) -> None:
    # given three people with the same task before them
    people = [sign_in("yi"), sign_in("bing"), sign_in("ding")]
    case = sign_in("jia").start("shenqing", shi="采购")
    task = people[0].task("审批")

    # when all complete it at once
    with ThreadPoolExecutor(len(people)) as pool:
        waiting = [
            pool.submit(one.post, f"/user-tasks/{task}/completion", {"variables": {"yijian": "同意"}}) for one in people
        ]
        answers = [future.result(PATIENCE) for future in waiting]

    # then
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
    refused = {answer.json()["code"] for answer in answers if answer.status_code == 409}
    assert refused == {"commands.user-task-not-open"}
    winner = next(one for one, answer in zip(people, answers, strict=True) if answer.status_code == 200)
    record = winner.get(f"/process-instances/{case}/record").json()["items"]
    assert [item["action"] for item in record] == ["发起", "办理"]


def test_a_start_sent_many_times_at_once_with_one_key_starts_one_case(sign_in: SignIn) -> None:
    # given
    jia = sign_in("jia")
    body = {"procedureId": "shenqing", "variables": {"shi": "采购"}}

    # when
    with ThreadPoolExecutor(6) as pool:
        waiting = [pool.submit(jia.post, "/process-instances", body, key="einmal") for _ in range(6)]
        answers = [future.result(PATIENCE) for future in waiting]

    # then
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["key"] for answer in answers}) == 1
    assert jia.get("/counts").json()["started"] == 1


def test_without_the_csrf_token_nothing_is_changed(sign_in: SignIn) -> None:
    jia = sign_in("jia")
    del jia.client.headers["X-CSRF-Token"]

    response = jia.post("/process-instances", {"procedureId": "huiqian", "variables": {}})

    assert (response.status_code, response.json()["code"]) == (403, "webapi.csrf-refused")
    assert jia.get("/counts").json()["started"] == 0


def test_a_token_works_where_no_browser_does(sign_in: SignIn, server: Server) -> None:
    token = sign_in("jia").post("/tokens", {"name": "脚本"}).json()["token"]

    with httpx.Client(base_url=server.url, headers={"Authorization": f"Bearer {token}"}, timeout=PATIENCE) as client:
        started = client.post("/api/process-instances", json={"procedureId": "huiqian", "variables": {}})
        counts = client.get("/api/counts")

    assert (started.status_code, counts.json()["started"]) == (201, 1)


def test_the_server_serves_the_page_and_ends_cleanly(server: Server) -> None:
    # given
    with httpx.Client(base_url=server.url, timeout=PATIENCE) as client:
        assert client.get("/api/health").json()["status"] == "ok"
        page = client.get("/")
        asset = next((file for file in (DIST / "assets").glob("*.js")), None)
        script = None if asset is None else client.get(f"/assets/{asset.name}")

    # then
    if asset is None:
        assert (page.status_code, page.json()["code"]) == (404, "webapi.page-missing")
    else:
        assert page.headers["Cache-Control"] == "no-cache"
        assert script is not None
        assert "immutable" in script.headers["Cache-Control"]
        assert script.headers["Content-Encoding"] == "gzip"

    # and when it is told to end
    assert server.stop() == 0
    assert "Traceback" not in Path(server.log).read_text("utf-8")
