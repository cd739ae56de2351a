"""A small content folder and the settings of an installation in a folder of the test's own."""

from __future__ import annotations

from pathlib import Path

from engine.installation.settings import Settings
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import ROOT

PASSWORD = "Banjie-2026-xx"


def content(root: Path) -> Path:
    """Write an organisation of two departments and three people, a calendar of two years, a procedure with a form."""
    for folder in ("bpmn", "forms", "organisation/calendars"):
        (root / folder).mkdir(parents=True)
    (root / "bpmn" / "p.bpmn").write_bytes(d.one_task(form="f"))
    (root / "forms" / "f.form").write_bytes(d.form("f", "opinion"))
    organisation = root / "organisation"
    for year in (2026, 2027):
        name = f"calendars/{year}.yaml"
        (organisation / name).write_bytes((ROOT / "organisation" / name).read_bytes())
    (organisation / "departments.yaml").write_text(
        "departments:\n  - {id: jld, name: 局领导, kind: internal}\n  - {id: bgs, name: 办公室, kind: internal}\n",
        encoding="utf-8",
    )
    (organisation / "roles.yaml").write_text(
        "groups:\n  - {name: clerks, label: 办事员}\n  - {name: 系统管理员, label: 系统管理员}\n"
        "department_groups:\n  - {name: 经办人, label: 经办人}\n",
        encoding="utf-8",
    )
    (organisation / "people.yaml").write_text(
        "users:\n  - {username: li, name: 李建平, department: jld, groups: [clerks]}\n"
        "  - {username: zhou, name: 周静玲, department: bgs, groups: [clerks, 经办人@bgs]}\n",
        encoding="utf-8",
    )
    return root


def installation(url: str, folder: Path) -> Settings:
    """Return the settings of an installation that has not been set up."""
    return Settings(url, folder / "data", content(folder / "content"))
