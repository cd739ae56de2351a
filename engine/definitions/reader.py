"""From the bytes of a BPMN file to its model, with everything that is wrong told at once."""

from __future__ import annotations

from dataclasses import dataclass

from engine.definitions.complete import check_complete
from engine.definitions.model import DefinitionsModel
from engine.definitions.problems import Kind, Problem, Problems
from engine.definitions.reading.document import BPMN, Document, line_of
from engine.definitions.reading.processes import read_definitions
from engine.definitions.rules import check_rules
from engine.definitions.safexml import XmlRefused, parse
from engine.definitions.schema import check_schema
from engine.definitions.supported import check_supported


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of a file: its model, unless it is invalid, and all findings sorted by line."""

    model: DefinitionsModel | None
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        """Whether the file may be deployed: nothing is invalid or unsupported."""
        return self.model is not None and all(problem.kind is Kind.CONVENTION for problem in self.problems)


def read(xml: bytes, file: str, *, trial: bool = False) -> Reading:
    """Read BPMN 2.0 XML. Never raises for what a file holds: whatever is wrong is in ``problems``.

    The model is None if and only if a problem of kind INVALID was found. With ``trial``, for a rehearsal in memory,
    conditions that read the same in FEEL are translated (``${a == 1}``, ``a == 1 && b``), and a script in another
    language becomes a job that the rehearsal answers; neither is ever deployed.
    """
    problems = Problems(file)
    try:
        root = parse(xml, file)
    except XmlRefused as error:
        place = error.place
        problems.add(Kind.INVALID, error.code, error.message, line=None if place is None else place.line)
        return Reading(None, problems.sorted())
    if root.tag != f"{{{BPMN}}}definitions":
        message = "根元素不是 BPMN 2.0 的 definitions，请确认这是流程图文件。"
        problems.add(Kind.INVALID, "bpmn.not-bpmn", message, line=line_of(root))
        return Reading(None, problems.sorted())
    check_schema(root, problems)
    document = Document(root, file, problems, trial=trial)
    model = read_definitions(document)
    check_rules(document)
    check_supported(document)
    check_complete(document)
    return Reading(None if problems.any_invalid else model, problems.sorted())
