"""Series, seals, keepers and procedures small enough to be read at a glance."""

from __future__ import annotations

from dataclasses import replace

from engine.commands.actor import INSTALLER, Actor
from engine.commands.publish_organisation_file import PublishOrganisationFile
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import CLERK, Bureau

KEEPER = Actor("keeper", "周静玲", "bgs", frozenset({"keepers", "clerks"}))
BOSS = replace(CLERK, id="boss", name="张国峰", groups=frozenset({"clerks", "bosses"}))

SERIES = """
keepers: [keepers]
series:
  - {id: fa, title: 局发文, pattern: "威工信发〔{year}〕{number}号", department: bgs, source: 测试}
  - {id: han, title: 局函, pattern: "威工信函〔{year}〕{number}号", first_of: {2026: 41}, department: bgs, source: 测试}
  - {id: total, title: 案件编号, pattern: "{number:04}", reset: never, department: bgs, source: 测试}
"""
SEALS = """
told: [bosses]
seals:
  - {id: gongzhang, name: 局机关印章, aliases: [公章], kind: 公章, keepers: [keepers], source: L403}
  - {id: dangzu, name: 党组章, kind: 党组章, keepers: [keepers], may_leave: false, source: L403}
"""


def furnish(bureau: Bureau) -> Bureau:
    """Publish the series and the seals."""
    for name, content in (("number-series", SERIES), ("seals", SEALS)):
        bureau.bus.execute(PublishOrganisationFile(name, content, "test"), INSTALLER)
    return bureau


def signing(**more: str) -> bytes:
    """Return: start, draft, sign (which is given a number), file, end."""
    return d.diagram(
        d.el("startEvent", "start")
        + d.task("draft")
        + d.task("sign", **({"number__series": "fa"} | more))
        + d.task("file")
        + d.chain("start", "draft", "sign", "file")
    )
