"""What nobody would draw on purpose still comes out complete: every element has its place, and no two share one."""

from __future__ import annotations

import random

import pytest

from engine.layout import layout, measure
from tests.unit.layout.samples import document, process

WORDS = ("do", "xor", "and", "wait", "start", "end", "service")


def tangle(seed: int) -> bytes:
    """Nodes of any kind joined at random: loops onto themselves, dead ends, islands, several starts."""
    dice = random.Random(seed)
    names = [f"n{index}" for index in range(dice.choice([1, 3, 6, 12, 20]))]
    nodes = [f"{dice.choice(WORDS)} {name} 办理事项" for name in names]
    hosts = [name for name, text in zip(names, nodes, strict=True) if text.startswith(("do", "service"))]
    timers = [f"b{index}" for index in range(3)] if hosts else []
    nodes += [f"timer {timer} on {dice.choice(hosts)} 期满" for timer in timers]
    pairs = {(dice.choice(names + timers), dice.choice(names)) for _ in range(len(names) * 3 // 2)}
    flows = [f"{source} {target} {dice.choice(['', '不同意'])}".strip() for source, target in sorted(pairs)]
    count = dice.choice([0, 2, 4])
    lanes = {f"角色{lane}": names[lane::count] for lane in range(count)} if count else None
    if dice.random() < 0.5:
        return document(process(nodes, flows, lanes))
    messages = [f"{dice.choice(names)} pool{dice.choice([1, 2])} 通知" for _ in range(3)]
    return document(
        process(nodes, flows, lanes), participants={"市局": "process", "甲": "", "乙": ""}, messages=messages
    )


@pytest.mark.parametrize("seed", range(40))
def test_should_draw_all_of_any_graph(seed: int) -> None:
    # given
    xml = tangle(seed)
    # when
    report = measure(layout(xml))
    # then
    assert report.without_picture == []
    assert report.overlapping_shapes == []
    assert report.outside_container == []
