"""The words that operators, analysts and auditors type: what they print, and the status they end with."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from cli import main as entry
from engine.store.database import open_engine, writing
from engine.store.tables.runtime import variable
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import Bureau
from tests.unit.installation.places import content

PYTHON = d.diagram(
    d.el("startEvent", "s")
    + d.el("scriptTask", "x", "<bpmn:script>1</bpmn:script>", scriptFormat="python")
    + d.chain("s", "x")
)

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def banjie(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Give a function that types a command and returns its status, what it printed, and what it complained of."""
    for name in ("BANJIE_DATABASE_URL", "BANJIE_CONTENT_DIR", "BANJIE_FIRST_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("BANJIE_DATA_DIR", str(tmp_path / "data"))

    def run(*words: Any) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["banjie", *map(str, words)])
        status = 0
        try:
            entry.main()
        except SystemExit as leave:
            status = int(leave.code or 0)
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return run


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a content folder that the commands find."""
    made = content(tmp_path / "content")
    monkeypatch.setenv("BANJIE_CONTENT_DIR", str(made))
    return made


def bureau_of(tmp_path: Path) -> Bureau:
    return Bureau(f"sqlite:///{tmp_path / 'data' / 'banjie.sqlite3'}", tmp_path / "data")


def test_feel_prints_the_value_and_its_warnings(banjie: Run) -> None:
    assert banjie("feel", "1 + amount", "--context", '{"amount": 2}') == (0, "3\n", "")
    assert banjie("feel", 'date("2026-03-02")')[1].strip() == "2026-03-02"

    status, out, err = banjie("feel", '1 + "x"')
    assert (status, out) == (0, "null\n")
    assert err.startswith("告警：")


def test_feel_says_where_an_expression_is_wrong(banjie: Run) -> None:
    status, _, err = banjie("feel", "1 +")

    assert status == 1
    assert "第1行" in err


@pytest.mark.parametrize("context", ["{", "@/nowhere.json"])
def test_a_context_that_is_no_json_is_refused(banjie: Run, context: str) -> None:
    status, _, err = banjie("feel", "1", "--context", context)

    assert status == 2
    assert "--context" in err


def test_decide_prints_the_result_and_the_rules_that_matched(banjie: Run, tmp_path: Path) -> None:
    file = tmp_path / "x.dmn"
    file.write_bytes(d.table("double", "2 * amount", "amount"))

    status, out, err = banjie("decide", file, "double", "--input", '{"amount": 3}')

    assert (status, json.loads(out)) == (0, 6)
    assert "double" in err


def test_decide_warns_of_a_broken_expression_and_refuses_what_is_no_table_or_not_in_it(
    banjie: Run, tmp_path: Path
) -> None:
    file = tmp_path / "x.dmn"
    file.write_bytes(d.table("double", "2 *"))
    status, out, err = banjie("decide", file, "double")
    assert status == 1
    assert (out, "告警" in err) == ("null\n", True)
    assert banjie("decide", file, "treble")[0] == 1
    file.write_bytes(b"<broken")
    assert banjie("decide", file, "double")[0] == 1


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (d.one_task(), 0),
        (b"<broken", 1),
        (d.one_task(form="nowhere"), 2),
        (PYTHON, 2),
    ],
    ids=["sound", "broken", "missing form", "unsupported"],
)
def test_check_tells_invalid_and_unsupported_apart_by_its_status(
    banjie: Run, root: Path, tmp_path: Path, data: bytes, status: int
) -> None:
    file = tmp_path / "x.bpmn"
    file.write_bytes(data)

    found, out, _ = banjie("check", file)

    assert found == status
    assert "检查 1 个文件" in out
    found, out, _ = banjie("check", file, "--json")
    problems = json.loads(out)
    assert found == status
    assert all({"file", "line", "element", "kind", "code", "message"} <= problem.keys() for problem in problems)
    assert bool([problem for problem in problems if problem["severity"] == "error"]) == bool(status)


def test_check_finds_what_a_file_refers_to_in_the_content_folders(banjie: Run, root: Path, tmp_path: Path) -> None:
    file = tmp_path / "x.bpmn"
    file.write_bytes(d.one_task("other", form="f"))

    assert banjie("check", file)[0] == 0
    assert banjie("check")[0] == 0


def test_setup_then_procedures_then_setup_again(banjie: Run, root: Path) -> None:
    status, out, _ = banjie("setup")
    assert status == 0
    assert "已部署 process p v1" in out
    assert "admin" in out

    assert json.loads(banjie("procedures", "--json")[1])[0]["id"] == "p"
    assert banjie("procedures")[1].startswith("p ")
    assert banjie("setup") == (0, "", "")


def test_setup_says_what_it_refused(banjie: Run, root: Path) -> None:
    (root / "bpmn" / "broken.bpmn").write_bytes(b"<broken")

    status, out, err = banjie("setup")

    assert status == 0
    assert "已部署 process p v1" in out
    assert "未部署 bpmn/broken.bpmn:1" in err


def test_deploy_gives_a_version_or_refuses_with_status_one(banjie: Run, root: Path, tmp_path: Path) -> None:
    file = tmp_path / "x.bpmn"
    file.write_bytes(d.one_task("x"))

    assert banjie("deploy", file)[1].startswith("新版本 process x v1")
    assert banjie("deploy", file)[1].startswith("未变 process x v1")

    file.write_bytes(b"<broken")
    status, _, err = banjie("deploy", file)
    assert status == 1
    assert "[commands.deployment-refused]" in err


def test_verify_passes_until_something_is_changed_by_hand(banjie: Run, root: Path, tmp_path: Path) -> None:
    banjie("setup")
    bureau = bureau_of(tmp_path)
    case = bureau.start()
    bureau.close()

    status, out, _ = banjie("verify", "--all")
    assert (status, "通过" in out) == (0, True)
    assert banjie("verify", case)[0] == 0

    engine = open_engine(f"sqlite:///{tmp_path / 'data' / 'banjie.sqlite3'}")
    with writing(engine) as connection:
        connection.execute(update(variable).values(value={"id": "somebody"}))
    engine.dispose()

    status, out, _ = banjie("verify", "--all")
    assert status == 1
    assert "篡改" in out
    status, out, _ = banjie("verify", "--all", "--json")
    answer = json.loads(out)
    assert (status, answer["passed"]) == (1, False)
    assert {finding["case"] for finding in answer["findings"]} == {str(case)}


def test_verify_wants_to_know_what(banjie: Run) -> None:
    status, _, err = banjie("verify")

    assert status == 2
    assert "--all" in err


def test_a_case_that_does_not_exist_is_not_verified_as_sound(banjie: Run, root: Path) -> None:
    banjie("setup")

    assert banjie("verify", 12345)[0] == 1


def test_backup_and_restore(banjie: Run, root: Path, tmp_path: Path) -> None:
    banjie("setup")

    assert banjie("backup", tmp_path / "b.tar.gz")[0] == 0
    status, _, err = banjie("restore", tmp_path / "b.tar.gz")
    assert status == 1
    assert "[installation.backup-impossible]" in err
    other = ("--data-dir", tmp_path / "other")
    assert banjie("restore", tmp_path / "b.tar.gz", *other)[0] == 0
    assert banjie("verify", "--all", *other)[0] == 0


def test_rehearse_prints_each_scenario_and_ends_with_one_when_one_fails_or_a_flow_is_never_taken(
    banjie: Run, root: Path
) -> None:
    path = root / "bpmn" / "p.scenarios.yaml"
    good = (
        "procedure: p\nscenarios:\n  - name: 一\n    now: 2026-03-02T09:00\n    start: {by: zhou}\n"
        "    steps:\n      - {do: work, by: zhou, form: {opinion: 同意}}\n    expect: {end: p_end}\n"
    )
    path.write_text(good, encoding="utf-8")
    status, out, _ = banjie("rehearse")
    assert (status, "通过  p" in out, "流向  p" in out) == (0, True, True)

    path.write_text(good.replace("p_end", "elsewhere"), encoding="utf-8")
    status, out, _ = banjie("rehearse", "p", "--json")
    assert status == 1
    assert json.loads(out)["scenarios"][0]["passed"] is False

    path.write_text(good[: good.index("    steps:")], encoding="utf-8")
    assert banjie("rehearse")[0] == 1
    assert banjie("rehearse", "unknown")[0] == 2


def test_bench_measures_and_verifies_what_it_made(banjie: Run) -> None:
    status, out, _ = banjie("bench", "--instances", 2, "--json")

    answer = json.loads(out)
    assert status == 0
    assert (answer["completions"], answer["synchronous"], answer["verified"]) == (14, "FULL", True)
    assert answer["completions_per_cpu_second"] > 0


def test_layout_gives_a_diagram_its_picture(banjie: Run, tmp_path: Path) -> None:
    file = tmp_path / "x.bpmn"
    file.write_bytes(d.one_task())

    assert banjie("layout", file)[0] == 0

    assert b"BPMNDiagram" in file.read_bytes()


def test_an_unknown_word_is_refused_and_help_is_given(banjie: Run) -> None:
    assert banjie("dance")[0] == 2
    status, out, _ = banjie("--help")
    assert status == 0
    for word in ("setup", "procedures", "check", "deploy", "feel", "decide", "verify", "rehearse", "bench", "backup"):
        assert word in out


def test_a_database_of_another_kind_is_refused_with_its_code(banjie: Run) -> None:
    status, _, err = banjie("procedures", "--database-url", "mysql://x/y")

    assert status == 1
    assert "[store.database-unusable]" in err
