"""Writing the package of a case."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Connection

from engine.archive.collecting import Collected, collect, event_line
from engine.archive.completeness import required_of
from engine.archive.container import Container, Member
from engine.archive.errors import ContentMissing
from engine.archive.metadata import Elements, elements_of, file_number, to_xml
from engine.archive.retention import Retention
from engine.commands.actor import Actor
from engine.definitions.repository import Definitions
from engine.history.anchors import Anchor
from engine.printing.facts import print_case, print_task
from engine.queries.documents import UPLOAD
from engine.queries.user_tasks import Moment
from engine.store.documents import ContentStore
from engine.store.types import canonical_json

ARCHIVER = Actor("system:archiver", "系统（归档）", auditor=True)
"""Reads cases whole, as auditors do."""
FORMAT = 1
_VERIFIER = Path(__file__).with_name("verify_package.py")

ToPdf = Callable[[Mapping[str, str]], Mapping[str, bytes]]
"""Makes PDF files of pages, by name; those it can't make are missing."""


def no_pdf(pages: Mapping[str, str]) -> Mapping[str, bytes]:
    """Make none: the pages stand."""
    return {}


@dataclass(frozen=True, slots=True)
class Packed:
    """A package that was written."""

    file_name: str
    sm3: str
    sha256: str
    size: int
    head_seq: int
    head_hash: str
    period: str
    category: str
    year: int
    title: str
    process_id: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """All of a package but the contents of its files, read from one snapshot: making it may take long."""

    found: Collected
    pages: Mapping[str, str]
    retention: Retention
    required: Mapping[str, bool]
    anchors: str


def prepare_package(
    connection: Connection,
    definitions: Definitions,
    root_key: int,
    *,
    retention: Retention,
    anchors: Iterable[Anchor] = (),
    now: datetime,
) -> Prepared:
    """Read the package of a case; ``now`` stands in nothing of it. Raises ContentMissing."""
    found = collect(connection, definitions, root_key)
    model = definitions.model(connection, found.instance["definition_key"])
    return Prepared(
        found,
        _pages(connection, definitions, found, now),
        retention,
        required_of(model, found.variables),
        _anchor_lines(root_key, anchors),
    )


def write_package(prepared: Prepared, contents: ContentStore, file: BinaryIO, *, to_pdf: ToPdf = no_pdf) -> Packed:
    """Write a package to ``file`` and return what it is; the same case gives the same bytes, PDF files aside.

    Raises ContentMissing, PackageTooLarge.
    """
    found, pages, retention = prepared.found, prepared.pages, prepared.retention
    root_key = found.instance["key"]
    rule = retention.of(found.case["process_id"])
    printed = to_pdf(pages)
    with Container(file) as container:
        documents = [_document(container, contents, number, row) for number, row in enumerate(found.documents, start=1)]
        forms = []
        for name, text in pages.items():
            member = container.add(name, text)
            if name in printed:
                container.add(name.removesuffix(".html") + ".pdf", printed[name])
            if name.startswith("forms/"):
                task = name.removesuffix(".html").rpartition("-")[2]
                forms.append({"task": task, "member": name, "sm3": member.sm3})
        for each in found.definitions:
            container.add(each.member, each.content)
        container.add("history/events.jsonl", "".join(map(event_line, found.events)))
        container.add("history/anchors.txt", prepared.anchors)
        elements = elements_of(found.case, retention, rule, len(documents) + len(pages))
        description = {
            "format": FORMAT,
            "case": {name: found.case[name] for name in ("key", "title", "process_id", "version", "head", "engine")},
            "elements": elements,
            "documents": documents,
            "discarded": found.discarded,
            "forms": forms,
            "definitions": [{"key": each.key, "member": each.member} for each in found.definitions],
            "erased": found.erased,
            "required": prepared.required,
        }
        container.add("metadata.json", canonical_json(description))
        container.add("metadata.xml", to_xml(elements))
        container.add("README.txt", _readme(elements))
        container.add("verify.py", _VERIFIER.read_bytes())
        one, other, size = container.close()
    year = int(elements["年度"])
    number = file_number(retention, rule, year, str(found.case["department_id"] or ""), str(root_key))
    return Packed(
        file_name=f"{number}.zip",
        sm3=one,
        sha256=other,
        size=size,
        head_seq=found.case["head"]["seq"],
        head_hash=found.case["head"]["hash"],
        period=rule.period,
        category=rule.category,
        year=year,
        title=found.case["title"],
        process_id=found.case["process_id"],
    )


def _pages(connection: Connection, definitions: Definitions, found: Collected, now: datetime) -> dict[str, str]:
    root_key = found.instance["key"]
    pages = {"case.html": print_case(connection, ARCHIVER, root_key, Moment(now, None), definitions)}
    for number, row in enumerate(found.tasks, start=1):
        name = f"forms/{number:03d}-{_safe(row['element_id'])}-{row['key']}.html"
        pages[name] = print_task(connection, ARCHIVER, row["key"], definitions)
    return pages


def _document(container: Container, contents: ContentStore, number: int, row: Mapping[Any, Any]) -> dict[str, Any]:
    stream = contents.open(row["digest"])
    if stream is None:
        raise ContentMissing(f"文件“{row['file_name']}”的内容已不在，不能归档，请告知系统管理员。")
    folder = "attachments" if row["purpose"] == UPLOAD else "papers"
    with stream:
        member: Member = container.add(f"{folder}/{number:03d}-{_safe(row['file_name'])}", stream)
    if member.sm3 != row["digest"]:
        raise ContentMissing(f"文件“{row['file_name']}”的内容被改动过，不能归档，请告知系统管理员。")
    return {"id": row["id"], "name": row["file_name"], "member": member.name, "sm3": member.sm3}


def _anchor_lines(root_key: int, anchors: Iterable[Anchor]) -> str:
    heads: Sequence[tuple[int, str]] = sorted({(a.head.seq, a.head.hash) for a in anchors if a.root_key == root_key})
    return "".join(f"{root_key} {seq} {hash_}\n" for seq, hash_ in heads)


def _safe(name: str) -> str:
    """A name that is one file's on every system."""
    cleaned = "".join("_" if each in '<>:"/\\|?*' or not each.isprintable() else each for each in name).strip(" .")
    stem, dot, ending = cleaned.rpartition(".")
    if len(cleaned.encode()) <= 150:
        return cleaned or "_"
    short = hashlib.sha256(cleaned.encode()).hexdigest()[:8]
    return f"{(stem or cleaned)[:40]}-{short}{dot}{ending[:10]}"


def _readme(elements: Elements) -> str:
    return f"""{elements["题名"]}
档号：{elements["档号"]}  保管期限：{elements["保管期限"]}  立档单位：{elements["立档单位名称"]}

本包是一个案件的电子档案，不依赖任何系统即可阅读和核验。

case.html               案件打印页：基本情况、时限、内容、办理记录、文书和附件
forms/                  各环节办理时的表单，带意见和签署
papers/、attachments/   文书、附件的原件
history/events.jsonl    全部历史记录，一行一条：时间、办理人、内容、盐、摘要、链接散列
history/anchors.txt     数据库之外的锚定
definitions/            办理所依据的流程图、表单、决策表的版本
metadata.xml、.json     元数据（DA/T 46-2009 的元素名）
index.json、index.sm3   每个文件的长度、SM3、SHA-256；索引自身的 SM3

核验（只需要 Python 3）：先从包中取出 verify.py，最好使用单位另行保存的同名程序，然后运行
    python3 verify.py 本包.zip --digest 归档登记中的SM3
"""
