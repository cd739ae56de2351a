"""The same expressions in other FEEL engines: `python -m benchmarks.feel.compare [FEELIN_FOLDER]`.

FEELIN_FOLDER is where `npm install --ignore-scripts feelin` was run; bkflow-feel is measured when it is installed.
Each figure is microseconds an evaluation of a text, with whatever cache the engine has; "-" means a wrong answer.
"""

from __future__ import annotations

import importlib
import json
import logging
import shutil
import subprocess
import sys
import timeit
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from benchmarks.feel.expressions import CONTEXT, EXPRESSIONS
from engine.feel import evaluate
from engine.feel.text import to_feel_string

_SCRIPT = """
import { readFileSync } from 'node:fs';
const { module, texts, context } = JSON.parse(readFileSync(0, 'utf-8'));
const { evaluate } = await import(module);
const answers = texts.map(text => {
  const run = () => evaluate(text, context);
  for (let i = 0; i < 200; i++) run();
  const start = process.hrtime.bigint();
  for (let i = 0; i < 2000; i++) run();
  const micros = Number(process.hrtime.bigint() - start) / 2000 / 1000;
  const result = run();
  const value = result && typeof result === 'object' && 'value' in result ? result.value : result;
  return [ micros, Array.isArray(value) || typeof value !== 'object' ? value : String(value) ];
});
process.stdout.write(JSON.stringify(answers));
"""


def plain(value: Any) -> Any:
    """Return a value in a form that the engines' answers can be compared in."""
    if isinstance(value, bool | str) or value is None:
        return value
    if isinstance(value, Decimal | int | float):
        return round(float(value), 9)
    if isinstance(value, list):
        return [plain(item) for item in value]
    return to_feel_string(value) if "engine.feel" in type(value).__module__ else str(value)


def measure(run: Callable[[], Any]) -> tuple[float, Any]:
    """Return (microseconds, answer)."""
    try:
        answer = plain(run())
    except Exception as problem:  # whatever another engine raises is its answer
        return 0.0, f"{type(problem).__name__}"
    count = 2000
    return min(timeit.repeat(run, number=count, repeat=3)) / count * 1e6, answer


def feelin(folder: Path) -> list[tuple[float, Any]]:
    """Measure feelin with Node."""
    node = shutil.which("node")
    if node is None:
        raise SystemExit("node is missing")
    module = (folder / "node_modules" / "feelin" / "dist" / "index.js").resolve().as_uri()
    request = json.dumps({"module": module, "texts": EXPRESSIONS, "context": CONTEXT})
    command = [node, "--input-type=module", "-e", _SCRIPT]
    finished = subprocess.run(  # noqa: S603  node, with a script of ours
        command, input=request, capture_output=True, text=True, check=True, timeout=300
    )
    return [(micros, plain(value)) for micros, value in json.loads(finished.stdout)]


def bkflow() -> list[tuple[float, Any]] | None:
    """Measure bkflow-feel if it is installed."""
    try:
        parse = importlib.import_module("bkflow_feel.api").parse_expression
    except ImportError:
        return None
    logging.disable(logging.CRITICAL)
    return [measure(lambda text=text: parse(text, CONTEXT)) for text in EXPRESSIONS]


def main() -> None:
    """Print the table."""
    ours = [measure(lambda text=text: evaluate(text, CONTEXT)) for text in EXPRESSIONS]
    columns = {"banjie": ours}
    if len(sys.argv) > 1:
        columns["feelin"] = feelin(Path(sys.argv[1]))
    if (found := bkflow()) is not None:
        columns["bkflow-feel"] = found
    sys.stdout.write("| expression | " + " | ".join(columns) + " |\n|---|" + "---|" * len(columns) + "\n")
    for index, text in enumerate(EXPRESSIONS):
        cells = (
            f"{results[index][0]:.2f}" if results[index][1] == ours[index][1] else "-" for results in columns.values()
        )
        sys.stdout.write(f"| `{text}` | " + " | ".join(cells) + " |\n")


if __name__ == "__main__":
    main()
