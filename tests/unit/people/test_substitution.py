"""离岗委托: who stands in sees and does the open user tasks of who is away, and history says for whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from engine.commands.claim_user_task import ClaimUserTask
from engine.commands.complete_user_task import CompleteUserTask
from engine.identity.substitutions import GrantSubstitution, WithdrawSubstitution
from engine.queries.record import record
from engine.queries.user_task import user_task_detail
from engine.queries.user_tasks import Moment
from engine.store.database import reading
from engine.store.tables.notices import notice
from engine.store.tables.people import substitution
from engine.store.tables.runtime import user_task
from tests.unit.commands.diagrams import one_task
from tests.unit.commands.platforms import ADMIN, Bureau, refused
from tests.unit.people.staff import actor, employ, inbox_of


def _away(bureau: Bureau, procedures: Sequence[str] | None = None, days: int = 3) -> int:
    """Let deputy stand in for boss from now on."""
    now = bureau.clock.now()
    command = GrantSubstitution("deputy", now, now + timedelta(days=days), "出差", procedures)
    return int(bureau.bus.execute(command, actor(bureau, "boss"))["key"])


def _employ(bureau: Bureau) -> None:
    employ(bureau, boss=("clerks",), deputy=(), other=(), head=("科室负责人@bgs", "系统管理员"))


def test_during_the_period_the_substitute_sees_and_does_the_tasks(bureau: Bureau) -> None:
    # given
    _employ(bureau)
    bureau.deploy(one_task())
    case = bureau.start()
    task = bureau.open_tasks(case)["work"]
    assert inbox_of(bureau, "deputy") == []

    # when
    _away(bureau)

    # then
    (seen,) = inbox_of(bureau, "deputy")
    assert (seen["key"], seen["on_behalf_of"]) == (task, {"id": "boss", "name": "boss某"})
    assert inbox_of(bureau, "other") == []
    deputy = actor(bureau, "deputy")
    with reading(bureau.engine) as connection:
        moment = Moment(bureau.clock.now(), None)
        detail = user_task_detail(connection, deputy, task, moment, bureau.platform.sources.definitions)
    assert "complete" in detail["actions"]

    # and when
    bureau.bus.execute(CompleteUserTask(task, opinion="同意"), deputy)

    # then history says 甲代乙
    row = bureau.row(user_task, key=task)
    assert (row["completed_by"], row["on_behalf_of"], row["assignee_id"]) == ("deputy", "boss", "boss")
    with reading(bureau.engine) as connection:
        items = record(connection, actor(bureau, "boss"), case, bureau.platform.sources.definitions)["items"]
    assert (items[-1]["actor"]["id"], items[-1]["on_behalf_of"]) == ("deputy", {"id": "boss", "name": "boss某"})
    assert bureau.verify().findings == []


def test_what_the_principal_has_claimed_passes_too_and_what_the_substitute_claims_is_the_principals(
    bureau: Bureau,
) -> None:
    _employ(bureau)
    bureau.deploy(one_task())
    first, second = bureau.start(), bureau.start()
    bureau.bus.execute(ClaimUserTask(bureau.open_tasks(first)["work"]), actor(bureau, "boss"))
    _away(bureau)
    deputy = actor(bureau, "deputy")

    bureau.bus.execute(ClaimUserTask(bureau.open_tasks(second)["work"]), deputy)

    assert bureau.row(user_task, root_key=second)["assignee_id"] == "boss"
    assert len(inbox_of(bureau, "deputy")) == 2
    for case in (first, second):
        bureau.bus.execute(CompleteUserTask(bureau.open_tasks(case)["work"]), deputy)
    assert [row["on_behalf_of"] for row in bureau.rows(user_task)] == ["boss", "boss"]


def test_before_and_after_the_period_and_once_withdrawn_nothing_passes(bureau: Bureau) -> None:
    _employ(bureau)
    bureau.deploy(one_task())
    task = bureau.open_tasks(bureau.start())["work"]
    now = bureau.clock.now()
    later = GrantSubstitution("deputy", now + timedelta(days=1), now + timedelta(days=2), "休假")
    key = bureau.bus.execute(later, actor(bureau, "boss"))["key"]

    refused(bureau, CompleteUserTask(task), actor(bureau, "deputy"), "commands.user-task-unknown")
    bureau.clock.advance(timedelta(days=1))
    assert len(inbox_of(bureau, "deputy")) == 1
    bureau.bus.execute(WithdrawSubstitution(key), actor(bureau, "boss"))
    assert inbox_of(bureau, "deputy") == []
    refused(bureau, WithdrawSubstitution(key), actor(bureau, "boss"), "identity.substitution-unknown")
    _away(bureau, days=1)
    assert len(inbox_of(bureau, "deputy")) == 1
    bureau.clock.advance(timedelta(days=1))
    assert inbox_of(bureau, "deputy") == []


def test_only_the_named_procedures_pass(bureau: Bureau) -> None:
    _employ(bureau)
    bureau.deploy(one_task("leave"), one_task("travel"))
    leave, travel = (bureau.open_tasks(bureau.start(name))["work"] for name in ("leave", "travel"))

    _away(bureau, ["travel"])

    assert [item["key"] for item in inbox_of(bureau, "deputy")] == [travel]
    refused(bureau, CompleteUserTask(leave), actor(bureau, "deputy"), "commands.user-task-unknown")
    bureau.bus.execute(CompleteUserTask(travel), actor(bureau, "deputy"))


def test_penalties_personnel_funds_and_refusals_pass_to_nobody(bureau: Bureau) -> None:
    _employ(bureau)
    bureau.deploy(one_task(nature="人事"))
    task = bureau.open_tasks(bureau.start())["work"]

    _away(bureau)

    assert inbox_of(bureau, "deputy") == []
    refused(bureau, CompleteUserTask(task), actor(bureau, "deputy"), "commands.user-task-unknown")


def test_ones_own_tasks_are_done_in_ones_own_name(bureau: Bureau) -> None:
    employ(bureau, boss=("clerks",), deputy=("clerks",))
    bureau.deploy(one_task())
    task = bureau.open_tasks(bureau.start())["work"]
    _away(bureau)

    bureau.bus.execute(CompleteUserTask(task), actor(bureau, "deputy"))

    assert bureau.row(user_task)["on_behalf_of"] is None


def test_administrators_rights_pass_to_nobody(small_bureau: Bureau) -> None:
    employ(small_bureau, boss=("clerks", "系统管理员"), deputy=())
    _away(small_bureau)

    (absent,) = actor(small_bureau, "deputy").stands_for

    assert absent.groups == {"clerks"}
    assert not actor(small_bureau, "deputy").administrator


def test_oneself_the_head_and_the_administrator_may_grant_and_nobody_else(small_bureau: Bureau) -> None:
    _employ(small_bureau)
    bureau, now = small_bureau, small_bureau.clock.now()
    command = GrantSubstitution("deputy", now, now + timedelta(days=1), "病假", None, "boss")

    refused(bureau, command, actor(bureau, "other"), "commands.administrator-only")
    bureau.bus.execute(command, actor(bureau, "head"))

    again = GrantSubstitution("other", now, now + timedelta(days=1), "病假", None, "boss")
    refused(bureau, again, ADMIN, "identity.substitution-overlaps")
    told = {row["user_id"] for row in bureau.rows(notice, kind="substitution")}
    assert told == {"boss", "deputy"}
    assert bureau.row(substitution)["created_by"] == "head"


def test_a_substitution_that_makes_no_sense_is_refused(small_bureau: Bureau) -> None:
    _employ(small_bureau)
    bureau, now = small_bureau, small_bureau.clock.now()
    boss = actor(bureau, "boss")

    backwards = GrantSubstitution("deputy", now, now - timedelta(days=1), "?")
    oneself = GrantSubstitution("boss", now, now + timedelta(days=1), "?")
    nowhere = GrantSubstitution("deputy", now, now + timedelta(days=1), "?", ["nothing"])
    nobody = GrantSubstitution("ghost", now, now + timedelta(days=1), "?")

    for command in (backwards, oneself, nowhere):
        refused(bureau, command, boss, "identity.substitution-invalid")
    refused(bureau, nobody, boss, "identity.user-unknown")
