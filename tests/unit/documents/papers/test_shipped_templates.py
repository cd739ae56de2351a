"""Every template that is shipped: free of mistakes, filled in with its examples, on the page of the standard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

import engine
from engine.definitions.papers import PaperTemplate, read_papers
from engine.documents.papers.package import W, open_package, parse_part
from engine.documents.papers.rendering import render, text_of_paper

ROOT = Path(engine.__file__).resolve().parents[1]
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
DATE = re.compile(r"\d{4}-\d\d-\d\d(T.*)?\Z")
FONTS = {"仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋简体", "Times New Roman"}
FORMATTED = ("notice", "letter", "minutes", "decision")
TWIPS_A_MILLIMETRE = 1440 / 25.4


def files() -> dict[str, bytes]:
    found = sorted((ROOT / "documents").rglob("*"))
    return {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in found if path.is_file()}


FILES = files()
PAPERS, PROBLEMS = read_papers(FILES)
EACH = pytest.mark.parametrize("name", sorted(PAPERS))


@cache
def printed(name: str) -> str:
    data = {"steps": {}, "case": {"started_by": "周静玲", "department": "办公室"}, "departments": {"bgs": "办公室"}}
    return text_of_paper(render(FILES[name], {**data, **PAPERS[name].description.samples}, now=NOW))


def test_there_are_templates_and_nothing_is_wrong_with_them() -> None:
    assert PAPERS
    assert [str(problem) for problem in PROBLEMS if problem.severity == "error"] == []


def test_a_paper_has_one_id_in_all_departments() -> None:
    ids = [paper.id for paper in PAPERS.values()]

    assert len(ids) == len(set(ids))


@EACH
def test_its_examples_are_printed(name: str) -> None:
    text = printed(name)

    assert not re.search(r"\{[{%#]|[%#}]\}|None|Undefined", text)
    for word, sample in values_of(PAPERS[name]):
        assert sample in text, word


@EACH
def test_every_variable_has_a_name_and_most_have_an_example(name: str) -> None:
    fields = PAPERS[name].description.fields or {}

    assert PAPERS[name].names <= set(fields)
    assert all(re.search("[一-鿿]", field.label) for field in fields.values())


@EACH
def test_the_page_is_a4_with_the_margins_of_the_standard(name: str) -> None:
    section = last_section(name)
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    width, height = number(size, "w"), number(size, "h")

    assert sorted((width, height)) == pytest.approx([11906, 16838], abs=2)
    if PAPERS[name].description.format in FORMATTED:
        assert width < height
        assert number(margins, "top") == pytest.approx(37 * TWIPS_A_MILLIMETRE, abs=2)
        assert number(margins, "left") == pytest.approx(28 * TWIPS_A_MILLIMETRE, abs=2)
        across = width - number(margins, "left") - number(margins, "right")
        down = height - number(margins, "top") - number(margins, "bottom")
        assert across == pytest.approx(156 * TWIPS_A_MILLIMETRE, abs=3)
        assert down == pytest.approx(225 * TWIPS_A_MILLIMETRE, abs=3)


@EACH
def test_the_grid_is_22_lines_of_28_characters(name: str) -> None:
    grid = last_section(name).find(f"{W}docGrid")
    styles = parse_part("word/styles.xml", open_package(FILES[name])["word/styles.xml"])
    normal = next(style for style in styles.iter(f"{W}style") if style.get(f"{W}styleId") == "Normal")
    exact = [each for each in normal.iter(f"{W}spacing") if each.get(f"{W}lineRule") == "exact"]

    assert grid is not None
    assert (grid.get(f"{W}type"), grid.get(f"{W}linePitch")) == ("linesAndChars", "579")
    assert [number(each, "line") for each in exact] == [579]
    assert 22 * 579 <= 225 * TWIPS_A_MILLIMETRE < 23 * 579


@EACH
def test_pages_are_numbered(name: str) -> None:
    parts = open_package(FILES[name])
    footers = [parse_part(part, data) for part, data in parts.items() if part.startswith("word/footer")]
    codes = {(node.text or "").strip() for footer in footers for node in footer.iter(f"{W}instrText")}

    assert "PAGE" in codes
    settings = parse_part("word/settings.xml", parts["word/settings.xml"])
    assert next(settings.iter(f"{W}evenAndOddHeaders"), None) is not None


@EACH
def test_only_the_fonts_of_the_standard_are_named(name: str) -> None:
    named = {
        element.get(attribute)
        for part, data in open_package(FILES[name]).items()
        if part in ("word/document.xml", "word/styles.xml")
        for element in parse_part(part, data).iter(f"{W}rFonts")
        for attribute in (f"{W}eastAsia", f"{W}ascii")
        if element.get(attribute)
    }

    assert named <= FONTS


@EACH
def test_red_heads_are_red_and_bear_the_bureau(name: str) -> None:
    if PAPERS[name].description.format not in ("notice", "letter", "minutes"):
        assert "FF0000" not in open_package(FILES[name])["word/document.xml"].decode()
        return
    assert re.search("威海市工业和信息化局|局党组", printed(name))


def values_of(paper: PaperTemplate) -> Iterator[tuple[str, str]]:
    """What must stand in the paper as it is: short texts that are printed whatever the conditions."""
    always = set(printed_always(template_text(FILES[paper.name])))
    for word, sample in paper.description.samples.items():
        if word in always and isinstance(sample, str) and sample and "\n" not in sample and not DATE.match(sample):
            yield word, sample


def printed_always(text: str) -> Iterator[str]:
    """The variables that stand in no condition and no loop, and are printed as they are."""
    depth = 0
    for tag in re.findall(r"\{\{.*?\}\}|\{%.*?%\}", text):
        statement = re.match(r"\{%\s*(end)?(if|for)\b", tag)
        if statement is not None:
            depth += -1 if statement[1] else 1
        name = re.fullmatch(r"\{\{\s*(\w+)\s*(\|\s*default\([^|]*\))?\s*\}\}", tag)
        if name is not None and depth == 0:
            yield name[1]


def template_text(data: bytes) -> str:
    parts = open_package(data)
    return "\n".join(
        "".join(node.text or "" for node in paragraph.iter(f"{W}t"))
        for part in ("word/document.xml",)
        for paragraph in parse_part(part, parts[part]).iter(f"{W}p")
    )


def last_section(name: str) -> etree._Element:
    body: Any = parse_part("word/document.xml", open_package(FILES[name])["word/document.xml"]).find(f"{W}body")
    found: etree._Element = body.find(f"{W}sectPr")
    return found


def number(element: Any, word: str) -> int:
    return int(element.get(f"{W}{word}"))


SERVICE = {"service_way", "service_place", "substitute_reason", "received_by", "served_on"}
"""What is known of a service (送达) once it is done."""
AFTER_SERVICE = {"bgs-ysqgk-dangchang", "hlw-zfgc-huizheng", "xfk-wangxin-baogao"}
"""Papers that are made when something has been served."""


@EACH
def test_a_paper_made_before_it_is_served_says_nothing_of_an_earlier_service(name: str) -> None:
    paper = PAPERS[name]

    assert paper.id in AFTER_SERVICE or SERVICE.isdisjoint(paper.names)
