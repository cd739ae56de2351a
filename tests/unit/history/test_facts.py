"""Facts: what was read from outside is recorded once and played back in order, and nothing else."""

from __future__ import annotations

import pytest

from engine.history.facts import FactLog, FactsDiffer, FactTape, as_recorded


def never() -> object:
    raise AssertionError("the outside was asked")


def test_an_answer_is_recorded_as_it_will_be_read_back() -> None:
    log = FactLog()

    answer = log.ask("decision", ["d", 1], lambda: {"b": (1, 2), "a": None})

    assert answer == {"a": None, "b": [1, 2]}
    assert list(answer) == ["a", "b"]
    assert log.facts == [["decision", ["d", 1], {"a": None, "b": [1, 2]}]]


def test_a_tape_answers_without_asking_and_knows_when_it_is_used_up() -> None:
    tape = FactTape([["process", ["p"], 1], ["form", ["f"], None]])

    assert tape.ask("process", ["p"], never) == 1
    assert not tape.used_up
    assert tape.ask("form", ["f"], never) is None
    assert tape.used_up


@pytest.mark.parametrize(("kind", "arguments"), [("form", ["p"]), ("process", ["q"]), ("process", None)])
def test_another_question_than_the_recorded_one_differs(kind: str, arguments: object) -> None:
    with pytest.raises(FactsDiffer):
        FactTape([["process", ["p"], 1]]).ask(kind, arguments, never)


def test_a_question_beyond_the_record_differs() -> None:
    with pytest.raises(FactsDiffer):
        FactTape([]).ask("process", ["p"], never)


def test_what_is_recorded_has_its_keys_in_one_order_all_the_way_down() -> None:
    value = as_recorded({"z": {"b": 1, "a": [{"y": 1, "x": 2}]}, "a": 1})

    assert list(value) == ["a", "z"]
    assert list(value["z"]) == ["a", "b"]
    assert list(value["z"]["a"][0]) == ["x", "y"]
