"""Publishing the register of controls from its file."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from engine.commands.actor import INSTALLER
from engine.commands.publish_controls import PublishControls
from engine.controls import read_registry
from engine.platform import Platform
from engine.store.database import reading
from engine.store.tables.controls import control_registry

NAME = "organisation/controls.yaml"


def load_controls(platform: Platform, path: Path) -> bool:
    """Publish the register in ``path`` if this very version never was in force; return whether it was published.

    So a register that people published since is not undone at the next start. Raises ControlsInvalid.
    """
    if not path.is_file():
        return False
    content = path.read_text(encoding="utf-8")
    version = read_registry(content, NAME).version
    with reading(platform.engine) as connection:
        query = select(control_registry.c.version).where(control_registry.c.version == version)
        if connection.execute(query).first() is not None:
            return False
    return bool(platform.bus.execute(PublishControls(content, NAME), INSTALLER)["new"])
