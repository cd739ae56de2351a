"""What a form opens with: nobody finds an answer of their own already given by somebody else."""

from __future__ import annotations

import json
from typing import Any

import pytest

from engine.commands.complete_user_task import CompleteUserTask
from engine.queries.form_answers import without_others_answers
from engine.queries.user_task import user_task_detail
from engine.queries.user_tasks import Moment
from engine.store.database import reading
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import CLERK, Bureau

TICK = {"type": "checkbox", "key": "signed", "label": "同意", "validate": {"required": True}}
OPTIONAL = {"type": "checkbox", "key": "important", "label": "重要文件"}
ANSWER = {"type": "radio", "key": "approval", "label": "审批意见", "values": [{"label": "同意", "value": "同意"}]}
TITLE = {"type": "textfield", "key": "title", "label": "标题", "validate": {"required": True}}
VARIABLES = {"signed": True, "important": True, "approval": "同意", "title": "甲"}


def _schema(*components: dict[str, Any]) -> dict[str, Any]:
    return {"type": "default", "id": "sign", "components": list(components)}


@pytest.mark.parametrize(
    ("component", "left_out"),
    [
        (TICK, {"signed"}),
        (OPTIONAL, set()),
        (TITLE, set()),
        (ANSWER, {"approval"}),
        ({**TICK, "readonly": True}, set()),
        ({**ANSWER, "readonly": True}, set()),
        ({"type": "group", "components": [TICK, ANSWER]}, {"signed", "approval"}),
        ({"type": "dynamiclist", "path": "rows", "components": [TICK]}, set()),
    ],
)
def test_outcomes_and_required_ticks_that_are_asked_for_are_left_out(
    component: dict[str, Any], left_out: set[str]
) -> None:
    opened = without_others_answers(VARIABLES, _schema(component), "approval")

    assert set(VARIABLES) - set(opened) == left_out


def test_who_signs_second_does_not_find_the_consent_of_who_signed_first(bureau: Bureau) -> None:
    # given two steps that ask the same of two people
    schema = _schema(TITLE, OPTIONAL, TICK, ANSWER)
    steps = d.task("first", form="sign", outcome="approval") + d.task("second", form="sign", outcome="approval")
    content = d.el("startEvent", "start") + steps + d.chain("start", "first", "second")
    bureau.deploy(d.diagram(content), sign_form=json.dumps(schema).encode())
    root = bureau.start()

    # when the first has agreed
    bureau.bus.execute(CompleteUserTask(bureau.open_tasks(root)["first"], dict(VARIABLES)), CLERK)

    # then the second finds the title, and neither the tick nor the answer
    key = bureau.open_tasks(root)["second"]
    with reading(bureau.engine) as connection:
        definitions = bureau.platform.sources.definitions
        opened = user_task_detail(connection, CLERK, key, Moment(bureau.clock.now(), None), definitions)["variables"]
    assert opened["title"] == "甲"
    assert not {"signed", "approval"} & set(opened)
