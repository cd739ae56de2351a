"""The bureau's own register: every control of the domain, every word as it stands in the duty list."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.controls import Registry, read_registry
from tests.support.requirements import ROOT

WANTED = (
    *(f"X{number:02}" for number in range(1, 21)),
    *(f"B{number:02}" for number in range(1, 20)),
    *(f"Z{number:02}" for number in range(1, 7)),
    *(f"L{number:02}" for number in range(1, 6)),
    *(f"V{number:02}" for number in range(1, 5)),
    *(f"D{number:02}" for number in range(1, 9)),
    *(f"E{number:02}" for number in range(1, 16)),
)


@pytest.fixture(scope="module")
def register() -> Registry:
    """Return the bureau's register."""
    return read_registry((ROOT / "organisation" / "controls.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("control_id", WANTED)
def test_every_control_of_the_domain_is_in_the_register(register: Registry, control_id: str) -> None:
    assert control_id in register.controls


def test_every_word_stands_in_its_line_of_the_duty_list(register: Registry, shared_data: Path) -> None:
    lines = (shared_data / "domain" / "duty-list-2020.txt").read_text(encoding="utf-8").split("\n")
    wrong = [
        (control.id, words.line)
        for control in register.controls.values()
        for words in control.words
        if words.text not in lines[words.line - 1]
    ]
    assert wrong == []


def test_every_control_says_whose_it_is_and_what_it_stands_on(register: Registry) -> None:
    assert [control.id for control in register.controls.values() if not control.owner or not control.said] == []


def test_payments_are_watched_by_the_controls_of_the_office(register: Registry) -> None:
    assert [control.id for control in register.watching("bgs-dae", "s12_zhifu", {}, {})] == ["B10", "B11", "B16"]
    assert [control.id for control in register.watching_start("bgs-shouwen")] == ["B08"]
