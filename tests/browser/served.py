"""A server of the tests' own: set up in an empty folder, served as in production, ended by its process id."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "Browser-tests-2026"
_LISTENING = re.compile(r"Listening at: (http://127\.0\.0\.1:\d+)")
_SECONDS_TO_END = 20


@dataclass(frozen=True, slots=True)
class Server:
    """Where a running server is; all its people share one password."""

    address: str
    password: str


def page_is_built() -> bool:
    """Return whether there is a page to serve."""
    return (ROOT / "webui" / "dist" / "index.html").is_file()


@contextmanager
def serve(folder: Path, content: Path = ROOT) -> Iterator[Server]:
    """Serve the product on a free port with its data in ``folder`` and the procedures below ``content``.

    Raises RuntimeError when it does not come up.
    """
    environment = {
        **os.environ,
        "BANJIE_CONTENT_DIR": str(content),
        "BANJIE_DATA_DIR": str(folder),
        "BANJIE_DATABASE_URL": f"sqlite:///{folder / 'banjie.sqlite3'}",
        "BANJIE_FIRST_PASSWORD": PASSWORD,
    }
    banjie = [sys.executable, "-m", "cli.main"]
    subprocess.run([*banjie, "setup"], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    command = [sys.executable, "-m", "gunicorn", "--config", "webapi/gunicorn_conf.py"]
    command += ["--bind", "127.0.0.1:0", "--workers", "1", "--no-control-socket", "webapi.wsgi:application"]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        assert process.stdout is not None
        address = _address(process.stdout)
        rest = threading.Thread(target=_keep, args=(process.stdout, folder / "server.log"), daemon=True)
        rest.start()
        try:
            yield Server(address, PASSWORD)
        finally:
            process.terminate()
            process.wait(timeout=_SECONDS_TO_END)
            rest.join(timeout=_SECONDS_TO_END)


def _address(lines: IO[str]) -> str:
    """Read the server's own words until it says where it listens; the socket takes connections from then on."""
    said = []
    for line in lines:
        said.append(line)
        if found := _LISTENING.search(line):
            return found[1]
    raise RuntimeError("the server did not start:\n" + "".join(said))


def _keep(lines: IO[str], log: Path) -> None:
    """Write what the server says to a file: an unread pipe would stop it."""
    with log.open("w", encoding="utf-8") as file:
        for line in lines:
            file.write(line)
            file.flush()
