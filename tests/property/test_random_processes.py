"""Random processes under random schedules: the engine's trace equals that of an independent interpreter, step by step.

The state is saved and loaded again around every command. Set ``BANJIE_RANDOM_PROCESSES=FIRST-LAST`` to try other seeds.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from engine.definitions.model import DefinitionsModel
from engine.definitions.reader import read as read_model
from engine.execution import Machine
from engine.execution.errors import ExecutionError
from engine.execution.rehearsal import Rehearsal, RehearsedCase
from tests.property.diagram import read
from tests.property.generator import Generator
from tests.property.interpreter import Interpreter
from tests.property.writing import VARIABLES

KINDS = ("user", "job", "timer", "message", "signal")
LONGEST = 150


class RecordingCase:
    """A rehearsed case that remembers the commands it accepted."""

    def __init__(self, case: RehearsedCase) -> None:
        self.case = case
        self.commands: list[Callable[[Machine], Any]] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self.case, name)

    def command(self, do: Callable[[Machine], Any]) -> Any:
        answer = self.case.command(do)
        self.commands.append(do)
        return answer


def seeds() -> range:
    first, _, last = os.environ.get("BANJIE_RANDOM_PROCESSES", "0-60").partition("-")
    return range(int(first), int(last))


def waiting(case: RecordingCase, kind: str) -> list[tuple[int, str]]:
    watch = case.watch
    tables: dict[str, dict[int, Any]] = {
        "user": watch.user_tasks,
        "job": watch.jobs,
        "timer": watch.timers,
        "message": watch.messages,
        "signal": watch.signals,
    }
    return [(key, tables[kind][key].element_id) for key in sorted(tables[kind])]


def compare(seed: int, step: int, case: RecordingCase, other: Interpreter) -> None:
    place = f"seed {seed}, step {step}"
    assert case.trace() == other.trace, place
    for kind in KINDS:
        ids = [element_id for _, element_id in waiting(case, kind)]
        assert ids == [wait.node.id for wait in other.open(kind)], f"{place}: {kind}"
    assert case.variables == other.root.vars, place
    assert case.completed == other.ended, place
    assert all(each.error_type == "UNKNOWN" for each in case.watch.incidents.values()), place


def act(case: RecordingCase, other: Interpreter, dice: random.Random) -> str:
    """Do the same random thing to both; return what it was."""
    variables: dict[str, Any] = {dice.choice(VARIABLES): dice.randrange(10)} if dice.random() < 0.7 else {}
    if dice.random() < 0.2:
        variables["res"] = dice.randrange(100)
    choices = [(kind, number) for kind in KINDS for number in range(len(waiting(case, kind)))]
    if not choices or dice.random() < 0.15:
        case.command(lambda machine: machine.variables_set(case.key, variables))
        other.set(variables)
        return "set variables"
    if dice.random() < 0.08 and (moved := move(case, other, dice)):
        return moved
    kind, number = dice.choice(choices)
    key, element_id = waiting(case, kind)[number]
    wait = other.open(kind)[number]
    if element_id.startswith("errjob") and dice.random() < 0.6:
        caught = case.command(lambda machine: machine.job_error_thrown(key, "E1", "", {}))
        assert caught == other.error(wait, "E1")
        return "throw error"
    if kind == "timer":
        case.watch.timers.pop(key)
        case.command(lambda machine: machine.timer_fired(key))
        other.happen(wait, {})
        return "fire timer"
    commands: dict[str, Callable[[Machine], None]] = {
        "user": lambda machine: machine.user_task_completed(key, variables),
        "job": lambda machine: machine.job_completed(key, variables),
        "message": lambda machine: machine.message_correlated(key, variables),
        "signal": lambda machine: machine.signal_received(key, variables),
    }
    if kind in ("user", "job") and dice.random() < 0.2:
        repeat(case, commands, kind)
    else:
        case.command(commands[kind])
    other.happen(wait, variables)
    return f"complete {kind}"


def move(case: RecordingCase, other: Interpreter, dice: random.Random) -> str | None:
    """Return a user task: put a token on another user task of its scope, then take the first away."""
    tasks = [wait for wait in other.open("user") if not (wait.owner.outer is not None and wait.owner.outer.is_body)]
    if not tasks:
        return None
    wait = dice.choice(tasks)
    number = other.open("user").index(wait)
    key, _ = waiting(case, "user")[number]
    targets = [node.id for node in wait.node.scope.nodes.values() if node.tag == "userTask"]
    target = dice.choice(targets)
    scope_key = case.watch.elements[key].flow_scope_key
    case.command(lambda machine: machine.element_activated(target, ancestor_scope_key=scope_key))
    case.command(lambda machine: machine.element_terminated(key))
    other.move(wait, target)
    return "return a task"


def repeat(case: RecordingCase, commands: Mapping[str, Callable[[Machine], None]], kind: str) -> None:
    """Send a command twice, as a client that hears no answer does; the second is refused and changes nothing."""
    case.command(commands[kind])
    before = dict(case.parts), len(case.records)
    with pytest.raises(ExecutionError):
        case.command(commands[kind])
    assert before == (case.parts, len(case.records))


def replay(model: DefinitionsModel, variables: Mapping[str, object], case: RecordingCase, seed: int) -> None:
    """Execute the recorded commands again, each on the state the last one left; everything must be as it was."""
    again = Rehearsal(model).start("p", variables)
    for do in case.commands:
        again.command(do)
    assert again.records == case.records, f"seed {seed}: executed again, it differs"
    assert again.parts == case.parts, f"seed {seed}: executed again, the state differs"


def play(seed: int, depth: int, used: Counter[str]) -> int:
    generator = Generator(seed)
    file = generator.file(depth)
    reading = read_model(file, f"random-{seed}.bpmn")
    assert reading.ok, (seed, [str(problem) for problem in reading.problems])
    assert reading.model is not None
    dice = random.Random(seed)
    case = RecordingCase(Rehearsal(reading.model).start("p", generator.variables))
    other = Interpreter(read(file))
    other.start("p", dict(generator.variables))
    compare(seed, 0, case, other)
    step = 0
    while not case.ended:
        step += 1
        if not other.waits or step > LONGEST:
            # Tokens that were doubled or moved can wait in a join for ever: that is what the diagram says.
            assert other.waits or case.watch.incidents, f"seed {seed} is stuck and says nothing"
            used["cut off"] += 1
            case.command(lambda machine: machine.terminate())
            break
        used[act(case, other, dice)] += 1
        compare(seed, step, case, other)
    replay(reading.model, generator.variables, case, seed)
    used.update(generator.used)
    used["finished"] += case.completed
    assert set(case.parts) == {"main"}, f"seed {seed} left parts behind"
    return step


@pytest.mark.parametrize("depth", [2, 4])
def test_random_processes_run_as_the_independent_interpreter_says(
    depth: int, capsys: pytest.CaptureFixture[str]
) -> None:
    # given / when
    used: Counter[str] = Counter()
    steps = sum(play(seed, depth, used) for seed in seeds())
    # then
    with capsys.disabled():
        print(f"\n{len(seeds())} random processes of depth {depth}, {steps} commands:")
        print("; ".join(f"{name} {count}" for name, count in sorted(used.items())))
    assert used["finished"] >= 0.75 * len(seeds())
