"""A template and data make a paper: the same ones the same paper, and nothing but the data is reached."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest

from engine.documents.papers.rendering import MOST_ENTRIES, PaperFailed, render, text_of_paper
from tests.unit.documents.papers.word_files import paragraph, row, table, word_file

NOW = datetime(2026, 9, 17, 16, 30, tzinfo=UTC)
"""Half past midnight of the 18th in Shanghai."""


def lines(*content: str, preview: bool = False, **data: Any) -> list[str]:
    return text_of_paper(render(word_file(*content), data, now=NOW, preview=preview)).split("\n")


def test_values_stand_where_the_template_names_them() -> None:
    assert lines("致：{{ to }}", "{{ a.b[0].c }}", to="李明", a={"b": [{"c": 7}]}) == ["致：李明", "7"]


def test_an_absent_value_is_a_blank_to_be_filled_in_by_hand() -> None:
    assert lines("{{ no }}、{{ no.such.thing }}、{{ nil }}、{{ empty }}|", nil=None, empty="") == [
        "＿＿＿＿、＿＿＿＿、＿＿＿＿、|"
    ]


def test_what_is_absent_is_false_in_conditions_and_never_an_error() -> None:
    assert lines("{% if no > 3 %}多{% elif no == 'x' %}是{% else %}无{% endif %}") == ["无"]


def test_a_tag_that_word_parted_over_runs_is_one_tag() -> None:
    assert lines(paragraph("致：{", "{ t", "o |", " default(“全体”) }", "}。")) == ["致：全体。"]


def test_paragraphs_and_rows_that_hold_only_a_statement_disappear() -> None:
    content = (
        "{% if show %}",
        "甲",
        "{% else %}",
        "乙",
        "{% endif %}",
        table(
            row("名称", "数量"),
            row("{% for item in items %}", ""),
            row("{{ item.n }}", "{{ loop.index }}"),
            row("{% endfor %}"),
        ),
    )

    assert lines(*content, show=False, items=[{"n": "x"}, {"n": "y"}]) == ["乙", "名称", "数量", "x", "1", "y", "2"]


def test_a_cell_keeps_a_paragraph_or_word_would_refuse_the_file() -> None:
    cell = "<w:tr><w:tc>" + paragraph("{% if a %}") + paragraph("甲") + paragraph("{% endif %}") + "</w:tc></w:tr>"

    content = render(word_file(table(cell)), {"a": False}, now=NOW)

    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert b"<w:tc><w:p/></w:tc>" in archive.read("word/document.xml")


def test_data_can_hold_neither_markup_nor_tags() -> None:
    assert lines("{{ x }}", x="</w:t><w:p/>{{ secret }}&") == ["</w:t><w:p/>{{ secret }}&"]


def test_line_breaks_make_paragraphs_and_control_characters_go() -> None:
    assert lines("{{ x }}", x="一\r\n二\x00\x0b\n") == ["一", "二"]


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (True, "是"),
        (False, "否"),
        (12, "12"),
        (1234.5, "1234.5"),
        (1e20, "100000000000000000000"),
        (["甲", "乙"], "甲、乙"),
        ({"id": "u1", "name": "张三"}, "张三"),
        ({"$feel": "date", "value": "2026-09-18"}, "2026-09-18"),
    ],
)
def test_every_kind_of_value_prints_as_people_write_it(value: Any, printed: str) -> None:
    assert lines("{{ x }}", x=value) == [printed]


def test_the_day_is_reckoned_in_shanghai() -> None:
    assert lines("{{ today | date_cn }}") == ["2026年9月18日"]


def test_an_entry_is_never_something_of_python() -> None:
    content = "{{ d.items }}{{ d.keys }}{{ l.append }}{{ s.upper }}{{ l[5] }}"

    assert lines(content, d={"items": "条"}, l=["a"], s="x") == ["条" + "＿＿＿＿" * 4]


def test_the_same_template_data_and_day_give_the_same_bytes() -> None:
    template = word_file("{{ x }}")

    assert render(template, {"x": 1}, now=NOW) == render(template, {"x": 1}, now=NOW)
    assert render(template, {"x": 1}, now=NOW) != render(template, {"x": 2}, now=NOW)


def test_a_preview_says_so() -> None:
    assert lines("正文", preview=True) == ["预览", "正文"]


@pytest.mark.parametrize("content", ["{{ x | date_cn }}", "{{ x | money }}", "{% if x > 3 %}{% endif %}"])
def test_data_that_does_not_fit_is_told(content: str) -> None:
    with pytest.raises(PaperFailed) as caught:
        lines(content, x="不是")

    assert caught.value.message.startswith("文书不能生成")


def test_loops_within_loops_end() -> None:
    many = [{"n": number} for number in range(200)]

    with pytest.raises(PaperFailed, match=str(MOST_ENTRIES)):
        lines("{% for a in l %}{% for b in l %}{% for c in l %}x{% endfor %}{% endfor %}{% endfor %}", l=many)


def test_texts_too_long_for_a_paper_are_refused() -> None:
    with pytest.raises(PaperFailed, match="过长"):
        lines("{{ x }}", x=["a" * 1_000_000] * 3)
