"""How long an evaluation takes. Run with `pytest benchmarks/dmn --benchmark-only`; the goal for a table of 20 rows is
under 60 microseconds."""

# ruff: noqa: D103, S101 - as tests: they name themselves, and assert.

from __future__ import annotations

from typing import Any

import pytest

from engine.dmn import Model, check
from tests.unit.dmn.building import decision, input_data, knowledge_model, literal, model, table

INPUTS = {"金额": 155_000, "类别": "工程", "紧急": False}


def approval(policy: str = "UNIQUE") -> Model:
    """Twenty rows over an amount, a category and a flag."""
    rules = [
        [f"[{row * 10_000}..{(row + 1) * 10_000})", '"工程"' if row % 2 else '"货物", "服务"', "-", f'"第{row}级"']
        for row in range(20)
    ]
    return model(
        input_data("金额", "number"),
        input_data("类别", "string"),
        input_data("紧急", "boolean"),
        decision("审批级别", table(list(INPUTS), ["级别"], rules, policy), list(INPUTS), "string"),
    )


@pytest.mark.parametrize("policy", ["UNIQUE", "FIRST", "COLLECT"])
def test_a_table_of_twenty_rows(benchmark: Any, policy: str) -> None:
    built = approval(policy)

    assert benchmark(built.evaluate, "审批级别", INPUTS) in ("第15级", ["第15级"])


def test_the_same_table_with_its_trace(benchmark: Any) -> None:
    built = approval()

    assert benchmark(built.evaluate_with_trace, "审批级别", INPUTS).value == "第15级"


def test_twenty_rows_whose_cells_are_expressions(benchmark: Any) -> None:
    rules = [[f"? >= 基数 * {row} and ? < 基数 * {row + 1}", f'"第{row}级"'] for row in range(20)]
    built = model(
        input_data("金额", "number"),
        input_data("基数", "number"),
        decision("级别", table(["金额"], ["级别"], rules), ["金额", "基数"], "string"),
    )

    assert benchmark(built.evaluate, "级别", {"金额": 155_000, "基数": 10_000}) == "第15级"


def test_a_graph_of_ten_decisions_and_a_knowledge_model(benchmark: Any) -> None:
    chain = [
        decision(f"d{step}", literal(f"f(d{step - 1})"), [f"!d{step - 1}"], knowledge=["f"]) for step in range(1, 10)
    ]
    built = model(
        input_data("x", "number"),
        knowledge_model("f", [("n", "number")], literal("n + 1"), type_ref="number"),
        decision("d0", literal("x"), ["x"]),
        *chain,
    )

    assert benchmark(built.evaluate, "d9", {"x": 1}) == 10


def test_checking_a_table_of_twenty_rows(benchmark: Any) -> None:
    built = approval()

    assert benchmark(check, built)
