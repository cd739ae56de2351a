"""What the book takes from decision tables: rules of a procedure, and its time limits."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from engine.book.model import Limit, Rule
from engine.definitions.safexml import parse

UNITS = {"working_day": "个工作日", "day": "日", "hour": "小时", "minute": "分钟", "month": "个月", "year": "年"}
LIMITS = "time-limits.dmn"


def rules_by_decision(decisions: Mapping[str, bytes]) -> dict[str, Rule]:
    """Return the decision tables by id, in the order of files and of tables within them."""
    found: dict[str, Rule] = {}
    for name, content in sorted(decisions.items()):
        for decision in parse(content, name).iter("{*}decision"):
            table = decision.find("{*}decisionTable")
            if table is not None:
                found[decision.get("id") or ""] = _rule(decision.get("name") or "", table)
    return found


def _rule(name: str, table: etree._Element) -> Rule:
    rows = [
        (_texts(row, "inputEntry"), _texts(row, "outputEntry"), "；".join(filter(None, _texts(row, "annotationEntry"))))
        for row in table.iter("{*}rule")
    ]
    inputs = [column.get("label") or "" for column in table.iter("{*}input")]
    outputs = [column.get("label") or column.get("name") or "" for column in table.iter("{*}output")]
    return Rule(name, inputs, outputs, rows)


def limits_by_id(decisions: Mapping[str, bytes]) -> dict[str, list[Limit]]:
    """Return the rows of the table of time limits by limit id; several rows of one id hold at different times."""
    found: dict[str, list[Limit]] = {}
    file = next((name for name in decisions if name.rpartition("/")[2] == LIMITS), None)
    if file is None:
        return found
    table = next(parse(decisions[file], file).iter("{*}decisionTable"))
    names = [column.get("name") or "" for column in table.iter("{*}output")]
    for row in table.iter("{*}rule"):
        id_ = _texts(row, "inputEntry")[0].strip('"')
        found.setdefault(id_, []).append(_limit(dict(zip(names, _texts(row, "outputEntry"), strict=True))))
    return found


def _limit(row: Mapping[str, str]) -> Limit:
    def text(name: str) -> str:
        value = row.get(name, "").strip('"')
        return "" if value == "null" else value

    amount, unit = text("amount"), text("unit")
    holds = f"{amount}{UNITS.get(unit, unit)}" if amount else "逐件确定"
    line = text("seed_line")
    words = text("seed_text") + (f"（L{line}）" if line else "")
    return Limit(text("name"), holds, words, text("law_text"), text("starts_from"))


def _texts(row: etree._Element, kind: str) -> list[str]:
    return ["".join(str(text) for text in entry.itertext()).strip() for entry in row.iter(f"{{*}}{kind}")]
