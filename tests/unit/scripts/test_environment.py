"""What scripts/start and scripts/test set up, and above all what they do not do again."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parents[3] / "scripts"

# Stands in for installing and building: says what would be done, and leaves what it would leave.
STAND_INS = """
quietly() { "$@"; }
pip_install() { echo "pip $*"; mkdir -p "$VENV/bin"; touch "$VENV/bin/banjie"; chmod +x "$VENV/bin/banjie"; }
find_node() { :; }
node() { echo v22; }
npm() { echo "npm $*"; case $1 in ci) mkdir -p node_modules ;; run) mkdir -p dist ;; esac; }
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Return a small repository: the scripts, a lock file, and a page."""
    shutil.copytree(SCRIPTS, tmp_path / "scripts")
    (tmp_path / ".venv").mkdir()
    for name in ("requirements/run.lock", "setup.cfg", "pyproject.toml", "webui/package.json", "webui/src/app.js"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("first", encoding="utf-8")
    (tmp_path / "webui/package-lock.json").write_text("first", encoding="utf-8")
    return tmp_path


def _run(place: Path, commands: str) -> list[str]:
    """Return what the shell did: one line a command, without what it said to people."""
    script = f"set -euo pipefail\n. {place}/scripts/lib/environment.sh\nsay() {{ :; }}\n{STAND_INS}\n{commands}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True, cwd="/")
    return done.stdout.splitlines()


def _refusal(*arguments: str) -> str:
    done = subprocess.run([SCRIPTS / "start", *arguments], capture_output=True, text=True, check=False, cwd="/")
    assert done.returncode == 1
    return done.stderr


def test_a_lock_file_is_installed_once_with_hashes(place: Path) -> None:
    assert _run(place, "install_locked run; install_locked run") == [
        f"pip --require-hashes -r {place}/requirements/run.lock"
    ]


def test_a_changed_lock_file_is_installed_again(place: Path) -> None:
    _run(place, "install_locked run")
    (place / "requirements/run.lock").write_text("second", encoding="utf-8")

    assert len(_run(place, "install_locked run")) == 1


def test_a_lock_file_that_failed_to_install_is_tried_again(place: Path) -> None:
    _run(place, "pip_install() { exit 1; }; (install_locked run) || true")

    assert len(_run(place, "install_locked run")) == 1


def test_the_project_is_installed_once_without_reaching_for_dependencies(place: Path) -> None:
    assert _run(place, "install_project; install_project") == [f"pip --no-deps --no-build-isolation --editable {place}"]


def test_the_page_is_built_once_without_running_scripts_of_its_packages(place: Path) -> None:
    assert _run(place, "build_page; build_page") == [
        "npm ci --ignore-scripts --loglevel=error",
        "npm run build",
    ]


def test_a_changed_page_is_built_again_from_the_packages_it_has(place: Path) -> None:
    _run(place, "build_page")
    (place / "webui/src/app.js").write_text("second", encoding="utf-8")

    assert _run(place, "build_page") == ["npm run build"]


def test_what_installs_quietly_says_all_when_it_fails(place: Path) -> None:
    script = f". {place}/scripts/lib/environment.sh; quietly sh -c 'echo fine'; quietly sh -c 'echo broken; exit 3'"

    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout, done.stderr) == (1, "", "broken\n")


def test_a_new_page_package_is_fetched_before_the_page_is_built(place: Path) -> None:
    _run(place, "build_page")
    (place / "webui/package-lock.json").write_text("second", encoding="utf-8")

    assert _run(place, "build_page") == ["npm ci --ignore-scripts --loglevel=error", "npm run build"]


def test_a_repository_without_a_page_builds_none(place: Path) -> None:
    shutil.rmtree(place / "webui")

    assert _run(place, "build_page") == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--prot", "80"], "unknown argument --prot"),
        (["--port"], "--port needs a value"),
        (["--port", "http"], "--port must be a positive number"),
        (["--workers=0"], "--workers must be a positive number"),
    ],
)
def test_start_refuses_what_it_does_not_understand_before_it_does_anything(arguments: list[str], told: str) -> None:
    assert told in _refusal(*arguments)


def test_start_explains_each_of_its_options() -> None:
    help_text = subprocess.run([SCRIPTS / "start", "--help"], capture_output=True, text=True, check=True).stdout

    for option in ("--port", "--host", "--data-dir", "--database-url", "--workers", "--prepare"):
        assert f"  {option} " in help_text
