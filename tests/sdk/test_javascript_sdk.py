"""The field's official JavaScript client, as it is in the registry, against a running server."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.sdk.conftest import Served
from tests.support.node import node_with_packages

HERE = Path(__file__).parent / "node"

pytestmark = [pytest.mark.both_databases, pytest.mark.slow]


@pytest.fixture(scope="session")
def node() -> str:
    """Return the program, with the clients installed."""
    return node_with_packages(HERE)


NEWEST, FOR_8_8 = "@camunda8/orchestration-cluster-api", "orchestration-cluster-api-8"


@pytest.mark.parametrize(("module", "validation"), [(NEWEST, "res:strict"), (FOR_8_8, "none")])
def test_everything_the_client_can_do_is_done(served: Served, node: str, module: str, validation: str) -> None:
    """The newest checks answers strictly. The one for 8.8 can't: it wants texts where 8.9 has null."""
    command = [node, str(HERE / "scenario.mjs"), module, validation, served.address, served.password, str(served.files)]
    outcome = subprocess.run(command, cwd=HERE, capture_output=True, text=True, timeout=180, check=False)
    assert outcome.returncode == 0, outcome.stderr
    assert outcome.stdout.count("done: ") == 8
