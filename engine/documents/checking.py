"""Checks what diagrams say of numbers, texts, services and seals against the organisation's data, before deployment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from engine.definitions.model import FlowNode, ProcessModel
from engine.definitions.problems import Kind, Problem, mistakes_told
from engine.documents import number_series, seals
from engine.documents.number_series import SeriesRegistry
from engine.documents.seals import SealRegistry
from engine.documents.yaml_files import OrganisationFileInvalid
from engine.errors import Place

KNOWN = frozenset(
    {
        "number.series",
        "number.result",
        "number.if",
        "number.title",
        "number.reserved",
        "draft.text",
        "draft.variable",
        "draft.freeze",
        "draft.freeze.if",
        "service.paper",
        "service.if",
        "service.number",
        "service.recipient",
        "seal.use",
        "seal.take-out",
        "seal.return",
        "seal.due",
        "seal.matter",
        "seal.taken-by",
    }
)
"""Every property that the commands read; another with these beginnings would silently do nothing."""
_BEGINNINGS = tuple({name.partition(".")[0] + "." for name in KNOWN})


def check_issuing(texts: Mapping[str, str], processes: Iterable[tuple[str, ProcessModel]]) -> Iterator[Problem]:
    """Yield what is wrong with the files ``number-series`` and ``seals`` (by name), and with what diagrams name.

    ``processes`` come with the name of their file. A file that is not there is not asked.
    """
    problems: list[Problem] = []
    series = _series(texts.get(number_series.NAME), problems)
    listed = _seals(texts.get(seals.NAME), problems)
    yield from problems
    for file, process in processes:
        for node in process.body.walk():
            for code, message, kind in _wrong(node, series, listed):
                yield Problem(kind, code, message, Place(file, node.line, node.id))


def _wrong(
    node: FlowNode, series: SeriesRegistry | None, listed: SealRegistry | None
) -> Iterator[tuple[str, str, Kind]]:
    said = node.properties
    for name in said:
        if name.startswith(_BEGINNINGS) and name not in KNOWN:
            yield "issuing.property-unknown", f"不认识属性 {name}，它不会起作用，请核对写法。", Kind.CONVENTION
    wanted = said.get("number.series", "")
    if wanted and not wanted.startswith("="):
        names = _parts(wanted)
        for name in names if series is not None else ():
            if series is not None and name not in series.series:
                yield "issuing.series-unknown", f"编号系列 {name} 不在 {number_series.FILE} 中。", Kind.INVALID
        if len(names) != max(1, len(_parts(said.get("number.result", "")))):
            yield "issuing.results-differ", "number.series 与 number.result 的个数应相同。", Kind.INVALID
    for name in ("seal.use", "seal.take-out", "seal.return"):
        seal = said.get(name, "").strip()
        if seal and not seal.startswith("=") and listed is not None and listed.find(seal) is None:
            yield "issuing.seal-unknown", f"印章“{seal}”不在 {seals.FILE} 中。", Kind.INVALID


def _series(text: str | None, problems: list[Problem]) -> SeriesRegistry | None:
    try:
        return None if text is None else number_series.read_number_series(text)
    except OrganisationFileInvalid as error:
        problems.extend(mistakes_told(error, number_series.FILE))
        return None


def _seals(text: str | None, problems: list[Problem]) -> SealRegistry | None:
    try:
        return None if text is None else seals.read_seals(text)
    except OrganisationFileInvalid as error:
        problems.extend(mistakes_told(error, seals.FILE))
        return None


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.replace("，", ",").split(",") if part.strip()]
