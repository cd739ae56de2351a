"""The built-in worker of draws: a service task of type ``banjie:expert-draw`` draws experts for its case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from engine.commands.actor import Actor
from engine.commands.bus import CommandBus
from engine.commands.draw_experts import USUAL_SIZE, CommitExpertDraw, PerformExpertDraw
from engine.errors import InvalidInput
from engine.feel import compile_expression
from engine.feel.json import to_json
from engine.store.database import reading
from engine.store.tables.runtime import job as job_table

EXPERT_DRAW = "banjie:expert-draw"
_WORKER = Actor("system:worker", "系统（内置作业）", administrator=True)


class DrawHeadersInvalid(InvalidInput):
    """The service task's headers do not say what is to be drawn."""

    code = "jobs.draw-headers-invalid"


def draw_work(bus: CommandBus, job: Mapping[str, Any]) -> dict[str, Any]:
    """Announce a draw and carry it out, once for a job; return ``experts``, ``expert_alternates``, ``expert_draw``.

    Headers (FEEL where they begin with ``=``): ``field``, ``size`` (7), ``alternates`` (3), ``applicants`` (employers'
    names), ``reason`` (of a second draw), ``witness``.
    """
    headers, variables = job["headers"], job["variables"]

    def value(name: str, default: Any = None) -> Any:
        source = headers.get(name)
        if source is None or not source.startswith("="):
            return default if source is None else source
        found = to_json(compile_expression(source[1:]).evaluate(variables))
        return default if found is None else found

    field, applicants = value("field"), value("applicants", [])
    if not isinstance(field, str) or not isinstance(applicants, list):
        raise DrawHeadersInvalid("专家抽取的作业头须给出 field（领域）和 applicants（申报单位名称的列表）。")
    try:
        size, alternates = int(value("size", USUAL_SIZE)), int(value("alternates", 3))
    except (TypeError, ValueError) as error:
        raise DrawHeadersInvalid("专家抽取的 size、alternates 应为整数。") from error
    command = CommitExpertDraw(
        _root_key(bus, job["key"]), field, size, alternates, [str(name) for name in applicants], value("reason")
    )
    committed = bus.execute(command, _WORKER, idempotency_key=f"draw-{job['key']}")
    performed = PerformExpertDraw(committed["key"], str(value("witness", "")))
    drawn = bus.execute(performed, _WORKER, idempotency_key=f"drawn-{job['key']}")
    return {
        "experts": drawn["drawn"],
        "expert_alternates": drawn["alternates"],
        "expert_draw": str(committed["key"]),
    }


def _root_key(bus: CommandBus, key: int) -> int:
    with reading(bus.engine) as connection:
        return int(connection.execute(select(job_table.c.root_key).where(job_table.c.key == key)).scalar_one())
