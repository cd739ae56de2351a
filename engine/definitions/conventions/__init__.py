"""The bureau's drawing conventions (docs/modelling.md), as far as a program can check them: all warnings."""

from __future__ import annotations

from engine.definitions.conventions.findings import Findings
from engine.definitions.conventions.names import check_names
from engine.definitions.conventions.picture import check_picture
from engine.definitions.conventions.sources import check_sources
from engine.definitions.conventions.structure import check_structure
from engine.definitions.model import DefinitionsModel
from engine.definitions.problems import Problem, sort_problems

__all__ = ["check_conventions"]


def check_conventions(model: DefinitionsModel, xml: bytes) -> tuple[Problem, ...]:
    """Return where a file of the bureau departs from its conventions, sorted by line.

    ``model`` is what ``reader.read`` made of ``xml``. Raises XmlRefused if ``xml`` is not the file of the model.
    """
    findings = Findings(model)
    if len(model.processes) > 1:
        second = model.processes[1]
        message = f"一个文件只画一个主流程，这里有 {len(model.processes)} 个"
        findings.note(1, "processes-many", message, line=second.line, element=second.id)
    for process in model.processes:
        check_names(findings, process)
        check_structure(findings, process)
        check_sources(findings, process)
    check_picture(findings, xml)
    return sort_problems(findings.found)
