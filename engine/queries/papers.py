"""Papers of a case: what templates are told of it beside its variables, and what it issued."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from engine.clock import LEGAL_ZONE
from engine.definitions.model import FlowNode
from engine.definitions.papers import PREVIEW_PROPERTY, words
from engine.definitions.repository import Definitions, PaperUnknown
from engine.documents.papers.headers import RenderHeadersInvalid, value_of
from engine.queries import names
from engine.queries.sight import Sight, require_sight
from engine.queries.viewer import Viewer
from engine.queries.visibility import hidden_fields
from engine.store.tables.papers import issued_paper
from engine.store.tables.runtime import process_instance, user_task


def case_context(connection: Connection, root_key: int) -> dict[str, Any]:
    """Return ``case``, ``steps`` and ``departments`` (id to name) as templates see them.

    ``steps`` has, by element id, the last completed user task: ``name``, ``person``, ``on`` (ISO date in
    Asia/Shanghai), ``opinion``, ``outcome``, and ``all``: the same of each, oldest first.
    """
    row = connection.execute(select(process_instance).where(process_instance.c.key == root_key)).mappings().one()
    tasks = connection.execute(
        select(user_task)
        .where(user_task.c.root_key == root_key, user_task.c.state == "COMPLETED")
        .order_by(user_task.c.ended_at, user_task.c.key)
    ).mappings()
    completed = list(tasks)
    ids = [row["initiator_id"], *(id_ for task in completed for id_ in (task["completed_by"], task["on_behalf_of"]))]
    people = names.people(connection, ids)
    departments = names.departments(connection)
    steps: dict[str, dict[str, Any]] = {}
    for task in completed:
        entry = _step(task, people)
        earlier = steps.get(task["element_id"], {}).get("all", [])
        steps[task["element_id"]] = {**entry, "all": [*earlier, entry]}
    started_by = people.get(row["initiator_id"])
    return {
        "case": {
            "title": row["title"],
            "number": row["business_key"],
            "started_on": _day(row["started_at"]),
            "started_by": None if started_by is None else started_by["name"],
            "department": departments.get(row["department"] or "", {}).get("name"),
        },
        "steps": steps,
        "departments": {id_: named["name"] for id_, named in departments.items()},
    }


def previewable_papers(
    connection: Connection, definitions: Definitions, node: FlowNode | None, scope: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Return id, title and format of the papers that a user task shows before it is signed."""
    found: list[dict[str, Any]] = []
    for paper_id in papers_shown(node, scope):
        try:
            row = definitions.latest_paper(connection, paper_id)
        except PaperUnknown:
            continue
        found.append({"id": paper_id, "title": row["title"], "format": row["format"]})
    return found


def papers_shown(node: FlowNode | None, scope: Mapping[str, Any]) -> list[str]:
    """Return the papers that an element names to be shown before it is signed; none where its FEEL fails."""
    try:
        found = value_of("" if node is None else node.properties.get(PREVIEW_PROPERTY, ""), scope)
    except RenderHeadersInvalid:
        return []
    return [str(each) for each in found] if isinstance(found, list) else list(words(str(found or "")))


def case_papers(connection: Connection, viewer: Viewer, key: int, definitions: Definitions) -> list[dict[str, Any]]:
    """Return the papers that a case issued, oldest first, without those in variables hidden from the viewer.

    Raises CaseInvisible.
    """
    root_key, _ = require_sight(connection, viewer, key, Sight.CONTENT)
    hidden = hidden_fields(connection, definitions, viewer, root_key)
    return [row for row in papers_of(connection, root_key) if row["variable"] not in hidden]


def papers_of(connection: Connection, root_key: int) -> list[dict[str, Any]]:
    """Return all papers that a case issued, oldest first."""
    query = select(issued_paper).where(issued_paper.c.root_key == root_key)
    ordered = query.order_by(issued_paper.c.at, issued_paper.c.job_key)
    return [dict(row) for row in connection.execute(ordered).mappings()]


def variable_of(connection: Connection, document_id: str, root_key: int) -> str | None:
    """Return the variable that holds the paper whose Word file or PDF a document is; None where it is no paper."""
    for row in papers_of(connection, root_key):
        if document_id in (row["document_id"], (row["pdf"] or {}).get("document_id")):
            return str(row["variable"])
    return None


def issued_by(connection: Connection, job_key: int) -> Mapping[Any, Any] | None:
    """Return the paper that a job issued, if it has."""
    return connection.execute(select(issued_paper).where(issued_paper.c.job_key == job_key)).mappings().first()


def _step(task: Mapping[Any, Any], people: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    person = people.get(task["completed_by"] or "", {}).get("name")
    if task["on_behalf_of"]:
        principal = people.get(task["on_behalf_of"], {}).get("name", "")
        person = f"{person}（受{principal}委托）"
    return {
        "name": task["name"],
        "person": person,
        "on": None if task["ended_at"] is None else _day(task["ended_at"]),
        "opinion": task["opinion"],
        "outcome": task["outcome"],
    }


def _day(moment: Any) -> str:
    return str(moment.astimezone(LEGAL_ZONE).date().isoformat())
