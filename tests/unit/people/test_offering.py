"""A user task never goes to nobody."""

from __future__ import annotations

import json

from engine.commands.claim_user_task import ClaimUserTask
from engine.commands.complete_user_task import CompleteUserTask
from engine.commands.resolve_incident import ResolveIncident
from engine.identity.administer import ChangeUser, SetRoles
from engine.jobs.role_watch import watch_roles
from engine.store.tables.notices import notice
from engine.store.tables.runtime import incident, user_task
from tests.unit.commands.diagrams import chain, diagram, el, one_task, task
from tests.unit.commands.platforms import ADMIN, Bureau, refused
from tests.unit.people.staff import actor, employ, inbox_of


def test_a_task_whose_role_somebody_holds_goes_to_that_role(bureau: Bureau) -> None:
    employ(bureau, clerk=("clerks",))
    bureau.deploy(one_task())

    key = bureau.start()

    assert bureau.row(user_task, root_key=key)["candidate_groups"] == ["clerks"]
    assert bureau.incidents(key) == []
    assert bureau.verify().findings == []


def test_a_task_whose_role_nobody_holds_goes_to_the_head_of_the_roles_department(bureau: Bureau) -> None:
    # given nobody in service is 经办人@kjk
    employ(bureau, head=("科室负责人@bgs",), kjk_head=("科室负责人@kjk",), boss=("系统管理员",))
    bureau.deploy(diagram(el("startEvent", "start") + task("work", groups="经办人@kjk") + chain("start", "work")))

    # when
    key = bureau.start()

    # then
    (row,) = bureau.rows(user_task, root_key=key)
    assert row["candidate_groups"] == ["科室负责人@kjk"]
    (found,) = bureau.incidents(key)
    assert (found["error_type"], found["element_id"]) == ("ROLE_UNHELD", "work")
    told = {(row["user_id"], row["kind"]) for row in bureau.rows(notice)}
    assert {("kjk_head", "role-unheld"), ("boss", "incident")} <= told
    assert ("head", "role-unheld") not in told
    assert [item["key"] for item in inbox_of(bureau, "kjk_head")] == [row["key"]]

    # and when that head does it, the incident is over
    bureau.bus.execute(CompleteUserTask(row["key"]), actor(bureau, "kjk_head"))
    assert bureau.incidents(key) == []
    assert bureau.verify().findings == []


def test_without_a_department_it_goes_to_the_office_and_at_last_to_the_administrators(bureau: Bureau) -> None:
    employ(bureau, head=("科室负责人@bgs",), boss=("系统管理员",))
    bureau.deploy(one_task())
    first = bureau.start()
    bureau.bus.execute(ChangeUser("head", {"active": False}), ADMIN)

    second = bureau.start()

    assert bureau.row(user_task, root_key=first)["candidate_groups"] == ["科室负责人@bgs"]
    assert bureau.row(user_task, root_key=second)["candidate_groups"] == ["系统管理员"]


def test_it_goes_back_once_somebody_holds_the_role(bureau: Bureau) -> None:
    # given
    employ(bureau, head=("科室负责人@bgs",), newcomer=(), boss=("系统管理员",))
    bureau.deploy(one_task())
    key = bureau.start()
    (found,) = bureau.incidents(key)
    refused(bureau, ResolveIncident(found["key"]), ADMIN, "commands.role-still-unheld")

    # when
    bureau.bus.execute(SetRoles("newcomer", ("clerks",)), ADMIN)
    bureau.bus.execute(ResolveIncident(found["key"]), ADMIN)

    # then
    assert bureau.row(user_task, root_key=key)["candidate_groups"] == ["clerks"]
    assert bureau.incidents(key) == []
    assert inbox_of(bureau, "head") == []
    assert len(inbox_of(bureau, "newcomer")) == 1
    bureau.complete(key, "work", by=actor(bureau, "newcomer"))
    assert bureau.row(incident, root_key=key)["resolved_at"] == bureau.clock.now()
    assert bureau.verify().findings == []


def test_when_the_last_holder_leaves_their_open_tasks_go_elsewhere_and_back(bureau: Bureau) -> None:
    # given one task offered to a role and one held by the same person
    employ(bureau, clerk=("clerks",), head=("科室负责人@bgs",), boss=("系统管理员",))
    bureau.deploy(one_task())
    offered, held = bureau.start(), bureau.start("p")
    clerk = actor(bureau, "clerk")
    bureau.bus.execute(ClaimUserTask(bureau.open_tasks(held)["work"]), clerk)
    assert watch_roles(bureau.bus) == 0

    # when
    bureau.bus.execute(ChangeUser("clerk", {"active": False}, "调离"), ADMIN)
    assert watch_roles(bureau.bus) == 2
    assert watch_roles(bureau.bus) == 0

    # then
    assert len(inbox_of(bureau, "head")) == 2
    assert len(bureau.incidents(offered)) == len(bureau.incidents(held)) == 1

    # and when
    bureau.bus.execute(ChangeUser("clerk", {"active": True}), ADMIN)
    assert watch_roles(bureau.bus) == 2
    assert len(inbox_of(bureau, "clerk")) == 2
    assert bureau.incidents(offered) == bureau.incidents(held) == []
    assert bureau.verify().findings == []


def test_without_any_people_everything_stays_as_the_diagram_says(small_bureau: Bureau) -> None:
    small_bureau.deploy(one_task())

    key = small_bureau.start()

    assert small_bureau.row(user_task, root_key=key)["candidate_groups"] == ["clerks"]


def test_whom_it_reached_is_a_fact_of_the_command(small_bureau: Bureau) -> None:
    employ(small_bureau, head=("科室负责人@bgs",))
    small_bureau.deploy(one_task())

    key = small_bureau.start()

    facts = json.loads(small_bureau.events(key)[0]["payload"])["facts"]
    assert [(kind, answer) for kind, _, answer in facts] == [("holders", "科室负责人@bgs")]
