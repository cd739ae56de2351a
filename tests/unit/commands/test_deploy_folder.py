"""Dropping in: what belongs together deploys together, what is refused holds nothing else up, a fix deploys later."""

from __future__ import annotations

import pytest

from engine.commands.deploy_folder import FolderOutcome, deploy_folder
from engine.definitions.source import ContentFolders
from engine.store.tables.repository import deployment, form, process_definition, refusal, resource
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import Bureau, together

BROKEN = b"<broken"


def ids(outcome: FolderOutcome) -> set[str]:
    return {item["id"] for item in outcome.deployed}


def test_files_that_belong_together_deploy_as_one_and_others_alone(bureau: Bureau) -> None:
    files = {
        "bpmn/a.bpmn": d.one_task("a", form="f"),
        "forms/f.form": d.form("f", "x"),
        "bpmn/b.bpmn": d.one_task("b"),
    }

    outcome = deploy_folder(bureau.bus, files)

    assert ids(outcome) == {"a", "f", "b"}
    assert outcome.refused == {}
    deployed = {row["process_id"]: row["deployment_key"] for row in bureau.rows(process_definition)}
    assert bureau.row(form)["deployment_key"] == deployed["a"] != deployed["b"]


def test_a_refused_set_is_refused_whole_and_holds_no_other_up(bureau: Bureau) -> None:
    files = {
        "bpmn/a.bpmn": d.one_task("a", form="f"),
        "forms/f.form": b"{broken",
        "bpmn/b.bpmn": d.one_task("b"),
        "bpmn/c.bpmn": BROKEN,
    }

    outcome = deploy_folder(bureau.bus, files)

    assert ids(outcome) == {"b"}
    assert set(outcome.refused) == {"bpmn/a.bpmn", "forms/f.form", "bpmn/c.bpmn"}
    assert outcome.refused["forms/f.form"][0]["message"]
    assert {row["name"] for row in bureau.rows(refusal)} == set(outcome.refused)
    assert [row["process_id"] for row in bureau.rows(process_definition)] == ["b"]


def test_a_fix_deploys_and_the_refusal_is_forgotten(bureau: Bureau) -> None:
    files = {"bpmn/a.bpmn": BROKEN, "bpmn/b.bpmn": d.one_task("b")}
    deploy_folder(bureau.bus, files)

    outcome = deploy_folder(bureau.bus, {**files, "bpmn/a.bpmn": d.one_task("a")})

    assert ids(outcome) == {"a"}
    assert bureau.rows(refusal) == []


def test_a_broken_change_leaves_the_version_in_force(bureau: Bureau) -> None:
    deploy_folder(bureau.bus, {"bpmn/a.bpmn": d.one_task("a")})

    outcome = deploy_folder(bureau.bus, {"bpmn/a.bpmn": BROKEN})

    assert set(outcome.refused) == {"bpmn/a.bpmn"}
    assert bureau.row(process_definition)["version"] == 1
    assert bureau.bus is not None
    assert bureau.start("a")


def test_content_is_deployed_once_ever(bureau: Bureau) -> None:
    one, two = {"bpmn/a.bpmn": d.one_task("a")}, {"bpmn/a.bpmn": d.one_task("a", outcome="x")}
    deploy_folder(bureau.bus, one)
    deploy_folder(bureau.bus, two)
    before = bureau.tables()

    for files in (two, one, {"bpmn/renamed.bpmn": one["bpmn/a.bpmn"]}, {}):
        assert deploy_folder(bureau.bus, files) == FolderOutcome((), {})

    assert bureau.tables() == before


def test_a_diagram_may_come_before_what_it_calls_whatever_the_names(bureau: Bureau) -> None:
    calling = d.el("callActivity", "call", zeebe='<zeebe:calledElement processId="z"/>')
    files = {
        "bpmn/a.bpmn": d.diagram(d.el("startEvent", "s") + calling + d.chain("s", "call"), "a"),
        "bpmn/z.bpmn": d.one_task("z"),
    }

    assert ids(deploy_folder(bureau.bus, files)) == {"a", "z"}


def test_a_form_that_changes_alone_is_a_new_version_alone(bureau: Bureau) -> None:
    files = {"bpmn/a.bpmn": d.one_task("a", form="f"), "forms/f.form": d.form("f", "x")}
    deploy_folder(bureau.bus, files)

    outcome = deploy_folder(bureau.bus, {**files, "forms/f.form": d.form("f", "y")})

    assert [(item["kind"], item["version"]) for item in outcome.deployed] == [("form", 2)]
    assert bureau.row(process_definition)["version"] == 1


def test_several_nodes_that_look_at_once_deploy_each_content_once(bureau: Bureau) -> None:
    files = {"bpmn/a.bpmn": d.one_task("a", form="f"), "forms/f.form": d.form("f", "x"), "bpmn/c.bpmn": BROKEN}

    outcomes = together(*[lambda: deploy_folder(bureau.bus, files)] * 4)

    assert all(isinstance(outcome, FolderOutcome) for outcome in outcomes), outcomes
    assert len(bureau.rows(deployment)) == 1
    assert sorted(len(outcome.deployed) for outcome in outcomes) == [0, 0, 0, 2]
    assert len(bureau.rows(resource)) == 2
    assert bureau.verify().findings == []


@pytest.mark.parametrize("folder", ["bpmn", "dmn", "forms", "documents"])
def test_a_file_is_taken_up_once_it_lies_still_from_one_look_to_the_next(tmp_path, folder: str) -> None:  # type: ignore[no-untyped-def]
    ending = {"bpmn": ".bpmn", "dmn": ".dmn", "forms": ".form", "documents": ".docx"}[folder]
    folders = ContentFolders(tmp_path)
    assert folders.read_if_changed() is None
    assert folders.read_if_changed() == {}
    path = tmp_path / folder / "deep" / f"x{ending}"
    path.parent.mkdir(parents=True)
    path.with_name(f"~$x{ending}").write_bytes(b"somebody has it open in Word")

    path.write_bytes(b"ha")
    assert folders.read_if_changed() is None
    path.write_bytes(b"half")
    assert folders.read_if_changed() is None
    assert folders.read_if_changed() == {f"{folder}/deep/x{ending}": b"half"}
    assert folders.read_if_changed() is None
    path.unlink()
    assert folders.read_if_changed() is None
    assert folders.read_if_changed() == {}
