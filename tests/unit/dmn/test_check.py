"""check(): gaps, overlaps, unreachable rules and mistakes, exactly; what cannot be told is said as info."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from engine.dmn import Finding, check
from engine.dmn.checking import boxes
from tests.unit.dmn.building import (
    allowed,
    context,
    decision,
    input_data,
    item,
    knowledge_model,
    literal,
    model,
    table,
)

TYPES = {"n": "number", "s": "string", "b": "boolean", "d": "date", "m": "number", "r": "tRisk", "a": "tAge"}
ITEMS = (item("tRisk", allowed('"HIGH", "LOW"'), "string"), item("tAge", allowed("[0..120]"), "number"))


def found(
    inputs: Sequence[str | tuple[str, str]],
    rules: Sequence[Sequence[str]],
    policy: str = "UNIQUE",
    defaults: Sequence[str] = (),
) -> list[Finding]:
    """The findings about a table with one output, which is the last cell of each rule."""
    expression = table(inputs, ["out"], rules, policy, defaults=defaults)
    built = model(
        *ITEMS,
        *(input_data(name, kind) for name, kind in TYPES.items()),
        decision("result", expression, list(TYPES)),
    )
    return check(built)


def said(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(finding.code, finding.severity) for finding in findings]


COMPLETE = [
    (["n"], [["< 0", "1"], ["[0..10]", "1"], ["> 10", "1"]]),
    (["n"], [["not([0..10])", "1"], ["[0..10]", "1"]]),
    (["b"], [["true", "1"], ["false", "1"]]),
    (["b", "n"], [["true", "-", "1"], ["false", "< 5", "1"], ["false", ">= 5", "1"]]),
    (["r"], [['"HIGH"', "1"], ['"LOW"', "1"]]),
    (["a"], [["< 18", "1"], [">= 18", "1"]]),
    (["a"], [["[0..18)", "1"], ["[18..120]", "1"]]),
    ([("s", '"x", "y"')], [['"x"', "1"], ['"y"', "1"]]),
    (["s"], [['"x"', "1"], ['not("x")', "1"]]),
    (["d"], [['<= date("2024-01-31")', "1"], ['>= @"2024-02-01"', "1"]]),
    (["d"], [['? < date("2024-02-01")', "1"], ['? >= date("2024-02-01")', "1"]]),
    (["n"], [["null", "1"], ["< 5", "1"], [">= 5", "1"]]),
    (["s"], [["-", "1"]]),
    (["n", "m"], [["< 5", "-", "1"], [">= 5", "< 1", "1"], [">= 5", ">= 1", "1"]]),
    (["n"], [["-5, < -5", "1"], ["> -5", "1"]]),
]


@pytest.mark.parametrize(("inputs", "rules"), COMPLETE)
def test_a_complete_table_without_overlap_is_given_no_finding(inputs: list[str], rules: list[list[str]]) -> None:
    assert found(inputs, rules) == []


@pytest.mark.parametrize(
    ("inputs", "rules", "words"),
    [
        (["n"], [["< 0", "1"], ["> 10", "1"]], "n 在 [0..10]"),
        (["n"], [["[1..5]", "1"], ["> 5", "1"]], "n < 1"),
        (["n"], [["< 5", "1"], ["> 5", "1"]], "n = 5"),
        (["b"], [["true", "1"]], "b = false"),
        (["r"], [['"HIGH"', "1"]], 'r = "LOW"'),
        (["s"], [['"x"', "1"]], "s 是其他值"),
        (["a"], [["< 100", "1"]], "a 在 [100..120]"),
        (["n", "b"], [["< 5", "-", "1"], [">= 5", "true", "1"]], "n >= 5，b = false"),
        (["d"], [['< @"2024-01-01"', "1"], ['> @"2024-01-01"', "1"]], "d = 2024-01-01"),
        (["n"], [["null", "1"], ["< 5", "1"]], "n >= 5"),
        (["n"], [["not(null)", "1"]], "n 是null"),
    ],
)
def test_a_gap_names_the_values_nobody_covers(inputs: list[str], rules: list[list[str]], words: str) -> None:
    findings = found(inputs, rules)

    assert said(findings) == [("dmn.gap", "warning")]
    assert words in findings[0].message


@pytest.mark.parametrize("policy", ["COLLECT", "RULE ORDER", "OUTPUT ORDER"])
def test_tables_of_all_hits_have_no_gaps(policy: str) -> None:
    assert found(["n"], [["< 0", "1"]], policy) == []


def test_a_default_output_fills_the_gaps() -> None:
    assert found(["n"], [["< 0", "1"]], defaults=["2"]) == []


def test_many_gaps_are_cut_short() -> None:
    findings = found(["n", "m"], [[f"{number}", f"< {number}", "1"] for number in range(20)])

    assert len(findings) == 6
    assert "其余未列" in findings[-1].message


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ([["<= 5", "1"], [">= 5", "2"]], "n = 5"),
        ([["< 5", "1"], ["> 3", "2"], ["5", "3"]], "n 在 (3..5)"),
        ([["-", "1"], ["> 3", "2"]], "n > 3"),
    ],
)
def test_overlap_under_unique_is_an_error_that_names_the_values(rules: list[list[str]], words: str) -> None:
    overlaps = [finding for finding in found(["n"], rules) if finding.code == "dmn.overlap"]

    assert {finding.severity for finding in overlaps} == {"error"}
    assert words in overlaps[0].message
    assert "第 1 条规则与第 2 条重叠" in overlaps[0].message


@pytest.mark.parametrize("policy", ["FIRST", "PRIORITY", "COLLECT", "RULE ORDER"])
def test_overlap_under_other_policies_is_meant(policy: str) -> None:
    assert "dmn.overlap" not in {finding.code for finding in found(["n"], [["< 9", "1"], ["-", "2"]], policy)}


def test_under_any_only_overlaps_with_different_outputs_are_wrong() -> None:
    assert found(["n"], [["< 9", "1"], ["-", "1"]], "ANY") == []
    assert said(found(["n"], [["< 9", "1"], ["-", "2"]], "ANY")) == [("dmn.any-conflict", "error")]
    assert found(["n"], [["< 9", "n"], ["-", "m"]], "ANY") == []


def test_a_rule_behind_earlier_ones_is_unreachable_under_first() -> None:
    findings = found(["n"], [["< 5", "1"], [">= 5", "2"], ["[3..7]", "3"]], "FIRST")

    assert said(findings) == [("dmn.unreachable", "warning")]
    assert "第 3 条规则" in findings[0].message


def test_under_first_a_rule_that_adds_anything_is_reachable() -> None:
    assert found(["n"], [["< 5", "1"], ["> 5", "2"], ["-", "3"]], "FIRST") == []


def test_a_rule_inside_others_never_gives_a_result_under_unique() -> None:
    findings = found(["n"], [["< 9", "1"], [">= 9", "2"], ["3", "3"]])

    assert [code for code, _ in said(findings)].count("dmn.unreachable") == 1


def test_a_condition_outside_the_allowed_values_is_unreachable() -> None:
    findings = found(["a"], [["< 0", "1"], ["> 120", "2"], ["-", "3"]], "FIRST")

    assert said(findings) == [("dmn.unreachable", "warning")] * 2


@pytest.mark.parametrize("cell", ["> m", 'contains(?, "x")', "? + 1 > 5", "m", "f(?)"])
def test_cells_that_are_more_than_constants_are_said_not_to_be_analysed(cell: str) -> None:
    findings = [finding for finding in found(["s"], [[cell, "1"]]) if finding.severity == "info"]

    assert [finding.code for finding in findings] == ["dmn.not-analysed"]


def test_inputs_that_depend_on_one_another_are_said_not_to_be_analysed() -> None:
    twice = found(["n", "n"], [["< 5", "> 9", "1"], ["> 1", "< 3", "2"]])
    computed = found(["n * 2", "m"], [["< 5", "> 9", "1"]])

    assert said(twice) == said(computed) == [("dmn.not-analysed", "info")]


def test_a_table_too_large_to_be_searched_is_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boxes, "MAX_STEPS", 1)

    assert said(found(["n", "m"], [["< 5", "< 5", "1"], [">= 5", ">= 5", "2"]])) == [("dmn.not-analysed", "info")]


@pytest.mark.parametrize(
    ("name", "cell"), [("n", '"5"'), ("n", "true"), ("s", "5"), ("s", "> 5"), ("d", '"2024-01-01"'), ("b", '"是"')]
)
def test_a_constant_of_another_type_than_the_column_is_an_error(name: str, cell: str) -> None:
    findings = found([name], [[cell, "1"], ["-", "2"]], "FIRST")

    assert ("dmn.type-mismatch", "error") in said(findings)


def test_an_output_of_another_type_or_outside_the_output_values_is_reported() -> None:
    expression = table(["n"], [("out", '"a", "b"')], [["< 1", '"c"'], [">= 1", "7"]])
    typed = expression.replace('name="out"', 'name="out" typeRef="string"')
    built = model(input_data("n", "number"), decision("result", typed, ["n"]))

    assert said(check(built)) == [("dmn.output-value", "warning"), ("dmn.type-mismatch", "error")]


def test_bad_expressions_are_errors_at_their_line() -> None:
    built = model(decision("a", literal("1 +")), decision("b", literal("2")), decision("c", literal("if 1")))

    findings = check(built)
    assert said(findings) == [("feel.syntax", "error")] * 2
    assert [finding.line for finding in findings] == [4, 6]


def test_unknown_names_are_errors_and_known_ones_are_not() -> None:
    built = model(
        input_data("the amount"),
        knowledge_model("tax", [("a", None)], literal("a * rate")),
        decision("x", context(("k", literal("tax(the amount)")), (None, literal("k + amont"))), ["the amount"],
                 knowledge=["tax"]),
    )  # fmt: skip

    findings = check(built)
    assert said(findings) == [("dmn.unknown-name", "error")] * 2
    assert ["rate" in findings[0].message, "amont" in findings[1].message] == [True, True]


@pytest.mark.parametrize(
    "text",
    [
        "for i in [1, 2] return i * 2",
        "[{a: 1}][a > 0]",
        "{x: 1, y: x + 1}.y",
        "function(p) p + 1",
        "some z in [1] satisfies z > 0",
        "sum([1]) + now().year",
        "sort([1, 2], function(l, m) l < m)",
    ],
)
def test_names_that_expressions_bind_themselves_are_known(text: str) -> None:
    assert check(model(decision("a", literal(text)))) == []


def test_functions_that_evaluations_are_given_are_known() -> None:
    built = model(decision("a", literal("add working days(today(), 3)")))

    assert {finding.severity for finding in check(built)} == {"error"}
    assert check(built, functions=["add working days"]) == []


def test_unknown_types_and_missing_logic_are_reported() -> None:
    built = model(
        input_data("n", "tNothing"),
        decision("by hand", ""),
        '<businessKnowledgeModel name="f"/>',
    )

    assert said(check(built)) == [
        ("dmn.unknown-type", "error"),
        ("dmn.no-logic", "info"),
        ("dmn.no-logic", "warning"),
    ]


def test_columns_of_lists_are_said_not_to_be_analysed() -> None:
    built = model(
        item("tTags", "", "string", collection=True),
        input_data("tags", "tTags"),
        decision("result", table(["tags"], ["out"], [['"a"', "1"]]), ["tags"]),
    )

    assert said(check(built)) == [("dmn.not-analysed", "info")]


@pytest.mark.parametrize(("text", "kind", "codes"), [
    ('"a"', "number", ["dmn.type-mismatch"]),
    ('"MIDDLE"', "tRisk", ["dmn.type-mismatch"]),
    ('"HIGH"', "tRisk", []),
    ("5", "tAge", []),
    ("1 + 1", "string", []),
])  # fmt: skip
def test_a_constant_that_does_not_fit_the_type_of_its_decision_is_an_error(
    text: str, kind: str, codes: list[str]
) -> None:
    built = model(*ITEMS, decision("a", literal(text), type_ref=kind))

    assert [finding.code for finding in check(built)] == codes
