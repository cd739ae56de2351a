"""待办, 已办, and the work on a user task."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.integration.webapi.conftest import Person

pytestmark = pytest.mark.both_databases
People = Callable[[str], Person]


def test_a_task_is_in_the_inbox_of_every_candidate_and_of_nobody_else(person: People) -> None:
    # given
    case = person("jia").start(shi="采购")

    # then
    for name, expected in (("yi", 1), ("bing", 1), ("ding", 1), ("jia", 0), ("wu", 0), ("shen", 0)):
        page = person(name).get("/user-tasks").json
        assert (len(page["items"]), page["total"]) == (expected, expected), name
        assert person(name).get("/counts").json["todo"] == expected
    task = person("yi").tasks()[0]
    assert task["processInstanceKey"] == case
    assert task["caseTitle"] == "申请：采购"
    assert task["initiator"] == {"id": "jia", "name": "甲某"}
    assert task["candidateGroups"] == ["领导"]
    assert task["claimable"] is True
    assert task["createdAt"] == "2026-11-23T01:00:00Z"


def test_a_task_offered_under_two_names_is_listed_once(person: People) -> None:
    person("jia").start("huiqian")

    page = person("ding").get("/user-tasks").json

    assert sorted(task["name"] for task in page["items"]) == ["乙签", "甲签"]
    assert page["total"] == 2


def test_claiming_takes_the_task_out_of_the_others_inboxes_and_unclaiming_gives_it_back(person: People) -> None:
    # given
    person("jia").start(shi="采购")
    yi, bing = person("yi"), person("bing")
    task = yi.task("审批")

    # when
    claimed = yi.post(f"/user-tasks/{task}/claim")

    # then
    assert claimed.json["assignee"] == {"id": "yi", "name": "乙某"}
    assert bing.tasks() == []
    assert bing.post(f"/user-tasks/{task}/claim").status_code == 409
    assert {"complete", "save-draft", "unclaim"} <= set(yi.get(f"/user-tasks/{task}").json["actions"])

    # and when
    assert yi.post(f"/user-tasks/{task}/unclaim").json["assignee"] is None
    assert len(bing.tasks()) == 1


def test_a_task_comes_with_form_variables_documentation_and_what_may_be_done(person: People) -> None:
    # given
    person("jia").start(shi="采购", jine=12.5)
    yi = person("yi")

    # when
    task = yi.get(f"/user-tasks/{yi.task('审批')}").json

    # then
    assert task["form"]["id"] == "approve"
    assert task["form"]["schema"]["components"][0]["key"] == "yijian"
    assert task["variables"]["shi"] == "采购"
    assert task["variables"]["jine"] == 12.5
    assert task["documentation"] == {"seed": "L1“shenpi”", "basis": None, "note": "试用", "exception": None}
    assert task["actions"][:3] == ["claim", "complete", "save-draft"]
    assert {"transfer", "delegate", "sign-before", "return", "copy", "urge"} <= set(task["actions"])
    assert task["readOnly"] is False
    assert task["revision"] == 1


def test_a_draft_is_its_writers_alone(person: People) -> None:
    person("jia").start(shi="采购")
    yi, bing = person("yi"), person("bing")
    task = yi.task("审批")

    assert yi.put(f"/user-tasks/{task}/draft", {"variables": {"yijian": "同意"}}).status_code == 204

    assert yi.get(f"/user-tasks/{task}").json["draft"] == {"yijian": "同意"}
    assert bing.get(f"/user-tasks/{task}").json["draft"] is None


def test_completing_moves_the_case_on_and_the_task_to_done(person: People) -> None:
    # given
    case = person("jia").start(shi="采购")
    ding = person("ding")
    task = ding.task("审批")

    # when
    response = ding.post(f"/user-tasks/{task}/completion", {"variables": {"yijian": "同意"}, "opinion": "情况属实"})

    # then
    assert response.status_code == 200
    assert response.json["completed"] is False
    assert [following["name"] for following in response.json["nextTasks"]] == ["归档"]
    assert ding.get("/counts").json == {"todo": 1, "done": 1, "started": 0}
    (finished,) = ding.tasks(tab="done")
    assert (finished["name"], finished["state"], finished["outcome"]) == ("审批", "COMPLETED", "同意")

    # and when the last one is done
    last = ding.complete(ding.task("归档", case))
    assert last.json["completed"] is True
    assert person("jia").get(f"/process-instances/{case}").json["state"] == "COMPLETED"


def test_wrong_form_data_is_refused_at_its_fields(person: People) -> None:
    person("jia").start(shi="采购")
    yi = person("yi")

    response = yi.complete(yi.task("审批"), yijian="也许", jine=3)

    assert response.status_code == 400
    assert response.json["code"] == "commands.form-refused"
    assert response.json["fields"] == {"yijian": ["请从给出的选项中选择。"], "jine": ["表单没有此项，请移除。"]}
    assert len(yi.tasks()) == 1


def test_the_second_of_two_who_complete_a_task_is_told_so(person: People) -> None:
    person("jia").start(shi="采购")
    yi, bing = person("yi"), person("bing")
    task = yi.task("审批")
    assert yi.complete(task, yijian="同意").status_code == 200

    response = bing.complete(task, yijian="不同意")

    assert response.status_code == 409
    assert response.json["code"] == "commands.user-task-not-open"
    assert response.json["state"] == "COMPLETED"


def test_a_repeated_completion_with_its_key_is_answered_alike_and_done_once(person: People) -> None:
    # given
    case = person("jia").start(shi="采购")
    yi = person("yi")
    task = yi.task("审批")
    body = {"variables": {"yijian": "同意"}}

    # when
    first, second = (yi.post(f"/user-tasks/{task}/completion", body, key="k-1") for _ in range(2))

    # then
    assert first.status_code == second.status_code == 200
    assert first.json == second.json
    actions = [item["action"] for item in yi.get(f"/process-instances/{case}/record").json["items"]]
    assert actions == ["发起", "办理"]

    # and the key is good for nothing else
    other = yi.post("/process-instances", {"procedureId": "huiqian", "variables": {}}, key="k-1")
    assert other.status_code == 409
    assert other.json["code"] == "commands.idempotency-key-reused"


def test_a_task_that_does_not_concern_one_does_not_exist(person: People) -> None:
    person("jia").start(shi="采购")
    task = person("yi").task("审批")
    wu = person("wu")

    for response in (
        wu.get(f"/user-tasks/{task}"),
        wu.post(f"/user-tasks/{task}/claim"),
        wu.put(f"/user-tasks/{task}/draft", {"variables": {}}),
        wu.complete(task, yijian="同意"),
        wu.get("/user-tasks/1"),
        wu.get("/user-tasks/9223372036854775808"),
        wu.get("/user-tasks/abc"),
    ):
        assert response.status_code == 404
        assert response.mimetype == "application/problem+json"


def test_pages_follow_each_other_without_gap_or_repetition_while_tasks_are_added(person: People) -> None:
    # given
    jia, yi = person("jia"), person("yi")
    before = [jia.start(shi=f"第{number}件") for number in range(7)]

    # when pages are turned and a case is added between them
    seen, cursor = [], None
    for page_number in range(4):
        page = yi.get("/user-tasks", limit=2, **({"cursor": cursor} if cursor else {})).json
        seen += [task["processInstanceKey"] for task in page["items"]]
        cursor = page["nextCursor"]
        if page_number == 1:
            added = jia.start(shi="后来")

    # then
    assert seen == [*before, added]
    assert cursor is None
    assert page["total"] == 8


def test_the_inbox_is_searched_and_filtered(person: People) -> None:
    jia, ding = person("jia"), person("ding")
    jia.start(shi="采购100%电脑")
    jia.start(shi="维修")
    jia.start("huiqian", shi="维修")

    assert [task["caseTitle"] for task in ding.tasks(search="100%")] == ["申请：采购100%电脑"]
    assert [task["caseTitle"] for task in ding.tasks(search="维修", procedure="shenqing")] == ["申请：维修"]
    assert {task["caseTitle"] for task in ding.tasks(department="kjk")} == {"会签：维修"}
    assert ding.tasks(search="%") == ding.tasks(search="100%")
    assert ding.get("/user-tasks", search="维修").json["total"] == 3


def test_a_cursor_that_no_page_gave_is_refused(person: People) -> None:
    response = person("yi").get("/user-tasks", cursor="!!")

    assert response.status_code == 400
    assert response.json["code"] == "queries.cursor-invalid"


def test_the_most_urgent_comes_first_and_shows_its_light(person: People) -> None:
    # given one case with a legal limit of twenty working days, and older ones without
    jia, ding = person("jia"), person("ding")
    jia.start("huiqian")
    timed = jia.start("xianshi", shi="公开")
    ding.complete(ding.task("受理", timed))

    # when
    first, *others = ding.tasks()

    # then: received on Monday 2026-11-23, the twentieth working day is Monday 2026-12-21
    assert first["processInstanceKey"] == timed
    assert first["dueAt"] == "2026-12-21T16:00:00Z"
    assert (first["light"], first["dueProvisional"], first["remainingWorkingDays"]) == ("green", False, 20)
    assert [task["dueAt"] for task in others] == [None, None]
