"""Texts are paragraphs: what was typed or came as a .docx, digested, and compared word by word."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.documents.texts import (
    MOST_PARAGRAPHS,
    TextUnreadable,
    compare,
    digest_of,
    paragraphs_of,
    paragraphs_of_docx,
)

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(body: str, **more: bytes) -> bytes:
    """Return a .docx with this body."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
        for name, data in more.items():
            archive.writestr(name.replace("__", "/").replace("_bin", ".bin"), data)
    return target.getvalue()


def test_blank_lines_at_both_ends_and_blanks_behind_lines_do_not_count() -> None:
    assert paragraphs_of("\n\n一、  \n\n二、\r\n \n") == ["一、", "", "二、"]
    assert digest_of(paragraphs_of("甲\n乙")) == digest_of(paragraphs_of("甲 \r\n乙\n\n"))
    assert digest_of(["甲乙"]) != digest_of(["甲", "乙"])


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Zs"]), min_size=1), max_size=8))
def test_what_is_kept_as_one_text_is_read_back_as_it_was(lines: list[str]) -> None:
    assert paragraphs_of("\n".join(lines)) == lines


def test_a_docx_gives_its_paragraphs_also_those_in_tables() -> None:
    table = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>表格</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    body = "<w:p><w:r><w:t>第一</w:t><w:tab/></w:r><w:r><w:t>段</w:t></w:r></w:p><w:p/>" + table

    assert paragraphs_of_docx(docx(body)) == ["第一 段", "", "表格"]


def test_a_bomb_a_macro_or_no_docx_at_all_is_refused() -> None:
    bomb = docx("<w:p><w:r><w:t>" + "长" * 15_000_000 + "</w:t></w:r></w:p>")
    many = docx("<w:p><w:r><w:t>段</w:t></w:r></w:p>" * (MOST_PARAGRAPHS + 1))
    for data in (bomb, many, docx("", word__vbaProject_bin=b"x"), docx("<w:p>"), b"", b"PK\x03\x04", docx("")[:60]):
        with pytest.raises(TextUnreadable):
            paragraphs_of_docx(data)


def test_a_doctype_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", f'<!DOCTYPE d [<!ENTITY a "b">]><w:document xmlns:w="{W}"/>')

    with pytest.raises(TextUnreadable):
        paragraphs_of_docx(target.getvalue())


def told(old: list[str], new: list[str]) -> list[tuple[str, int | None, int | None]]:
    return [(line.kind, line.old, line.new) for line in compare(old, new)]


def test_a_comparison_pairs_what_was_changed_and_lists_what_came_and_went() -> None:
    old = ["关于开展法制培训的通知", "各科室：", "定于3月5日培训。", "特此通知。"]
    new = ["关于开展法制培训的通知", "各科室、各区市：", "定于3月6日培训。", "请准时参加。"]

    assert told(old, new) == [
        ("same", 1, 1),
        ("changed", 2, 2),
        ("changed", 3, 3),
        ("removed", 4, None),
        ("added", None, 4),
    ]
    assert [(piece.kind, piece.text) for piece in compare(old, new)[2].pieces] == [
        ("same", "定于3月"),
        ("removed", "5"),
        ("added", "6"),
        ("same", "日培训。"),
    ]


@given(st.lists(st.text("甲乙丙", max_size=6), max_size=6), st.lists(st.text("甲乙丙", max_size=6), max_size=6))
def test_both_texts_can_be_read_out_of_their_comparison(old: list[str], new: list[str]) -> None:
    lines = compare(old, new)

    def side(number: str, kind: str) -> list[str]:
        chosen = [line for line in lines if getattr(line, number) is not None]
        return ["".join(piece.text for piece in line.pieces if piece.kind in ("same", kind)) for line in chosen]

    assert side("old", "removed") == old
    assert side("new", "added") == new
    assert [line.old for line in lines if line.old] == list(range(1, len(old) + 1))
    assert [line.new for line in lines if line.new] == list(range(1, len(new) + 1))
