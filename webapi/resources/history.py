"""What happened in a case: replay, record, events, variables, the proof of its due dates."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from engine.queries.clocks import proof_of
from engine.queries.history import history
from engine.queries.paging import Request
from engine.queries.record import record
from engine.queries.replay import replay
from engine.queries.variables import case_scopes
from webapi.operations import operation
from webapi.schemas.base import camel_keys
from webapi.schemas.cases import HistoryPageSchema, ProofSchema, RecordSchema, ReplaySchema, VariableListSchema
from webapi.schemas.common import PageQuerySchema
from webapi.security import actor
from webapi.services import platform, read

blueprint = Blueprint("history", __name__)


@blueprint.get("/process-instances/<key:key>/replay")
@operation("逐步回放所需的全部数据", answer=ReplaySchema, errors=(404,))
def read_replay(key: int) -> dict[str, Any]:
    """Give diagrams and steps in one answer; the page folds."""
    with read() as connection:
        values = replay(connection, actor(), key, platform().sources.definitions)
    for step in values["steps"]:
        step["events"] = [camel_keys(event) for event in step["events"]]
    return values


@blueprint.get("/process-instances/<key:key>/record")
@operation("审批记录", answer=RecordSchema, errors=(404,))
def read_record(key: int) -> dict[str, Any]:
    """Give who did what, with opinion and outcome."""
    with read() as connection:
        return record(connection, actor(), key, platform().sources.definitions)


@blueprint.get("/process-instances/<key:key>/history")
@operation("事件及其散列链", query=PageQuerySchema, answer=HistoryPageSchema, errors=(400, 404))
def read_history(key: int, query: dict[str, Any]) -> Any:
    """Give a page of events as recorded."""
    with read() as connection:
        return history(connection, actor(), key, Request(**query), platform().sources.definitions)


@blueprint.get("/process-instances/<key:key>/variables")
@operation("案件的全部变量", answer=VariableListSchema, errors=(404,))
def read_variables(key: int) -> dict[str, Any]:
    """Give every variable with its scope."""
    with read() as connection:
        return case_scopes(connection, actor(), key, platform().sources.definitions)


@blueprint.get("/process-instances/<key:key>/clocks/<id_>/proof")
@operation("期限的逐日核对", answer=ProofSchema, errors=(404, 422))
def read_proof(key: int, id_: str) -> dict[str, Any]:
    """Give a due date day by day."""
    with read() as connection:
        return proof_of(connection, actor(), key, id_, platform().sources.calendars)
