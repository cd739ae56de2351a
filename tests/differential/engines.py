"""Runs expressions here and in feelin, and brings both answers to one form."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from engine.feel import FeelError, evaluate
from engine.feel.text import to_feel_string
from engine.feel.values import Value

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
FOLDER_VARIABLE = "BANJIE_FEELIN"
"""Environment variable: a folder where ``npm install --ignore-scripts feelin`` was run."""


class Feelin(NamedTuple):
    """A feelin that was found: the path of node, the module's URL, and its major version."""

    node: str
    module: str
    major: int


def find_feelin() -> Feelin:
    """Return the feelin at hand; skip the test, saying why, when it or node is missing.

    It is looked for in the folder that BANJIE_FEELIN names, then among the page's packages.
    """
    node = shutil.which("node")
    if node is None:
        pytest.skip("missing here: Node: install Node 20 or later")
    folders = [Path(os.environ[FOLDER_VARIABLE])] if FOLDER_VARIABLE in os.environ else []
    for folder in (*folders, HERE, ROOT / "webui"):
        for name in ("feelin", "@bpmn-io/feelin"):
            package = folder / "node_modules" / name
            entry = package / "dist" / "index.js"
            if entry.is_file():
                version: str = json.loads((package / "package.json").read_text("utf-8"))["version"]
                return Feelin(node, entry.resolve().as_uri(), int(version.partition(".")[0]))
    pytest.skip(f"missing here: feelin: npm install --ignore-scripts feelin, in a folder that ${FOLDER_VARIABLE} names")


def ask_feelin(feelin: Feelin, texts: Sequence[str], context: Mapping[str, object]) -> list[object]:
    """Return feelin's answers; an exception there is ``{"$error": message}``."""
    request = {"module": feelin.module, "cases": [{"text": text, "context": context} for text in texts]}
    command = [feelin.node, str(HERE / "evaluate.mjs")]
    finished = subprocess.run(command, input=json.dumps(request), capture_output=True, text=True, timeout=120)
    assert finished.returncode == 0, finished.stderr
    answers: list[dict[str, Any]] = json.loads(finished.stdout)
    return [answer["value"] if "value" in answer else {"$error": answer["error"]} for answer in answers]


def ask_here(text: str, context: Mapping[str, object]) -> object:
    """Return this engine's answer in the same form."""
    try:
        return plain(evaluate(text, context))
    except FeelError as problem:
        return {"$error": problem.code}


def plain(value: Value) -> object:
    """Return a value as JSON has it; what JSON has no form for becomes ``{"$text": its string}``."""
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return {"$text": to_feel_string(value)}


def agree(left: Any, right: Any) -> bool:
    """Return whether two answers are the same, numbers to nine digits (JavaScript's are binary)."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, int | float) and isinstance(right, int | float):
        return abs(left - right) <= 1e-9 * max(1, abs(left), abs(right))
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(agree, left, right))
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(agree(left[key], right[key]) for key in left)
    return bool(left == right)
