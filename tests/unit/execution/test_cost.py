"""The cost of a command does not grow with what happened before: counted in calls and bytes, not in time."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from functools import partial
from statistics import median
from typing import Any

import pytest

from engine.execution import Machine
from engine.execution.rehearsal import RehearsedCase
from tests.unit.execution.diagrams import case, chain, el, event, flow, multi, user

START = event("startEvent", "s")
MANY = 1000


def cost(run: RehearsedCase, do: Callable[[Machine], Any]) -> tuple[int, int]:
    """Do one command; return how many functions it called and how many bytes it read and wrote."""
    calls = read = 0

    def count(_: Any, what: str, __: Any) -> None:
        nonlocal calls
        calls += what in ("call", "c_call")

    def load(part: str) -> str | None:
        nonlocal read
        text = run.parts.get(part)
        read += len(text or "")
        return text

    sys.setprofile(count)
    try:
        machine = Machine.load(load, run.rehearsal.world)
        do(machine)
        changed = machine.changed_parts()
    finally:
        sys.setprofile(None)
    written = sum(len(text or "") for text in changed.values())
    run.save(machine)
    run.parts.update({part: text for part, text in changed.items() if text is not None})
    for part in [part for part, text in changed.items() if text is None]:
        run.parts.pop(part, None)
    return calls, read + written


def steady(costs: list[tuple[int, int]]) -> None:
    """The last costs at most 1.3 times what the first did."""
    for which in (0, 1):
        first, last = median(each[which] for each in costs[:20]), median(each[which] for each in costs[-21:-1])
        assert last <= 1.3 * first, (first, last)


@pytest.mark.parametrize("sequential", [False, True])
@pytest.mark.parametrize("output", [None, ("results", "=item")])
def test_the_last_of_a_thousand_instances_costs_what_the_first_did(
    sequential: bool, output: tuple[str, str] | None
) -> None:
    loop = multi(sequential=sequential, output=output, cardinality="=1000" if output is None else None)
    variables: dict[str, object] = {} if output is None else {"items": list(range(MANY))}
    run = case(START + el("userTask", "t", loop) + chain("s", "t"), variables)
    costs = []
    for _ in range(MANY):
        key = min(run.watch.user_tasks)
        costs.append(cost(run, partial(Machine.user_task_completed, key=key, variables={})))
    assert run.completed
    steady(costs)


def test_the_thousandth_round_of_a_rework_loop_costs_what_the_first_did() -> None:
    nodes = el("exclusiveGateway", "m") + el("parallelGateway", "g") + user("a", "z") + el("task", "b")
    nodes += el("parallelGateway", "j") + el("exclusiveGateway", "x", default="out")
    flows = chain("s", "m", "g", "a", "j", "x") + chain("g", "b", "j") + flow("x", "m", "again")
    run = case(START + nodes + flows + flow("x", "z", flow_id="out"))
    costs = []
    for _ in range(MANY):
        (key,) = run.watch.user_tasks
        costs.append(cost(run, partial(Machine.user_task_completed, key=key, variables={"again": True})))
    steady(costs)


def test_one_program_serves_many_threads() -> None:
    # given
    nodes = el("parallelGateway", "g") + user("a", "b") + el("parallelGateway", "j") + el("userTask", "t", multi())
    first = case(START + nodes + chain("s", "g", "a", "j", "t") + chain("g", "b", "j"), {"items": [1, 2, 3]})
    program = next(iter(first.rehearsal.world.programs.values()))
    results: list[list[Any]] = []

    def run_through() -> None:
        parts: dict[str, str] = {}
        machine = Machine.start(
            program, instance_key=10**9, outside=first.rehearsal.world, variables={"items": [1, 2, 3]}
        )
        records = list(machine.records)
        while not machine.completed:
            parts.update({part: text for part, text in machine.changed_parts().items() if text is not None})
            machine = Machine.load(parts.get, first.rehearsal.world)
            key = next(each.key for each in machine.active() if each.type == "USER_TASK")
            machine.user_task_completed(key, {"x": key})
            records += machine.records
        results.append(records)

    # when
    threads = [threading.Thread(target=run_through) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    # then
    assert len(results) == 8
    assert all(result == results[0] for result in results)
