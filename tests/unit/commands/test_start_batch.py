"""StartBatch, RunBatchItem, CancelBatch: one thing for many cases, each done once, each result kept."""

from __future__ import annotations

import pytest

from engine.commands.cancel_batch import CancelBatch
from engine.commands.run_batch_item import RunBatchItem
from engine.commands.start_batch import MOST_CASES, StartBatch
from engine.commands.update_variables import UpdateVariables
from engine.identity.organisation import LoadOrganisation
from engine.identity.roles import ADMINISTRATORS
from engine.jobs.batches import run_batches
from engine.queries.batches import BatchUnknown, batch, batches
from engine.store.database import reading
from engine.store.tables.runtime import process_instance
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import ADMIN, CLERK, Bureau, refused, together

PEOPLE = LoadOrganisation(
    ({"id": "bgs", "name": "办公室", "kind": "internal"},),
    ({"name": ADMINISTRATORS, "label": "系统管理员"}, {"name": "clerks", "label": "文书"}),
    (
        {"username": "clerk", "name": "周静玲", "department": "bgs", "groups": ["clerks"]},
        {"username": "admin", "name": "管理员", "department": "bgs", "groups": [ADMINISTRATORS]},
    ),
)
TWO_STEPS = d.el("startEvent", "s") + d.task("first") + d.task("second") + d.chain("s", "first", "second")
RENAMED = d.el("startEvent", "s") + d.task("erste") + d.task("second") + d.chain("s", "erste", "second")


def cases(bureau: Bureau, many: int = 3) -> list[int]:
    bureau.bus.execute(PEOPLE, ADMIN)
    bureau.deploy(d.diagram(TWO_STEPS))
    return [bureau.start() for _ in range(many)]


def ordered(bureau: Bureau, kind: str, keys: list[int], **parameters: object) -> int:
    return int(bureau.bus.execute(StartBatch(kind, keys, "整批处理", parameters), ADMIN)["key"])


def progress(bureau: Bureau, key: int) -> tuple[str, int, int, int]:
    with reading(bureau.engine) as connection:
        shown = batch(connection, key)
    return shown["state"], shown["pending"], shown["done"], shown["failed"]


def run(bureau: Bureau) -> None:
    for _ in range(10):
        if not run_batches(bureau.bus):
            return
    raise AssertionError("the operation never ends")


def test_cases_are_canceled_one_by_one_and_counted(bureau: Bureau) -> None:
    # given
    keys = cases(bureau)
    key = ordered(bureau, "CANCEL", [*keys, keys[0]])
    assert progress(bureau, key) == ("ACTIVE", 3, 0, 0)
    # when
    bureau.bus.execute(RunBatchItem(key, 0), ADMIN)
    assert progress(bureau, key) == ("ACTIVE", 2, 1, 0)
    run(bureau)
    # then
    assert progress(bureau, key) == ("COMPLETED", 0, 3, 0)
    assert [bureau.row(process_instance, key=root)["state"] for root in keys] == ["TERMINATED"] * 3
    assert bureau.events(keys[0])[-1]["actor_id"] == "admin"
    assert bureau.verify().findings == []


def test_an_item_is_done_once_however_often_it_is_taken_up(bureau: Bureau) -> None:
    (root,) = cases(bureau, 1)
    key = ordered(bureau, "CANCEL", [root])
    other = bureau.open_another()
    command = RunBatchItem(key, 0)
    answers = together(lambda: bureau.bus.execute(command, ADMIN), lambda: other.bus.execute(command, ADMIN))
    other.engine.dispose()
    assert sorted(answer["run"] for answer in answers) == [False, True]
    assert [event["type"] for event in bureau.events(root)].count("process_instance_canceled") == 1


def test_what_is_refused_fails_alone_with_its_reason(bureau: Bureau) -> None:
    keys = cases(bureau)
    bureau.bus.execute(StartBatch("CANCEL", [keys[1]], "先取消"), ADMIN)
    run(bureau)
    key = ordered(bureau, "CANCEL", [*keys, 12345])
    run(bureau)
    with reading(bureau.engine) as connection:
        shown = batch(connection, key)
        failed = batch(connection, key, state="FAILED")
    assert (shown["state"], shown["done"], shown["failed"]) == ("COMPLETED", 2, 2)
    assert [item["code"] for item in failed["items"]] == ["commands.case-ended", "commands.case-unknown"]
    assert all(item["message"] for item in failed["items"])


def test_incidents_of_many_cases_are_tried_again(bureau: Bureau) -> None:
    # given
    bureau.bus.execute(PEOPLE, ADMIN)
    gateway = d.el("exclusiveGateway", "g") + d.flow("g", "big", "amount >= 10") + d.flow("g", "small", "amount < 10")
    bureau.deploy(d.diagram(d.el("startEvent", "s") + gateway + d.task("big") + d.task("small") + d.flow("s", "g")))
    mended, broken = bureau.start(), bureau.start()
    bureau.bus.execute(UpdateVariables(mended, {"amount": 12}), ADMIN)
    # when
    key = ordered(bureau, "RESOLVE_INCIDENTS", [mended, broken])
    run(bureau)
    # then
    assert progress(bureau, key) == ("COMPLETED", 0, 2, 0)
    assert list(bureau.open_tasks(mended)) == ["big"]
    assert len(bureau.incidents(broken)) == 1
    assert bureau.verify().findings == []


def test_tokens_of_many_cases_are_moved(bureau: Bureau) -> None:
    keys = cases(bureau)
    key = ordered(bureau, "MODIFY", keys, moves=[{"source": "first", "target": "second"}])
    run(bureau)
    assert progress(bureau, key) == ("COMPLETED", 0, 3, 0)
    assert [list(bureau.open_tasks(root)) for root in keys] == [["second"]] * 3


def test_many_cases_are_migrated_and_those_without_a_place_stay(bureau: Bureau) -> None:
    # given
    keys = cases(bureau, 2)
    bureau.complete(keys[1], "first")
    bureau.deploy(d.diagram(RENAMED))
    target = bureau.row(process_instance, key=bureau.start())["definition_key"]
    # when
    key = ordered(bureau, "MIGRATE", keys, definition_key=target)
    run(bureau)
    # then
    assert progress(bureau, key) == ("COMPLETED", 0, 1, 1)
    assert bureau.row(process_instance, key=keys[1])["definition_key"] == target
    again = ordered(bureau, "MIGRATE", keys[:1], definition_key=target, mapping={"first": "erste"})
    run(bureau)
    assert progress(bureau, again) == ("COMPLETED", 0, 1, 0)
    assert list(bureau.open_tasks(keys[0])) == ["erste"]


def test_what_is_left_can_be_called_off(bureau: Bureau) -> None:
    keys = cases(bureau)
    key = ordered(bureau, "CANCEL", keys)
    bureau.bus.execute(RunBatchItem(key, 0), ADMIN)
    assert bureau.bus.execute(CancelBatch(key), ADMIN) == {"key": key, "canceled": 2}
    run(bureau)
    assert progress(bureau, key) == ("CANCELED", 0, 1, 0)
    with reading(bureau.engine) as connection:
        assert [each["key"] for each in batches(connection)["items"]] == [key]
        with pytest.raises(BatchUnknown):
            batch(connection, 1)
    refused(bureau, CancelBatch(1), ADMIN, "queries.batch-unknown")


def test_an_order_lapses_with_the_rights_of_who_gave_it(bureau: Bureau) -> None:
    # given
    (root,) = cases(bureau, 1)
    key = ordered(bureau, "CANCEL", [root])
    # when
    refused(bureau, RunBatchItem(key, 0), CLERK, "commands.administrator-only")
    # then
    assert bureau.row(process_instance, key=root)["state"] == "ACTIVE"
    assert progress(bureau, key) == ("ACTIVE", 1, 0, 0)


@pytest.mark.parametrize(
    "order",
    [
        StartBatch("DANCE", [1], "r"),
        StartBatch("CANCEL", [], "r"),
        StartBatch("CANCEL", range(1, MOST_CASES + 2), "r"),
        StartBatch("CANCEL", [1], " "),
        StartBatch("CANCEL", [1], "r", {"definition_key": 1}),
        StartBatch("MIGRATE", [1], "r", {}),
        StartBatch("MIGRATE", [1], "r", {"definition_key": 1, "mapping": {"a": 2}}),
        StartBatch("MODIFY", [1], "r", {"moves": []}),
        StartBatch("MODIFY", [1], "r", {"moves": [{"source": "a"}]}),
    ],
)
def test_an_order_that_makes_no_sense_is_refused(small_bureau: Bureau, order: StartBatch) -> None:
    refused(small_bureau, order, ADMIN, "commands.batch-invalid")


def test_only_administrators_order_and_call_off(small_bureau: Bureau) -> None:
    refused(small_bureau, StartBatch("CANCEL", [1], "r"), CLERK, "commands.administrator-only")
    refused(small_bureau, CancelBatch(1), CLERK, "commands.administrator-only")
