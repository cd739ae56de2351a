"""Papers among the files of a set: a template and its description, one beside the other under the same name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from engine.definitions.model import FlowNode, ProcessModel
from engine.definitions.problems import Kind, Problem
from engine.documents.papers.description import PaperDescription, read_description
from engine.documents.papers.template import examine_template
from engine.errors import Place

TEMPLATE, DESCRIPTION = ".docx", ".yaml"
RENDER = "banjie:render"
"""The job type of service tasks that issue a paper."""
PREVIEW_PROPERTY = "paper.preview"
"""Papers that a user task shows before it is signed, parted by commas, or FEEL after ``=``."""


@dataclass(frozen=True, slots=True)
class PaperTemplate:
    """A template with its description. ``name`` and ``description_name`` are the two files."""

    id: str
    name: str
    description_name: str
    description: PaperDescription
    names: frozenset[str]
    """The variables it asks for."""


def read_papers(files: Mapping[str, bytes]) -> tuple[dict[str, PaperTemplate], list[Problem]]:
    """Read every pair of template and description; return those in order, and everything that is wrong."""
    papers: dict[str, PaperTemplate] = {}
    problems: list[Problem] = []
    for name in sorted(files):
        if name.endswith(TEMPLATE):
            paper, found = _read(name, files)
            problems += found
            if paper is not None:
                papers[name] = paper
        elif name.endswith(DESCRIPTION) and partner(name) not in files:
            message = f"没有同名的模板 {PurePosixPath(partner(name)).name}，请一起放入。"
            problems.append(_problem("paper.template-missing", message, name))
    return papers, problems


def partner(name: str) -> str:
    """Return the file that stands beside a template or a description."""
    ending, other = (TEMPLATE, DESCRIPTION) if name.endswith(TEMPLATE) else (DESCRIPTION, TEMPLATE)
    return name.removesuffix(ending) + other


def is_paper_file(name: str) -> bool:
    """Return whether a file is a template or stands beside one."""
    return name.endswith((TEMPLATE, DESCRIPTION))


def papers_named(process: ProcessModel) -> Iterator[tuple[str, FlowNode]]:
    """Yield the papers that a process issues or previews by fixed ids, with the element that says so."""
    for node in process.body.walk():
        job = node.job
        if job is not None and not job.type.is_feel and job.type.source == RENDER:
            name = job.headers.get("document", "")
            if not name.startswith("="):
                yield name, node
        shown = node.properties.get(PREVIEW_PROPERTY, "")
        if not shown.startswith("="):
            for name in words(shown):
                yield name, node


def words(text: str) -> Iterable[str]:
    """Return what is parted by commas."""
    return [word.strip() for word in text.replace("，", ",").split(",") if word.strip()]


def _read(name: str, files: Mapping[str, bytes]) -> tuple[PaperTemplate | None, list[Problem]]:
    reading = examine_template(name, files[name])
    problems = list(reading.problems)
    beside = partner(name)
    if beside not in files:
        message = f"没有同名的说明 {PurePosixPath(beside).name}（标题、科室、格式、变量），请一起放入。"
        return None, [*problems, _problem("paper.description-missing", message, name)]
    description, found = read_description(beside, files[beside])
    problems += found
    if description is None or problems:
        return None, problems
    paper = PaperTemplate(PurePosixPath(name).stem, name, beside, description, reading.names)
    return paper, list(_differing_names(paper))


def _differing_names(paper: PaperTemplate) -> Iterator[Problem]:
    """What the template asks for and what the description lists should be the same: told, no reason to refuse."""
    listed = set(paper.description.fields or {})
    for code, names, message in (
        ("paper.field-undescribed", paper.names - listed, "模板用到的变量 {} 未在说明的 fields 中写明，请补上。"),
        ("paper.field-unused", listed - paper.names, "说明的 fields 中的 {} 在模板中没有用到，请核对名称。"),
    ):
        if names:
            text = message.format("、".join(sorted(names)))
            yield Problem(Kind.CONVENTION, code, text, Place(paper.description_name))


def _problem(code: str, message: str, name: str) -> Problem:
    return Problem(Kind.INVALID, code, message, Place(name))
