"""Names with symbols: inside contexts that expressions make, and of imported elements (DMN 1.5, 10.3.1.4 and 5)."""

from __future__ import annotations

from typing import Any

import pytest

from engine.dmn import check, load
from tests.unit.dmn.building import (
    context,
    decision,
    definitions,
    input_data,
    knowledge_model,
    literal,
    model,
    service,
    table,
)

BOXED = context(("net-price", literal("10")), ("rate 2", literal("3")))
RELATION = f'<relation><column name="net-price"/><row>{literal("10")}</row><row>{literal("20")}</row></relation>'
TABLE = table([], ["net-price", "rate 2"], [["10", "3"]])


@pytest.mark.parametrize(
    ("made", "text", "expected"),
    [
        (BOXED, "made.net-price + made.rate 2", 13),
        (TABLE, "made.net-price + made.rate 2", 13),
        (RELATION, "made.net-price", [10, 20]),
        (RELATION, "made[net-price > 15].net-price", [20]),
        (literal('{"net-price": 10, rate/day: 2}'), "made.net-price + made.rate/day", 12),
        (literal('{x: [{"it\'s": 4}]}'), "made.x.it's", [4]),
    ],
)
def test_an_entry_made_by_another_decision_is_reached_by_its_name(made: str, text: str, expected: Any) -> None:
    built = model(decision("made", made), decision("result", literal(text), ["!made"]))

    assert built.evaluate("result", {}) == expected
    assert built.evaluate_with_trace("result", {}).warnings == []


def test_outputs_of_a_service_are_reached_by_their_names() -> None:
    built = model(
        decision("net-price", literal("10")),
        decision("rate 2", literal("3")),
        service("prices", outputDecision=["net-price", "rate 2"]),
        decision("result", literal("prices().net-price - prices().rate 2"), knowledge=["prices"]),
    )

    assert built.evaluate("result", {}) == 7


def test_a_boxed_filter_sees_such_entries_of_its_items() -> None:
    boxed = f"<filter><in>{literal('made')}</in><match>{literal('net-price > 15')}</match></filter>"
    built = model(decision("made", RELATION), decision("result", boxed, ["!made"]))

    assert built.evaluate("result", {}) == [{"net-price": 20}]
    assert check(built) == []


@pytest.mark.parametrize("name", ["prices", "price list-1", "price.list"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{0}.gross-price - {0}.put x's", 5),
        ("{0}.plus+one(5)", 6),
        ("{0}.plus+one(n-1: 5)", 6),
        ("{0}.double/price(put x's: 4)", 8),
    ],
)
def test_imported_elements_with_symbols_in_their_names(name: str, text: str, expected: int) -> None:
    imported = definitions(
        input_data("put x's", "number"),
        decision("gross-price", literal("put x's * 2"), ["put x's"]),
        knowledge_model("plus+one", [("n-1", "number")], literal("n-1 + 1")),
        service("double/price", outputDecision=["gross-price"], inputData=["put x's"]),
        namespace="http://prices",
    )
    main = definitions(
        f'<import name="{name}" namespace="http://prices" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>',
        decision(
            "result",
            literal(text.format(name)),
            ["!http://prices#gross-price", "http://prices#put x's"],
            knowledge=["http://prices#plus+one", "http://prices#double/price"],
        ),
    )

    built = load(main, imports=lambda namespace, location: imported)
    assert built.evaluate("result", {name: {"put x's": 5}}) == expected


def test_a_difference_stays_one_where_nothing_is_so_called() -> None:
    built = model(decision("made", literal("{a: 5}")), decision("result", literal("made.a-made.a"), ["!made"]))

    assert built.evaluate("result", {}) == 0
