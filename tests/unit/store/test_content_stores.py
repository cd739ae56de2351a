"""Every content store keeps the same promises: a folder, an object store, the memory of a rehearsal."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.history.chain import sm3
from engine.store.documents import ContentStore, DocumentFolder, MemoryStore
from engine.store.object_store import PART, ObjectStore, ObjectStoreUnusable, content_store, documents_place
from tests.support.object_store import Objects, object_store

CONTENT = "纸质材料".encode()
DIGEST = sm3(CONTENT)


@pytest.fixture(autouse=True)
def _credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "tester")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "not a real one")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")


@pytest.fixture
def objects() -> Iterator[tuple[ObjectStore, Objects]]:
    """Give an object store and what it holds."""
    with object_store() as (address, held):
        store = content_store(address)
        assert isinstance(store, ObjectStore)
        yield store, held


@pytest.fixture(params=["folder", "objects", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> ContentStore:
    """Give each kind of store."""
    if request.param == "objects":
        found: ContentStore = request.getfixturevalue("objects")[0]
        return found
    return DocumentFolder(tmp_path) if request.param == "folder" else MemoryStore()


def test_what_is_put_is_there_until_it_is_removed(store: ContentStore) -> None:
    assert (store.has(DIGEST), store.read(DIGEST), store.open(DIGEST)) == (False, None, None)

    store.put(DIGEST, CONTENT)
    store.put(DIGEST, io.BytesIO(CONTENT))

    stream = store.open(DIGEST)
    assert stream is not None
    with stream:
        assert stream.read(6) + stream.read() == CONTENT
    assert (store.has(DIGEST), store.read(DIGEST)) == (True, CONTENT)
    store.remove(DIGEST)
    store.remove(DIGEST)
    assert not store.has(DIGEST)


def test_nothing_but_a_digest_names_a_content(store: ContentStore) -> None:
    with pytest.raises(ValueError, match="no digest"):
        store.put("../" + DIGEST[3:], CONTENT)


def test_a_stream_that_was_put_can_be_read_again(store: ContentStore) -> None:
    stream = io.BytesIO(CONTENT)

    store.put(DIGEST, stream)

    assert not stream.closed


def test_old_contents_are_listed_by_their_age(tmp_path: Path, objects: tuple[ObjectStore, Objects]) -> None:
    soon, long_ago = datetime(2100, 1, 1, tzinfo=UTC), datetime(2020, 1, 1, tzinfo=UTC)
    for store in (DocumentFolder(tmp_path), objects[0]):
        store.put(DIGEST, CONTENT)
        assert list(store.older_than(soon)) == [DIGEST]
        assert list(store.older_than(long_ago)) == []


def test_a_large_content_goes_up_in_parts_of_bounded_size(objects: tuple[ObjectStore, Objects]) -> None:
    store, held = objects
    content = bytes(2 * PART + 1000)

    store.put(sm3(content), io.BytesIO(content))

    assert list(held.contents.values()) == [content]
    assert held.largest_request == PART


def test_objects_stand_below_the_prefix_in_the_bucket(objects: tuple[ObjectStore, Objects]) -> None:
    store, held = objects

    store.put(DIGEST, CONTENT)

    assert list(held.contents) == [f"papers/banjie/{DIGEST[:2]}/{DIGEST}"]


def test_a_store_that_fails_is_told_so(objects: tuple[ObjectStore, Objects]) -> None:
    store, held = objects
    held.failing = True

    for work in (lambda: store.put(DIGEST, CONTENT), lambda: store.read(DIGEST), lambda: store.has(DIGEST)):
        with pytest.raises(ObjectStoreUnusable, match="对象存储未能完成操作"):
            work()


@pytest.mark.parametrize("address", ["s3:/papers", "s3://", "s3://papers?secret=x"])
def test_an_address_that_is_none_is_told(address: str) -> None:
    with pytest.raises(ObjectStoreUnusable, match="地址应为"):
        content_store(address)


def test_the_setting_says_where_contents_lie(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert documents_place(tmp_path) == str(tmp_path / "documents")
    monkeypatch.setenv("BANJIE_DOCUMENTS", "s3://papers")
    assert documents_place(tmp_path) == "s3://papers"
