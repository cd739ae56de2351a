"""Checking the register beside the diagrams: mistakes with their lines, and names of controls that do not exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.controls.reading import read_registry
from engine.controls.registry import ControlsInvalid, Registry, names_in
from engine.definitions.model import ProcessModel
from engine.definitions.problems import Kind, Problem, mistakes_told
from engine.errors import Place


def check_controls(text: str, name: str, processes: Iterable[tuple[str, ProcessModel]]) -> Iterator[Problem]:
    """Yield what is wrong with a register, and which elements name controls that it does not have.

    ``processes`` are pairs of file name and process.
    """
    try:
        registry = read_registry(text, name)
    except ControlsInvalid as error:
        yield from mistakes_told(error, name)
        return
    for file, process in processes:
        yield from _unknown(registry, file, process)


def _unknown(registry: Registry, file: str, process: ProcessModel) -> Iterator[Problem]:
    named = [(process.id, process.line, process.properties)]
    named += [(node.id, node.line, node.properties) for node in process.body.walk()]
    for element, line, properties in named:
        for control_id in sorted(names_in(properties) - registry.controls.keys()):
            message = f"控制登记册中没有 {control_id}，请改正属性 control，或在 organisation/controls.yaml 中补充"
            yield Problem(Kind.INVALID, "controls.unknown", message, Place(file, line, element=element))
