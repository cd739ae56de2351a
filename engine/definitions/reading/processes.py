"""A file's processes and its collaboration."""

from __future__ import annotations

from lxml import etree

from engine.definitions.model import DefinitionsModel, MessageFlow, ProcessModel
from engine.definitions.reading import extensions
from engine.definitions.reading.document import Document, is_true, line_of, zeebe
from engine.definitions.reading.scopes import lane_names, read_scope


def read_definitions(document: Document) -> DefinitionsModel:
    """Read every process that is to run, and the collaboration around them."""
    return DefinitionsModel(
        file=document.file,
        processes=tuple(read_process(document, process) for process in document.processes_to_run),
        message_flows=_message_flows(document),
        participants=_participants(document),
    )


def read_process(document: Document, process: etree._Element) -> ProcessModel:
    """Read one process."""
    lanes, names = lane_names(document, process)
    tag = document.extension(process, "versionTag")
    return ProcessModel(
        id=process.get("id") or f"process_{line_of(process)}",
        name=process.get("name") or None,
        body=read_scope(document, process, lanes),
        line=line_of(process),
        executable=is_true(process.get("isExecutable")),
        embedded_forms=_embedded_forms(document, process),
        version_tag=None if tag is None else tag.get("value") or None,
        documentation=document.documentation(process),
        lanes=names,
        properties=extensions.properties(document, process),
        listeners=extensions.listeners(document, process),
    )


def _embedded_forms(document: Document, process: etree._Element) -> dict[str, str]:
    holder = document.child(process, "extensionElements")
    if holder is None:
        return {}
    return {form.get("id", ""): (form.text or "").strip() for form in holder.iterchildren(zeebe("userTaskForm"))}


def _message_flows(document: Document) -> tuple[MessageFlow, ...]:
    return tuple(
        MessageFlow(
            flow.get("id") or f"{flow.get('sourceRef')}->{flow.get('targetRef')}",
            (flow.get("sourceRef") or "").strip(),
            (flow.get("targetRef") or "").strip(),
            flow.get("name") or None,
        )
        for flow in document.all("messageFlow")
    )


def _participants(document: Document) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for participant in document.all("participant"):
        process = document.target_of(participant.get("processRef"))
        found[participant.get("id") or f"participant_{line_of(participant)}"] = (
            None if process is None else process.get("id")
        )
    return found
