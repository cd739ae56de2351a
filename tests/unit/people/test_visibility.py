"""Who may see a case, and what of it; reading what is restricted is recorded."""

from __future__ import annotations

from typing import Any

import pytest

from engine.commands.actor import Actor
from engine.commands.note_case_read import NoteCaseRead
from engine.queries.case import case_detail
from engine.queries.cases import cases
from engine.queries.history import history
from engine.queries.paging import Request
from engine.queries.replay import replay
from engine.queries.sight import CaseInvisible, Sight, sight_of
from engine.queries.user_task import user_task_detail
from engine.queries.user_tasks import Moment
from engine.queries.variables import case_scopes
from engine.store.database import reading
from engine.store.tables.people import case_read
from tests.unit.commands.diagrams import chain, diagram, el, one_task, task
from tests.unit.commands.platforms import ADMIN, Bureau
from tests.unit.people.staff import actor, employ

AUDITOR = Actor("auditor", "审计", None, frozenset({"审计管理员"}), auditor=True)


def _sight(bureau: Bureau, who: Actor, key: int) -> Sight:
    with reading(bureau.engine) as connection:
        return sight_of(connection, who, key)


def _listed(bureau: Bureau, who: Actor) -> list[int]:
    with reading(bureau.engine) as connection:
        definitions = bureau.platform.sources.definitions
        page = cases(connection, who, Request(), Moment(bureau.clock.now(), None), definitions, started_only=False)
        return [item["key"] for item in page.items]


def _petition(**hide: str) -> bytes:
    content = el("startEvent", "start") + task("work") + chain("start", "work")
    return diagram(content, "p", **hide)


def test_a_restricted_case_is_known_to_participants_named_roles_and_auditors_only(bureau: Bureau) -> None:
    # given
    employ(bureau, clerk=("clerks",), head=("科室负责人@bgs",), other=("approvers",))
    bureau.deploy(_petition(visibility="restricted", visibility__roles="科室负责人@bgs, 主要负责人"), one_task("open"))
    secret, plain = bureau.start("p"), bureau.start("open")

    # then
    head, other, clerk = (actor(bureau, name) for name in ("head", "other", "clerk"))
    assert _sight(bureau, clerk, secret) is Sight.CONTENT
    assert _sight(bureau, head, secret) is Sight.CONTENT
    assert _sight(bureau, AUDITOR, secret) is Sight.CONTENT
    assert _sight(bureau, other, secret) is Sight.NOTHING
    assert _sight(bureau, ADMIN, secret) is Sight.NOTHING
    assert _sight(bureau, ADMIN, plain) is Sight.OUTLINE
    assert _listed(bureau, head) == [secret]
    assert _listed(bureau, ADMIN) == [plain]
    assert _listed(bureau, other) == []
    assert set(_listed(bureau, AUDITOR)) == {secret, plain}


def _everything_shown(bureau: Bureau, who: Actor, key: int) -> str:
    """Return all that somebody is shown of a case, as one text."""
    definitions = bureau.platform.sources.definitions
    moment = Moment(bureau.clock.now(), None)
    with reading(bureau.engine) as connection:
        parts: list[Any] = [
            case_detail(connection, who, key, moment, definitions)["variables"],
            replay(connection, who, key, definitions)["steps"],
            history(connection, who, key, Request(), definitions).items,
            case_scopes(connection, who, key, definitions),
            user_task_detail(connection, who, bureau.open_tasks(key)["work"], moment, definitions)["variables"],
        ]
    return repr(parts)


def test_the_complainant_is_hidden_from_the_accused_and_from_nobody_else(bureau: Bureau) -> None:
    # given the accused takes part, as one of those who handle petitions
    employ(bureau, accused=("clerks",), clerk=("clerks",))
    bureau.deploy(_petition(visibility__hide__complainant="=[accused]"))
    key = bureau.start("p", {"complainant": "举报人王某", "accused": "accused", "matter": "公开内容"})

    # when each looks at everything there is
    for_accused = _everything_shown(bureau, actor(bureau, "accused"), key)
    for_clerk = _everything_shown(bureau, actor(bureau, "clerk"), key)

    # then
    assert "举报人王某" not in for_accused
    assert "公开内容" in for_accused
    assert "举报人王某" in for_clerk


def test_the_accused_may_be_named_as_the_clerk_knows_them_and_a_role_does_not_let_them_see(bureau: Bureau) -> None:
    # given the accused belongs to those who are told who complains
    employ(bureau, accused=("clerks",), clerk=("clerks",))
    rule = '=if accused_ids = null then ["*"] else append(accused_ids, "*")'
    bureau.deploy(_petition(visibility__hide__complainant=rule, visibility__roles="clerks"))
    accused = actor(bureau, "accused")
    key = bureau.start("p", {"complainant": "举报人王某", "accused_ids": [accused.name]})
    other = bureau.start("p", {"complainant": "举报人王某"})

    # then
    assert "举报人王某" not in _everything_shown(bureau, accused, key)
    assert "举报人王某" in _everything_shown(bureau, actor(bureau, "clerk"), key)
    assert "举报人王某" in _everything_shown(bureau, accused, other)


def test_a_star_hides_from_all_but_the_named_roles_and_a_failing_rule_hides_too(bureau: Bureau) -> None:
    employ(bureau, clerk=("clerks",), head=("科室负责人@bgs",))
    starred = {"visibility__hide__phone": "*", "visibility__roles": "科室负责人@bgs"}
    bureau.deploy(_petition(visibility__hide__name="=[1](", **starred))
    key = bureau.start("p", {"phone": "13800000000", "name": "王某某"})

    for_clerk = _everything_shown(bureau, actor(bureau, "clerk"), key)
    for_head = _everything_shown(bureau, actor(bureau, "head"), key)

    assert "13800000000" not in for_clerk
    assert "13800000000" in for_head
    assert "王某某" not in for_clerk
    assert "王某某" in _everything_shown(bureau, AUDITOR, key)


def test_reading_a_restricted_case_is_recorded_and_reading_another_is_not(bureau: Bureau) -> None:
    employ(bureau, clerk=("clerks",))
    bureau.deploy(_petition(visibility="restricted"), one_task("open"))
    secret, plain = bureau.start("p"), bureau.start("open")
    clerk = actor(bureau, "clerk")

    assert bureau.bus.execute(NoteCaseRead(secret, "/api/process-instances/1"), clerk)["noted"] is True
    assert bureau.bus.execute(NoteCaseRead(plain, "/api/process-instances/2"), clerk)["noted"] is False

    row = bureau.row(case_read)
    assert (row["root_key"], row["user_id"], row["read_at"]) == (secret, "clerk", bureau.clock.now())
    assert bureau.verify().findings == []


def test_nobody_else_is_told_that_there_is_such_a_case(small_bureau: Bureau) -> None:
    employ(small_bureau, clerk=("clerks",), other=())
    small_bureau.deploy(_petition(visibility="restricted"))
    key = small_bureau.start("p")
    definitions = small_bureau.platform.sources.definitions

    with reading(small_bureau.engine) as connection, pytest.raises(CaseInvisible):
        case_detail(connection, ADMIN, key, Moment(small_bureau.clock.now(), None), definitions)
