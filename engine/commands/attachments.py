"""Files in forms: what a ``filepicker`` names must have been uploaded by who submits it, for this and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update

from engine.attachments.kinds import TYPES
from engine.attachments.receiving import MEGABYTE
from engine.commands.case import Case
from engine.commands.errors import FormRefused
from engine.commands.runners import runs, untouched
from engine.commands.unit import UnitOfWork
from engine.history.record_events import AttachmentsTaken
from engine.queries.documents import UPLOAD
from engine.store.keys import case_of
from engine.store.tables.general import document

__all__ = ["UPLOAD", "check_attachments", "picked_in", "take_attachments", "take_evidence", "taken_item"]

runs(AttachmentsTaken)(untouched)

_MEMBERS = {"name": "file_name", "digest": "digest", "size": "size", "contentType": "content_type"}
"""What a form says of a file, and the column that must say the same: history keeps the form's words."""

Component = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Picked:
    """A file named in form data: where (``path``), in which variable, by which component."""

    path: str
    variable: str
    component: Component
    value: Mapping[str, Any]


def picked_in(schema: Mapping[str, Any], data: Mapping[str, Any]) -> list[Picked]:
    """Return every file that the data of a form names."""
    return list(_walk(schema.get("components"), data, "", None))


def check_attachments(
    unit: UnitOfWork, schema: Mapping[str, Any], data: Mapping[str, Any], root_key: int | None
) -> list[dict[str, Any]]:
    """Return the files that the case has not taken yet, as ``AttachmentsTaken`` has them.

    Raises FormRefused for files that are not there, another's, taken by another case, or not of the field's kind.
    """
    problems: dict[str, list[str]] = {}
    fresh: dict[str, dict[str, Any]] = {}
    for picked in picked_in(schema, data):
        row = _row(unit, picked.value.get("documentId"))
        wrong = _wrong(unit, picked, row, root_key)
        if wrong is not None or row is None:
            problems.setdefault(picked.path, []).append(wrong or "")
        elif row["process_instance_key"] is None:
            fresh[row["id"]] = taken_item(row, picked.variable)
    if problems:
        raise FormRefused("附件有误，请按提示改正后重新提交。", details={"fields": problems})
    return list(fresh.values())


def take_attachments(
    unit: UnitOfWork,
    case: Case,
    items: list[dict[str, Any]],
    *,
    task_key: int | None = None,
    element_id: str | None = None,
    note: str | None = None,
) -> None:
    """Let the case take files; nothing where there are none."""
    if not items:
        return
    case.execute(AttachmentsTaken(task_key=task_key, element_id=element_id, items=items, note=note))
    ids = [item["document_id"] for item in items]
    unit.connection.execute(
        update(document).where(document.c.id.in_(ids)).values(process_instance_key=case.root_key, expires_at=None)
    )


def take_evidence(unit: UnitOfWork, case: Case, id_: str | None, task_key: int) -> None:
    """Let the case take a file that a command names as evidence, such as a scan; one of a program's stays as it is.

    Raises FormRefused for another person's file, and for one that another case took.
    """
    row = None if id_ is None else _row(unit, id_)
    if row is None:
        return
    taken = row["process_instance_key"]
    strange = case_of(taken) != case.root_key if taken is not None else row["actor_id"] != unit.actor.id
    if strange:
        message = f"文件“{row['file_name']}”不是您为此案上传的，请重新上传。"
        raise FormRefused(message, details={"fields": {"documentId": [message]}})
    if taken is None:
        take_attachments(unit, case, [taken_item(row, None)], task_key=task_key)


def taken_item(row: Mapping[Any, Any], variable: str | None) -> dict[str, Any]:
    """Return a document as ``AttachmentsTaken`` has it."""
    return {
        "document_id": row["id"],
        "name": row["file_name"],
        "digest": row["digest"],
        "size": row["size"],
        "content_type": row["content_type"],
        "field": variable,
    }


def _walk(components: Any, data: Any, path: str, variable: str | None) -> Iterator[Picked]:
    for component in components if isinstance(components, list) else []:
        if not isinstance(component, Mapping):
            continue
        if component.get("type") == "filepicker":
            yield from _picked(component, data, path, variable)
        elif component.get("type") == "dynamiclist":
            place, rows, name = _inside(component.get("path"), data, path, variable)
            for number, row in enumerate(rows if isinstance(rows, list) else []):
                yield from _walk(component.get("components"), row, f"{place}[{number}]", name)
        else:
            place, inner, name = _inside(component.get("path"), data, path, variable)
            yield from _walk(component.get("components"), inner, place, name)


def _picked(component: Component, data: Any, path: str, variable: str | None) -> Iterator[Picked]:
    place, value, name = _inside(component.get("key"), data, path, variable)
    for each in value if isinstance(value, list) else []:
        if isinstance(each, Mapping):
            yield Picked(place, name or place, component, each)


def _inside(steps: Any, data: Any, path: str, variable: str | None) -> tuple[str, Any, str | None]:
    """Follow a component's path: where it leads, what is there, and the outermost variable of it."""
    for step in steps.split(".") if isinstance(steps, str) and steps else []:
        data = data.get(step) if isinstance(data, Mapping) else None
        path = f"{path}.{step}" if path else step
        variable = variable or step
    return path, data, variable


def _row(unit: UnitOfWork, id_: Any) -> Mapping[Any, Any] | None:
    if not isinstance(id_, str):
        return None
    query = select(document).where(document.c.id == id_, document.c.purpose == UPLOAD)
    if unit.connection.dialect.name == "postgresql":
        query = query.with_for_update()
    return unit.connection.execute(query).mappings().first()


def _wrong(unit: UnitOfWork, picked: Picked, row: Mapping[Any, Any] | None, root_key: int | None) -> str | None:
    name = str(picked.value.get("name") or "")[:50]
    if row is None or (row["expires_at"] is not None and row["expires_at"] < unit.now):
        return f"文件“{name}”已不在，请重新上传。"
    case = row["process_instance_key"]
    if case is None and row["actor_id"] not in (unit.actor.id, unit.on_behalf_of):
        return f"文件“{name}”不是您上传的，请自行上传。"
    if case is not None and (root_key is None or case_of(case) != root_key):
        return f"文件“{name}”已用于其他案件，请重新上传。"
    if any(picked.value.get(member) != row[column] for member, column in _MEMBERS.items()):
        return f"文件“{name}”的说明与上传的不符，请重新选择。"
    return _unfit(picked.component, row)


def _unfit(component: Component, row: Mapping[Any, Any]) -> str | None:
    """What the field asks of its files: ``accept`` as in HTML, and ``maxMegabytes`` among its properties."""
    accepted = [each.strip().lower() for each in str(component.get("accept") or "").split(",") if each.strip()]
    if accepted and not any(_accepts(each, row) for each in accepted):
        return f"“{row['file_name']}”不是此项要求的格式（{'、'.join(accepted)}）。"
    properties = component.get("properties")
    largest = properties.get("maxMegabytes") if isinstance(properties, Mapping) else None
    if str(largest or "").isdigit() and row["size"] > int(str(largest)) * MEGABYTE:
        return f"“{row['file_name']}”超过此项允许的 {largest} 兆字节。"
    return None


def _accepts(wanted: str, row: Mapping[Any, Any]) -> bool:
    media_type = str(row["content_type"])
    if wanted.startswith("."):
        named = TYPES.get(wanted[1:])
        return named is not None and named.media_type == media_type
    return media_type == wanted or (wanted.endswith("/*") and media_type.startswith(wanted[:-1]))
