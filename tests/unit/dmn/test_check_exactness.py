"""check() against evaluation: on random tables it finds exactly the gaps, overlaps and unreachable rules there are.

The cells use whole numbers from 0 to 4 and two words, so a grid of numbers, halves between them and three words has a
point in every region that a cell can tell apart.
"""

from __future__ import annotations

import random
import re
from itertools import product

import pytest

from engine.dmn import check
from tests.unit.dmn.building import decision, input_data, model, table

SEED = 7
TABLES = 120
GRID = [(number / 2, word) for number, word in product(range(-1, 10), ["a", "b", "z"])]


def random_cell(random_: random.Random, is_number: bool) -> str:
    if random_.random() < 0.25:
        return "-"
    if not is_number:
        return random_.choice(['"a"', '"b"', '"a", "b"', 'not("a")', 'not("a", "b")'])
    low, high = sorted(random_.sample(range(5), 2))
    start, end = random_.choice("[("), random_.choice("])")
    return random_.choice([f"{low}", f"< {high}", f">= {low}", f"{start}{low}..{high}{end}", f"not({low})", f"> {low}"])


def random_rules(random_: random.Random) -> list[list[str]]:
    return [
        [random_cell(random_, True), random_cell(random_, False), str(number)]
        for number in range(random_.randint(2, 5))
    ]


def matches(rules: list[list[str]]) -> list[list[int]]:
    """For every point of the grid the numbers of the rules that match, by evaluation."""
    built = model(
        input_data("n", "number"),
        input_data("s", "string"),
        decision("result", table(["n", "s"], ["out"], rules, "RULE ORDER"), ["n", "s"]),
    )
    return [[int(number) for number in built.evaluate("result", {"n": n, "s": s}) or []] for n, s in GRID]


def findings(rules: list[list[str]], policy: str) -> list[tuple[str, str]]:
    built = model(
        input_data("n", "number"),
        input_data("s", "string"),
        decision("result", table(["n", "s"], ["out"], rules, policy), ["n", "s"]),
    )
    return [(finding.code, finding.message) for finding in check(built)]


@pytest.mark.parametrize("number", range(TABLES))
def test_findings_are_exactly_what_evaluation_shows(number: int) -> None:
    rules = random_rules(random.Random(SEED * 1000 + number))
    hits = matches(rules)

    unique = findings(rules, "UNIQUE")
    first = findings(rules, "FIRST")
    overlapping = {(one + 1, other + 1) for hit in hits for one in hit for other in hit if one < other}
    found = {
        tuple(map(int, re.findall(r"第 (\d+) 条", message)[:2])) for code, message in unique if code == "dmn.overlap"
    }
    assert found == overlapping
    assert any(code == "dmn.gap" for code, _ in unique) is any(not hit for hit in hits)
    reached = {hit[0] + 1 for hit in hits if hit}
    unreachable = {int(re.findall(r"第 (\d+) 条", message)[0]) for code, message in first if code == "dmn.unreachable"}
    assert unreachable == set(range(1, len(rules) + 1)) - reached
