"""What follows from a command event, worked out from recorded facts alone: the same now and in every re-execution."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Connection

from engine.commands.calendars import Calendars
from engine.commands.clocks import ClockBook, ClockReactor
from engine.commands.clocks.book import PART as CLOCKS_PART
from engine.commands.clocks.feel import ActorView, case_functions
from engine.commands.clocks.limits import DECISION
from engine.commands.clocks.runners import CLOCK_RUNNERS
from engine.commands.offering import Offering
from engine.commands.outside import CaseOutside
from engine.commands.programs import Programs
from engine.commands.runners import RUNNERS
from engine.deadlines import Calendar
from engine.definitions.model import Binding, FlowNode
from engine.definitions.repository import DecisionUnknown, Definitions
from engine.execution import Machine, Program, Record, to_payload
from engine.execution import records as r
from engine.feel.json import to_json
from engine.history.event import type_name
from engine.history.events import CommandEvent, TimerFired
from engine.history.facts import Facts
from engine.history.paper_events import TextVersionSaved
from engine.history.people_events import CaseEntered
from engine.store.documents import ContentStore, MemoryStore

Derived = tuple[str, dict[str, Any]]
"""Type and payload of an event that follows from a command event."""

NATURE = "nature"
"""The property that says what an element is about where that restricts actions: 处罚, 人事, 资金, 不予."""

LoadPart = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Sources:
    """Where facts are found when a command is executed for the first time; all of it versioned."""

    definitions: Definitions
    programs: Programs
    calendars: Calendars
    contents: ContentStore = field(default_factory=MemoryStore)
    """Stored files by their digests."""


@dataclass(frozen=True, slots=True)
class Setting:
    """In which circumstances a command event happens."""

    root_key: int
    at: datetime
    actor_id: str
    actor_name: str
    connection: Connection
    sources: Sources
    facts: Facts
    load_part: LoadPart


@dataclass(slots=True)
class Production:
    """What a command event brings about: the events that follow, and the state parts to save (None: remove)."""

    derived: list[Derived] = field(default_factory=list)
    parts: dict[str, str | None] = field(default_factory=dict)
    ended: bool = False


def produce(event: CommandEvent, setting: Setting) -> Production:
    """Run ``event`` and return what follows from it. Raises what execution or the clocks refuse."""
    return _Producer(setting).run(event)


class _Producer:
    """One production. It is the machine source that runners see."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self.root_key = setting.root_key
        self.outside = CaseOutside(
            now=setting.at,
            facts=setting.facts,
            connection=setting.connection,
            definitions=setting.sources.definitions,
            programs=setting.sources.programs,
            functions=case_functions(lambda: self._book, lambda: self._calendar),
            # What a decision answers is one fact; what it reads on the way is none.
            decision_functions=case_functions(lambda: self._book, self._calendar_in_force),
            ambient=ActorView(setting.actor_id, self._actor_name),
            load_part=setting.load_part,
        )
        self._machine: Machine | None = None
        """Set by ``run`` before anything asks for it."""
        self._fresh: list[int] = []
        self._offering = Offering(setting.connection, setting.facts, setting.load_part)

    def load(self) -> Machine:
        return Machine.load(self._setting.load_part, self.outside)

    def program_of(self, definition_key: int) -> Program:
        return self.outside.program_by_key(definition_key)

    def run(self, event: CommandEvent) -> Production:
        machine = RUNNERS[type(event)](event, self)
        production = Production(derived=self._offering.happened(event))
        desk = self.outside.desk
        if isinstance(event, TextVersionSaved):
            desk.happened(type_name(type(event)), event.to_payload())
        if machine is None:
            self._run_clocks(event, production)
            self._offering.save(production.parts)
            desk.save(production.parts)
            return production
        self._machine = machine
        if isinstance(event, CaseEntered):
            for entered in event.clocks:
                self._reactor.enter(entered["limit_id"], entered["started_on"], entered["evidence"])
        if isinstance(event, TimerFired):
            self._forget(event.key)
        for record in machine.records:
            production.derived += self._derive(record)
        production.derived += desk.take_rest()
        ended = machine.completed or machine.terminated
        if self._reactor_used or self._book_exists:
            self._finish_clocks(production, ended)
        production.parts.update(machine.changed_parts())
        self._offering.save(production.parts)
        desk.save(production.parts)
        production.ended = ended
        return production

    # --- records -------------------------------------------------------------------------------------------------

    def _derive(self, record: Record) -> list[Derived]:
        payload = to_payload(record)
        del payload["record"]
        derived: list[Derived] = [(type_name(type(record)), payload)]
        match record:
            case r.ElementActivated(element_type="PROCESS") if record.key != self.root_key:
                derived.append(("process_instance_called", self._called(record)))
            case r.ElementCompleted():
                self._forget(record.key)
                derived += self._offering.gone(record.key)
                derived += self.outside.desk.take(record.key)
                node = self._node(record.definition_key, record.element_id)
                if node is not None and _has_clocks(node):
                    seen = self.outside.seen.pop(record.key, None)
                    self._reactor.element_completed(node.name or node.id, node.properties, seen)
                    derived += self._take_clock_events()
            case r.ElementTerminated() | r.TimerCanceled():
                self._forget(record.key)
                derived += self._offering.gone(record.key)
            case r.UserTaskCreated():
                self._complete_user_task_payload(record, payload)
                model = self.program_of(record.definition_key).model
                derived += self._offering.created(payload, model.properties.get("department"))
            case r.TimerScheduled():
                node = self._node(record.definition_key, record.element_id)
                follows = None if node is None else self._following_timer(record.key, node)
                payload["follows_clock"] = follows
            case _:
                pass
        return derived

    def _called(self, record: r.ElementActivated) -> dict[str, Any]:
        row = self._setting.sources.definitions.process(self._setting.connection, record.definition_key)
        initiator = self._root_variables().get("initiator") or {}
        return {
            "key": record.key,
            "definition_key": record.definition_key,
            "process_id": row["process_id"],
            "version": row["version"],
            "title": row["name"],
            "parent_element_instance_key": record.flow_scope_key,
            "parent_key": self._parent_of(record),
            "initiator_id": initiator.get("id", ""),
            "department": initiator.get("department"),
        }

    def _parent_of(self, record: r.ElementActivated) -> int:
        """The process instance of the calling element: a record of its beginning or end says it, else it is alive."""
        machine, caller = self._running_machine, record.flow_scope_key
        if caller is None:
            return self.root_key
        for other in reversed(machine.records):
            if isinstance(other, r.ElementActivated | r.ElementCompleted | r.ElementTerminated) and other.key == caller:
                return other.process_instance_key
        return machine.element(caller).process_instance_key

    def _complete_user_task_payload(self, record: r.UserTaskCreated, payload: dict[str, Any]) -> None:
        payload["form_key"] = None
        if record.form_id is not None:
            payload["form_key"] = self.outside.form_key(
                record.form_id, record.form_binding, record.form_version_tag, record.definition_key
            )
        node = self._node(record.definition_key, record.element_id)
        payload["nature"] = self._nature(record.definition_key, node)
        payload["clock"] = None
        if node is not None and "clock.due" in node.properties:
            payload["clock"] = self._reactor.user_task_created(record.key, node.properties)
            self._fresh.append(record.key)

    def _nature(self, definition_key: int, node: FlowNode | None) -> str | None:
        said = None if node is None else node.properties.get(NATURE)
        return said or self.program_of(definition_key).model.properties.get(NATURE)

    def _following_timer(self, key: int, node: FlowNode) -> str | None:
        if "clock.follows" not in node.properties:
            return None
        self._fresh.append(key)
        return self._reactor.timer_scheduled(key, node.properties)

    def _node(self, definition_key: int, element_id: str) -> FlowNode | None:
        return self.program_of(definition_key).model.node(element_id)

    # --- clocks --------------------------------------------------------------------------------------------------

    def _run_clocks(self, event: CommandEvent, production: Production) -> None:
        """Carry out a command on clocks, which leaves the execution state as it is."""
        runner = CLOCK_RUNNERS.get(type(event))
        if runner is not None:
            runner(event, self._reactor)
            self._finish_clocks(production, False)

    def _finish_clocks(self, production: Production, ended: bool) -> None:
        if ended:
            self._reactor.case_ended()
        self._reactor.tell_followers(self._fresh)
        production.derived += self._take_clock_events()
        for type_, payload in production.derived:
            if type_ == "timer_scheduled" and payload.get("follows_clock"):
                payload["due_at"] = self._reactor.due_text(payload["follows_clock"])
            elif type_ == "user_task_created" and payload.get("clock"):
                payload["due_date"] = self._reactor.due_text(payload["clock"])
        production.parts[CLOCKS_PART] = self._book.save()

    def _take_clock_events(self) -> list[Derived]:
        events = self._reactor.events
        self._reactor.events = []
        return events

    def _forget(self, key: int) -> None:
        if self._book_exists:
            self._reactor.gone(key)

    @cached_property
    def _book_text(self) -> str | None:
        return self._setting.load_part(CLOCKS_PART)

    @property
    def _book_exists(self) -> bool:
        return self._reactor_used or self._book_text is not None

    @property
    def _reactor_used(self) -> bool:
        return "_reactor" in self.__dict__

    @cached_property
    def _book(self) -> ClockBook:
        return ClockBook.load(self._book_text)

    @cached_property
    def _reactor(self) -> ClockReactor:
        return ClockReactor(
            book=self._book,
            root_key=self.root_key,
            now=self._setting.at,
            actor_name=self._actor_name,
            limits=self,
            calendar=lambda: self._calendar,
            variables=lambda: ChainMap(dict(self._root_variables()), self.outside.ambient),  # type: ignore[arg-type]
            functions=self.outside.functions,
        )

    @cached_property
    def _known_actor_name(self) -> str:
        return str(self._setting.facts.ask("actor_name", None, lambda: self._setting.actor_name))

    def _actor_name(self) -> str:
        return self._known_actor_name

    def _calendar_in_force(self) -> Calendar:
        return self._setting.sources.calendars.current(self._setting.connection)

    @cached_property
    def _calendar(self) -> Calendar:
        calendars, connection = self._setting.sources.calendars, self._setting.connection
        version = self._setting.facts.ask("calendar", None, lambda: calendars.current_version(connection))
        return calendars.get(connection, version)

    def _root_variables(self) -> Mapping[str, Any]:
        return self._running_machine.variables(self.root_key)

    @property
    def _running_machine(self) -> Machine:
        if self._machine is None:
            raise RuntimeError("no machine has run yet")
        return self._machine

    def row(self, limit_id: str, day: date) -> Mapping[str, Any] | None:
        """Return the row of the table of time limits; a fact."""
        answer = self._setting.facts.ask(
            "time_limit", [limit_id, day.isoformat()], lambda: self._look_up(limit_id, day)
        )
        return None if answer is None else dict(answer)

    def _look_up(self, limit_id: str, day: date) -> Any:
        definitions, connection = self._setting.sources.definitions, self._setting.connection
        try:
            key = definitions.resolve_decision(connection, DECISION, Binding.LATEST, None, 0)
        except DecisionUnknown:
            return None
        model = definitions.decision_model(connection, key)
        return to_json(model.evaluate(DECISION, {"limit_id": limit_id, "starting_date": day}))


def _has_clocks(node: FlowNode) -> bool:
    return any(name.startswith("clock.") for name in node.properties)
