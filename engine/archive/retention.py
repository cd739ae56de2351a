"""How long cases are kept, and under what they are filed: ``organisation/retention.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from engine.documents.yaml_files import LINE, OrganisationFileInvalid, read_top
from engine.errors import Place
from engine.history.chain import sm3

NAME = "retention"
PERIODS = ("永久", "30年", "10年")
"""The three periods of document archives (机关文件材料归档范围和文书档案保管期限规定, 国家档案局令第8号)."""
CODES = {"永久": "Y", "30年": "D30", "10年": "D10"}
"""Their codes in file numbers (DA/T 22-2015)."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What holds for the cases of some procedures: period, category and why."""

    procedures: tuple[str, ...]
    period: str
    category: str
    code: str
    source: str


@dataclass(frozen=True, slots=True)
class Retention:
    """The table in force; ``version`` is the SM3 digest of its text."""

    archive: str
    fonds: str
    fonds_name: str
    rules: tuple[Rule, ...]
    default: Rule
    version: str

    def of(self, process_id: str) -> Rule:
        """Return what holds for a procedure: the first rule that names it, by patterns as in file names."""
        for rule in self.rules:
            if any(fnmatchcase(process_id, pattern) for pattern in rule.procedures):
                return rule
        return self.default


def read_retention(text: str, name: str) -> Retention:
    """Return the table written in ``text``. Raises OrganisationFileInvalid with every mistake and its line."""
    data = read_top(text, name)
    problems: list[tuple[int, str]] = []
    given: Any = data.get("fonds")
    fonds: Mapping[str, Any] = given if isinstance(given, dict) else {}
    problems += [(1, f"fonds 中缺少 {word}") for word in ("code", "name", "archive") if not fonds.get(word)]
    rules = []
    listed = data.get("rules")
    for entry in listed if isinstance(listed, list) else []:
        rules.append(_rule(entry, problems, needs_procedures=True))
    default = _rule(data.get("default"), problems, needs_procedures=False)
    if not isinstance(listed, list):
        problems.append((1, "缺少 rules 列表"))
    if problems:
        told = "；".join(f"第 {line} 行 {message}" for line, message in problems)
        details: dict[str, object] = {"problems": [{"line": line, "message": message} for line, message in problems]}
        raise OrganisationFileInvalid(f"保管期限表有误：{told}", place=Place(name, problems[0][0]), details=details)
    return Retention(
        str(fonds["archive"]), str(fonds["code"]), str(fonds["name"]), tuple(rules), default, sm3(text.encode())
    )


def _rule(entry: Any, problems: list[tuple[int, str]], *, needs_procedures: bool) -> Rule:
    values: Mapping[str, Any] = entry if isinstance(entry, dict) else {}
    line = values.get(LINE, 1)
    if values.get("period") not in PERIODS:
        problems.append((line, f"period 应为 {'、'.join(PERIODS)} 之一"))
    problems += [(line, f"缺少 {word}") for word in ("category", "code", "source") if not values.get(word)]
    procedures = values.get("procedures")
    if needs_procedures and not (isinstance(procedures, list) and procedures):
        problems.append((line, "缺少 procedures"))
    return Rule(
        tuple(map(str, procedures)) if isinstance(procedures, list) else (),
        str(values.get("period")),
        str(values.get("category")),
        str(values.get("code")),
        str(values.get("source")),
    )
