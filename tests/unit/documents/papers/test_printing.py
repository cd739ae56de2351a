"""Word files become PDF files where LibreOffice is installed; where it is not, or fails, the Word file stands."""

from __future__ import annotations

import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.documents.papers.fonts import FontMapInvalid, read_font_map, substitute
from engine.documents.papers.package import open_package
from engine.documents.papers.printing import SETTING, NotPrinted, Printer, find_printer
from engine.documents.papers.rendering import render
from tests.support.requirements import LIBREOFFICE, libreoffice_path, skip_for_want_of
from tests.unit.documents.papers.test_shipped_templates import FILES, PAPERS
from tests.unit.documents.papers.word_files import word_file

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
FONTS = {"仿宋_GB2312": ["仿宋", "Noto Serif CJK SC"], "黑体": ["SimHei"]}
STYLED = '<w:p><w:r><w:rPr><w:rFonts w:eastAsia="{}"/></w:rPr><w:t>文</w:t></w:r></w:p>'


def program(folder: Path, script: str) -> str:
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


@pytest.mark.parametrize(
    ("installed", "font", "becomes"),
    [
        ({"Noto Serif CJK SC"}, "仿宋_GB2312", "Noto Serif CJK SC"),
        ({"Noto Serif CJK SC", "仿宋"}, "仿宋_GB2312", "仿宋"),
        ({"仿宋_GB2312", "仿宋"}, "仿宋_GB2312", "仿宋_GB2312"),
        (set(), "黑体", "黑体"),
        ({"SimHei"}, "楷体_GB2312", "楷体_GB2312"),
    ],
)
def test_a_font_that_is_missing_is_replaced_by_the_first_that_is_there(
    installed: set[str], font: str, becomes: str
) -> None:
    changed = substitute(open_package(word_file(STYLED.format(font))), FONTS, frozenset(installed))

    assert f'w:eastAsia="{becomes}"' in open_package(changed)["word/document.xml"].decode()


def test_an_installation_may_have_its_own_list_of_fonts(tmp_path: Path) -> None:
    assert "方正小标宋简体" in read_font_map(tmp_path)
    (tmp_path / "fonts.yaml").write_text("仿宋_GB2312: [我的仿宋]\n", encoding="utf-8")
    assert read_font_map(tmp_path) == {"仿宋_GB2312": ["我的仿宋"]}
    (tmp_path / "fonts.yaml").write_text("仿宋_GB2312: 我的仿宋\n", encoding="utf-8")
    with pytest.raises(FontMapInvalid):
        read_font_map(tmp_path)


def test_it_is_found_by_setting_switched_off_or_not_there(tmp_path: Path) -> None:
    path = program(tmp_path, "exit 0")

    found = find_printer(environment={SETTING: path})
    assert found is not None
    assert found.program == path
    assert find_printer(environment={SETTING: "off"}) is None
    assert find_printer(environment={SETTING: str(tmp_path / "nothing")}) is None


def test_it_is_run_with_a_profile_of_its_own_and_none_of_our_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BANJIE_SECRET", "sesame")
    script = 'mkdir out; { echo "%PDF"; echo "$@"; env; } > out/paper.pdf'

    told = Printer(program(tmp_path, script), {}).to_pdf(word_file("文"), now=NOW).decode()

    assert told.startswith("%PDF")
    assert re.search(r"-env:UserInstallation=file:///\S+/profile", told)
    assert "--headless" in told
    assert "sesame" not in told
    assert f"SOURCE_DATE_EPOCH={int(NOW.timestamp())}" in told


def test_one_that_hangs_is_ended_with_all_it_started(tmp_path: Path) -> None:
    script = f"sleep 600 & echo $! > {tmp_path}/child; wait"

    with pytest.raises(NotPrinted, match="没有完成"):
        Printer(program(tmp_path, script), {}, seconds=0.5).to_pdf(word_file("文"), now=NOW)

    child = (tmp_path / "child").read_text().strip()
    state = subprocess.run(["ps", "-o", "stat=", "-p", child], capture_output=True, text=True, check=False).stdout
    assert state.strip() in ("", "Z")


@pytest.mark.parametrize("script", ["exit 0", "exit 1", "mkdir out; exit 0"])
def test_one_that_makes_nothing_is_told(tmp_path: Path, script: str) -> None:
    with pytest.raises(NotPrinted, match="没有生成 PDF"):
        Printer(program(tmp_path, script), {}).to_pdf(word_file("文"), now=NOW)


@pytest.fixture(scope="module")
def printer() -> Printer:
    found = find_printer(environment={})
    if found is None or libreoffice_path() is None:
        skip_for_want_of(LIBREOFFICE)
    return found


PAGES = {
    "documents/bgs/bgs-xingwen-wen.docx": 2,
    "documents/bgs/bgs-xingwen-jiyao.docx": 2,
    "documents/bgs/bgs-ysqgk-huizhi.docx": 1,
    "documents/bgs/bgs-xingwen-gaozhi.docx": 1,
}
"""Papers with their examples, and the pages they take: a format that breaks shows here first."""


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_paper_is_printed_on_a4_for_the_archive(printer: Printer, tmp_path: Path, name: str) -> None:
    data = {"steps": {}, "case": {}, "departments": {}, **PAPERS[name].description.samples}

    pdf = printer.to_pdf(render(FILES[name], data, now=NOW), now=NOW)

    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf)
    told = subprocess.run(["pdfinfo", str(path)], capture_output=True, text=True, check=True).stdout
    assert int(re.search(r"Pages:\s+(\d+)", told)[1]) == PAGES[name]
    assert "(A4)" in told
    assert b"pdfaid:part" in pdf
    text = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True).stdout
    assert "威海市工业和信息化局" in re.sub(r"\s", "", text)
