"""Registers as lists: in step with the cases, sorted, filtered, paged, and never more than their reader may see."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from openpyxl import load_workbook

from engine.commands.actor import SCHEDULER, Actor
from engine.commands.publish_organisation_file import PublishOrganisationFile
from engine.commands.register_exports import CancelExport, NoteExportProgress, OrderExport, TakeExport
from engine.identity.administer import ChangeUser
from engine.identity.import_people import ImportPeople
from engine.identity.organisation import LoadOrganisation
from engine.jobs.registers import enter_changes, run_exports
from engine.queries.documents import DocumentInvisible, document_of
from engine.queries.registers import (
    FilterInvalid,
    ListRequest,
    RegisterUnknown,
    count_of_register,
    page_of_register,
    register_of,
    registers,
)
from engine.store.database import reading
from engine.store.tables.records import export, register_cell, register_due
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import ADMIN, CLERK, COLLEAGUE, STRANGER, Bureau, refused
from tests.unit.people.test_import import workbook

AUDITOR = Actor("auditor", "审计", None, auditor=True)
PEOPLE = LoadOrganisation(
    ({"id": "bgs", "name": "办公室", "kind": "internal"},),
    ({"name": "clerks", "label": "文书"}, {"name": "others", "label": "其他"}),
    (
        {"username": "clerk", "name": "周静玲", "department": "bgs", "groups": ["clerks"]},
        {"username": "stranger", "name": "别人", "department": "bgs", "groups": ["others"]},
    ),
)
REGISTER = """id: incoming
title: 收文登记簿
procedures: [p]
when: 'kind = null or kind != "secret"'
columns:
  - {id: number, label: 收文号, value: number, type: number}
  - {id: sender, label: 来文单位, value: sender, width: 20}
  - {id: received_on, label: 日期, value: 'date(received_on)', type: date}
  - {id: amount, label: 金额, value: amount, type: money}
  - {id: by, label: 办理人, value: 'task("work").by'}
  - {id: state, label: 状态, value: case.state}
sort: -received_on
"""
ITEMS = """id: things
title: 设备台账
procedures: [p]
rows: things
columns:
  - {id: number, label: 收文号, value: number, type: number}
  - {id: name, label: 名称, value: item.name}
"""


def published(bureau: Bureau, text: str = REGISTER, id_: str = "incoming") -> None:
    bureau.bus.execute(PublishOrganisationFile(f"registers/{id_}", text, "test"), ADMIN)


@pytest.fixture
def office(bureau: Bureau) -> Bureau:
    bureau.bus.execute(PEOPLE, ADMIN)
    bureau.deploy(d.one_task())
    published(bureau)
    for number in range(1, 8):
        by = CLERK if number % 2 else COLLEAGUE
        values = {"number": number, "sender": f"单位{number % 3}", "received_on": f"2026-03-{number:02d}"}
        bureau.start(variables={**values, "amount": number * 1000.5}, by=by)
    bureau.start(variables={"number": 99, "kind": "secret"})
    enter_changes(bureau.bus)
    return bureau


def listed(bureau: Bureau, viewer: Actor = AUDITOR, id_: str = "incoming", **request: Any) -> list[Any]:
    """Return the first column of every row, page by page."""
    found: list[Any] = []
    cursor = None
    with reading(bureau.engine) as connection:
        register = register_of(connection, viewer, id_)
        definitions, now = bureau.platform.sources.definitions, bureau.clock.now()
        while True:
            asked = ListRequest(cursor=cursor, **{"limit": 3, **request})
            rows, cursor = page_of_register(connection, viewer, definitions, register, asked, now)
            found += [next(iter(row.values.values())) for row in rows]
            if cursor is None:
                assert count_of_register(connection, viewer, register, asked) == len(found)
                return found


def test_a_register_lists_the_cases_of_its_procedures_in_its_order(office: Bureau) -> None:
    assert listed(office) == [7, 6, 5, 4, 3, 2, 1]


@pytest.mark.parametrize(
    ("request_", "numbers"),
    [
        ({"sort": "amount"}, [1, 2, 3, 4, 5, 6, 7]),
        ({"sort": "sender"}, [3, 6, 1, 4, 7, 2, 5]),
        ({"filters": {"sender": "位1"}}, [7, 4, 1]),
        ({"filters": {"received_on": "2026-03-02..2026-03-04"}}, [4, 3, 2]),
        ({"filters": {"amount": "3000..6003"}}, [6, 5, 4, 3]),
        ({"filters": {"amount": "2001"}}, [2]),
        ({"filters": {"received_on": "2026-03-06.."}}, [7, 6]),
        ({"filters": {"sender": "位1", "amount": "..4100"}}, [4, 1]),
        ({"search": "单位2"}, [5, 2]),
        ({"search": "100%"}, []),
    ],
)
def test_lists_are_sorted_and_filtered_by_any_column(
    office: Bureau, request_: dict[str, Any], numbers: list[int]
) -> None:
    assert listed(office, **request_) == numbers


def test_everybody_sees_the_cases_they_may_see(office: Bureau) -> None:
    assert listed(office, STRANGER) == []
    assert listed(office, CLERK) == [7, 6, 5, 4, 3, 2, 1]
    assert listed(office, ADMIN) == []


def test_a_change_of_a_case_is_in_the_list_after_the_next_tick(office: Bureau) -> None:
    with reading(office.engine) as connection:
        assert connection.execute(register_due.select()).first() is None
    root_key = office.start(variables={"number": 50, "received_on": "2026-03-20", "sender": "新单位"})
    office.complete(root_key, "work", {"amount": 5})

    assert listed(office)[0] == 7
    enter_changes(office.bus)

    assert listed(office)[0] == 50
    assert listed(office, filters={"by": "周静玲", "state": "办结"}) == [50]


def test_what_is_shown_is_what_the_case_says_now(office: Bureau) -> None:
    root_key = office.start(variables={"number": 50, "received_on": "2026-03-20"})
    enter_changes(office.bus)
    office.complete(root_key, "work", {"number": 51})

    assert listed(office)[0] == 51


def test_a_new_version_of_a_register_lists_every_case_anew(office: Bureau) -> None:
    published(
        office, REGISTER.replace("value: sender", "value: 'upper case(sender)'").replace("-received_on", "number")
    )
    enter_changes(office.bus)

    assert listed(office) == [1, 2, 3, 4, 5, 6, 7]


def names_imported(bureau: Bureau, **sheets: list[tuple[str, ...]]) -> None:
    bureau.bus.execute(ImportPeople(workbook(**sheets), "names.xlsx", "hash"), ADMIN)


def test_a_new_name_of_a_department_or_a_person_is_found_in_every_list(bureau: Bureau) -> None:
    bureau.bus.execute(PEOPLE, ADMIN)
    bureau.deploy(d.one_task())
    published(bureau, REGISTER.replace("value: sender", "value: 'get value(departments, sender)'"))
    key = bureau.start(variables={"number": 1, "sender": "bgs", "received_on": "2026-03-01"})
    bureau.complete(key, "work")
    enter_changes(bureau.bus)
    assert listed(bureau, filters={"sender": "办公室"}) == [1]

    names_imported(bureau, 机构=[("编号", "名称", "类型", "上级"), ("bgs", "综合办公厅", "internal", "")])
    enter_changes(bureau.bus)
    assert listed(bureau, filters={"sender": "办公室"}) == []
    assert listed(bureau, filters={"sender": "综合办公厅"}) == [1]

    bureau.bus.execute(ChangeUser("clerk", {"name": "周静琳"}, "更正姓名"), ADMIN)
    enter_changes(bureau.bus)
    assert listed(bureau, filters={"by": "周静琳"}) == [1]

    names_imported(bureau, 人员=[("用户名", "姓名", "机构", "角色"), ("clerk", "周静林", "bgs", "clerks")])
    enter_changes(bureau.bus)
    assert listed(bureau, filters={"by": "周静林"}) == [1]


def test_an_import_that_changes_no_name_lets_the_lists_be(office: Bureau) -> None:
    names_imported(office, 人员=[("用户名", "姓名", "机构", "角色"), ("stranger", "别人", "bgs", "clerks")])

    assert office.rows(register_due) == []


def test_a_case_may_have_several_rows(bureau: Bureau) -> None:
    bureau.deploy(d.one_task())
    published(bureau, ITEMS, "things")
    bureau.start(variables={"number": 1, "things": [{"name": "电台"}, {"name": "天线"}]})
    bureau.start(variables={"number": 2})
    enter_changes(bureau.bus)

    assert listed(bureau, id_="things") == [1, 1]
    assert listed(bureau, id_="things", filters={"name": "天线"}) == [1]


def test_what_is_hidden_from_somebody_is_neither_shown_nor_found(bureau: Bureau) -> None:
    bureau.deploy(
        d.diagram(d.el("startEvent", "s") + d.task("work") + d.chain("s", "work"), visibility__hide__sender="colleague")
    )
    published(bureau)
    bureau.start(variables={"number": 1, "sender": "举报人", "received_on": "2026-03-01"})
    enter_changes(bureau.bus)

    with reading(bureau.engine) as connection:
        definitions = bureau.platform.sources.definitions
        for viewer, sender in ((COLLEAGUE, None), (CLERK, "举报人")):
            register = register_of(connection, viewer, "incoming")
            rows, _ = page_of_register(connection, viewer, definitions, register, ListRequest(), bureau.clock.now())
            assert [row.values["sender"] for row in rows] == [sender]
    assert listed(bureau, COLLEAGUE, search="举报") == []
    assert "举报人" not in str(bureau.rows(register_cell))


def test_registers_may_be_for_some_roles_only(bureau: Bureau) -> None:
    published(bureau, REGISTER + "roles: [clerks]\n")

    with reading(bureau.engine) as connection:
        assert [[each.id for each in registers(connection, who)] for who in (CLERK, STRANGER, AUDITOR)] == [
            ["incoming"],
            [],
            ["incoming"],
        ]
        with pytest.raises(RegisterUnknown):
            register_of(connection, STRANGER, "incoming")


def test_a_filter_by_no_column_is_told(office: Bureau) -> None:
    for request in ({"filters": {"nothing": "x"}}, {"sort": "nothing"}):
        with pytest.raises(FilterInvalid):
            listed(office, **request)


def sheet_of(bureau: Bureau, viewer: Actor) -> list[tuple[Any, ...]]:
    row = bureau.row(export, state="DONE", actor_id=viewer.id)
    with reading(bureau.engine) as connection:
        definitions = bureau.platform.sources.definitions
        stored = document_of(connection, viewer, row["document_id"], bureau.clock.now(), definitions)
        with pytest.raises(DocumentInvisible):
            document_of(connection, COLLEAGUE, row["document_id"], bureau.clock.now(), definitions)
    content = bureau.platform.sources.contents.read(stored["digest"])
    assert content is not None
    assert stored["file_name"] == "收文登记簿2026-03-02.xlsx"
    return list(load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))  # type: ignore[union-attr]


def test_a_list_is_exported_in_the_background_as_it_is_shown(office: Bureau) -> None:
    ordered = office.bus.execute(OrderExport("incoming", "number", None, {"sender": "位1"}), CLERK)

    assert run_exports(office.bus) == 1

    assert ordered["total"] == 3
    row = office.row(export)
    assert (row["state"], row["done"], row["total"]) == ("DONE", 3, 3)
    head, *rows = sheet_of(office, CLERK)
    assert head == ("收文号", "来文单位", "日期", "金额", "办理人", "状态")
    assert [each[0] for each in rows] == [1, 4, 7]
    assert (rows[0][2].isoformat()[:10], rows[0][3]) == ("2026-03-01", 1000.5)
    assert office.verify().findings == []


@pytest.mark.parametrize("text", ["=1+1", "+8613", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_text_becomes_a_formula(office: Bureau, text: str) -> None:
    office.start(variables={"number": 60, "sender": text, "received_on": "2026-03-30"})
    enter_changes(office.bus)
    office.bus.execute(OrderExport("incoming"), CLERK)
    run_exports(office.bus)

    cell = sheet_of(office, CLERK)[1][1]

    assert cell.startswith("'")
    assert cell.lstrip("'\t\r\n") == text.strip()


def test_an_export_is_called_off_and_only_by_who_ordered_it(office: Bureau) -> None:
    key = office.bus.execute(OrderExport("incoming"), CLERK)["key"]
    taken = office.bus.execute(TakeExport(key), SCHEDULER)

    refused(office, CancelExport(key), STRANGER, "registers.export-unknown")
    office.bus.execute(CancelExport(key), CLERK)

    refused(office, NoteExportProgress(key, taken["fence"], 1), SCHEDULER, "registers.export-lost")
    assert run_exports(office.bus) == 0
    assert office.row(export)["state"] == "CANCELED"


def test_an_export_whose_process_died_is_taken_over(office: Bureau) -> None:
    key = office.bus.execute(OrderExport("incoming"), CLERK)["key"]
    office.bus.execute(TakeExport(key), SCHEDULER)

    assert run_exports(office.bus) == 0
    office.clock.advance(timedelta(minutes=3))
    assert run_exports(office.bus) == 1
    assert office.row(export)["state"] == "DONE"


def test_one_person_waits_for_a_few_exports_at_a_time(office: Bureau) -> None:
    for _ in range(3):
        office.bus.execute(OrderExport("incoming"), CLERK)

    refused(office, OrderExport("incoming"), CLERK, "registers.exports-open")


def test_an_export_of_somebody_who_has_left_says_why_it_failed(office: Bureau) -> None:
    office.bus.execute(OrderExport("incoming"), AUDITOR)  # known to no table of people

    assert run_exports(office.bus) == 1

    row = office.row(export)
    assert (row["state"], row["document_id"]) == ("FAILED", None)
    assert "停用" in row["message"]
