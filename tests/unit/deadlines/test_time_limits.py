"""The table of time limits: complete, exact in the duty list's words, and usable as rules."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from lxml import etree

import engine.dmn
from engine.deadlines import (
    Calendar,
    ClockPolicy,
    Length,
    TermRule,
    TermRuleNotInForce,
    TermValueMissing,
    Unit,
    choose,
    policy_from_row,
    rule_from_row,
    rule_in_force,
)
from tests.support.limit_table import FILE, Row, document, rows
from tests.support.requirements import ROOT

DOMAIN = ROOT.parent / "shared" / "domain"
KINDS = {
    "deadline",
    "extension",
    "period",
    "validity",
    "order",
    "once",
    "case",
    "unset",
    "immediate",
    "suspension",
    "rate",
}


def texts(path: str) -> list[str]:
    found = document().xpath(path)
    assert isinstance(found, list)
    return [str(text) for text in found]


def versions(limit_id: str) -> list[TermRule]:
    return [row.rule for row in rows() if row.limit_id == limit_id]


def lines_named(text: str) -> list[int]:
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    return list(range(numbers[0], numbers[-1] + 1)) if "–" in text else numbers


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@cache
def duty_list() -> list[str]:
    if not DOMAIN.is_dir():
        pytest.skip("the duty list is not beside this repository")
    return (DOMAIN / "duty-list-2020.txt").read_text(encoding="utf-8").split("\n")


@cache
def catalogue() -> list[tuple[str, dict[str, Any]]]:
    if not DOMAIN.is_dir():
        pytest.skip("the catalogue is not beside this repository")
    procedures = json.loads((DOMAIN / "catalogue.json").read_text(encoding="utf-8"))
    return [(procedure["id"], limit) for procedure in procedures for limit in procedure["limits"]]


def test_the_file_has_one_identity_per_element_and_a_picture() -> None:
    identities = Counter(texts("//@id"))
    drawn = set(texts("//@dmnElementRef"))

    assert [identity for identity, count in identities.items() if count > 1] == []
    assert {"time_limits", "limit_id_input", "starting_date_input"} <= drawn <= set(identities)


def test_the_file_is_valid_dmn_1_3() -> None:
    schema = DOMAIN.parent / "tck" / "DMN13.xsd"
    if not schema.is_file():
        pytest.skip("the DMN schema is not beside this repository")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)

    etree.XMLSchema(etree.parse(str(schema), parser)).assertValid(document())


def test_versions_of_a_limit_never_claim_the_same_date() -> None:
    for limit_id in {row.limit_id for row in rows()}:
        spans = sorted((rule.effective_from or date.min, rule.effective_to or date.max) for rule in versions(limit_id))
        assert all(first[1] < second[0] for first, second in pairwise(spans)), limit_id


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.limit_id}{row.when}")
def test_a_row_says_its_dates_in_cells_and_condition_alike(row: Row) -> None:
    begin, end = row.values["effective_from"], row.values["effective_to"]
    stated = f'>= date("{begin}")' if begin else f'<= date("{end}")' if end else "-"

    assert row.when == stated
    assert not (begin and end)
    assert row.values["kind"] in KINDS
    assert row.values["name"]
    assert row.values["basis"]


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.limit_id}{row.when}")
def test_the_value_in_force_is_what_the_rule_chooses(calendar: Calendar, row: Row) -> None:
    day = row.values["effective_from"] or row.values["effective_to"] or date(2026, 11, 23)
    amount, unit = row.values["amount"], row.values["unit"]

    if amount is None:
        with pytest.raises(TermValueMissing):
            choose([row.rule], day, calendar)
        return

    chosen = choose(versions(row.limit_id), day, calendar)
    assert chosen.term.length == Length(amount, Unit(unit))
    assert isinstance(policy_from_row(chosen.term, row.values), ClockPolicy)


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.limit_id}{row.when}")
def test_the_quoted_words_stand_in_the_duty_list(row: Row) -> None:
    text, line = row.values["seed_text"], row.values["seed_line"]
    assert (text is None) == (line is None)
    if text is None:
        return
    source = squeezed("".join(duty_list()[number - 1] for number in lines_named(line)))

    if "、" in line:
        # A form split over two lines, or the same words in two forms: in one of them, or in their lines together.
        numbers = lines_named(line)
        source = squeezed("".join("".join(duty_list()[number - 1 : number + 1]) for number in numbers))
    missing = [part for part in text.split("…") if squeezed(part) not in source]
    assert missing == []


def test_every_limit_of_the_catalogue_has_a_row() -> None:
    present = Counter(row.limit_id.partition(".")[0] for row in rows())
    lines = {(row.limit_id.partition(".")[0], number) for row in rows() for number in _lines_of(row)}

    for procedure, limit in catalogue():
        assert present[procedure], procedure
        quoted = not ("种子" in limit["quote"] or "错抄" in limit["quote"])
        if quoted:
            assert any((procedure, number) in lines for number in lines_named(limit["line"])), limit
    assert len(catalogue()) == 93


def _lines_of(row: Row) -> list[int]:
    return lines_named(row.values["seed_line"]) if row.values["seed_line"] else []


def test_every_number_of_the_catalogue_is_the_seed_value_of_a_row() -> None:
    seeded = {(row.limit_id.partition(".")[0], row.values["seed_value"]) for row in rows()}

    for procedure, limit in catalogue():
        quoted = not ("种子" in limit["quote"] or "错抄" in limit["quote"])
        if isinstance(limit["number"], int) and quoted:
            assert (procedure, limit["number"]) in seeded, limit


@pytest.mark.parametrize("line", [486, 1458, 1481, 1512, 1744, 3382, 4355, 4807, 4820, 4822, 4864, 756, 1201])
def test_the_limits_without_number_and_of_the_form_notes_are_there(line: int) -> None:
    assert any(row.values["seed_line"] == str(line) for row in rows())


@pytest.mark.parametrize(
    ("limit_id", "day", "length"),
    [
        ("bgs-ysqgk.answer", date(2026, 9, 18), Length(20, Unit.WORKING_DAY)),
        ("zhk-fuyi.reply", date(2023, 12, 31), Length(10, Unit.DAY)),
        ("zhk-fuyi.reply", date(2024, 1, 1), Length(10, Unit.WORKING_DAY)),
        ("hlw-zfgc.hearing-request", date(2021, 7, 14), Length(3, Unit.DAY)),
        ("hlw-zfgc.hearing-request", date(2021, 7, 15), Length(5, Unit.WORKING_DAY)),
        ("hlw-zfgc.penalty-lawsuit", date(2026, 9, 18), Length(6, Unit.MONTH)),
        ("hlw-zfgc.emergency-report", date(2026, 9, 18), Length(24, Unit.HOUR)),
        ("jjk-cjxmb.before-meeting", date(2026, 9, 18), Length(3, Unit.WORKING_DAY)),
        ("zbk-zngc.publicity", date(2026, 9, 18), Length(5, Unit.WORKING_DAY)),
    ],
)
def test_the_date_of_the_starting_event_decides_the_version(
    calendar: Calendar, limit_id: str, day: date, length: Length
) -> None:
    assert choose(versions(limit_id), day, calendar).term.length == length


def test_the_decision_engine_finds_every_row_and_reads_it_alike() -> None:
    model = engine.dmn.load(FILE)

    for row in rows():
        day = row.values["effective_from"] or row.values["effective_to"] or date(2026, 11, 23)
        result = model.evaluate("time_limits", {"limit_id": row.limit_id, "starting_date": day})
        assert rule_from_row(row.limit_id, result) == row.rule
        assert {name: result[name] for name in row.values} == row.values


def test_a_limit_of_a_law_not_yet_in_force_has_no_row() -> None:
    with pytest.raises(TermRuleNotInForce):
        rule_in_force(versions("hlw-zfgc.case"), date(2020, 1, 1))
