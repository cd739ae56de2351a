"""What people type about controls and draws."""

from __future__ import annotations

import click

COMMANDS: tuple[click.Command, ...] = ()
