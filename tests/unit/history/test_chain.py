"""The hash chain: what its examination catches, and what only the head kept elsewhere can."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from engine.history.chain import EMPTY, Head, digest, examine, link_of_row, require_sm3, sm3
from engine.history.event import moment_text

AT = datetime(2026, 3, 2, 1, 2, 3, 456789, tzinfo=UTC)


def chain(length: int) -> list[dict[str, Any]]:
    """Return rows as the writer makes them."""
    rows: list[dict[str, Any]] = []
    for seq in range(1, length + 1):
        row: dict[str, Any] = {
            "root_key": 7,
            "seq": seq,
            "command_seq": seq - (seq % 2 == 0),
            "at": AT,
            "type": "user_task_completed",
            "version": 1,
            "actor_id": "clerk",
            "on_behalf_of": None,
            "payload": f'{{"n":{seq}}}',
            "salt": bytes([seq]) * 16,
        }
        row["digest"] = digest(row["salt"], row["payload"])
        row["hash"] = link_of_row(rows[-1]["hash"] if rows else EMPTY.hash, row)
        rows.append(row)
    return rows


def head_of(rows: list[dict[str, Any]]) -> Head:
    return Head(rows[-1]["seq"], rows[-1]["hash"])


def chained_again(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    previous = EMPTY.hash
    for row in rows:
        row["digest"] = digest(row["salt"], row["payload"])
        row["hash"] = previous = link_of_row(previous, row)
    return rows


def test_sm3_is_the_one_of_the_standard() -> None:
    """GB/T 32905-2016, annex A.2: 512 bits of "abcd"."""
    require_sm3()

    assert sm3(b"abcd" * 16) == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"


def test_a_moment_has_one_text() -> None:
    from zoneinfo import ZoneInfo

    assert moment_text(AT) == moment_text(AT.astimezone(ZoneInfo("Asia/Shanghai"))) == "2026-03-02T01:02:03.456789Z"


def test_a_whole_chain_holds() -> None:
    rows = chain(5)

    assert examine(rows, head_of(rows)) == []
    assert examine([], EMPTY) == []


@pytest.mark.parametrize("name", sorted(chain(1)[0]))
def test_any_field_that_is_changed_breaks_the_chain_at_its_row(name: str) -> None:
    rows = chain(5)
    head = head_of(rows)
    old = rows[2][name]
    rows[2][name] = (
        b"x" * 16
        if name == "salt"
        else datetime(2026, 3, 3, tzinfo=UTC)
        if name == "at"
        else 99
        if isinstance(old, int)
        else f"{old}x"
    )

    assert examine(rows, head)[0].seq in (3, 99)


@pytest.mark.parametrize(("old", "new"), [(None, ""), ("", None), ("a", None), (None, "None")])
def test_for_whom_is_told_apart_from_for_nobody(old: str | None, new: str | None) -> None:
    rows = chain(3)
    rows[1]["on_behalf_of"] = old
    chained_again(rows)

    rows[1]["on_behalf_of"] = new

    assert examine(rows)


@pytest.mark.parametrize("gone", [0, 1, 3])
def test_a_row_dropped_before_the_end_is_caught_without_any_head(gone: int) -> None:
    rows = chain(5)
    del rows[gone]

    assert examine(rows)


def test_rows_in_another_order_are_caught() -> None:
    rows = chain(4)
    rows[1], rows[2] = rows[2], rows[1]

    assert examine(rows)


def test_a_dropped_end_is_caught_by_the_head_kept_elsewhere_only() -> None:
    rows = chain(5)
    head = head_of(rows)

    assert examine(rows[:-1]) == []
    assert [broken.seq for broken in examine(rows[:-1], head)] == [4]
    assert examine([], head)


def test_a_chain_computed_anew_is_caught_by_the_head_kept_elsewhere_only() -> None:
    rows = chain(5)
    head = head_of(rows)
    rows[1]["payload"] = '{"n":99}'
    chained_again(rows)

    assert examine(rows) == []
    assert examine(rows, head)


def test_content_taken_away_with_its_salt_leaves_the_chain_whole() -> None:
    rows = chain(5)
    rows[2]["payload"] = rows[2]["salt"] = None

    assert examine(rows, head_of(rows)) == []


def test_content_can_be_guessed_from_its_digest_by_nobody_without_the_salt() -> None:
    assert digest(b"a" * 16, "{}") != digest(b"b" * 16, "{}")
