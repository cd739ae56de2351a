"""Who may administer."""

from __future__ import annotations

from engine.commands.actor import Actor
from engine.commands.errors import AdministratorOnly


def require_administrator(actor: Actor) -> None:
    """Raise AdministratorOnly unless the actor is an administrator."""
    if not actor.administrator:
        raise AdministratorOnly("只有系统管理员可以进行此操作。")
