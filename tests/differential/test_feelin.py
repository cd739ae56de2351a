"""This engine agrees with feelin, which the page uses, on expressions generated from a seed.

BANJIE_DIFFERENTIAL_INPUTS sets how many (3,000 by default), BANJIE_DIFFERENTIAL_SEED another seed.
"""

from __future__ import annotations

import os
from random import Random

import pytest

from .engines import agree, ask_feelin, ask_here, find_feelin
from .generating import CONTEXT, TypedGenerator
from .known import DIFFERENCES

INPUTS = int(os.environ.get("BANJIE_DIFFERENTIAL_INPUTS", "3000"))
CURRENT = 8
"""Major version of feelin that is compared in full; in older ones dates, times and durations are left out."""
SEED = int(os.environ.get("BANJIE_DIFFERENTIAL_SEED", "20240501"))


def test_generated_expressions_have_the_same_value() -> None:
    # Given expressions whose parts fit each other
    feelin = find_feelin()
    random = Random(SEED)
    generator = TypedGenerator(random, recent=feelin.major >= CURRENT)
    texts = sorted({generator.expression(random.randint(1, 3)) for _ in range(INPUTS)})

    # When both engines evaluate them
    theirs = ask_feelin(feelin, texts, CONTEXT)
    ours = [ask_here(text, CONTEXT) for text in texts]

    # Then every answer is the same
    rows = zip(texts, ours, theirs, strict=True)
    differing = [f"{text}\n    here {here}, feelin {there}" for text, here, there in rows if not agree(here, there)]
    assert not differing, f"{len(differing)} of {len(texts)} (seed {SEED}):\n" + "\n".join(differing[:20])


def test_the_generated_expressions_say_something() -> None:
    random = Random(SEED)
    generator = TypedGenerator(random, recent=True)
    answers = [ask_here(generator.expression(2), CONTEXT) for _ in range(500)]
    assert sum(answer is None for answer in answers) < 25
    assert not any(isinstance(answer, dict) and "$error" in answer for answer in answers)


def test_the_listed_differences_are_what_they_are_said_to_be() -> None:
    for difference in DIFFERENCES:
        assert agree(ask_here(difference.text, {}), difference.here), difference
    feelin = find_feelin()
    if feelin.major < CURRENT:
        pytest.skip("feelin here is older than the one the table is about")
    theirs = ask_feelin(feelin, [difference.text for difference in DIFFERENCES], {})
    for difference, there in zip(DIFFERENCES, theirs, strict=True):
        assert agree(there, difference.feelin), (difference, there)
