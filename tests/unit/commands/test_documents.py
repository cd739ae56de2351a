"""StoreDocument and DeleteDocument: files beside the database, each content once."""

from __future__ import annotations

from collections.abc import Callable

from engine.commands.delete_document import DeleteDocument
from engine.commands.store_document import StoreDocument
from engine.history.chain import sm3
from engine.store.tables.general import document
from engine.store.tables.history import history_event
from tests.unit.commands.platforms import ADMIN, CLERK, STRANGER, Bureau, refused, together

CONTENT = "纸质材料".encode()
DIGEST = sm3(CONTENT)


def storing(**more: str) -> StoreDocument:
    return StoreDocument(CONTENT, "材料.txt", "text/plain", **more)  # type: ignore[arg-type]


def test_a_file_is_stored_and_noted(bureau: Bureau) -> None:
    answer = bureau.bus.execute(storing(document_id="d1"), CLERK)

    assert (answer["id"], answer["digest"], answer["size"]) == ("d1", DIGEST, len(CONTENT))
    row = bureau.row(document)
    assert (row["file_name"], row["actor_id"], row["expires_at"]) == ("材料.txt", "clerk", None)
    assert bureau.platform.sources.contents.read(DIGEST) == CONTENT
    assert bureau.row(history_event)["type"] == "document_stored"


def test_a_drawn_id_is_given_where_none_is_named(bureau: Bureau) -> None:
    first = bureau.bus.execute(storing(), CLERK)
    second = bureau.bus.execute(storing(), CLERK)

    assert first["id"] != second["id"]
    assert first["digest"] == second["digest"]


def test_an_id_is_given_once(bureau: Bureau) -> None:
    bureau.bus.execute(storing(document_id="d1"), CLERK)

    refused(bureau, storing(document_id="d1"), STRANGER, "commands.document-doubled")


def test_a_content_goes_with_the_last_document_that_has_it(bureau: Bureau) -> None:
    for id_ in ("d1", "d2"):
        bureau.bus.execute(storing(document_id=id_), CLERK)
    folder = bureau.platform.sources.contents

    bureau.bus.execute(DeleteDocument("d1"), CLERK)
    assert folder.read(DIGEST) == CONTENT

    bureau.bus.execute(DeleteDocument("d2"), ADMIN)
    assert folder.read(DIGEST) is None
    assert bureau.rows(document) == []


def test_only_who_stored_it_and_administrators_delete_it(bureau: Bureau) -> None:
    bureau.bus.execute(storing(document_id="d1"), CLERK)

    refused(bureau, DeleteDocument("d1"), STRANGER, "commands.document-unknown")
    refused(bureau, DeleteDocument("d2"), CLERK, "commands.document-unknown")
    assert bureau.platform.sources.contents.read(DIGEST) == CONTENT


def test_a_content_stored_while_it_is_deleted_is_there_afterwards(bureau: Bureau) -> None:
    folder = bureau.platform.sources.contents
    for number in range(10):
        bureau.bus.execute(storing(document_id=f"old{number}"), CLERK)

        def store(id_: str = f"new{number}") -> object:
            return bureau.bus.execute(storing(document_id=id_), CLERK)

        def delete(id_: str = f"old{number}") -> object:
            return bureau.bus.execute(DeleteDocument(id_), CLERK)

        works: tuple[Callable[[], object], ...] = (store, delete)
        together(*works)
        assert folder.read(DIGEST) == CONTENT
        bureau.bus.execute(DeleteDocument(f"new{number}"), CLERK)
        assert folder.read(DIGEST) is None
