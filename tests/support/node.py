"""Node.js and packages of npm for tests that hold Banjie to programs written in JavaScript."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tests.support.requirements import ROOT, Requirement, skip_for_want_of

NODE = Requirement("Node.js 20 with npm", "apt-get install nodejs npm")
LONGEST_INSTALLATION = 300
"""Seconds."""


def node_with_packages(folder: Path) -> str:
    """Return the program, with the locked packages of a folder installed; skip loudly where they can't be had."""
    program, npm = shutil.which("node"), shutil.which("npm")
    if program is None or npm is None:
        skip_for_want_of(NODE)
    installed = folder / "node_modules" / ".package-lock.json"
    if not installed.exists() or installed.stat().st_mtime < (folder / "package-lock.json").stat().st_mtime:
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        outcome = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=LONGEST_INSTALLATION, check=False
        )
        if outcome.returncode != 0:
            where = folder.relative_to(ROOT)
            registry = Requirement("the npm registry", f"cd {where} && npm ci --ignore-scripts")
            skip_for_want_of(registry, outcome.stderr.strip()[-200:])
    return program
