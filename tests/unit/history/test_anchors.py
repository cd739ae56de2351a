"""Anchors: one line a head, kept outside the database, whatever happens to the process."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from engine.history.anchors import Anchor, AnchorFolder, AnchorUnreadable, NoAnchors, read_anchors
from engine.history.chain import Head
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import MONDAY, Bureau


def anchor(number: int) -> Anchor:
    return Anchor(number, Head(number, f"{number:064x}"))


def test_what_was_written_is_read_back_in_order(tmp_path: Path) -> None:
    folder = AnchorFolder(tmp_path / "a", "node")

    folder.write(MONDAY, [anchor(1), anchor(2)])
    folder.write(MONDAY, [])
    folder.write(MONDAY + timedelta(days=40), [anchor(3)])

    assert list(read_anchors(tmp_path / "a")) == [anchor(1), anchor(2), anchor(3)]
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == ["2026-03-node.anchors", "2026-04-node.anchors"]


def test_threads_that_pass_from_one_month_to_the_next_lose_nothing(tmp_path: Path) -> None:
    folder = AnchorFolder(tmp_path, "node")
    moments = [MONDAY, MONDAY + timedelta(days=31)]

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: folder.write(moments[number % 2], [anchor(number)]), range(1, 2001)))

    assert sorted(found.root_key for found in read_anchors(tmp_path)) == list(range(1, 2001))
    for path in tmp_path.iterdir():
        parity = {int(line.split()[0]) % 2 for line in path.read_text().splitlines()}
        assert len(parity) == 1


def test_a_forked_process_writes_on_its_own_descriptor(tmp_path: Path) -> None:
    folder = AnchorFolder(tmp_path, "node")
    folder.write(MONDAY, [anchor(1)])
    child = os.fork()
    if child == 0:
        folder.write(MONDAY, [anchor(2)])
        os._exit(0)
    os.waitpid(child, 0)

    folder.write(MONDAY, [anchor(3)])

    assert [found.root_key for found in read_anchors(tmp_path)] == [1, 2, 3]


def test_a_last_line_cut_short_by_a_crash_is_passed_over(tmp_path: Path) -> None:
    AnchorFolder(tmp_path, "node").write(MONDAY, [anchor(1), anchor(2)])
    path = tmp_path / "2026-03-node.anchors"
    path.write_bytes(path.read_bytes()[:-20])

    assert list(read_anchors(tmp_path)) == [anchor(1)]


def test_what_is_written_after_a_line_cut_short_can_be_read(tmp_path: Path) -> None:
    """A process started again may have the same name: in a container its number never changes."""
    AnchorFolder(tmp_path, "node").write(MONDAY, [anchor(1), anchor(2)])
    path = tmp_path / "2026-03-node.anchors"
    path.write_bytes(path.read_bytes()[:-20])

    AnchorFolder(tmp_path, "node").write(MONDAY, [anchor(3)])

    assert sorted(found.root_key for found in read_anchors(tmp_path)) == [1, 3]


@pytest.mark.parametrize("line", ["1 2\n", "x 2 abc\n", "1 x abc\n", "\n"])
def test_any_other_line_that_is_no_anchor_is_refused_with_its_place(tmp_path: Path, line: str) -> None:
    AnchorFolder(tmp_path, "node").write(MONDAY, [anchor(1)])
    with (tmp_path / "2026-03-node.anchors").open("a") as file:
        file.write(line)

    with pytest.raises(AnchorUnreadable, match="第 2 行"):
        list(read_anchors(tmp_path))


def test_a_rehearsal_keeps_nothing(tmp_path: Path) -> None:
    NoAnchors().write(MONDAY, [anchor(1)])

    assert list(read_anchors(tmp_path)) == []


def test_every_commit_is_anchored_with_the_head_it_left(bureau: Bureau) -> None:
    bureau.deploy(d.one_task())
    root = bureau.start()
    bureau.complete(root, "work")

    anchors = [found for found in read_anchors(bureau.folder / "anchors") if found.root_key == root]

    hashes = {row["seq"]: row["hash"] for row in bureau.events(root)}
    assert [hashes[found.head.seq] for found in anchors] == [found.head.hash for found in anchors]
    assert [found.head.seq for found in anchors][-1] == len(hashes)
    assert len(anchors) == 2
