"""A package tampered with is caught: any byte of it, any member, any story retold with every digest made anew."""

from __future__ import annotations

import io
import json
import random
import struct
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.archive import verify_package
from engine.archive.collecting import event_line
from engine.archive.container import Container
from engine.archive.verify_package import Package, Unreadable, index_problems, main
from engine.jobs.archiving import run_archives
from engine.store.types import canonical_json
from tests.unit.archive.office import finished, package_of, prepared, report
from tests.unit.commands.platforms import Bureau

SEED = 20261123
SAMPLES = 400
THROUGH_THE_REPORT = 40


@pytest.fixture
def package(small_bureau: Bureau, tmp_path: Path) -> Path:
    """Give the package of a small case."""
    prepared(small_bureau)
    root_key = finished(small_bureau)
    run_archives(small_bureau.bus)
    return package_of(small_bureau, root_key, tmp_path)


def caught(data: bytes) -> bool:
    """Whether the container or its index says that something was changed."""
    try:
        return bool(index_problems(Package(io.BytesIO(data))))
    except (Unreadable, struct.error):
        return True


def changed(data: bytes, position: int, by: int) -> bytes:
    return data[:position] + bytes([data[position] ^ by]) + data[position + 1 :]


def structure(data: bytes) -> Iterator[int]:
    """Yield the position of every byte that is no content of a member: headers, names, directory, end."""
    position = 0
    while data[position : position + 4] == verify_package.LOCAL:
        size, length = (
            struct.unpack_from("<I4xH", data, position + 18)[0],
            struct.unpack_from("<H", data, position + 26)[0],
        )
        yield from range(position, position + 30 + length)
        position += 30 + length + size
    yield from range(position, len(data))


def test_an_untouched_package_passes(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert not caught(package.read_bytes())
    assert main([str(package)]) == 0
    assert "四性检测通过" in capsys.readouterr().out


def test_every_byte_of_headers_directory_and_end_is_bound(package: Path) -> None:
    data = package.read_bytes()
    chooser = random.Random(SEED)

    missed = [place for place in structure(data) if not caught(changed(data, place, chooser.randrange(1, 256)))]

    assert missed == []


def test_bytes_all_over_every_member_are_bound(package: Path) -> None:
    data = package.read_bytes()
    chooser = random.Random(SEED)
    members = Package(io.BytesIO(data)).members
    places = [begin + chooser.randrange(size) for begin, size in (each["place"] for each in members.values()) if size]
    places += [chooser.randrange(len(data)) for _ in range(SAMPLES)]

    missed = [place for place in places if not caught(changed(data, place, 1 << chooser.randrange(8)))]

    assert missed == [], f"seed {SEED}"


@pytest.mark.slow
def test_every_single_byte_is_bound(package: Path) -> None:
    data = package.read_bytes()

    missed = [place for place in range(len(data)) if not caught(changed(data, place, 1 << place % 8))]

    assert missed == []


def test_the_report_says_so_with_its_status(package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = package.read_bytes()
    chooser = random.Random(SEED)
    for _ in range(THROUGH_THE_REPORT):
        path = tmp_path / "tampered.zip"
        path.write_bytes(changed(data, chooser.randrange(len(data)), 1 << chooser.randrange(8)))
        assert main([str(path)]) in (1, 2)
        assert "四性检测未通过" in capsys.readouterr().out


@pytest.mark.parametrize("cut", [1, 22, 5000])
def test_a_package_cut_short_or_grown_is_caught(package: Path, cut: int) -> None:
    data = package.read_bytes()

    assert caught(data[:-cut])
    assert caught(data + b"\0" * cut)
    assert caught(b"\0" * cut + data)


def retold(package: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """Pack changed members anew, with an index that fits: what somebody would do who knows how packages are made."""
    with zipfile.ZipFile(package) as opened:
        members = {name: opened.read(name) for name in opened.namelist() if not name.startswith("index.")}
    change(members)
    path = package.with_name("retold.zip")
    with path.open("w+b") as file, Container(file) as container:
        for name, content in members.items():
            container.add(name, content)
        container.close()
    return path


def problems(path: Path, capsys: pytest.CaptureFixture[str], *more: str) -> dict[str, list[str]]:
    assert main([str(path), "--json", *more]) == 1
    found: dict[str, list[str]] = report(capsys.readouterr().out)["problems"]
    return {check: told for check, told in found.items() if told}


def events_of(members: dict[str, bytes]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in members["history/events.jsonl"].decode().splitlines()]


def put_events(members: dict[str, bytes], events: list[dict[str, Any]]) -> None:
    members["history/events.jsonl"] = "".join(map(event_line, events)).encode()


def test_an_opinion_changed_afterwards_is_caught(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def change(members: dict[str, bytes]) -> None:
        events = events_of(members)
        for event in events:
            event["payload"] = event["payload"].replace("请审批", "不同意")
        put_events(members, events)

    assert "内容与摘要不符" in problems(retold(package, change), capsys)["真实性"][0]


def rewritten(members: dict[str, bytes]) -> None:
    """Change history and reckon every digest, every link, the head and the anchors inside anew."""
    events, metadata = events_of(members), json.loads(members["metadata.json"])
    previous = verify_package.GENESIS
    for event in events:
        event["payload"] = event["payload"].replace("请审批", "不同意")
        event["digest"] = verify_package.sm3(bytes.fromhex(event["salt"]) + event["payload"].encode())
        fields = [
            previous,
            metadata["case"]["key"],
            *(event[name] for name in verify_package.LINKED),
            "",
            event["digest"],
        ]
        previous = event["hash"] = verify_package.sm3("\x1f".join(map(str, fields)).encode())
    put_events(members, events)
    metadata["case"]["head"]["hash"] = previous
    members["metadata.json"] = canonical_json(metadata).encode()
    members["history/anchors.txt"] = f"{metadata['case']['key']} {len(events)} {previous}\n".encode()


def test_a_history_rewritten_as_a_whole_is_caught_by_what_lies_outside(
    package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = retold(package, rewritten)
    digest = verify_package.sm3(package.read_bytes())

    assert main([str(path)]) == 0, "by itself it fits: that is why digests and anchors are kept elsewhere"
    capsys.readouterr()
    assert problems(path, capsys, "--digest", digest)["真实性"] == ["归档包的 SM3 与归档登记的不符"]
    told = problems(path, capsys, "--anchors", str(tmp_path / "data" / "anchors"))["真实性"]
    assert all("与库外锚定不符" in each for each in told)


def remove(prefix: str) -> Callable[[dict[str, bytes]], None]:
    def change(members: dict[str, bytes]) -> None:
        del members[next(name for name in members if name.startswith(prefix))]

    return change


def replace(prefix: str, old: bytes, new: bytes) -> Callable[[dict[str, bytes]], None]:
    def change(members: dict[str, bytes]) -> None:
        name = next(name for name in members if name.startswith(prefix))
        assert old in members[name]
        members[name] = members[name].replace(old, new, 1)

    return change


def add(name: str, content: bytes) -> Callable[[dict[str, bytes]], None]:
    return lambda members: members.update({name: content})


@pytest.mark.parametrize(
    ("change", "check", "told"),
    [
        (remove("attachments/"), "完整性", "缺少 attachments/"),
        (remove("forms/"), "完整性", "缺少 forms/"),
        (remove("definitions/p-"), "完整性", "缺少 definitions/"),
        (remove("README"), "完整性", "缺少 README.txt"),
        (replace("attachments/", b"%PDF", b"%PDX"), "完整性", "摘要不符"),
        (replace("metadata.json", '"题名":"'.encode(), '"标题":"'.encode()), "完整性", "题名"),
        (replace("metadata.json", b'"title":"', b'"title":"X'), "真实性", "title"),
        (replace("metadata.xml", b"</", b"<"), "可用性", "metadata.xml"),
        (replace("definitions/p-", b"</", b"<"), "可用性", "不能打开"),
        (replace("case.html", b"<main>", b"<main><script>alert(1)</script>"), "安全性", "<script>"),
        (replace("case.html", b"<main>", b"<main onclick='x'>"), "安全性", "onclick"),
        (replace("case.html", b"<main>", b"<main><img src='http://example.com/x.png'>"), "安全性", "src="),
        (replace("metadata.xml", b"?>", b"?><!DOCTYPE x [<!ENTITY a 'b'>]>"), "安全性", "外部定义"),
        (add("attachments/tool.exe", b"MZ\x90"), "安全性", "程序"),
        (add("../outside.txt", b"x"), "安全性", "别处"),
        (add("attachments/机密★.txt", b"x"), "安全性", "国家秘密"),
    ],
)
def test_each_of_the_four_checks_finds_what_it_is_for(
    package: Path, capsys: pytest.CaptureFixture[str], change: Any, check: str, told: str
) -> None:
    found = problems(retold(package, change), capsys)

    assert any(told in each for each in found[check]), found


def test_what_is_no_package_is_told_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "x.zip"
    for content in (b"", b"PK", b"not a zip at all", b"PK\x05\x06" + b"\0" * 18):
        path.write_bytes(content)
        assert main([str(path)]) in (1, 2)
    assert main([str(tmp_path / "missing.zip")]) == 2
    assert "未通过" in capsys.readouterr().out
