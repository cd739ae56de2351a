"""What events wait for or throw: event definitions with their messages, timers, signals, errors and the rest."""

from __future__ import annotations

from lxml import etree

from engine.definitions.model import EventDefinition, EventType, Expression, MessageReference, TimerKind
from engine.definitions.reading.document import Document, is_bpmn, is_true, line_of, local
from engine.definitions.reading.expressions import formal, timer, value

EVENT_TYPES = {
    "messageEventDefinition": EventType.MESSAGE,
    "timerEventDefinition": EventType.TIMER,
    "signalEventDefinition": EventType.SIGNAL,
    "errorEventDefinition": EventType.ERROR,
    "escalationEventDefinition": EventType.ESCALATION,
    "conditionalEventDefinition": EventType.CONDITIONAL,
    "linkEventDefinition": EventType.LINK,
    "compensateEventDefinition": EventType.COMPENSATION,
    "terminateEventDefinition": EventType.TERMINATE,
    "cancelEventDefinition": EventType.CANCEL,
}
TIMER_KINDS = {
    "timeDate": TimerKind.DATE,
    "timeDuration": TimerKind.DURATION,
    "timeCycle": TimerKind.CYCLE,
}


def definitions_of(document: Document, event: etree._Element) -> list[etree._Element]:
    """Return an event's definitions in document order: its own, and the shared ones it refers to."""
    found = []
    for child in document.children(event, *EVENT_TYPES, "eventDefinitionRef"):
        target = document.target_of(child.text) if local(child) == "eventDefinitionRef" else child
        if target is not None and is_bpmn(target) and local(target) in EVENT_TYPES:
            found.append(target)
    return found


def read_event(document: Document, event: etree._Element) -> EventDefinition:
    """Read the first definition of an event; more than one is refused elsewhere (``support``)."""
    definitions = definitions_of(document, event)
    if not definitions:
        return EventDefinition(EventType.NONE, line=line_of(event))
    definition = definitions[0]
    kind = EVENT_TYPES[local(definition)]
    reader = _READERS.get(kind)
    return EventDefinition(kind, line_of(definition)) if reader is None else reader(document, definition)


def message(document: Document, reference: str | None) -> MessageReference | None:
    """Read the message behind ``messageRef``; one without a name is named by its id."""
    target = document.target_of(reference)
    if target is None:
        return None
    name = value(document, target.get("name") or target.get("id"), target)
    subscription = document.extension(target, "subscription")
    key = None if subscription is None else value(document, subscription.get("correlationKey"), subscription)
    return None if name is None else MessageReference(name, key)


def _message(document: Document, item: etree._Element) -> EventDefinition:
    return EventDefinition(EventType.MESSAGE, line_of(item), message=message(document, item.get("messageRef")))


def _timer(document: Document, item: etree._Element) -> EventDefinition:
    for child in document.children(item, *TIMER_KINDS):
        kind = TIMER_KINDS[local(child)]
        return EventDefinition(EventType.TIMER, line_of(item), timer_kind=kind, timer=timer(document, child, kind))
    return EventDefinition(EventType.TIMER, line_of(item))


def _signal(document: Document, item: etree._Element) -> EventDefinition:
    name = _named(document, item.get("signalRef"), "name")
    return EventDefinition(EventType.SIGNAL, line_of(item), signal_name=name)


def _error(document: Document, item: etree._Element) -> EventDefinition:
    return EventDefinition(
        EventType.ERROR, line_of(item), error_code=_coded(document, item.get("errorRef"), "errorCode")
    )


def _escalation(document: Document, item: etree._Element) -> EventDefinition:
    code = _coded(document, item.get("escalationRef"), "escalationCode")
    return EventDefinition(EventType.ESCALATION, line_of(item), escalation_code=code)


def _coded(document: Document, reference: str | None, attribute: str) -> Expression | None:
    """Return an error's or escalation's code; without one a catching event catches all (tables 10.95 and 10.96)."""
    target = document.target_of(reference)
    return None if target is None else value(document, target.get(attribute), target)


def _named(document: Document, reference: str | None, attribute: str) -> Expression | None:
    """Return a signal's name; one without it is known by its id."""
    target = document.target_of(reference)
    return None if target is None else value(document, target.get(attribute) or target.get("id"), target)


def _condition(document: Document, item: etree._Element) -> EventDefinition:
    condition = formal(document, document.child(item, "condition"))
    return EventDefinition(EventType.CONDITIONAL, line_of(item), condition=condition)


def _link(document: Document, item: etree._Element) -> EventDefinition:
    return EventDefinition(EventType.LINK, line_of(item), link_name=item.get("name"))


def _compensation(document: Document, item: etree._Element) -> EventDefinition:
    activity = document.target_of(item.get("activityRef"))
    waits = item.get("waitForCompletion") is None or is_true(item.get("waitForCompletion"))
    return EventDefinition(
        EventType.COMPENSATION,
        line_of(item),
        compensation_activity=None if activity is None else activity.get("id"),
        wait_for_completion=waits,
    )


_READERS = {
    EventType.MESSAGE: _message,
    EventType.TIMER: _timer,
    EventType.SIGNAL: _signal,
    EventType.ERROR: _error,
    EventType.ESCALATION: _escalation,
    EventType.CONDITIONAL: _condition,
    EventType.LINK: _link,
    EventType.COMPENSATION: _compensation,
}
