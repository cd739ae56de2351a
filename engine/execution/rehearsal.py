"""Running processes in memory on a clock that stands still until it is moved: for rehearsals, trials and tests.

Every command saves the case and the next one loads it again, as in production; only the database is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from engine.definitions.model import Binding, DefinitionsModel, EventType, FlowNode
from engine.errors import NotFound
from engine.execution import records as r
from engine.execution.machine import Machine
from engine.execution.outside import DecisionOutcome
from engine.execution.program import Program, compile_program
from engine.execution.watching import Watch

Decide = Callable[[str, Mapping[str, object]], object]

START_OF_TIME = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
"""When a rehearsal's clock stands at first unless told otherwise: a Monday, 9:00 in China."""
KEY_DISTANCE = 1_000_000


@dataclass
class World:
    """The outside of rehearsed cases: programs by process id, decisions by a function, a clock that is set by hand."""

    programs: dict[str, Program]
    now: datetime = START_OF_TIME
    decide_by: Decide | None = None
    functions: Mapping[str, Callable[..., object]] = field(default_factory=dict)
    ambient: Mapping[str, object] = field(default_factory=dict)

    def program(self, process_id: str, binding: Binding, version_tag: str | None, from_definition_key: int) -> Program:
        """Return the program with this process id; there is one version only."""
        if process_id not in self.programs:
            raise NotFound(f"找不到流程“{process_id}”。")
        return self.programs[process_id]

    def program_by_key(self, definition_key: int) -> Program:
        """Return the program with this key."""
        for program in self.programs.values():
            if program.definition_key == definition_key:
                return program
        raise NotFound(f"找不到流程定义 {definition_key}。")

    def issue(
        self, node: FlowNode, key: int, process_instance_key: int, context: Mapping[str, object]
    ) -> Mapping[str, object]:
        """Issue nothing: there are no registers here."""
        return {}

    def leaving(self, key: int, context: Mapping[str, object]) -> None:
        """Do nothing: there are no clocks here."""

    def decide(
        self,
        decision_id: str,
        binding: Binding,
        version_tag: str | None,
        from_definition_key: int,
        context: Mapping[str, object],
    ) -> DecisionOutcome:
        """Ask the function given to the rehearsal."""
        if self.decide_by is None:
            raise NotFound(f"找不到决策“{decision_id}”。")
        return DecisionOutcome(self.decide_by(decision_id, context), {"decision": decision_id})


class RehearsedCase:
    """One case: what it did (``records``), what it waits for (``watch``), and everything that can be done with it."""

    def __init__(self, rehearsal: Rehearsal, key: int) -> None:
        self.rehearsal = rehearsal
        self.key = key
        self.parts: dict[str, str] = {}
        self.records: list[r.Record] = []
        self.watch = Watch()
        self.completed = False
        self.terminated = False

    def command(self, do: Callable[[Machine], Any]) -> Any:
        """Load the case, do something to its machine, save it; thrown messages and signals are then delivered."""
        machine = Machine.load(self.parts.get, self.rehearsal.world, max_steps=self.rehearsal.max_steps)
        answer = do(machine)
        self.save(machine)
        return answer

    def save(self, machine: Machine) -> None:
        """Keep what a command left."""
        for part, text in machine.changed_parts().items():
            if text is None:
                self.parts.pop(part, None)
            else:
                self.parts[part] = text
        self.completed = machine.completed
        self.terminated = machine.terminated
        self.records.extend(machine.records)
        self.rehearsal.records.extend(machine.records)
        for record in machine.records:
            self.watch.see(record)
        self.rehearsal.deliver(machine.records, self)

    def complete_user_task(self, element_id: str, variables: Mapping[str, object] | None = None) -> None:
        """Complete the oldest open user task of an element. Raises NotFound."""
        key = self.watch.oldest(self.watch.user_tasks, element_id)
        self.command(lambda machine: machine.user_task_completed(key, variables or {}))
        self.watch.user_tasks.pop(key, None)

    def complete_job(self, element_id: str, variables: Mapping[str, object] | None = None) -> None:
        """Complete the oldest job of an element. Raises NotFound."""
        key = self.watch.oldest(self.watch.jobs, element_id)
        del self.watch.jobs[key]
        self.command(lambda machine: machine.job_completed(key, variables or {}))

    def throw_error(self, element_id: str, code: str, variables: Mapping[str, object] | None = None) -> bool:
        """Throw a BPMN error from the oldest job of an element; whether it was caught. Raises NotFound."""
        key = self.watch.oldest(self.watch.jobs, element_id)
        caught: bool = self.command(lambda machine: machine.job_error_thrown(key, code, "", variables or {}))
        return caught

    def fire_timer(self, element_id: str) -> None:
        """Fire the oldest timer of an element now, whenever it is due. Raises NotFound."""
        self.fire(self.watch.oldest(self.watch.timers, element_id))

    def fire(self, timer_key: int) -> None:
        """Fire a timer."""
        del self.watch.timers[timer_key]
        self.command(lambda machine: machine.timer_fired(timer_key))

    def resolve_incidents(self) -> None:
        """Try every open incident again."""
        for key in list(self.watch.incidents):
            if key in self.watch.incidents:
                self.command(partial(Machine.incident_resolved, incident_key=key))

    @property
    def ended(self) -> bool:
        """Whether it is completed or terminated."""
        return self.completed or self.terminated

    @property
    def variables(self) -> dict[str, Any]:
        """The variables of the process instance as they are or were at its end."""
        return self.watch.scopes.get(self.key, {})

    def trace(self) -> list[tuple[str, str]]:
        """Return what happened to elements, in order: (``activated``/``completed``/``terminated``, element id)."""
        names = {r.ElementActivated: "activated", r.ElementCompleted: "completed", r.ElementTerminated: "terminated"}
        return [
            (names[type(each)], each.element_id)
            for each in self.records
            if isinstance(each, r.ElementActivated | r.ElementCompleted | r.ElementTerminated)
        ]

    def completed_elements(self) -> list[str]:
        """Return the ids of completed element instances, in order."""
        return [element_id for what, element_id in self.trace() if what == "completed"]


class Rehearsal:
    """Cases of the processes of some models, their messages and signals, and one clock for all."""

    def __init__(
        self,
        *models: DefinitionsModel,
        now: datetime = START_OF_TIME,
        decide: Decide | None = None,
        functions: Mapping[str, Callable[..., object]] | None = None,
        max_steps: int = 10_000,
    ) -> None:
        processes = [process for model in models for process in model.processes]
        programs = {process.id: compile_program(process, key) for key, process in enumerate(processes, start=1)}
        self.world = World(programs, now, decide, functions or {})
        self.cases: list[RehearsedCase] = []
        self.max_steps = max_steps
        self.records: list[r.Record] = []
        """What has happened in all cases, in order."""
        self.unclaimed: list[r.MessageThrown] = []
        """Messages that nobody waited for when they were published; a later subscription takes them."""

    def start(
        self,
        process_id: str | None = None,
        variables: Mapping[str, object] | None = None,
        start_event: str | None = None,
    ) -> RehearsedCase:
        """Start a case of a process (of the first by default) and run it until it waits."""
        programs = self.world.programs
        program = programs[process_id] if process_id is not None else next(iter(programs.values()))
        case = RehearsedCase(self, (len(self.cases) + 1) * KEY_DISTANCE)
        self.cases.append(case)
        machine = Machine.start(
            program,
            instance_key=case.key,
            outside=self.world,
            variables=variables or {},
            start_element=start_event,
            max_steps=self.max_steps,
        )
        case.save(machine)
        return case

    def advance(self, by: timedelta) -> None:
        """Let time pass; timers fire in order of their due times, each at its own moment."""
        self.advance_to(self.world.now + by)

    def advance_to(self, moment: datetime) -> None:
        """Let time pass until ``moment``."""
        while (due := self.next_timer()) is not None and due[0] <= moment:
            self.world.now = max(self.world.now, due[0])
            due[1].fire(due[2])
        self.world.now = max(self.world.now, moment)

    def next_timer(self) -> tuple[datetime, RehearsedCase, int] | None:
        """Return when the next timer is due, of which case, with its key."""
        timers = [
            (datetime.fromisoformat(timer.due_at), index, key)
            for index, case in enumerate(self.cases)
            if not case.ended
            for key, timer in case.watch.timers.items()
            if timer.due_at is not None
        ]
        if not timers:
            return None
        due, index, key = min(timers)
        return due, self.cases[index], key

    def publish_message(
        self, name: str, correlation_key: str = "", variables: Mapping[str, object] | None = None
    ) -> None:
        """Publish a message: to a waiting case of this correlation key, else to a start event, else kept."""
        self._publish(r.MessageThrown(0, "", name, correlation_key, dict(variables or {})))

    def broadcast_signal(
        self, name: str, variables: Mapping[str, object] | None = None, thrower: RehearsedCase | None = None
    ) -> None:
        """Broadcast a signal to every subscription and every start event of its name.

        The case that has thrown it has delivered it to its own subscriptions already.
        """
        waiting = [
            (case, key)
            for case in self.cases
            for key, each in case.watch.signals.items()
            if each.signal_name == name and case is not thrower
        ]
        for case, key in waiting:
            if key in case.watch.signals and not case.ended:
                case.command(partial(Machine.signal_received, subscription_key=key, variables=variables or {}))
        for process_id, start in self._starts(EventType.SIGNAL, name):
            self.start(process_id, variables, start)

    def deliver(self, happened: list[r.Record], thrower: RehearsedCase) -> None:
        """Deliver what a command threw, and kept messages to the subscriptions it opened."""
        for record in list(happened):
            if isinstance(record, r.MessageThrown):
                self._publish(record)
            elif isinstance(record, r.SignalThrown):
                self.broadcast_signal(record.name, record.variables, thrower)
            elif isinstance(record, r.MessageSubscriptionOpened):
                for message in list(self.unclaimed):
                    if self._correlate(message):
                        self.unclaimed.remove(message)
                        break

    def _publish(self, message: r.MessageThrown) -> None:
        if self._correlate(message):
            return
        starts = self._starts(EventType.MESSAGE, message.name)
        if not starts:
            self.unclaimed.append(message)
        for process_id, start in starts:
            self.start(process_id, message.variables, start)

    def _correlate(self, message: r.MessageThrown) -> bool:
        for case in self.cases:
            for key, each in list(case.watch.messages.items()):
                if case.ended or each.message_name != message.name or each.correlation_key != message.correlation_key:
                    continue
                case.command(partial(Machine.message_correlated, subscription_key=key, variables=message.variables))
                return True
        return False

    def _starts(self, kind: EventType, name: str) -> list[tuple[str, str]]:
        """Return process and start event that a message or signal of this name starts."""
        found = []
        for process_id, program in self.world.programs.items():
            for start in program.scope.triggers():
                written = start.message_name if kind is EventType.MESSAGE else start.signal_name
                if start.kind is kind and written is not None and written.source.strip('"') == name:
                    found.append((process_id, start.element_id))
        return found
