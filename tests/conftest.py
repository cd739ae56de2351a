"""Fixtures every test may use, and the run's closing line about what the machine lacked.

Databases:

- ``database_url``: a migrated database of the test's own. SQLite; with ``@pytest.mark.both_databases`` the test runs
  on SQLite and on PostgreSQL.
- ``any_database_url``: the same, always on both.
- ``empty_database_url``: on both, and not migrated (for the tests of the migrations themselves).
- ``sqlite_url``, ``postgres_url``: a migrated database of that one kind.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from tests.support import databases, postgres, requirements

_LAST_LINE = "BANJIE_TEST_LAST_LINE"
"""Environment variable: a file into which the run's last line is written, for ``scripts/test``."""

# The same examples in every run and no limit on a slow machine's time; HYPOTHESIS_PROFILE=explore looks further and
# prints what reproduces a failure.
hypothesis.settings.register_profile("repeatable", derandomize=True, deadline=None)
hypothesis.settings.register_profile("explore", derandomize=False, deadline=None, print_blob=True, max_examples=1000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))

_run_key = pytest.StashKey[databases.Run]()


def pytest_configure(config: pytest.Config) -> None:
    """Open the run; worker processes join the controller's."""
    shared = getattr(config, "workerinput", None)
    if shared is not None:
        config.stash[_run_key] = databases.Run(Path(shared["banjie_folder"]), shared["banjie_owner_pid"])
    else:
        folder = Path(tempfile.mkdtemp(prefix="banjie-test-", dir="/tmp"))
        config.stash[_run_key] = databases.Run(folder, os.getpid())


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: object) -> None:
    """Tell an xdist worker which run it belongs to."""
    run = node.config.stash[_run_key]  # type: ignore[attr-defined]
    node.workerinput["banjie_folder"] = str(run.folder)  # type: ignore[attr-defined]
    node.workerinput["banjie_owner_pid"] = run.owner_pid  # type: ignore[attr-defined]


def pytest_unconfigure(config: pytest.Config) -> None:
    """Close the run, in the process that opened it."""
    run = config.stash.get(_run_key, None)
    if run is not None and run.owner_pid == os.getpid():
        databases.close(run)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test once for each kind of database it asks for."""
    if "database_kind" not in metafunc.fixturenames:
        return
    asked = {"any_database_url", "empty_database_url"}.intersection(metafunc.fixturenames)
    if asked or metafunc.definition.get_closest_marker("both_databases"):
        kinds = [pytest.param(kind, marks=getattr(pytest.mark, kind)) for kind in databases.KINDS]
        metafunc.parametrize("database_kind", kinds)


@pytest.fixture
def database_kind() -> str:
    """Return the kind of database the test runs on: ``sqlite`` or ``postgresql``."""
    return "sqlite"


@pytest.fixture
def database_url(database_kind: str, request: pytest.FixtureRequest) -> str:
    """Return the URL of a migrated database of the test's own."""
    return str(request.getfixturevalue("sqlite_url" if database_kind == "sqlite" else "postgres_url"))


@pytest.fixture
def any_database_url(database_url: str) -> str:
    """Return the URL of a migrated database; the test runs on both kinds."""
    return database_url


@pytest.fixture
def empty_database_url(database_kind: str, tmp_path: Path, pytestconfig: pytest.Config) -> Iterator[str]:
    """Give the URL of a database without any table; the test runs on both kinds."""
    run = pytestconfig.stash[_run_key]
    if database_kind == "sqlite":
        with databases.sqlite_database(run, tmp_path, migrated=False) as url:
            yield url
    else:
        _require_postgres()
        with databases.postgres_database(run, migrated=False) as url:
            yield url


@pytest.fixture
def sqlite_url(tmp_path: Path, pytestconfig: pytest.Config) -> Iterator[str]:
    """Give the URL of a migrated SQLite file of the test's own."""
    with databases.sqlite_database(pytestconfig.stash[_run_key], tmp_path) as url:
        yield url


@pytest.fixture
def postgres_url(pytestconfig: pytest.Config) -> Iterator[str]:
    """Give the URL of a migrated PostgreSQL database of the test's own; skip loudly where there is no server."""
    _require_postgres()
    with databases.postgres_database(pytestconfig.stash[_run_key]) as url:
        yield url


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the shared data folder beside the repository; skip loudly where it is missing."""
    if not requirements.SHARED.is_dir():
        requirements.skip_for_want_of(requirements.SHARED_DATA)
    return requirements.SHARED


@pytest.fixture(scope="session")
def chromium() -> Path:
    """Return the path of Chromium; skip loudly where it is missing."""
    path = requirements.chromium_path()
    if path is None:
        requirements.skip_for_want_of(requirements.CHROMIUM)
    return path


def _require_postgres() -> None:
    """Skip where no server can be had; one that is there but does not start is an error, not a skip."""
    if not postgres.available():
        requirements.skip_for_want_of(requirements.POSTGRESQL)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what the machine lacked, and leave the sentence for ``scripts/test`` to close with."""
    reports = [
        (report.nodeid.partition("::")[0], report.longrepr[2])
        for report in terminalreporter.stats.get("skipped", [])
        if isinstance(report.longrepr, tuple)
    ]
    absent = []
    if not postgres.available():
        absent.append(requirements.POSTGRESQL)
    if requirements.chromium_path() is None:
        absent.append(requirements.CHROMIUM)
    if requirements.libreoffice_path() is None:
        absent.append(requirements.LIBREOFFICE)
    if not requirements.SHARED.is_dir():
        absent.append(requirements.SHARED_DATA)
    line = requirements.last_line(absent, requirements.missing_from_reports(reports))
    terminalreporter.write_line(line)
    if target := os.environ.get(_LAST_LINE):
        Path(target).write_text(line + "\n", encoding="utf-8")
