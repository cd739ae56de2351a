"""Versions of a text when an element is left: what its form changed becomes a version, what it signs is frozen."""

from __future__ import annotations

from typing import Any

from engine.commands.issuing import properties as p
from engine.commands.issuing.book import IssuingBook, TextState
from engine.commands.issuing.errors import TextFrozen
from engine.commands.issuing.properties import Said
from engine.documents.texts import digest_of, paragraphs_of

Derived = tuple[str, dict[str, Any]]


def text_events(said: Said, book: IssuingBook, key: int, process_instance_key: int) -> list[Derived]:
    """Return what happens to the texts that an element names. Raises IssuingRefused, TextFrozen, TextUnreadable."""
    freezes = said.has(p.FREEZE) and said.holds(p.FREEZE_IF)
    events: list[Derived] = []
    states: dict[str, TextState | None] = {}
    names = [*p.parts(said.raw(p.DRAFT)), *(p.parts(said.raw(p.FREEZE)) if freezes else ())]
    for name in dict.fromkeys(names):
        state = book.texts.get((process_instance_key, name))
        saved = _from_variable(said, state, key, process_instance_key, name)
        if saved is not None:
            events.append(("text_version_saved", saved))
            state = TextState(saved["version"], saved["digest"], saved["digest"])
        states[name] = state
    for name in p.parts(said.raw(p.FREEZE)) if freezes else ():
        events.append(("text_frozen", _frozen(said, states[name], key, process_instance_key, name)))
    return events


def _from_variable(
    said: Said, state: TextState | None, key: int, process_instance_key: int, name: str
) -> dict[str, Any] | None:
    """The version that the form's text makes; None where there is none or it is the newest already."""
    variable = said.raw(p.DRAFT_VARIABLE)
    text = said.variable(variable) if variable else None
    if not isinstance(text, str):
        return None
    content = paragraphs_of(text)
    digest = digest_of(content)
    if state is not None and state.text_digest == digest:
        return None
    if state is not None and state.frozen_by is not None and key < state.frozen_by:
        raise TextFrozen(f"{name}已签发定稿，不能再改；确需修改的，请退回拟稿环节重新办理。")
    return {
        "process_instance_key": process_instance_key,
        "name": name,
        "version": 1 if state is None else state.version + 1,
        "content": content,
        "document": None,
        "digest": digest,
        "note": said.name,
        "restored_from": None,
        "user_task_key": key,
        "variable": variable,
    }


def _frozen(said: Said, state: TextState | None, key: int, process_instance_key: int, name: str) -> dict[str, Any]:
    if state is None:
        raise said.refused(f"要签发的{name}还没有内容，请先起草。")
    return {
        "process_instance_key": process_instance_key,
        "name": name,
        "version": state.version,
        "digest": state.digest,
        "element_instance_key": key,
    }
