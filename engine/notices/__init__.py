"""Notices: people are told that something waits for them, in the page and by e-mail, never what is in a case."""

from engine.notices.kinds import Kind
from engine.notices.notifying import notify

__all__ = ["Kind", "notify"]
