"""The bureau's table of time limits, read as what its cells say."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from lxml import etree

from engine.deadlines import TermRule, rule_from_row
from tests.support.requirements import ROOT

FILE = ROOT / "dmn" / "time-limits.dmn"
DMN = {"d": "https://www.omg.org/spec/DMN/20191111/MODEL/"}


@dataclass(frozen=True)
class Row:
    limit_id: str
    when: str
    values: dict[str, Any]

    @property
    def rule(self) -> TermRule:
        return rule_from_row(self.limit_id, self.values)


@cache
def document() -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.parse(str(FILE), parser).getroot()


def cell(text: str) -> Any:
    if text == "null":
        return None
    if match := re.fullmatch(r'date\("(.+)"\)', text):
        return date.fromisoformat(match[1])
    return json.loads(text)


@cache
def rows() -> tuple[Row, ...]:
    table = document().find("d:decision/d:decisionTable", DMN)
    assert table is not None
    names = [output.get("name", "") for output in table.iterfind("d:output", DMN)]
    result = []
    for rule in table.iterfind("d:rule", DMN):
        inputs = [entry.findtext("d:text", "", DMN) for entry in rule.iterfind("d:inputEntry", DMN)]
        outputs = [cell(entry.findtext("d:text", "", DMN)) for entry in rule.iterfind("d:outputEntry", DMN)]
        limit_id, when = cell(inputs[0]), inputs[1]
        result.append(Row(limit_id, when, dict(zip(names, outputs, strict=True))))
    return tuple(result)
