"""Checking registers beside the diagrams: mistakes with their lines, procedures and variables that do not exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from engine.definitions.model import ProcessModel
from engine.definitions.problems import Kind, Problem, mistakes_told
from engine.documents.yaml_files import OrganisationFileInvalid
from engine.errors import Place
from engine.feel import compile_expression
from engine.registers.model import ITEM, Register
from engine.registers.reading import read_register

_GIVEN = frozenset({"case", "departments", "clock", "task", "files", "initiator", ITEM})


def check_registers(
    files: Mapping[str, str], processes: Iterable[ProcessModel], variables: Mapping[str, frozenset[str]]
) -> Iterator[Problem]:
    """Yield what is wrong with registers (file name to text).

    ``variables`` are the names that each process' forms, mappings and results give. A register may list procedures
    that are still to be drawn; where all of its procedures are there, every name must come from one of them.
    """
    known = {process.id for process in processes}
    for name, text in sorted(files.items()):
        try:
            register = read_register(text, name)
        except OrganisationFileInvalid as error:
            yield from mistakes_told(error, name)
            continue
        missing = [each for each in register.procedures if each not in known]
        for each in missing:
            message = f"台账“{register.title}”的流程 {each} 还没有流程图"
            yield Problem(Kind.CONVENTION, "registers.procedure-missing", message, Place(name, 1))
        if not missing:
            yield from _unknown_names(register, name, variables)


def _unknown_names(register: Register, name: str, variables: Mapping[str, frozenset[str]]) -> Iterator[Problem]:
    given: set[str] = set(_GIVEN)
    for each in register.procedures:
        given |= variables.get(each, frozenset())
    for column in register.columns:
        for used in sorted(compile_expression(column.value).names_used - given):
            message = f"列“{column.label}”用到 {used}，但流程 {'、'.join(register.procedures)} 没有这个变量"
            yield Problem(Kind.CONVENTION, "registers.name-unknown", message, Place(name, column.line))


def variables_of(process: ProcessModel, forms: Mapping[str, Mapping[str, Any]]) -> frozenset[str]:
    """Return the variables that a process' forms, mappings and results give; ``forms`` are schemas by id."""
    found: set[str] = set()
    for node in process.body.walk():
        form = node.start_form or (node.user_task.form if node.user_task else None)
        if form is not None:
            found |= _of_form(forms.get(form.id.source, {}).get("components"))
        found |= {mapping.target.partition(".")[0] for mapping in node.outputs}
        found |= {node.properties[name] for name in _RESULTS if name in node.properties}
        if node.called_decision is not None:
            found.add(node.called_decision.result_variable)
        if node.script is not None and node.script.result_variable:
            found.add(node.script.result_variable)
        if node.multi_instance is not None and node.multi_instance.output_collection:
            found.add(node.multi_instance.output_collection)
        if node.job is not None and "result" in node.job.headers:
            found.add(node.job.headers["result"])
    return frozenset(found)


_RESULTS = ("number.result",)
"""Properties that name a variable."""


def _of_form(items: Any) -> set[str]:
    found: set[str] = set()
    for item in items if isinstance(items, list) else []:
        place = item.get("key") or item.get("path") or ""
        found |= {place.partition(".")[0]} if place else _of_form(item.get("components"))
    return found
