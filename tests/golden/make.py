"""Makes the golden cases of a release: ``python -m tests.golden.make`` from the repository's root, once a release.

Cases of earlier releases stay as they are, for ever: they prove that what was recorded then can still be verified.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import select

from engine import __version__
from engine.platform import Platform
from engine.rehearsal.play import Stage
from engine.rehearsal.scenario import read_scenarios
from engine.store.database import reading
from engine.store.tables.runtime import case_lock
from engine.verification import export_case
from tests.golden.scenes import SCENES
from tests.support.databases import migrate
from tests.unit.commands.platforms import ROOT, Bureau
from webapi.forms import validate_form

FOLDER = Path(__file__).parent


def make(folder: Path) -> None:
    """Write a file for each scene, and one for the first scenario of each procedure."""
    folder.mkdir(exist_ok=True)
    for name, data in (*scenes(), *procedures()):
        (folder / f"{name}.json").write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n")


def scenes() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield name and exported case of each scene, each on a database of its own."""
    for name, scene in SCENES.items():
        with tempfile.TemporaryDirectory() as folder:
            url = f"sqlite:///{folder}/golden.db"
            migrate(url)
            bureau = Bureau(url, Path(folder) / "data")
            try:
                yield name, exported(bureau.platform, scene(bureau))
            finally:
                bureau.close()


def procedures() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield procedure and exported case of the first scenario of each that is passed."""
    stage = Stage(ROOT, validate_form)
    try:
        for path in sorted((ROOT / "bpmn").glob("*/*.scenarios.yaml")):
            for scenario in read_scenarios(path):
                before = cases(stage.platform)
                if stage.perform(scenario).passed:
                    yield scenario.procedure, exported(stage.platform, min(cases(stage.platform) - before))
                    break
    finally:
        stage.close()


def cases(platform: Platform) -> set[int]:
    """Return the keys of all cases."""
    with reading(platform.engine) as connection:
        return set(connection.execute(select(case_lock.c.root_key)).scalars())


def exported(platform: Platform, root_key: int) -> dict[str, Any]:
    """Return an exported case."""
    with reading(platform.engine) as connection:
        return export_case(connection, root_key)


if __name__ == "__main__":
    make(FOLDER / __version__)
