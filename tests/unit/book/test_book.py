"""The book says what the files say, whole and escaped."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from engine.book import Book, gather, write_pages
from engine.book.gathering import ContentFaulty
from tests.support.requirements import ROOT


@pytest.fixture(scope="module")
def book() -> Book:
    return gather(ROOT)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A content folder with one procedure of its own, its rules and forms, and the bureau's organisation."""
    shutil.copytree(ROOT / "organisation", tmp_path / "organisation", ignore=shutil.ignore_patterns("calendars"))
    for folder in ("bpmn/bgs", "forms/bgs", "dmn", "documents/bgs", "documents/shared"):
        (tmp_path / folder).mkdir(parents=True)
    shutil.copy(ROOT / "bpmn/bgs/bgs-caigou.bpmn", tmp_path / "bpmn/bgs")
    for path in (ROOT / "forms/bgs").glob("bgs-caigou-*"):
        shutil.copy(path, tmp_path / "forms/bgs")
    for path in (ROOT / "documents").rglob("*.*"):
        shutil.copy(path, tmp_path / "documents/bgs")
    for name in ("bgs-caigou.dmn", "time-limits.dmn"):
        shutil.copy(ROOT / "dmn" / name, tmp_path / "dmn")
    return tmp_path


def test_every_procedure_of_the_folder_has_its_place(book: Book) -> None:
    pages = write_pages(book)
    procedures = [each for chapter in book.chapters for each in chapter.procedures] + list(book.shared)

    assert {each.id for each in procedures} == {path.stem for path in (ROOT / "bpmn").rglob("*.bpmn")}
    for procedure in procedures:
        assert sum(f'<h2 id="{procedure.id}">' in page for page in pages.values()) == 1
    assert all(procedure.picture.rstrip().endswith("</svg>") for procedure in procedures)


def test_a_procedure_tells_steps_limits_rules_forms_controls_and_examples(book: Book) -> None:
    office = next(chapter for chapter in book.chapters if chapter.id == "bgs")
    payment = next(each for each in office.procedures if each.id == "bgs-dae")
    disclosure = next(each for each in office.procedures if each.id == "bgs-ysqgk")

    assert office.procedures[0].id == "bgs-xingwen"
    assert any("L624" in step.seed or "L626" in step.seed for step in payment.steps)
    assert any(rule.rows for rule in payment.rules)
    assert "B11" in {control.id for control in payment.controls}
    assert payment.examples
    answer = next(limit for limit in disclosure.limits if "答复" in limit.name)
    assert (answer.holds, "L538" in answer.seed, bool(answer.law)) == (
        "20个工作日",
        True,
        True,
    )
    assert any(required for form in disclosure.forms for _, _, required in form.fields)


def test_what_files_say_can_not_become_markup(small: Path) -> None:
    file = small / "bpmn/bgs/bgs-caigou.bpmn"
    text = file.read_text("utf-8")
    name = text.split('<bpmn:process id="bgs-caigou" name="')[1].split('"')[0]
    file.write_text(text.replace(name, "&lt;script&gt;alert(1)&lt;/script&gt;"), "utf-8")

    pages = write_pages(gather(small))

    assert not any("<script" in page for page in pages.values())
    assert "&lt;script&gt;alert(1)" in pages["bgs.html"]


def test_faulty_content_makes_no_book(small: Path) -> None:
    (small / "bpmn/bgs/broken.bpmn").write_text("<broken", "utf-8")

    with pytest.raises(ContentFaulty):
        gather(small)
