"""Papers in rehearsals: made for real, as Word files, as soon as the case asks for them."""

from __future__ import annotations

from sqlalchemy import select

from engine.commands.activate_jobs import ActivateJobs
from engine.commands.actor import INSTALLER
from engine.commands.bus import CommandBus
from engine.commands.complete_job import CompleteJob
from engine.errors import BanjieError
from engine.feel import FeelError
from engine.jobs.paper_issue import RENDER, PaperWork
from engine.store.database import reading
from engine.store.keys import case_of
from engine.store.tables.runtime import job

MOST_PAPERS = 1000
"""A case that asks for more at one step goes round in circles."""
_WORK = PaperWork()


class PaperNotIssued(BanjieError):
    """A paper of the scenario can't be made."""

    code = "rehearsal.paper-not-issued"


def issue_papers(bus: CommandBus, root_key: int) -> None:
    """Work every open job of the case that issues a paper. Raises PaperNotIssued, naming element and reason."""
    for _ in range(MOST_PAPERS):
        if not _asked_for(bus, root_key):
            return
        for taken in bus.execute(ActivateJobs(RENDER, "rehearsal", 1), INSTALLER)["jobs"]:
            try:
                variables = _WORK(bus, taken)
            except (BanjieError, FeelError) as error:
                if case_of(taken["process_instance_key"]) == root_key:
                    raise PaperNotIssued(f"{taken['element_id']} 的文书没有生成：{error}") from error
                continue
            bus.execute(CompleteJob(taken["key"], variables, taken["fence"]), INSTALLER)
    raise PaperNotIssued(f"一步之内要求生成 {MOST_PAPERS} 份以上文书")


def _asked_for(bus: CommandBus, root_key: int) -> bool:
    query = select(job.c.key).where(job.c.root_key == root_key, job.c.type == RENDER, job.c.status == "ready")
    with reading(bus.engine) as connection:
        return connection.execute(query.limit(1)).first() is not None
