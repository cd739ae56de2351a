"""``banjie check`` reads templates with their descriptions, and no other YAML."""

from __future__ import annotations

from pathlib import Path

from tests.unit.cli.test_cli import Run, banjie, root
from tests.unit.documents.papers.word_files import description, word_file

__all__ = ["banjie", "root"]


def test_a_template_is_checked_with_what_stands_beside_it(banjie: Run, root: Path) -> None:
    folder = root / "documents" / "bgs"
    folder.mkdir(parents=True)
    (folder / "notice.docx").write_bytes(word_file("{{ to }}"))
    (folder / "notice.yaml").write_bytes(description())
    (root / "bpmn" / "x.scenarios.yaml").write_text("no description\n", encoding="utf-8")

    for words in ((root,), (folder / "notice.docx",), ()):
        status, out, _ = banjie("check", *words)
        assert status == 0, out
    assert "paper.field-undescribed" in out

    (folder / "notice.docx").write_bytes(word_file("前", "{{ to | shout }}"))
    status, out, _ = banjie("check", folder)
    assert status == 1
    assert "paper.filter-unknown" in out
    assert "正文第 2 段“{{ to | shout }}”" in out


def test_an_outside_template_needs_its_description(banjie: Run, root: Path, tmp_path: Path) -> None:
    (tmp_path / "notice.docx").write_bytes(word_file("文"))

    status, out, _ = banjie("check", tmp_path / "notice.docx")

    assert status == 1
    assert "paper.description-missing" in out
