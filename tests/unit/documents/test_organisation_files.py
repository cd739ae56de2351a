"""Series of numbers and seals are data: read whole or refused with every mistake and its line."""

from __future__ import annotations

from typing import Any

import pytest

from engine.commands.issuing import properties
from engine.definitions.reader import read
from engine.documents.checking import KNOWN, check_issuing
from engine.documents.number_series import read_number_series
from engine.documents.seals import read_seals
from engine.documents.yaml_files import OrganisationFileInvalid
from tests.support.requirements import ROOT
from tests.unit.commands import diagrams as d

ONE = '- {{id: a, title: 甲, pattern: "{pattern}", reset: {reset}, department: bgs, source: L1}}\n'


def series(pattern: str = "甲〔{year}〕{number}号", reset: str = "yearly", more: str = "") -> str:
    """Return a file with one series."""
    return "keepers: [文书]\nseries:\n  " + ONE.format(pattern=pattern, reset=reset) + more


def test_the_bureaus_own_files_are_sound() -> None:
    numbers = read_number_series((ROOT / "organisation" / "number-series.yaml").read_text("utf-8"))
    kept = read_seals((ROOT / "organisation" / "seals.yaml").read_text("utf-8"))

    texts = [each.text(2026, 14) for each in numbers.series.values()]
    assert len(set(texts)) == len(texts), "two series would give the same number"
    assert {"威工信发〔2026〕14号", "威工信函〔2026〕14号", "WHCR-2026-0040014"} <= set(texts)
    assert numbers.series["anjian"].period(2026) == numbers.series["anjian"].period(2027) == 0
    assert kept.find("公章") == kept.find("局机关印章") == kept.seals["gongzhang"]
    assert all(seal.keepers for seal in kept.seals.values())


def test_numbers_have_no_leading_zeros_unless_the_series_wants_them() -> None:
    plain = read_number_series(series()).series["a"]
    padded = read_number_series(series("{year}-{number:04}")).series["a"]

    assert (plain.text(2026, 7), padded.text(2026, 7), padded.text(2026, 12345)) == (
        "甲〔2026〕7号",
        "2026-0007",
        "2026-12345",
    )


@pytest.mark.parametrize(
    "pattern",
    [
        "甲〔{year}〕号",
        "甲{number}号",
        "{year}{number}{month}",
        "{year!r}{number}",
        "{year}{number:x}",
        "{year:04}{number}",
        "{year}{number.real}",
        "{year}{number:999999}",
    ],
)
def test_a_pattern_that_could_not_tell_numbers_apart_is_refused(pattern: str) -> None:
    with pytest.raises(OrganisationFileInvalid) as caught:
        read_number_series(series(pattern))

    assert caught.value.details["problems"][0]["line"] == 3  # type: ignore[index]


def test_every_mistake_is_told_at_once_with_its_line() -> None:
    twice = "  " + ONE.format(pattern="{year}{number}", reset="yearly")
    text = series(more=twice + "  - {id: b, titel: 乙}\n  - {id: C, title: 丙}\n  - 丁\n")

    with pytest.raises(OrganisationFileInvalid) as caught:
        read_number_series(text)

    problems: Any = caught.value.details["problems"]
    told = [(problem["line"], problem["message"]) for problem in problems]
    assert [line for line, _ in told] == [4, 5, 6, 1]
    assert "出现两次" in told[0][1]
    assert "titel" in told[1][1]


@pytest.mark.parametrize("text", ["", "series: 1", "series: [", "- a", "a: 1", "series:\n  - {id: a"])
def test_what_is_no_list_of_series_is_refused(text: str) -> None:
    with pytest.raises(OrganisationFileInvalid):
        read_number_series(text)


@pytest.mark.parametrize(
    "entry",
    [
        "{id: a, name: 甲, kind: 公章, source: L1}",
        "{id: a, name: 甲, kind: 公章, keepers: [], source: L1}",
        "{id: a, name: 甲, kind: 公章, keepers: [文书], may_leave: 也许, source: L1}",
        "{id: A, name: 甲, kind: 公章, keepers: [文书], source: L1}",
    ],
)
def test_a_seal_without_a_keeper_or_with_nonsense_is_refused(entry: str) -> None:
    with pytest.raises(OrganisationFileInvalid):
        read_seals(f"seals:\n  - {entry}\n")


def problems(**said: str) -> list[str]:
    """Return the codes of what is wrong with a task that says this, beside sound files."""
    model = read(d.one_task(**said), "p.bpmn").model
    assert model is not None
    texts = {
        "number-series": series(),
        "seals": "seals:\n  - {id: g, name: 公章, kind: 公章, keepers: [文书], source: L1}\n",
    }
    return [problem.code for problem in check_issuing(texts, [("p.bpmn", process) for process in model.processes])]


def test_what_a_diagram_names_must_be_there() -> None:
    assert problems(number__series="a", seal__use="公章") == []
    assert problems(number__series="=x", seal__use="=y") == []
    assert problems(number__series="b") == ["issuing.series-unknown"]
    assert problems(number__series="a", number__result="x,y") == ["issuing.results-differ"]
    assert problems(seal__return="萝卜章") == ["issuing.seal-unknown"]
    assert problems(number__serie="a") == ["issuing.property-unknown"]


def test_mistakes_in_the_files_are_told_with_their_lines() -> None:
    found = list(check_issuing({"number-series": "series:\n  - {id: a}\n", "seals": "seals: 1"}, []))

    assert [(problem.place.file, problem.place.line) for problem in found] == [
        ("organisation/number-series.yaml", 2),
        ("organisation/seals.yaml", 1),
    ]


def test_feel_that_is_wrong_is_refused_with_the_diagram() -> None:
    for said in ({"number__if": "a ="}, {"seal__use": "=("}, {"draft__freeze__if": "=1 +"}, {"service__paper": "={a"}):
        assert not read(d.one_task(**said), "p.bpmn").ok


def test_the_check_knows_what_the_commands_read() -> None:
    assert KNOWN == properties.ALL
