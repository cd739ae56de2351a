"""What archivists type: make a package, verify it."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from cli.main import banjie
from engine.store.tables.records import archive
from tests.unit.archive.office import finished, prepared
from tests.unit.commands.platforms import Bureau


def typed(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(banjie, list(words))
    return result.exit_code, result.output


def test_a_package_is_made_written_and_verified(small_bureau: Bureau, tmp_path: Path) -> None:
    prepared(small_bureau)
    root_key = finished(small_bureau)
    where = ["--database-url", small_bureau.url, "--data-dir", str(small_bureau.folder)]

    code, output = typed("archive", str(root_key), "--output", str(tmp_path), *where)

    assert code == 0, output
    row = small_bureau.row(archive, root_key=root_key)
    assert row["sm3"] in output
    path = tmp_path / row["file_name"]
    anchors = str(small_bureau.folder / "anchors")
    code, output = typed("verify-package", str(path), "--digest", row["sm3"], "--anchors", anchors)
    assert (code, "四性检测通过" in output) == (0, True), output
    assert typed("verify-package", str(path), "--digest", "0" * 64)[0] == 1


def test_a_case_that_lacks_something_says_what(small_bureau: Bureau) -> None:
    prepared(small_bureau, archive__required="minutes")
    root_key = finished(small_bureau)
    where = ["--database-url", small_bureau.url, "--data-dir", str(small_bureau.folder)]

    code, output = typed("archive", str(root_key), *where)

    assert code != 0
    assert "minutes" in output
