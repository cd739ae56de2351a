"""A small case with forms, files and a decision, carried to its end and archived."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from engine.commands.actor import Actor
from engine.commands.complete_user_task import CompleteUserTask
from engine.commands.publish_organisation_file import PublishOrganisationFile
from engine.identity.organisation import LoadOrganisation
from engine.store.tables.records import archive
from tests.support.requirements import ROOT
from tests.unit.attachments.files import PDF
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import ADMIN, CLERK, Bureau
from tests.unit.commands.test_attachments import form, picker, upload

ARCHIVIST = Actor("archivist", "档案员", "bgs", frozenset({"档案员"}))
AUDITOR = Actor("auditor", "审计", None, auditor=True)
PEOPLE = LoadOrganisation(
    (
        {"id": "ju", "name": "威海市工业和信息化局", "kind": "bureau"},
        {"id": "bgs", "name": "办公室", "kind": "internal"},
    ),
    ({"name": "clerks", "label": "文书"}, {"name": "档案员", "label": "档案员"}),
    (
        {"username": "clerk", "name": "周静玲", "department": "bgs", "groups": ["clerks"]},
        {"username": "archivist", "name": "孙某", "department": "bgs", "groups": ["档案员"]},
    ),
)
FORM = form(
    "papers",
    {"type": "textfield", "id": "f1", "key": "subject", "label": "事项"},
    {"type": "number", "id": "f2", "key": "amount", "label": "金额", "decimalDigits": 2},
    picker("scan", multiple=True),
)


def prepared(bureau: Bureau, **properties: str) -> Bureau:
    """Deploy the procedure and put the bureau's retention table in force."""
    bureau.bus.execute(PEOPLE, ADMIN)
    text = (ROOT / "organisation" / "retention.yaml").read_text(encoding="utf-8")
    bureau.bus.execute(PublishOrganisationFile("retention", text, "test"), ADMIN)
    content = d.el("startEvent", "s") + d.task("a", form="papers") + d.task("b") + d.chain("s", "a", "b")
    bureau.deploy(d.diagram(content, **properties), papers_form=FORM)
    return bureau


def finished(bureau: Bureau, **variables: Any) -> int:
    """Carry a case to its end and return its key."""
    root_key = bureau.start(variables={"title": "关于购买的请示"})
    values = {
        "subject": "购买服务器 <b>两台</b>",
        "amount": 12000.5,
        "scan": [upload(bureau, content=PDF)],
        **variables,
    }
    bureau.bus.execute(CompleteUserTask(bureau.open_tasks(root_key)["a"], values, opinion="请审批"), CLERK)
    bureau.bus.execute(CompleteUserTask(bureau.open_tasks(root_key)["b"], {}, opinion="同意"), CLERK)
    return root_key


def package_of(bureau: Bureau, root_key: int, folder: Path) -> Path:
    """Write the newest package of a case to a file."""
    row = bureau.rows(archive, root_key=root_key)[-1]
    content = bureau.platform.sources.contents.read(row["sm3"])
    assert content is not None
    path = folder / f"{root_key}-{row['number']}.zip"
    path.write_bytes(content)
    return path


def report(output: str) -> dict[str, Any]:
    """Read the verifier's report."""
    found: dict[str, Any] = json.loads(output)
    return found
