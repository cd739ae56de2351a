"""The sample pool of experts, for installations that try the procedures out."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from engine.commands.actor import Actor
from engine.commands.import_experts import WORKER_ID, ImportExperts
from engine.controls.expert_files import read_expert_file
from engine.platform import Platform
from engine.store.database import reading
from engine.store.tables.controls import expert

_WORKER = Actor(WORKER_ID, "系统（内置作业）", administrator=True)


def load_sample_experts(platform: Platform, path: Path) -> None:
    """Import the pool of a file, where there is one and nobody has imported experts before."""
    if not path.is_file():
        return
    with reading(platform.engine) as connection:
        if connection.execute(select(expert.c.id).limit(1)).first() is not None:
            return
    platform.bus.execute(ImportExperts(read_expert_file(path.read_bytes(), path.name), path.name), _WORKER)
