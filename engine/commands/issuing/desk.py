"""Carries out what diagrams say of numbers, texts, services and seals, for the elements that one command leaves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Connection

from engine.clock import LEGAL_ZONE
from engine.commands.issuing import properties as p
from engine.commands.issuing.allocation import allocate
from engine.commands.issuing.book import PART, IssuingBook
from engine.commands.issuing.properties import Said
from engine.commands.issuing.sealing import Ask, seal_events
from engine.commands.issuing.serving import service_of
from engine.commands.issuing.texts import text_events
from engine.definitions.model import FlowNode

Derived = tuple[str, dict[str, Any]]

RESULT = "document_number"
"""The variable that gets the number where the element names no other."""


class IssuingDesk:
    """What was issued waits here for the record of the element's end, to stand behind it in history."""

    def __init__(
        self,
        *,
        now: datetime,
        ask: Ask,
        connection: Connection,
        load_part: Callable[[str], str | None],
        functions: Callable[[], Mapping[str, Callable[..., object]]],
    ) -> None:
        self._now = now
        self._ask = ask
        self._connection = connection
        self._load_part = load_part
        self._functions = functions
        self._waiting: dict[int, list[Derived]] = {}
        self._changed = False

    def issue(
        self, node: FlowNode, key: int, process_instance_key: int, context: Mapping[str, object]
    ) -> dict[str, object]:
        """Do what an element's properties ask for; return the variables to set.

        Everything else is looked at before a number is given, so that none is given in vain. Raises IssuingRefused,
        TextFrozen, ServiceIncomplete, SealUnknown, SealNotHere, NumberSeriesUnknown, NumberNotReserved.
        """
        said = Said(node, context, self._now, self._functions())
        events = self._texts(said, key, process_instance_key)
        if said.has(p.SERVICE) and said.holds(p.SERVICE_IF):
            today = self._now.astimezone(LEGAL_ZONE).date()
            events.append(("paper_served", service_of(said, key, process_instance_key, node.id, today)))
        events += self._seals(said, key, process_instance_key, node.id)
        numbers = self._numbers(said, key, process_instance_key, node.id)
        variables: dict[str, object] = {payload["result"]: payload["text"] for _, payload in numbers}
        self._number_papers(said, events, variables)
        for type_, payload in (*numbers, *events):
            self._note(type_, payload)
            self._waiting.setdefault(key, []).append((type_, payload))
        return variables

    def take(self, key: int) -> list[Derived]:
        """Return, once, what was issued when an element instance was left."""
        return self._waiting.pop(key, [])

    def take_rest(self) -> list[Derived]:
        """Return what was issued by elements that failed afterwards and will not be asked again."""
        rest = [event for key in sorted(self._waiting) for event in self._waiting[key]]
        self._waiting.clear()
        return rest

    def happened(self, type_: str, payload: Mapping[str, Any]) -> None:
        """Take over what a command event says of texts."""
        if type_ == "text_version_saved":
            self._note(type_, payload)

    def save(self, parts: dict[str, str | None]) -> None:
        """Add the state part if it changed."""
        if self._changed:
            parts[PART] = self._book.save()

    @cached_property
    def _book(self) -> IssuingBook:
        return IssuingBook.load(self._load_part(PART))

    def _note(self, type_: str, payload: Mapping[str, Any]) -> None:
        if type_.startswith(("text_", "seal_taken", "seal_returned")):
            self._book.note(type_, payload)
            self._changed = True

    def _texts(self, said: Said, key: int, process_instance_key: int) -> list[Derived]:
        if not said.has(p.DRAFT) and not said.has(p.FREEZE):
            return []
        return text_events(said, self._book, key, process_instance_key)

    def _seals(self, said: Said, key: int, process_instance_key: int, element_id: str) -> list[Derived]:
        if not any(said.has(name) for name in (p.SEAL_USE, p.SEAL_OUT, p.SEAL_RETURN)):
            return []
        return seal_events(
            said, self._book, key, process_instance_key, element_id, self._now, self._ask, self._connection
        )

    def _numbers(self, said: Said, key: int, process_instance_key: int, element_id: str) -> list[Derived]:
        if not said.has(p.SERIES) or not said.holds(p.NUMBER_IF):
            return []
        series = p.parts(said.text(p.SERIES) or "")
        results = p.parts(said.raw(p.RESULT)) or [RESULT]
        if not series or len(series) != len(results) or len(set(results)) != len(results):
            raise said.refused("的编号系列和结果变量应一一对应，且不能为空。请检查流程图。")
        reserved = said.value(p.RESERVED)
        if reserved not in (None, "") and len(series) > 1:
            raise said.refused("同时取几个号时不能使用预留的号。请检查流程图。")
        title = said.text(p.NUMBER_TITLE) or said.words("document_title", "title")
        where = {"title": title, "process_instance_key": process_instance_key}
        where |= {"element_instance_key": key, "element_id": element_id}
        return [
            ("number_allocated", {**self._allocate(series_id, reserved), **where, "result": result})
            for series_id, result in zip(series, results, strict=True)
        ]

    def _allocate(self, series_id: str, reserved: Any) -> dict[str, Any]:
        return dict(
            self._ask(
                "number",
                [series_id, reserved],
                lambda: allocate(self._connection, series_id, self._now, reserved).as_fact(),
            )
        )

    def _number_papers(self, said: Said, events: list[Derived], issued: Mapping[str, object]) -> None:
        """Registers name the number of the paper, or of the entry, that was given in the same moment."""
        for type_, payload in events:
            if type_ == "paper_served":
                number = said.text(p.SERVICE_NUMBER) or issued.get(RESULT)
                payload["number"] = number or said.words("paper_number", "document_number")
            elif type_ == "seal_used":
                first = next(iter(issued.values()), None)
                payload["number"] = first if first is not None else said.words("register_number")
