"""What is wrong with a template is told with its place, before it is deployed."""

from __future__ import annotations

import pytest

from engine.documents.papers.template import examine_template
from tests.unit.documents.papers.word_files import R, W, paragraph, row, table, word_file


def problems(*content: str) -> list[tuple[str, str]]:
    reading = examine_template("documents/x.docx", word_file(*content))
    return [(problem.code, problem.place.element or "") for problem in reading.problems]


def test_the_names_a_template_asks_for_are_known() -> None:
    file = word_file(
        "{{ a }}{{ b.c | default(d) }}{% if e %}x{% endif %}",
        table(
            row("{% for item in list %}"), row("{{ item.x }}{{ loop.index }}{{ steps.s.person }}"), row("{% endfor %}")
        ),
        "{{ item }}",
    )

    assert examine_template("x.docx", file).names == {"a", "b", "d", "e", "list", "item"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("{{ a + 1 }}", "paper.construct-refused"),
        ("{{ a() }}", "paper.construct-refused"),
        ("{{ ''.__class__ }}", "paper.construct-refused"),
        ("{{ [1] }}", "paper.construct-refused"),
        ("{{ a | safe }}", "paper.filter-unknown"),
        ("{% if a is callable %}{% endif %}", "paper.test-unknown"),
        ("{% set a = 1 %}", "paper.tag-unknown"),
        ("{%r if a %}", "paper.tag-unknown"),
        ("{% include 'x' %}", "paper.tag-unknown"),
        ("{% for a, b in c %}{% endfor %}", "paper.construct-refused"),
        ("{{ a b }}", "paper.syntax"),
        ("{{ a ", "paper.tag-broken"),
        ("{% if a %}", "paper.tag-open"),
        ("{% endif %}", "paper.tag-astray"),
        ("{% if a %}{% endfor %}{% endif %}", "paper.tag-astray"),
        ("{% else %}", "paper.tag-astray"),
        ("{% for a in b %}" * 4 + "{% endfor %}" * 4, "paper.loop-too-deep"),
    ],
)
def test_what_is_not_allowed_is_named(content: str, code: str) -> None:
    assert [found for found, _ in problems("前", content)] == [code]


def test_the_place_is_the_paragraph_as_people_count_and_read_it() -> None:
    (found,) = problems("第一段", paragraph("金额：", "{{ a | capitl }}", "元"))

    assert found == ("paper.filter-unknown", "正文第 2 段“金额：{{ a | capitl }}元”")


def test_headers_and_footers_are_read_too() -> None:
    footer = f'<w:ftr xmlns:w="{W}">{paragraph("{{ a | x }}")}</w:ftr>'
    reading = examine_template("x.docx", word_file("正文", word__footer2_xml=footer))

    assert [problem.place.element for problem in reading.problems] == ["页脚第 1 段“{{ a | x }}”"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04 not a zip",
        word_file("x", word__vbaProject_bin="macro"),
        word_file("x", word__embeddings__sheet_xlsx="x"),
        word_file(
            "x", links=f'<Relationship Id="r" Type="{R}/attachedTemplate" Target="http://x/" TargetMode="External"/>'
        ),
        word_file("x", links=f'<Relationship Id="r" Type="{R}/image" Target="http://x/" TargetMode="External"/>'),
        word_file("<w:p><w:r><w:instrText> INCLUDETEXT C:/x </w:instrText></w:r></w:p>"),
        word_file('<w:p><w:fldSimple w:instr="DDEAUTO c:/cmd"/></w:p>'),
        word_file("x", word__header1_xml="<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"),
        word_file("x", word__header1_xml="<x>"),
        word_file("x", word__large_bin="0" * 41_000_000),
    ],
    ids=["empty", "broken", "macro", "embedded", "template", "picture", "include", "dde", "doctype", "xml", "bomb"],
)
def test_files_that_are_unsafe_or_broken_are_refused(data: bytes) -> None:
    reading = examine_template("x.docx", data)

    assert [problem.code for problem in reading.problems] == ["paper.file"]


def test_a_link_that_waits_to_be_clicked_is_allowed() -> None:
    link = f'<Relationship Id="r" Type="{R}/hyperlink" Target="https://www.weihai.gov.cn/" TargetMode="External"/>'

    assert examine_template("x.docx", word_file("x", links=link)).problems == ()
