"""Registers as files: mistakes with their lines; the bureau's own registers hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.definitions.content import examine
from engine.definitions.source import ContentFolders
from engine.registers.checking import check_registers, variables_of
from engine.registers.model import ColumnType, Sort
from engine.registers.reading import RegisterInvalid, read_register
from engine.registers.sorting import bound_text, sort_text
from tests.support.requirements import ROOT

GOOD = """id: incoming
title: 收文登记簿
procedures: [p]
when: 'kind = null or kind != "secret"'
columns:
  - {id: number, label: 收文号, value: number}
  - {id: amount, label: 金额, value: '=amount * 2', type: money, width: 20}
sort: -amount
"""
NAME = "organisation/registers/incoming.yaml"


def test_a_register_is_read_as_it_is_written() -> None:
    register = read_register(GOOD, NAME)

    assert (register.id, register.sort) == ("incoming", Sort("amount", True))
    assert [(each.id, each.type, each.width, each.value) for each in register.columns] == [
        ("number", ColumnType.TEXT, 12, "number"),
        ("amount", ColumnType.MONEY, 20, "amount * 2"),
    ]


@pytest.mark.parametrize(
    ("before", "after", "line", "told"),
    [
        ("id: incoming", "id: Incoming", 1, "小写字母"),
        ("id: incoming", "id: other", 1, "文件名"),
        ("procedures: [p]", "procedures: p", 1, "列表"),
        ("procedures: [p]", "procedures: []", 1, "procedures"),
        ("title: 收文登记簿", "titel: 收文登记簿", 1, "titel"),
        ("value: number}", "value: 'a +'}", 6, "列 number"),
        ("value: number}", "valeu: number}", 6, "valeu"),
        ("type: money", "type: gold", 7, "type"),
        ("width: 20", "width: 2000", 7, "width"),
        ("id: amount", "id: number", 7, "两次"),
        ("sort: -amount", "sort: -sum", 1, "sort"),
        ("when: 'kind", "when: '+", 1, "when"),
    ],
)
def test_each_mistake_is_told_with_its_line(before: str, after: str, line: int, told: str) -> None:
    with pytest.raises(RegisterInvalid) as caught:
        read_register(GOOD.replace(before, after), NAME)

    problems = caught.value.details["problems"]
    assert any(each["line"] == line and told in each["message"] for each in problems), problems  # type: ignore[attr-defined]


def test_the_bureaus_registers_are_sound_and_name_only_what_their_forms_give() -> None:
    folder = ROOT / "organisation" / "registers"
    texts = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in folder.glob("*.yaml")}
    content = examine({name: data for name, data in ContentFolders(ROOT).read_all().items() if "/bgs/" in name})
    processes = [process for diagram in content.diagrams.values() for process in diagram.processes]
    forms = {str(schema["id"]): schema for schema in content.forms.values()}

    problems = list(check_registers(texts, processes, {each.id: variables_of(each, forms) for each in processes}))

    assert len(texts) >= 15
    assert {each.code for each in problems} <= {"registers.procedure-missing"}, problems


def test_a_name_that_no_form_gives_and_a_procedure_that_is_not_drawn_are_told(tmp_path: Path) -> None:
    content = examine({name: data for name, data in ContentFolders(ROOT).read_all().items() if "bgs-yinzhang" in name})
    process = next(iter(content.diagrams.values())).processes[0]
    forms = {str(schema["id"]): schema for schema in content.forms.values()}
    good, strange = GOOD.replace("procedures: [p]", f"procedures: [{process.id}]"), GOOD

    found = list(check_registers({NAME: good}, [process], {process.id: variables_of(process, forms)}))
    missing = list(check_registers({NAME: strange}, [process], {}))

    assert {each.code for each in found} == {"registers.name-unknown"}
    assert {each.code for each in missing} == {"registers.procedure-missing"}


def test_texts_order_as_their_values_do() -> None:
    numbers = [-1000.5, -2, 0, 0.01, 1, 9, 10, 12345678.9, 10**15]
    assert sorted(map(sort_text, numbers)) == list(map(sort_text, numbers))
    assert sort_text(None) < sort_text(-1000) < sort_text(5)
    dates = [{"$feel": "date", "value": day} for day in ("2025-12-31", "2026-01-01", "2026-10-09")]
    assert sorted(map(sort_text, dates)) == list(map(sort_text, dates))
    assert bound_text("10", numeric=True) == sort_text(10)
    assert bound_text("省厅", numeric=True) == "省厅"
    assert sort_text(["甲", {"name": "乙"}, True]) == "甲、乙、是"
