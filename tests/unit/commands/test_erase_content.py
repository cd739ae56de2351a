"""Erasure: two administrators, nothing of the content left anywhere, and the chain still proves the rest."""

from __future__ import annotations

import sqlite3

import pytest

from engine.commands.actor import Actor
from engine.commands.erase_content import ConfirmErasure, ProposeErasure, RejectErasure
from engine.commands.save_draft import SaveDraft
from engine.history.erasing import GONE
from engine.store.tables.controls import erasure
from engine.store.tables.history import history_event
from engine.store.tables.runtime import process_instance, variable
from engine.verification import Severity
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import ADMIN, CLERK, Bureau, refused

SECOND = Actor("admin2", "副管理员", None, frozenset(), administrator=True)
SECRET = "某涉密项目代号雷霆"
BASIS = "保守国家秘密法第三十一条"


@pytest.fixture
def case(bureau: Bureau) -> tuple[Bureau, int]:
    """Give a case whose start data, title, a derived variable, an opinion and a draft hold a secret."""
    content = (
        d.el("startEvent", "start")
        + d.task("first")
        + d.el(
            "scriptTask",
            "copy",
            zeebe='<zeebe:script expression="=&quot;关于&quot; + shixiang" resultVariable="zhaiyao"/>',
        )
        + d.task("last")
        + d.chain("start", "first", "copy", "last")
    )
    bureau.deploy(d.diagram(content, case__title='="事项：" + shixiang'))
    key = bureau.start(variables={"shixiang": SECRET, "jine": 5})
    bureau.complete(key, "first", {"beizhu": f"已阅{SECRET}"})
    bureau.bus.execute(SaveDraft(bureau.open_tasks(key)["last"], {"x": SECRET}), CLERK)
    return bureau, key


def test_nothing_of_the_content_is_left_and_the_chain_still_proves(case: tuple[Bureau, int]) -> None:
    bureau, key = case
    proposed = bureau.bus.execute(ProposeErasure(key, ["shixiang"], [], BASIS), ADMIN)

    bureau.bus.execute(ConfirmErasure(proposed["key"]), SECOND)

    assert SECRET not in repr(bureau.tables())
    assert bureau.row(process_instance, key=key)["title"] == GONE
    values = {row["name"]: row["value"] for row in bureau.rows(variable, root_key=key)}
    assert values["shixiang"] is values["zhaiyao"] is values["beizhu"] is None
    assert values["jine"] == 5
    result = bureau.verify()
    assert result.passed
    assert [finding.severity for finding in result.findings] == [Severity.NOTE]
    log = [event["type"] for event in bureau.rows(history_event, root_key=0)]
    assert log[-2:] == ["erasure_proposed", "content_erased"]


def test_the_case_goes_on_without_the_content(case: tuple[Bureau, int]) -> None:
    bureau, key = case
    proposed = bureau.bus.execute(ProposeErasure(key, ["shixiang"], [], BASIS), ADMIN)
    bureau.bus.execute(ConfirmErasure(proposed["key"]), SECOND)
    assert bureau.complete(key, "last")["case_ended"] is True
    assert bureau.verify().passed


def test_content_of_an_ended_case_goes_too(case: tuple[Bureau, int]) -> None:
    bureau, key = case
    bureau.complete(key, "last")
    proposed = bureau.bus.execute(ProposeErasure(key, ["shixiang"], [], BASIS), ADMIN)
    bureau.bus.execute(ConfirmErasure(proposed["key"]), SECOND)
    assert SECRET not in repr(bureau.tables())
    assert bureau.verify().passed


def test_it_takes_two_administrators_and_a_law(case: tuple[Bureau, int]) -> None:
    bureau, key = case
    refused(bureau, ProposeErasure(key, ["shixiang"], [], BASIS), CLERK, "commands.administrator-only")
    refused(bureau, ProposeErasure(key, ["shixiang"], [], " "), ADMIN, "commands.ground-missing")
    refused(bureau, ProposeErasure(key, ["meiyou"], [], BASIS), ADMIN, "commands.nothing-to-erase")
    proposed = bureau.bus.execute(ProposeErasure(key, ["shixiang"], [], BASIS), ADMIN)["key"]
    refused(bureau, ConfirmErasure(proposed), ADMIN, "commands.second-person-needed")
    refused(bureau, ConfirmErasure(proposed), CLERK, "commands.administrator-only")
    bureau.bus.execute(RejectErasure(proposed, "并非涉密"), SECOND)
    refused(bureau, ConfirmErasure(proposed), SECOND, "commands.proposal-decided")
    assert bureau.row(erasure, key=proposed)["state"] == "REJECTED"
    assert SECRET in repr(bureau.tables())
    assert bureau.verify().findings == []


def test_content_that_goes_without_the_act_is_found_out(case: tuple[Bureau, int]) -> None:
    bureau, key = case
    with bureau.engine.begin() as connection:
        connection.execute(
            history_event.update()
            .where(history_event.c.root_key == key, history_event.c.seq == 1)
            .values(payload=None, salt=None)
        )
    assert not bureau.verify().passed


def test_history_can_be_emptied_but_never_rewritten(small_bureau: Bureau) -> None:
    small_bureau.deploy(d.one_task())
    key = small_bureau.start()
    with sqlite3.connect(small_bureau.url.removeprefix("sqlite:///")) as connection, pytest.raises(sqlite3.Error):
        connection.execute("UPDATE hi_event SET payload = '{}' WHERE root_key = ?", (key,))
