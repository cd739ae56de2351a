"""Whatever is changed by hand, verification finds: any row of history, state and read models, any column."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection, Table, insert, select, text, update

from engine.commands.handlers import handles
from engine.commands.unit import UnitOfWork
from engine.history.anchors import Anchor, read_anchors
from engine.history.events import ContentErased
from engine.store.tables.general import chain_head
from engine.store.tables.history import history_event
from engine.store.tables.repository import (
    decision_definition,
    deployment_resource,
    form,
    process_definition,
    resource,
)
from engine.store.tables.runtime import (
    case_lock,
    state_part,
)
from engine.verification import Severity, Verification, verify
from engine.verification.read_models import COMPARED
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import ADMIN, Bureau
from tests.unit.verification import tampering
from tests.unit.verification.cases import rich_case

OF_A_CASE = [history_event, case_lock, state_part, *COMPARED]
OFFICE_WORK = {"ru_control_result", "ru_control_override", "ru_expert_draw"}
"""Read models that the one rich case has no rows in: rows slipped in are tried there too."""
NOT_HISTORY = {
    case_lock: {"revision", "state_format"},
    **{table: set(columns) for table, columns in COMPARED.items()},
}
"""Columns that say how work is handed out, not what happened."""


class Vault:
    """A bureau with one rich case, which tests may change as they like: each change is taken back."""

    def __init__(self, bureau: Bureau) -> None:
        self.bureau = bureau
        self.root = rich_case(bureau)
        self.anchors: list[Anchor] = list(read_anchors(bureau.folder / "anchors"))

    @contextmanager
    def opened(self) -> Iterator[Connection]:
        """Give a connection whose changes vanish."""
        with self.bureau.engine.connect() as connection:
            transaction = connection.begin()
            tampering.without_triggers(connection)
            yield connection
            transaction.rollback()

    def verify(self, connection: Connection, *, anchored: bool = True) -> Verification:
        """Verify everything, as it stands on this connection."""
        return verify(connection, self.bureau.platform.sources, self.anchors if anchored else [])


@pytest.fixture
def vault(bureau: Bureau) -> Vault:
    return Vault(bureau)


def rows(connection: Connection, table: Table) -> list[dict[str, object]]:
    return [dict(row) for row in connection.execute(select(table)).mappings()]


def undetected(vault: Vault, table: Table, tamper: Callable[[Connection, dict[str, object]], object]) -> list[object]:
    """Tamper with each row in turn; return those for which verification passed."""
    with vault.opened() as connection:
        found = rows(connection, table)
    assert found or table.name in OFFICE_WORK, f"the case has no rows in {table.name}: nothing would be shown"
    passed: list[object] = []
    # What is found does not depend on the database: every row is tried on the quicker one, some on the other.
    for row in found[:: 1 if vault.bureau.engine.dialect.name == "sqlite" else 5]:
        with vault.opened() as connection:
            tamper(connection, row)
            if vault.verify(connection).passed:
                passed.append(row)
    return passed


def _remove(table: Table, connection: Connection, row: dict[str, object]) -> None:
    tampering.remove(connection, table, row)


def test_what_nobody_touched_passes_with_nothing_found(vault: Vault) -> None:
    with vault.opened() as connection:
        result = vault.verify(connection)

    assert result.findings == []
    assert (result.cases, result.events) == (1, len(vault.bureau.rows(history_event)))
    assert result.anchors >= 4


def test_any_changed_column_is_found(vault: Vault) -> None:
    passed = []
    for table in OF_A_CASE:
        columns = [column for column in table.columns if column.name not in NOT_HISTORY.get(table, set())]
        with vault.opened() as connection:
            found = rows(connection, table)
        assert found or table.name in OFFICE_WORK, f"the case has no rows in {table.name}: nothing would be shown"
        for number, column in enumerate(columns if found else []):
            row = found[number % len(found)]
            with vault.opened() as connection:
                tampering.change(connection, table, row, column)
                if vault.verify(connection).passed:
                    passed.append((table.name, column.name, row))

    assert passed == []


def test_any_removed_row_is_found(vault: Vault) -> None:
    passed = {table.name: undetected(vault, table, partial(_remove, table)) for table in OF_A_CASE}

    assert {name: rows for name, rows in passed.items() if rows} == {}


@pytest.mark.parametrize("of", ["the case", "no case"])
def test_any_row_slipped_in_is_found(vault: Vault, of: str) -> None:
    passed = []
    for table in (*COMPARED, state_part):
        with vault.opened() as connection:
            row = next(iter(rows(connection, table)), tampering.made_up(table))
            first = next(iter(table.primary_key.columns))
            unique = [column for column in table.columns if column.unique or column is first]
            fresh = {column.name: "x" if column.type.python_type is str else 42 for column in unique}
            if table is state_part:
                fresh = {"part": "more"}
            slipped = {**row, **fresh, "root_key": vault.root if of == "the case" else 999}
            connection.execute(insert(table), slipped)
            if vault.verify(connection).passed:
                passed.append(table.name)

    assert passed == []


def test_every_row_of_history_is_found_when_its_content_is_changed(vault: Vault) -> None:
    def tamper(connection: Connection, row: dict[str, object]) -> None:
        payload = json.dumps({**json.loads(str(row["payload"])), "added": 1})
        this = tampering.this(history_event, row)
        connection.execute(update(history_event).where(*this).values(payload=payload))

    assert undetected(vault, history_event, tamper) == []


def test_every_row_of_history_is_found_when_all_later_hashes_are_recomputed(vault: Vault) -> None:
    def tamper(connection: Connection, row: dict[str, object]) -> None:
        connection.execute(update(history_event).where(*tampering.this(history_event, row)).values(actor_id="somebody"))
        tampering.chain_again(connection, int(str(row["root_key"])))

    assert undetected(vault, history_event, tamper) == []


def test_a_chain_that_was_forged_well_is_proved_forged_by_the_anchors_alone(vault: Vault) -> None:
    with vault.opened() as connection:
        statement = update(history_event).where(history_event.c.type == "user_task_claimed").values(on_behalf_of="x")
        connection.execute(statement)
        tampering.chain_again(connection, vault.root)

        assert vault.verify(connection, anchored=False).passed
        codes = {finding.code for finding in vault.verify(connection).findings}
        assert codes == {"verification.anchor-differs"}


def test_a_dropped_end_is_found_also_when_the_case_has_gone_on_since(vault: Vault, tmp_path: Path) -> None:
    """The platform writes on after what is left and anchors that too: both anchors of one place are kept."""
    bureau, root = vault.bureau, vault.root
    with bureau.engine.begin() as connection:
        tampering.without_triggers(connection)
        last = rows(connection, history_event)
        kept = [row for row in last if row["root_key"] == 0]
        end = len(kept)
        connection.execute(history_event.delete().where(history_event.c.root_key == 0, history_event.c.seq == end))
        connection.execute(
            update(chain_head).where(chain_head.c.root_key == 0).values(head_seq=end - 1, head_hash=kept[-2]["hash"])
        )
    bureau.deploy(d.one_task("other"))

    codes = [finding.code for finding in bureau.verify().findings if finding.seq == end]

    assert codes == ["verification.anchor-differs"]
    assert root


def test_a_case_that_was_wiped_out_is_missed(vault: Vault) -> None:
    with vault.opened() as connection:
        for table in OF_A_CASE:
            connection.execute(table.delete().where(table.c.root_key == vault.root))

        findings = vault.verify(connection).findings

    assert [finding.code for finding in findings] == ["verification.case-gone"]
    assert findings[0].root_key == vault.root


def test_content_that_is_no_json_is_a_finding_and_not_a_failure(vault: Vault) -> None:
    for root_key in (0, vault.root):
        with vault.opened() as connection:
            this = history_event.c.root_key == root_key
            connection.execute(update(history_event).where(this).values(payload="{broken"))

            assert not vault.verify(connection).passed
    with vault.opened() as connection:
        connection.execute(text("UPDATE ru_variable SET value = '{broken'"))
        assert not vault.verify(connection).passed


def test_a_deployed_file_or_what_was_made_of_it_is_found_when_changed(vault: Vault) -> None:
    vault.bureau.deploy(f_form=d.form("f", "a"))
    vault.anchors = list(read_anchors(vault.bureau.folder / "anchors"))
    passed = []
    for table in (resource, deployment_resource):
        for column in table.columns:
            if (table, column.name) == (deployment_resource, "kind"):
                continue
            with vault.opened() as connection:
                tampering.change(connection, table, rows(connection, table)[0], column)
                if vault.verify(connection).passed:
                    passed.append((table.name, column.name))
    for table in (process_definition, decision_definition, form):
        for name in ("deployment_key", "resource_name", "digest"):
            with vault.opened() as connection:
                tampering.change(connection, table, rows(connection, table)[0], table.c[name])
                if vault.verify(connection).passed:
                    passed.append((table.name, name))

    assert passed == []


def test_the_log_without_its_registered_end_is_found(vault: Vault) -> None:
    with vault.opened() as connection:
        connection.execute(chain_head.delete())

        assert not vault.verify(connection, anchored=False).passed


def erase(connection: Connection, root_key: int, *seqs: int) -> None:
    this = (history_event.c.root_key == root_key) & history_event.c.seq.in_(seqs)
    connection.execute(update(history_event).where(this).values(payload=None, salt=None))


def test_content_taken_away_without_a_word_in_the_log_is_found(vault: Vault) -> None:
    for root_key in (0, vault.root):
        with vault.opened() as connection:
            erase(connection, root_key, 2)

            codes = {finding.code for finding in vault.verify(connection).findings}
            assert "verification.content-gone" in codes


def test_content_that_the_log_says_was_erased_by_law_is_worth_a_note_only(vault: Vault) -> None:
    vault.bureau.bus.execute(LogErasure(vault.root, (2, 3)), ADMIN)
    vault.anchors = list(read_anchors(vault.bureau.folder / "anchors"))
    with vault.opened() as connection:
        erase(connection, vault.root, 2, 3)

        result = vault.verify(connection)

        assert [(finding.severity, finding.code) for finding in result.findings] == [
            (Severity.NOTE, "verification.content-erased")
        ]
        assert result.passed
        erase(connection, vault.root, 4)
        assert not vault.verify(connection).passed


@dataclass(frozen=True)
class LogErasure:
    """Write what an erasure leaves in the log."""

    root_key: int
    seqs: tuple[int, ...]


@handles(LogErasure)
def log_erasure(command: LogErasure, unit: UnitOfWork) -> dict[str, object]:
    unit.log(ContentErased(root_key=command.root_key, seqs=list(command.seqs), basis="个人信息保护法第四十七条"))
    return {}
