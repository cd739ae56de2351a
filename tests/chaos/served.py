"""A served Banjie whose processes can be killed: gunicorn as in production, on a loopback port that stays the same."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from threading import Event

WORKERS = 2
_STEP_SECONDS = 0.05
_COMES_UP_WITHIN = 120


class Served:
    """One server. Only processes it has started are ended, each by its id."""

    def __init__(self, program: Path, environment: Mapping[str, str], log: Path) -> None:
        self._program = program
        self._environment = dict(environment)
        self._log = log.open("ab")
        self.port = _free_port()
        self._master: subprocess.Popen[bytes] | None = None
        self.killed: list[str] = []

    def start(self) -> None:
        """Start the master, which starts its workers."""
        command = [sys.executable, "-m", "gunicorn", "--config", "webapi/gunicorn_conf.py"]
        command += ["--bind", f"127.0.0.1:{self.port}", "--workers", str(WORKERS), "--no-control-socket"]
        self._master = subprocess.Popen(
            [*command, "webapi.wsgi:application"],
            cwd=self._program,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
        )

    def wait_until_it_answers(self, patience: Event) -> None:
        """Wait until a connection is taken; raise TimeoutError when none ever is."""
        for _ in range(int(_COMES_UP_WITHIN / _STEP_SECONDS)):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            patience.wait(_STEP_SECONDS)
        raise TimeoutError("the server never came up")

    def workers(self) -> list[int]:
        """Return the ids of the master's children."""
        assert self._master is not None
        try:
            text = Path(f"/proc/{self._master.pid}/task/{self._master.pid}/children").read_text()
        except FileNotFoundError:
            return []
        return [int(word) for word in text.split()]

    def kill_something(self, rng: random.Random) -> None:
        """Kill -9 one worker, or now and then the master with all its workers, which are then started again."""
        workers = self.workers()
        if workers and rng.random() < 0.75:
            _kill(rng.choice(workers))
            self.killed.append("worker")
            return
        self._kill_all()
        self.killed.append("server")
        self.start()

    def end(self) -> None:
        """End everything."""
        self._kill_all()
        self._log.close()

    def _kill_all(self) -> None:
        if self._master is None:
            return
        workers = self.workers()
        self._master.kill()
        for worker in workers:
            _kill(worker)
        self._master.wait()


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
