"""Damaged models: whatever is read, only declared errors come out.

DMN_FUZZ_ROUNDS sets how many (default 1,500); the seed is fixed, so a failure repeats.
"""

from __future__ import annotations

import os
import random
import re

from engine.dmn import DmnError, DmnLimitExceeded, check, load
from engine.feel import FeelError
from tests.unit.dmn.building import (
    allowed,
    component,
    context,
    decision,
    definitions,
    input_data,
    item,
    knowledge_model,
    literal,
    service,
    table,
)

SEED = 20_240_229
ROUNDS = int(os.environ.get("DMN_FUZZ_ROUNDS", "1500"))

FILE = definitions(
    item("tRisk", allowed('"HIGH", "LOW"'), "string"),
    item("tPerson", component("name", "string") + component("risk", "tRisk")),
    input_data("person", "tPerson"),
    input_data("n", "number"),
    knowledge_model("f", [("a", "number")], literal("if a <= 0 then 0 else f(a - 1)"), ["f"]),
    decision("t", table(["n", "person.risk"], ["o", "p"], [["< 5", '"HIGH"', "1", "n"], [">= 5", "-", "2", "f(3)"]],
                        "FIRST", defaults=["0", None]), ["n", "person"], knowledge=["f"]),
    decision("c", context(("a", literal("t.o + 1")), (None, "<list>" + literal("a") + literal("f(a)") + "</list>")),
             ["!t"], knowledge=["f"]),
    decision("i", f"<for iteratorVariable='x'><in>{literal('c')}</in><return>{literal('x * n')}</return></for>",
             ["!c", "n"]),
    service("s", outputDecision=["c"], encapsulatedDecision=["t"], inputData=["n", "person"]),
    decision("r", literal("s(n, person)"), ["n", "person"], knowledge=["s"]),
)  # fmt: skip

INPUTS: list[dict[str, object]] = [{}, {"n": 3, "person": {"name": "a", "risk": "HIGH"}}, {"n": "x", "person": [1]}]
PIECES = [b"<", b">", b"&", b'"', b"(", b")", b"[", b"-", b"null", b"#f", b"number", b"tA", b"\xff", "金额".encode()]


def damaged(random_: random.Random) -> bytes:
    """The file with up to four pieces of text or tags exchanged, dropped or doubled."""
    data = FILE
    for _ in range(random_.randint(1, 4)):
        tokens = re.findall(rb"<[^>]*>|[^<>]+|.", data, re.DOTALL)
        place = random_.randrange(len(tokens))
        how = random_.randrange(5)
        if how == 0:
            tokens.pop(place)
        elif how == 1:
            tokens.insert(place, tokens[random_.randrange(len(tokens))])
        elif how == 2:
            tokens[place] = tokens[random_.randrange(len(tokens))]
        else:
            token = tokens[place]
            cut = random_.randrange(len(token) + 1)
            tokens[place] = token[:cut] + random_.choice(PIECES) + token[cut + how - 3 :]
        data = b"".join(tokens)
    return data


def test_damaged_models_raise_declared_errors_only() -> None:
    random_ = random.Random(SEED)
    evaluated = 0
    for _ in range(ROUNDS):
        data = damaged(random_)
        try:
            model = load(data)
        except DmnError:
            continue
        check(model)
        for info in (*model.decisions, *model.decision_services):
            for inputs in INPUTS:
                try:
                    model.evaluate_with_trace(info.name, inputs)
                    evaluated += 1
                except (DmnLimitExceeded, FeelError):
                    continue
    assert evaluated > ROUNDS // 10
