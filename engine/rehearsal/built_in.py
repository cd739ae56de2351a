"""Built-in jobs in rehearsals, done for real as soon as the case asks: papers as Word files, draws of experts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select

from engine.commands.activate_jobs import ActivateJobs
from engine.commands.actor import INSTALLER
from engine.commands.bus import CommandBus
from engine.commands.complete_job import CompleteJob
from engine.errors import BanjieError
from engine.feel import FeelError
from engine.jobs.expert_draw import EXPERT_DRAW, draw_work
from engine.jobs.paper_issue import RENDER, PaperWork
from engine.store.database import reading
from engine.store.keys import case_of
from engine.store.tables.runtime import job

MOST_JOBS = 1000
"""A case that asks for more at one step goes round in circles."""
_WORKS: Mapping[str, Callable[[CommandBus, Mapping[str, Any]], dict[str, Any]]] = {
    RENDER: PaperWork(),
    EXPERT_DRAW: draw_work,
}


class BuiltInJobFailed(BanjieError):
    """A paper of the scenario can't be made, or its experts can't be drawn."""

    code = "rehearsal.built-in-job-failed"


def do_built_in_jobs(bus: CommandBus, root_key: int) -> None:
    """Work every open built-in job of the case. Raises BuiltInJobFailed, naming element and reason."""
    for _ in range(MOST_JOBS):
        if not _asked_for(bus, root_key):
            return
        jobs = [job for type_ in _WORKS for job in bus.execute(ActivateJobs(type_, "rehearsal", 1), INSTALLER)["jobs"]]
        for taken in jobs:
            try:
                variables = _WORKS[taken["type"]](bus, taken)
            except (BanjieError, FeelError) as error:
                if case_of(taken["process_instance_key"]) == root_key:
                    raise BuiltInJobFailed(f"{taken['element_id']} 的文书没有生成或者专家没有抽出：{error}") from error
                continue
            bus.execute(CompleteJob(taken["key"], variables, taken["fence"]), INSTALLER)
    raise BuiltInJobFailed(f"一步之内要求生成 {MOST_JOBS} 份以上文书或者抽取 {MOST_JOBS} 次以上专家")


def _asked_for(bus: CommandBus, root_key: int) -> bool:
    query = select(job.c.key).where(job.c.root_key == root_key, job.c.type.in_(_WORKS), job.c.status == "ready")
    with reading(bus.engine) as connection:
        return connection.execute(query.limit(1)).first() is not None
