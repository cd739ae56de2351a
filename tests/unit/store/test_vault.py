"""Sealed secrets: readable with the installation's secret by their owner's row, and by nothing else."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from engine.errors import BanjieError
from engine.store.vault import FILE, VARIABLE, SealBroken, Vault, is_sealed, vault_of

SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def no_secret_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)


def test_what_is_sealed_is_opened_for_its_owner_after_a_restart(tmp_path: Path) -> None:
    sealed = vault_of(tmp_path).seal(SECRET, "li")

    assert is_sealed(sealed)
    assert not is_sealed(SECRET)
    assert SECRET not in sealed
    assert vault_of(tmp_path).open(sealed, "li") == SECRET


def test_sealed_twice_it_looks_different(tmp_path: Path) -> None:
    vault = vault_of(tmp_path)

    assert vault.seal(SECRET, "li") != vault.seal(SECRET, "li")


@pytest.mark.parametrize("change", ["owner", "byte", "cut", "installation", "plain"])
def test_anything_else_opens_nothing(tmp_path: Path, change: str) -> None:
    vault = vault_of(tmp_path)
    sealed, owner = vault.seal(SECRET, "li"), "li"
    if change == "owner":
        owner = "wang"
    elif change == "byte":
        sealed = sealed[:-8] + ("A" if sealed[-8] != "A" else "B") + sealed[-7:]
    elif change == "cut":
        sealed = sealed[:20]
    elif change == "installation":
        vault = Vault(lambda: b"x" * 32)
    else:
        sealed = SECRET

    with pytest.raises(SealBroken):
        vault.open(sealed, owner)


def test_the_file_is_the_owners_alone_and_made_only_when_needed(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    vault = vault_of(folder)
    assert not folder.exists()

    vault.seal(SECRET, "li")

    assert [path.name for path in folder.iterdir()] == [FILE]
    assert stat.S_IMODE(os.stat(folder / FILE).st_mode) == 0o600


def test_processes_that_begin_at_once_agree_on_one_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        sealed = list(pool.map(lambda _: vault_of(tmp_path).seal(SECRET, "li"), range(8)))

    assert {vault_of(tmp_path).open(each, "li") for each in sealed} == {SECRET}
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_a_secret_from_the_environment_serves_every_node(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "one secret that all the nodes are given")

    sealed = vault_of(tmp_path / "a").seal(SECRET, "li")

    assert vault_of(tmp_path / "b").open(sealed, "li") == SECRET
    assert list(tmp_path.iterdir()) == []


def test_a_short_secret_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "short")

    with pytest.raises(BanjieError) as caught:
        vault_of(tmp_path).seal(SECRET, "li")

    assert caught.value.code == "store.secret-too-short"
