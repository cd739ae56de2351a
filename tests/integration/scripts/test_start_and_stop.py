"""scripts/start as an administrator uses it: start, sign in, stop with Ctrl-C, start again with everything kept."""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PATIENCE_SECONDS = 180

pytestmark = pytest.mark.slow


class Served:
    """A started Banjie: what it printed until it served, and the processes that serve."""

    def __init__(self, process: subprocess.Popen[str], port: int) -> None:
        self.process = process
        self.port = port
        self.printed: list[str] = []

    def read_until_it_serves(self) -> None:
        """Read its output up to the server's own word that it listens."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.printed.append(line)
            if "Listening at" in line:
                return
        pytest.fail("it never served:\n" + "".join(self.printed))

    def status(self, path: str) -> int:
        """Ask for a page; the address is known to listen, so the answer is waited for, not polled."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=PATIENCE_SECONDS) as answer:
            return int(answer.status)

    def end(self, signal_number: int) -> int:
        """Send the signal as a terminal does, to the whole group; return the exit status."""
        os.killpg(self.process.pid, signal_number)
        self.process.communicate(timeout=PATIENCE_SECONDS)
        return self.process.returncode

    def leaves_nothing_running(self) -> bool:
        """Tell whether no process of its group is left."""
        try:
            os.killpg(self.process.pid, 0)
        except ProcessLookupError:
            return True
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _started(data: Path, cwd: Path, *options: str) -> Iterator[Served]:
    port = _free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("BANJIE_", "PYTEST"))}
    process = subprocess.Popen(
        [ROOT / "scripts" / "start", "--port", str(port), "--data-dir", str(data), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=cwd,
        env=kept,
        start_new_session=True,
    )
    served = Served(process, port)
    too_late = threading.Timer(PATIENCE_SECONDS, os.killpg, [process.pid, signal.SIGKILL])
    too_late.start()
    try:
        served.read_until_it_serves()
        yield served
    finally:
        too_late.cancel()
        if not served.leaves_nothing_running():
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def _what_must_stay(data: Path) -> tuple[str, int]:
    return (data / "first-sign-in.txt").read_text(encoding="utf-8"), (data / "banjie.sqlite3").stat().st_ino


def test_it_starts_from_any_folder_stops_on_ctrl_c_and_keeps_everything(tmp_path: Path) -> None:
    data = tmp_path / "data"

    with _started(data, tmp_path) as first:
        assert any(f"http://127.0.0.1:{first.port}" in line for line in first.printed)
        assert first.status("/") == 200
        assert first.end(signal.SIGINT) == 0
        assert first.leaves_nothing_running()
    assert stat.S_IMODE((data / "first-sign-in.txt").stat().st_mode) == 0o600
    kept = _what_must_stay(data)

    with _started(Path("data"), tmp_path) as second:
        assert second.status("/api/health") == 200
        assert second.end(signal.SIGTERM) == 0
        assert second.leaves_nothing_running()
    assert _what_must_stay(data) == kept


def test_a_second_server_on_the_same_port_is_refused_with_another_to_try(tmp_path: Path) -> None:
    with _started(tmp_path / "data", tmp_path) as first:
        second = subprocess.run(
            [ROOT / "scripts" / "start", "--port", str(first.port), "--data-dir", str(tmp_path / "other")],
            capture_output=True,
            text=True,
            check=False,
        )

        assert second.returncode == 1
        assert f"--port {first.port + 1}" in second.stderr
        assert not (tmp_path / "other").exists()


def test_it_serves_from_postgresql_when_given_its_address(tmp_path: Path, postgres_url: str) -> None:
    with _started(tmp_path / "data", tmp_path, "--database-url", postgres_url) as server:
        assert server.status("/api/health") == 200
        assert server.end(signal.SIGINT) == 0

    assert not (tmp_path / "data" / "banjie.sqlite3").exists()
