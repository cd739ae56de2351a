"""Where a step comes from: documentation in four parts, and the origin (rules 25 to 27, 33)."""

from __future__ import annotations

import re

from engine.definitions.conventions.findings import Findings, label
from engine.definitions.model import FlowNode, ProcessModel

ORIGINS = {"s": "种子", "l": "法律", "p": "平台"}
"""First letter of an activity's id to its ``origin``."""
PARTS = ("〔原文〕", "〔依据〕", "〔说明〕", "〔异常〕")
QUOTED_LINE = re.compile(r"〔原文〕\s*L\d+")
QUOTE = re.compile(r"〔原文〕[^〔]*[“\"]")


def check_sources(findings: Findings, process: ProcessModel) -> None:
    """Check every activity of a process."""
    for node in process.body.walk():
        if node.event is None and not node.type.value.endswith("GATEWAY"):
            _check(findings, node)


def _check(findings: Findings, node: FlowNode) -> None:
    expected = ORIGINS.get(node.id[:1]) if "_" in node.id else None
    origin = node.properties.get("origin")
    if origin is not None and origin not in ORIGINS.values():
        findings.at(node, 26, "origin", f"{label(node)} 的 origin“{origin}”应是种子、法律或平台")
    elif expected is not None and origin is not None and origin != expected:
        findings.at(node, 26, "origin-id", f"{label(node)} 的 origin 是“{origin}”，按 id 前缀应是“{expected}”")
    text = node.documentation or ""
    if not any(part in text for part in PARTS):
        findings.at(node, 25, "documentation", f"{label(node)} 的说明应分段写：{'、'.join(PARTS)}")
        return
    from_seed = (origin or expected) == "种子"
    if from_seed and not QUOTED_LINE.search(text):
        findings.at(node, 25, "source-line", f"{label(node)} 出自种子，〔原文〕后应写行号和原句，如〔原文〕L435“…”")
    if not from_seed and QUOTE.search(text) and not QUOTED_LINE.search(text):
        findings.at(node, 26, "false-quote", f"{label(node)} 不出自种子，〔原文〕没有行号却用了引号，不应冒充原文")
