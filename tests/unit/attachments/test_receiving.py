"""What may be uploaded, told from the content; state secrets, macros and programs may not."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from engine.attachments.errors import FileRefused
from engine.attachments.kinds import TYPES, USUAL
from engine.attachments.receiving import Rules, plain_name, receive
from engine.history.chain import sm3
from engine.store.documents import DocumentFolder
from tests.unit.attachments.files import JPEG, OLE, PDF, PNG, office, zipped

RULES = Rules(frozenset(USUAL.split()), 1_000_000, None)

GOOD = [
    ("扫描件.png", PNG, "image/png"),
    ("照片.JPG", JPEG, "image/jpeg"),
    ("证明.pdf", PDF, "application/pdf"),
    ("报告.docx", office("docx"), TYPES["docx"].media_type),
    ("明细.xlsx", office("xlsx"), TYPES["xlsx"].media_type),
    ("旧表.doc", OLE, "application/msword"),
    ("公文.wps", OLE, "application/vnd.ms-works"),
    ("版式.ofd", zipped({"OFD.xml": "<ofd/>"}), "application/ofd"),
    ("说明.txt", "涉及商业秘密的，征求第三方意见。".encode("gb18030"), "text/plain"),
    ("清单.csv", "序号,名称\n1,设备\n".encode(), "text/csv"),
    ("笔录.mp4", b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "video/mp4"),
    ("非涉密文件目录.txt", b"none", "text/plain"),
    ("保密审查表.pdf", PDF, "application/pdf"),
]
BAD = [
    ("程序.pdf", b"MZ\x90\0" + b"\0" * 100, "attachments.type-refused"),
    ("照片.png", PDF, "attachments.type-refused"),
    ("页面.html", b"<html></html>", "attachments.type-refused"),
    ("图.svg", b"<svg/>", "attachments.type-refused"),
    ("压缩.zip", zipped({"a": "b"}), "attachments.type-refused"),
    ("无扩展名", PDF, "attachments.type-refused"),
    ("报告.docx", office("xlsx"), "attachments.type-refused"),
    ("报告.docx", b"PK\x03\x04 broken", "attachments.type-refused"),
    ("大.docx", zipped({"[Content_Types].xml": "x", "bomb": "0" * 9_000_000}), "attachments.type-refused"),
    ("二进制.txt", b"a\0b\x01", "attachments.type-refused"),
    ("宏.docx", office(macro=True), "attachments.macro-found"),
    ("远程模板.docx", office(relation="attachedTemplate"), "attachments.macro-found"),
    ("宏.doc", OLE + "_VBA_PROJECT".encode("utf-16-le"), "attachments.macro-found"),
    ("空.pdf", b"", "attachments.refused"),
    ("大.txt", b"a" * 1_000_001, "attachments.too-large"),
    ("机密★10年 报告.pdf", PDF, "attachments.secret-marked"),
    ("【秘密】报告.pdf", PDF, "attachments.secret-marked"),
    ("绝密-名单.pdf", PDF, "attachments.secret-marked"),
    ("涉密文件目录.pdf", PDF, "attachments.secret-marked"),
    ("报告.docx", office(text="机密★长期"), "attachments.secret-marked"),
    ("报告.docx", office(text="秘密"), "attachments.secret-marked"),
    ("说明.txt", "秘密☆\n内容".encode(), "attachments.secret-marked"),
]


@pytest.mark.parametrize(("name", "content", "media_type"), GOOD, ids=[name for name, *_ in GOOD])
def test_what_officials_use_is_taken_with_its_true_type(
    name: str, content: bytes, media_type: str, tmp_path: Path
) -> None:
    store = DocumentFolder(tmp_path)

    received = receive(io.BytesIO(content), name, RULES, store)

    assert (received.content_type, received.name, received.size) == (media_type, name, len(content))
    assert received.digest == sm3(content)
    assert store.read(received.digest) == content


@pytest.mark.parametrize(("name", "content", "code"), BAD, ids=[f"{name}-{code[12:]}" for name, _, code in BAD])
def test_what_may_not_be_here_is_refused_and_nothing_is_stored(
    name: str, content: bytes, code: str, tmp_path: Path
) -> None:
    with pytest.raises(FileRefused) as caught:
        receive(io.BytesIO(content), name, RULES, DocumentFolder(tmp_path))

    assert caught.value.code == code, caught.value
    assert list(tmp_path.iterdir()) == []


def test_a_link_that_people_click_is_no_program(tmp_path: Path) -> None:
    content = office(relation="hyperlink")

    assert receive(io.BytesIO(content), "a.docx", RULES, DocumentFolder(tmp_path)).size == len(content)


def test_only_the_types_of_the_setting_are_taken(tmp_path: Path) -> None:
    rules = Rules(frozenset({"pdf"}), 1000, None)

    with pytest.raises(FileRefused, match="可以上传：pdf"):
        receive(io.BytesIO(PNG), "a.png", rules, DocumentFolder(tmp_path))


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("C:\\文件\\报告.pdf", "报告.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("报告\u202efdp.exe", "报告fdp.exe"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
    ],
)
def test_names_hold_neither_folders_nor_what_is_not_seen(given: str, shown: str) -> None:
    assert plain_name(given) == shown


def test_a_large_file_goes_through_in_pieces(tmp_path: Path) -> None:
    class Watched(io.BytesIO):
        largest = 0

        def read(self, size: int | None = -1, /) -> bytes:
            Watched.largest = max(Watched.largest, len(self.getbuffer()) if size in (None, -1) else size or 0)
            return super().read(size)

    content = b"line\n" * 4_000_000
    rules = Rules(frozenset({"txt"}), 50_000_000, None)

    received = receive(Watched(content), "a.txt", rules, DocumentFolder(tmp_path))

    assert received.size == len(content)
    assert Watched.largest <= 1 << 20
