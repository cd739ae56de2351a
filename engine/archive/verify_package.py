#!/usr/bin/env python3
"""核验归档包：真实性、完整性、可用性、安全性（DA/T 70-2018）。只需要 Python 3.10 以上，不需要本系统，也不联网。

    python3 verify.py 归档包.zip [--digest 归档登记的SM3] [--anchors 锚定文件或目录] [--json]

退出状态：0 全部通过，1 发现问题，2 不是可核验的归档包。
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import struct
import sys
import zipfile
import zlib
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO
from xml.parsers import expat

FORMAT, PIECE, GENESIS = 1, 1 << 20, "0" * 64
LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
DATE, ATTRIBUTES = (1 << 5) | 1, 0o100644 << 16  # 1980-01-01 and a plain file, the same in every package
OWN = ("README.txt", "metadata.json", "metadata.xml", "verify.py", "history/events.jsonl", "case.html")
ELEMENTS = ("聚合层次", "全宗名称", "立档单位名称", "年度", "保管期限", "题名", "责任者", "日期", "密级", "格式信息")
LINKED = ("seq", "command_seq", "at", "type", "version", "actor_id")
CHECKS = ("真实性", "完整性", "可用性", "安全性")
COMPLETIONS = ("user_task_completed", "user_task_reworked", "user_task_recorded", "completion_took_effect")
SECRET = re.compile(r"(绝密|机密|秘密)\s*[★☆]|[【〔（(](绝密|机密|秘密)[】〕）)]")


class Unreadable(Exception):
    """Not a package at all, or one whose container was changed."""


def _rol(value: int, count: int) -> int:
    count %= 32
    return ((value << count) | (value >> (32 - count))) & 0xFFFFFFFF


_T = [_rol(0x79CC4519 if j < 16 else 0x7A879D8A, j) for j in range(64)]
_IV: tuple[int, ...] = (0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E)


class OwnSm3:
    """SM3 (GB/T 32905-2016), for a Python whose OpenSSL has none; used as hashlib's objects are."""

    def __init__(self) -> None:
        self._state, self._rest, self._length = _IV, b"", 0

    def update(self, data: bytes) -> None:
        """Take more content in."""
        self._length += len(data)
        data = self._rest + data
        whole = len(data) - len(data) % 64
        self._state, self._rest = self._over(self._state, data[:whole]), data[whole:]

    def hexdigest(self) -> str:
        """Return the digest of what was taken in."""
        padding = b"\x80" + b"\0" * ((55 - self._length) % 64) + struct.pack(">Q", self._length * 8)
        return "".join(f"{word:08x}" for word in self._over(self._state, self._rest + padding))

    def _over(self, state: tuple[int, ...], data: bytes) -> tuple[int, ...]:
        for begin in range(0, len(data), 64):
            state = self._compress(state, data[begin : begin + 64])
        return state

    @staticmethod
    def _compress(state: tuple[int, ...], block: bytes) -> tuple[int, ...]:
        w = list(struct.unpack(">16I", block))
        for j in range(16, 68):
            x = w[j - 16] ^ w[j - 9] ^ _rol(w[j - 3], 15)
            w.append(x ^ _rol(x, 15) ^ _rol(x, 23) ^ _rol(w[j - 13], 7) ^ w[j - 6])
        a, b, c, d, e, f, g, h = state
        for j in range(64):
            ss1 = _rol((_rol(a, 12) + e + _T[j]) & 0xFFFFFFFF, 7)
            ff = a ^ b ^ c if j < 16 else (a & b) | (a & c) | (b & c)
            gg = e ^ f ^ g if j < 16 else (e & f) | (~e & g)
            tt1 = (ff + d + (ss1 ^ _rol(a, 12)) + (w[j] ^ w[j + 4])) & 0xFFFFFFFF
            tt2 = (gg + h + ss1 + w[j]) & 0xFFFFFFFF
            a, b, c, d = tt1, a, _rol(b, 9), c
            e, f, g, h = tt2 ^ _rol(tt2, 9) ^ _rol(tt2, 17), e, _rol(f, 19), g
        return tuple(old ^ new for old, new in zip(state, (a, b, c, d, e, f, g, h), strict=True))


def new_sm3() -> Any:
    """Return a fresh digest: OpenSSL's where there is one, for it is faster."""
    try:
        return hashlib.new("sm3")
    except ValueError:
        return OwnSm3()


def sm3(data: bytes) -> str:
    """Return the digest of a content."""
    digest = new_sm3()
    digest.update(data)
    return str(digest.hexdigest())


class Package:
    """The members of a package, where each lies and its digests. No byte of the container is free."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self.digest = file, new_sm3()
        self.members: dict[str, dict[str, Any]] = {}
        directory, position, mark = b"", 0, self._take(4)
        while mark == LOCAL:
            size, entry = self._member(position)
            position, directory, mark = position + size, directory + entry, self._take(4)
        count = len(self.members)
        ending = struct.pack("<4s4H2IH", END, 0, 0, count, count, len(directory), position, 0)
        rest = file.read(len(directory) + len(ending) + 1)
        self.digest.update(rest)
        if mark + rest != directory + ending:
            raise Unreadable("压缩包的目录与内容不符")

    def read(self, name: str) -> bytes:
        """Return the content of a member."""
        begin, size = self.members[name]["place"]
        self._file.seek(begin)
        return self._file.read(size)

    def _take(self, count: int) -> bytes:
        data = self._file.read(count)
        if len(data) != count:
            raise Unreadable("文件不完整")
        self.digest.update(data)
        return data

    def _member(self, position: int) -> tuple[int, bytes]:
        fixed = self._take(26)
        crc, size, length = struct.unpack("<10xI4xIH2x", fixed)
        name = self._take(length)
        common = struct.pack("<5H3IH", 20, 0 if name.isascii() else 0x800, 0, 0, DATE, crc, size, size, length)
        try:
            text = name.decode("utf-8")
        except UnicodeDecodeError:
            text = ""
        if fixed != common + b"\0\0" or not text or text in self.members:
            raise Unreadable("压缩包的文件头不是本系统写下的样子")
        begin = position + 30 + length
        self.members[text] = {"name": text, "size": size, **self._digests(text, crc, size), "place": (begin, size)}
        made_by, tail = struct.pack("<2B", 20, 3), struct.pack("<4H2I", 0, 0, 0, 0, ATTRIBUTES, position)
        return 30 + length + size, CENTRAL + made_by + common + tail + name

    def _digests(self, name: str, crc: int, size: int) -> dict[str, str]:
        one, other, check = new_sm3(), hashlib.sha256(), 0
        for left in range(size, 0, -PIECE):
            piece = self._take(min(PIECE, left))
            one.update(piece)
            other.update(piece)
            check = zlib.crc32(piece, check)
        if check != crc:
            raise Unreadable(f"{name} 的校验和不符")
        return {"sm3": one.hexdigest(), "sha256": other.hexdigest()}


def canonical(value: Any) -> bytes:
    """Return the one way an index is written."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def index_problems(package: Package) -> list[str]:
    """What differs between the members and their index; the index is bound by index.sm3."""
    names = list(package.members)
    if names[-2:] != ["index.json", "index.sm3"]:
        return ["没有索引 index.json、index.sm3"]
    content = package.read("index.json")
    if package.read("index.sm3") != f"{sm3(content)}  index.json\n".encode("ascii"):
        return ["index.json 与 index.sm3 不符"]
    rows = [{key: member[key] for key in ("name", "size", "sm3", "sha256")} for member in package.members.values()]
    if content == canonical({"format": FORMAT, "members": rows[:-2]}):
        return []
    try:
        listed = {row["name"]: row for row in json.loads(content)["members"]}
    except (ValueError, KeyError, TypeError):
        return ["index.json 不可读"]
    found = {row["name"]: row for row in rows[:-2]}
    differing = [name for name in sorted(found.keys() | listed.keys()) if found.get(name) != listed.get(name)]
    return [f"{name} 与索引不符" for name in differing] or ["index.json 不是规范的写法"]


def chain_problems(events: list[Any], metadata: Any, lines: list[str]) -> Iterator[str]:
    """The hash chain over salted digests, its head, and the anchors kept outside the database."""
    previous, root, erased = GENESIS, metadata["case"]["key"], set(metadata["erased"])
    hashes = {}
    for number, event in enumerate(events, 1):
        place = f"第 {number} 条历史记录"
        if event["seq"] != number:
            yield f"{place}的序号不连续"
        if event["payload"] is None:
            if number not in erased:
                yield f"{place}的内容不在，也没有依法清除的说明"
        elif sm3(bytes.fromhex(event["salt"]) + event["payload"].encode("utf-8")) != event["digest"]:
            yield f"{place}的内容与摘要不符"
        fields = [previous, root, *(event[name] for name in LINKED)]
        fields += ["" if event["on_behalf_of"] is None else f"={event['on_behalf_of']}", event["digest"]]
        if sm3("\x1f".join(map(str, fields)).encode("utf-8")) != event["hash"]:
            yield f"{place}的链接散列不符"
        previous = hashes[number] = event["hash"]
    if metadata["case"]["head"] != {"seq": len(events), "hash": previous}:
        yield "历史的末尾与登记不符"
    for line in lines:
        try:
            key, seq, hash_ = line.split()
            if int(key) == int(root) and hashes.get(int(seq)) != hash_:
                yield f"第 {seq} 条历史记录与库外锚定不符"
        except ValueError:
            yield f"锚定不可读：{line[:60]}"


def documents_named(value: Any) -> Iterator[tuple[str, Any]]:
    """Every file that recorded values name, with its digest where they say it."""
    if isinstance(value, list):
        for each in value:
            yield from documents_named(each)
    elif isinstance(value, dict):
        id_ = value.get("documentId", value.get("document_id"))
        if isinstance(id_, str) and id_:
            yield id_, value.get("digest")
        for each in value.values():
            yield from documents_named(each)


def authentic(package: Package, metadata: Any, events: list[Any], options: Any) -> Iterator[str]:
    """真实性: chain, anchors, digests of files, and a description that says what history says."""
    anchors = package.read("history/anchors.txt").decode("ascii").splitlines()
    for path in options.anchors or ():
        files = sorted(Path(path).glob("*.anchors")) if Path(path).is_dir() else [Path(path)]
        for file in files:
            text = file.read_text("ascii")
            anchors += [line for line in text.splitlines() if line.startswith(f"{metadata['case']['key']} ")]
    yield from chain_problems(events, metadata, anchors)
    if options.digest and package.digest.hexdigest() != options.digest.strip().lower():
        yield "归档包的 SM3 与归档登记的不符"
    held = {each["id"]: each for each in metadata["documents"]}
    for event in events:
        for id_, digest in documents_named(json.loads(event["payload"] or "null")):
            if id_ in held and digest and held[id_]["sm3"] != digest:
                yield f"文件 {held[id_]['name']} 与历史记录的摘要不符"
    first = json.loads(events[0]["payload"] or "{}") if events else {}
    for name in ("title", "process_id"):
        if first and first.get(name) != metadata["case"][name]:
            yield f"元数据的 {name} 与历史记录不符"


def complete(package: Package, metadata: Any, events: list[Any]) -> Iterator[str]:
    """完整性: every member, element, file, form and diagram that is named is there."""
    yield from (f"缺少 {name}" for name in OWN if name not in package.members)
    yield from (f"元数据缺少“{name}”" for name in ELEMENTS if not metadata["elements"].get(name))
    for kind in ("documents", "forms", "definitions"):
        for each in metadata[kind]:
            held = package.members.get(each["member"])
            if held is None:
                yield f"缺少 {each['member']}"
            elif each.get("sm3", held["sm3"]) != held["sm3"]:
                yield f"{each['member']} 与元数据的摘要不符"
    known = {each["id"] for each in metadata["documents"]} | set(metadata["discarded"])
    pages = {each["task"] for each in metadata["forms"]}
    diagrams = {each["key"] for each in metadata["definitions"]}
    with_forms: set[str] = set()
    for event in events:
        payload = json.loads(event["payload"] or "null") or {}
        unknown = [id_ for id_, _ in documents_named(payload) if id_ not in known]
        yield from (f"第 {event['seq']} 条历史记录提到的文件 {id_} 不在包中" for id_ in unknown)
        if isinstance(payload.get("definition_key"), int) and str(payload["definition_key"]) not in diagrams:
            yield f"缺少流程图 {payload['definition_key']}"
        if event["type"] == "user_task_created" and payload.get("form_key"):
            with_forms.add(str(payload["key"]))
        if event["type"] in COMPLETIONS and str(payload.get("key")) in with_forms - pages:
            yield f"缺少第 {event['seq']} 条历史记录办理的表单"
    yield from (f"缺少必须归档的 {name}" for name, held in metadata["required"].items() if not held)


class Page(HTMLParser):
    """Reads a page and notes what could run or reach out."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.title, self.found = False, list[str]()
        self.feed(content.decode("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a tag is."""
        self.title = self.title or tag == "title"
        if tag in ("script", "iframe", "object", "embed", "link", "base", "form"):
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            if name.startswith("on") or name in ("src", "href", "action", "srcdoc", "background"):
                self.found.append(f"{name}={value}")


def usable(package: Package) -> Iterator[str]:
    """可用性: every member opens as what it is."""
    for name in package.members:
        content = package.read(name)
        try:
            _open(name.rpartition(".")[2].lower(), content)
        except (ValueError, KeyError, expat.ExpatError, zipfile.BadZipFile, UnicodeDecodeError, zlib.error) as error:
            yield f"{name} 不能打开：{error}"


def _open(ending: str, content: bytes) -> None:
    if ending in ("json", "form"):
        json.loads(content)
    elif ending in ("xml", "bpmn", "dmn") and b"<!DOCTYPE" not in content:
        expat.ParserCreate().Parse(content, True)
    elif ending == "html":
        if not Page(content).title:
            raise ValueError("没有标题")
    elif ending == "pdf" and not (content.startswith(b"%PDF-") and b"%%EOF" in content[-1024:]):
        raise ValueError("不是完整的 PDF")
    elif ending in ("docx", "xlsx", "pptx", "ofd"):
        broken = zipfile.ZipFile(BytesIO(content)).testzip()
        if broken:
            raise ValueError(f"{broken} 已损坏")
    elif ending in ("png", "jpg", "jpeg", "gif") and not content.startswith((b"\x89PNG", b"\xff\xd8", b"GIF8")):
        raise ValueError("不是图片")
    elif ending in ("py", "jsonl"):
        content.decode("utf-8")


def safe(package: Package) -> Iterator[str]:
    """安全性: nothing runs, nothing reaches out, nothing is written elsewhere, nothing is a state secret."""
    for name in package.members:
        parts = name.split("/")
        if name.startswith("/") or ".." in parts or "\\" in name or "\0" in name or ":" in name:
            yield f"文件名 {name!r} 会写到别处"
        if SECRET.search(name):
            yield f"{name} 有国家秘密标志"
        content, ending = package.read(name), name.rpartition(".")[2].lower()
        if content.startswith((b"MZ", b"\x7fELF")) or ending in ("exe", "dll", "js", "vbs", "bat", "cmd", "sh"):
            yield f"{name} 是程序"
        if ending == "html":
            yield from (f"{name} 含有 {found}" for found in Page(content).found)
        elif ending in ("xml", "bpmn") and (b"<!DOCTYPE" in content or b"<!ENTITY" in content):
            yield f"{name} 含有外部定义"
        elif ending == "pdf" and re.search(rb"/(JavaScript|JS|Launch)\b", content):
            yield f"{name} 含有脚本"
        elif ending in ("docx", "xlsx", "pptx") and zipfile.is_zipfile(BytesIO(content)):
            inside = zipfile.ZipFile(BytesIO(content)).namelist()
            if any(each.lower().endswith("vbaproject.bin") for each in inside):
                yield f"{name} 含有宏"


def examine(path: str, options: Any) -> tuple[Package, dict[str, list[str]]]:
    """Return the problems by check; raise Unreadable."""
    with open(path, "rb") as file:
        package = Package(file)
        found: dict[str, list[str]] = {check: [] for check in CHECKS}
        found["真实性"] += index_problems(package)
        try:
            metadata = json.loads(package.read("metadata.json"))
            events = [json.loads(line) for line in package.read("history/events.jsonl").decode("utf-8").splitlines()]
            found["真实性"] += authentic(package, metadata, events, options)
            found["完整性"] += complete(package, metadata, events)
            found["可用性"] += usable(package)
            found["安全性"] += safe(package)
        except (KeyError, TypeError, ValueError, AttributeError, OSError) as error:
            found["完整性"].append(f"归档包的内容不可读：{error!r}")
        return package, found


def main(arguments: list[str] | None = None) -> int:
    """Verify and report in Chinese; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package")
    parser.add_argument("--digest")
    parser.add_argument("--anchors", action="append")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    if sm3(b"abc") != "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0":
        raise SystemExit("此 Python 的 SM3 结果与国家标准不符，请换一个 Python。")
    try:
        package, found = examine(options.package, options)
    except (Unreadable, OSError, struct.error) as error:
        told = json.dumps({"passed": False, "error": str(error)}, ensure_ascii=False)
        print(told if options.json else f"四性检测未通过：{error}")
        return 2
    passed = not any(found.values())
    if options.json:
        print(json.dumps({"passed": passed, "sm3": package.digest.hexdigest(), "problems": found}, ensure_ascii=False))
    else:
        for check, problems in found.items():
            print(f"{check}：{'通过' if not problems else f'发现 {len(problems)} 个问题'}")
            print(*(f"  - {problem}" for problem in problems), sep="\n", end="\n" if problems else "")
        print(f"归档包 SM3：{package.digest.hexdigest()}（请与归档登记核对）")
        print("四性检测通过。" if passed else "四性检测未通过。")
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
