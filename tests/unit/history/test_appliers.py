"""Every event type has an applier; read models are what the appliers make of history, at every step."""

from __future__ import annotations

import inspect
import re
import sys
from pathlib import Path

import pytest

import engine.platform  # brings every command of the program in
from engine.commands.clocks import reactor
from engine.execution import RECORD_TYPES
from engine.history.appliers import APPLIERS
from engine.history.appliers.registry import ApplierMissing, apply
from engine.history.event import Event, type_name
from engine.history.events import COMMAND_EVENTS, CommandEvent
from engine.store.batch import Batch
from tests.unit.commands.platforms import MONDAY

IRREGULAR = {"Begun", "Drawn", "Given", "Held", "Kept", "Read", "Sent", "Set", "Taken", "Thrown", "Took", "Withdrawn"}
"""Past tenses that do not end in ``ed``."""

CLOCK_EVENTS = {"clock_started", "clock_changed", "timer_rescheduled", "user_task_due_changed"}
CASE_EVENTS = {"process_instance_called"}


def command_event_classes() -> list[type[CommandEvent]]:
    """Return every class of command events in the program, wherever it is defined."""
    found, waiting = [], [CommandEvent]
    while waiting:
        children = waiting.pop().__subclasses__()
        found += [child for child in children if child.__module__.startswith("engine.")]
        waiting += children
    # A dataclass with slots is a second class made of the first, which lingers until it is collected.
    real = {cls for cls in found if getattr(sys.modules[cls.__module__], cls.__name__, None) is cls}
    return sorted(real, key=lambda cls: cls.__name__)


def test_every_command_event_is_listed() -> None:
    assert set(COMMAND_EVENTS.values()) == set(command_event_classes())


@pytest.mark.parametrize("cls", command_event_classes(), ids=lambda cls: cls.__name__)
def test_every_command_event_has_an_applier(cls: type[CommandEvent]) -> None:
    assert type_name(cls) in APPLIERS


@pytest.mark.parametrize("cls", RECORD_TYPES.values(), ids=lambda cls: cls.__name__)
def test_every_record_of_execution_has_an_applier(cls: type) -> None:
    assert type_name(cls) in APPLIERS


def test_every_event_of_clocks_and_called_cases_has_an_applier() -> None:
    """What the reactor can say is read from its source, so that a new word is not forgotten here."""
    source = inspect.getsource(reactor)
    said = {word for word in APPLIERS if f'"{word}"' in source}

    assert said == CLOCK_EVENTS
    assert APPLIERS.keys() >= CASE_EVENTS


def test_no_applier_is_for_an_event_that_nobody_writes() -> None:
    known = COMMAND_EVENTS.keys() | {type_name(cls) for cls in RECORD_TYPES.values()}
    program = Path(engine.platform.__file__).parent
    written = "".join(file.read_text("utf-8") for file in program.rglob("*.py") if "appliers" not in file.parts)

    assert {word for word in APPLIERS.keys() - known if f'"{word}"' not in written} == set()


def test_events_are_frozen_and_in_the_past_tense() -> None:
    for cls in command_event_classes():
        assert cls.__dataclass_params__.frozen, cls  # type: ignore[attr-defined]
        words = re.findall("[A-Z][a-z]*", cls.__name__)
        assert any(word.endswith(("ed", "en")) or word in IRREGULAR for word in words), cls
        assert cls.VERSION >= 1


def test_an_event_of_a_newer_program_is_refused_by_name() -> None:
    event = Event(1, 1, 1, MONDAY, "invented_later", 1, "clerk", None, {})

    with pytest.raises(ApplierMissing, match="invented_later") as caught:
        apply(event, Batch())

    assert caught.value.code == "history.applier-missing"
