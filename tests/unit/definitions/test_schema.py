"""The XML schema is compiled once, whoever asks first: libxml2 does not bear two threads that compile at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from types import SimpleNamespace
from typing import Any

import pytest
from lxml import etree

from engine.definitions import schema
from engine.definitions.problems import Problems

THREADS = 4
_PATIENCE_SECONDS = 0.2


def test_threads_that_meet_the_first_file_together_compile_the_schema_once(monkeypatch: pytest.MonkeyPatch) -> None:
    # given a process that has compiled nothing yet, and a compilation that lasts until another one begins beside it
    begun: list[Event] = []

    def compile_(document: Any) -> Any:
        begun.append(Event())
        if len(begun) > 1:
            begun[0].set()
        begun[0].wait(_PATIENCE_SECONDS)
        return etree.XMLSchema(document)

    monkeypatch.setattr(schema, "etree", SimpleNamespace(XMLSchema=compile_, parse=etree.parse))
    schema._schema.cache_clear()
    root = etree.fromstring('<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"/>')
    start = Barrier(THREADS)

    def check() -> bool:
        start.wait(timeout=10)
        problems = Problems("x.bpmn")
        schema.check_schema(root, problems)
        return not problems.found

    # when
    with ThreadPoolExecutor(THREADS) as pool:
        clean = list(pool.map(lambda _: check(), range(THREADS)))

    # then
    assert clean == [True] * THREADS
    assert len(begun) == 1
