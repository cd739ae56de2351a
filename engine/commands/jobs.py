"""What commands on jobs share."""

from __future__ import annotations

from sqlalchemy import select

from engine.commands.actor import Actor
from engine.commands.case import Case
from engine.commands.errors import JobNotOpen, JobTaken, JobUnknown, WorkerOnly
from engine.commands.unit import UnitOfWork
from engine.store.tables.runtime import job

WORKERS = "外部系统"
"""The group whose members may work jobs beside administrators."""


def require_worker(actor: Actor) -> None:
    """Raise WorkerOnly unless the actor may work jobs."""
    if not actor.administrator and WORKERS not in actor.groups:
        raise WorkerOnly(f"只有系统管理员和“{WORKERS}”账号可以处理作业。")


def open_job(unit: UnitOfWork, key: int, fence: int | None = None) -> Case:
    """Lock the case of an open job and check the job under the lock.

    Raises WorkerOnly, JobUnknown, JobNotOpen, JobTaken (the lease has passed to another), CaseEnded, CaseSuspended.
    """
    require_worker(unit.actor)
    row = unit.connection.execute(select(job.c.root_key).where(job.c.key == key, job.c.kind != "timer")).first()
    if row is None:
        raise JobUnknown(f"没有键为 {key} 的作业。")
    case = unit.open_case(row.root_key)
    now = unit.connection.execute(select(job.c.status, job.c.fence).where(job.c.key == key)).one()
    if now.status in ("done", "cancelled"):
        raise JobNotOpen(f"作业 {key} 已完成或已取消。", details={"status": now.status})
    if fence is not None and fence != now.fence:
        raise JobTaken(f"作业 {key} 的租期已过，已由其他工作者接手。")
    case.require_live()
    return case


def element_instance_of(unit: UnitOfWork, key: int) -> int:
    """Return the element instance a job belongs to."""
    query = select(job.c.element_instance_key).where(job.c.key == key)
    return int(unit.connection.execute(query).scalar_one())
