"""Running a BPMN file in memory from start to end, for trials and outside suites (see docs/execution.md)."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from engine.definitions.model import ElementType
from engine.definitions.problems import Kind
from engine.definitions.reader import read
from engine.errors import InvalidInput
from engine.execution import records as r
from engine.execution.machine import Machine
from engine.execution.rehearsal import START_OF_TIME, Decide, Rehearsal, RehearsedCase

MAX_ACTIONS = 10_000


@dataclass(frozen=True, slots=True)
class Throw:
    """An answer that throws a BPMN error from a job instead of completing it."""

    code: str
    variables: Mapping[str, object] = field(default_factory=dict)


Answer = Mapping[str, object] | Throw
Answers = Mapping[str, Answer | Sequence[Answer]]
"""What is answered by element id: variables, or a list of them for the first, second, … time (the last one repeats)."""


@dataclass(frozen=True, slots=True)
class TraceEntry:
    """One step of the trace; ``what`` is activated, completed or terminated."""

    what: str
    element_id: str
    element_type: str
    key: int
    process_instance_key: int
    taken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileRehearsal:
    """What became of a rehearsed file."""

    trace: tuple[TraceEntry, ...]
    completed: bool
    """Whether the first case completed."""
    variables: Mapping[str, Any]
    """Of the first case."""
    incidents: tuple[r.IncidentRaised, ...]
    """Those still open in any case."""
    waiting: tuple[str, ...]
    """Ids of the elements that still wait, when nothing more could be done."""

    @property
    def elements(self) -> list[str]:
        """Ids of completed element instances, in order."""
        return [entry.element_id for entry in self.trace if entry.what == "completed"]


def rehearse_file(
    path: str | os.PathLike[str],
    *,
    process_id: str | None = None,
    variables: Mapping[str, object] | None = None,
    answers: Answers | None = None,
    decide: Decide | None = None,
    functions: Mapping[str, Callable[..., object]] | None = None,
    now: datetime = START_OF_TIME,
    start_event: str | None = None,
    max_actions: int = MAX_ACTIONS,
) -> FileRehearsal:
    """Run a process of a BPMN file on a fake clock and return its trace of element instances.

    User tasks and jobs are completed, oldest first, with the variables that ``answers`` has for their element (none by
    default). When there are none left, the oldest open message or signal subscription is served, and then the clock is
    moved to the next timer. Messages and signals thrown by a process reach the others of the file. It ends when
    nothing is left to do, or after ``max_actions`` actions. Without ``process_id`` the first process that can be
    started without a trigger is started, one that others call after those; where all need one, the first start event
    of the first process happens.

    Raises InvalidInput when the file is invalid or holds something that is not executed (``details['problems']``).
    """
    reading = read(Path(path).read_bytes(), str(path), trial=True)
    if not reading.ok or reading.model is None:
        problems = [str(problem) for problem in reading.problems if problem.kind is not Kind.CONVENTION]
        raise InvalidInput("文件不能执行：" + "；".join(problems), details={"problems": problems})
    rehearsal = Rehearsal(reading.model, now=now, decide=decide, functions=functions)
    if process_id is None and start_event is None:
        process_id, start_event = _first_startable(rehearsal)
    case = rehearsal.start(process_id, variables, start_event)
    player = _Player(rehearsal, answers or {})
    for _ in range(max_actions):
        if not player.act():
            break
    return FileRehearsal(
        trace=tuple(_trace(rehearsal)),
        completed=case.completed,
        variables=case.variables,
        incidents=tuple(incident for each in rehearsal.cases for incident in each.watch.incidents.values()),
        waiting=tuple(
            element.element_id
            for each in rehearsal.cases
            for element in each.watch.elements.values()
            if element.element_type not in _CONTAINERS
        ),
    )


_CONTAINERS = {
    ElementType.PROCESS,
    ElementType.SUB_PROCESS,
    ElementType.EVENT_SUB_PROCESS,
    ElementType.TRANSACTION,
    ElementType.AD_HOC_SUB_PROCESS,
    ElementType.MULTI_INSTANCE_BODY,
    ElementType.CALL_ACTIVITY,
}


def _first_startable(rehearsal: Rehearsal) -> tuple[str | None, str | None]:
    """Return the first process that starts without a trigger; without any the first start event there is.

    A process that others of the file call comes after them.
    """
    programs = rehearsal.world.programs
    called = {
        node.called_element.process.id.source
        for program in programs.values()
        for node in program.model.body.walk()
        if node.called_element is not None
    }
    for process_id, program in sorted(programs.items(), key=lambda item: item[0] in called):
        if not program.scope.triggers() or program.scope.initial:
            return process_id, None
    for process_id, program in programs.items():
        return process_id, program.scope.triggers()[0].element_id
    return None, None


def _trace(rehearsal: Rehearsal) -> list[TraceEntry]:
    names = {r.ElementActivated: "activated", r.ElementCompleted: "completed", r.ElementTerminated: "terminated"}
    return [
        TraceEntry(
            names[type(each)],
            each.element_id,
            each.element_type,
            each.key,
            each.process_instance_key,
            each.taken if isinstance(each, r.ElementCompleted) else (),
        )
        for each in rehearsal.records
        if isinstance(each, r.ElementActivated | r.ElementCompleted | r.ElementTerminated)
    ]


class _Player:
    """Does one thing after the other with the cases of a rehearsal."""

    def __init__(self, rehearsal: Rehearsal, answers: Answers) -> None:
        self.rehearsal = rehearsal
        self.answers = answers
        self.times: dict[str, int] = {}

    def act(self) -> bool:
        """Do the next thing; False when there is nothing to do."""
        cases = [case for case in self.rehearsal.cases if not case.ended]
        if any(self._work(case) for case in cases) or any(self._event(case) for case in cases):
            return True
        timer = self.rehearsal.next_timer()
        if timer is None:
            return False
        self.rehearsal.advance_to(timer[0])
        return True

    def _work(self, case: RehearsedCase) -> bool:
        watch = case.watch
        stuck = {incident.element_instance_key for incident in watch.incidents.values()}
        for key, task in sorted(watch.user_tasks.items()):
            if key not in stuck:
                answer = self._answer(task.element_id)
                variables = answer.variables if isinstance(answer, Throw) else answer
                del watch.user_tasks[key]
                case.command(partial(Machine.user_task_completed, key=key, variables=variables))
                return True
        for key, job in sorted(watch.jobs.items()):
            if job.element_instance_key not in stuck:
                self._do_job(case, key, job)
                return True
        return False

    def _do_job(self, case: RehearsedCase, key: int, job: r.JobCreated) -> None:
        answer = self._answer(job.element_id) if job.kind == "BPMN_ELEMENT" else {}
        if isinstance(answer, Throw):
            thrown = partial(Machine.job_error_thrown, key=key, code=answer.code, message="")
            case.command(partial(thrown, variables=answer.variables))
            return
        del case.watch.jobs[key]
        case.command(partial(Machine.job_completed, key=key, variables=answer))

    def _event(self, case: RehearsedCase) -> bool:
        waiting: dict[int, r.MessageSubscriptionOpened | r.SignalSubscriptionOpened] = {
            **case.watch.messages,
            **case.watch.signals,
        }
        for key, opened in sorted(waiting.items()):
            if opened.interrupting or not self._has_happened(opened.element_id):
                is_message = isinstance(opened, r.MessageSubscriptionOpened)
                happen = Machine.message_correlated if is_message else Machine.signal_received
                case.command(partial(happen, subscription_key=key, variables=self._variables(opened.element_id)))
                return True
        return False

    def _has_happened(self, element_id: str) -> bool:
        """Whether an event has occurred in any case: one that does not interrupt would occur for ever."""
        return any(
            isinstance(each, r.ElementActivated) and each.element_id == element_id for each in self.rehearsal.records
        )

    def _variables(self, element_id: str) -> Mapping[str, object]:
        answer = self._answer(element_id)
        return answer.variables if isinstance(answer, Throw) else answer

    def _answer(self, element_id: str) -> Answer:
        time = self.times.get(element_id, 0)
        self.times[element_id] = time + 1
        given = self.answers.get(element_id, {})
        if isinstance(given, Mapping | Throw):
            return given
        return given[min(time, len(given) - 1)] if given else {}
