"""The built-in worker of papers: a service task of type ``banjie:render`` issues a paper of its case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.commands.actor import Actor
from engine.commands.bus import CommandBus
from engine.commands.issue_paper import IssuePaper, MadeFile, paper_value
from engine.definitions.papers import RENDER
from engine.documents.papers.headers import USUAL_VARIABLE, data_of, file_name, paper_id_of, title_of
from engine.documents.papers.printing import NotPrinted, Printer
from engine.documents.papers.rendering import render
from engine.history.chain import sm3
from engine.queries.papers import case_context, issued_by
from engine.store.database import reading
from engine.store.keys import case_of
from engine.store.types import canonical_json

__all__ = ["RENDER", "PaperWork"]

_WORKER = Actor("system:worker", "系统（内置作业）", administrator=True)


@dataclass(frozen=True, slots=True)
class PaperWork:
    """Issues papers. Without a printer it makes Word files only, and says so."""

    printer: Printer | None = None

    def __call__(self, bus: CommandBus, job: Mapping[str, Any]) -> dict[str, Any]:
        """Make, store and record the paper, once for a job; return it in the variable that the job names.

        Headers (FEEL where they begin with ``=``): ``document`` (paper id), ``result`` (name of the variable, else
        ``document``), ``title``, ``data`` (a context; else all variables in scope).
        """
        headers = job["headers"]
        variable = headers.get("result") or USUAL_VARIABLE
        root_key = case_of(job["process_instance_key"])
        with reading(bus.engine) as connection:
            issued = issued_by(connection, job["key"])
            if issued is not None:
                return {variable: paper_value(issued)}
            context = case_context(connection, root_key)
            scope = {**job["variables"], **context}
            paper_id = paper_id_of(headers, scope)
            definitions = bus.sources.definitions
            row = definitions.latest_paper(connection, paper_id)
            template = definitions.content(connection, row["digest"])
        data = {**data_of(headers, scope), **context}
        title = title_of(headers, scope, row["title"])
        content = render(template, data, now=bus.clock.now())
        docx = _store(bus, content, file_name(title, "docx"))
        pdf, note = self._print(bus, content, title)
        command = IssuePaper(
            key=job["key"],
            fence=job["fence"],
            variable=variable,
            paper_id=paper_id,
            version=row["version"],
            template_digest=row["digest"],
            data_digest=sm3(canonical_json(data).encode()),
            title=title,
            docx=docx,
            pdf=pdf,
            note=note,
        )
        return {variable: bus.execute(command, _WORKER)["paper"]}

    def _print(self, bus: CommandBus, content: bytes, title: str) -> tuple[MadeFile | None, str | None]:
        if self.printer is None:
            return None, "没有安装 LibreOffice，只生成了 Word 文件；需要 PDF 时请用 Word 或 WPS 打开后另存。"
        try:
            printed = self.printer.to_pdf(content, now=bus.clock.now())
        except NotPrinted as error:
            return None, error.message
        return _store(bus, printed, file_name(title, "pdf")), None


def _store(bus: CommandBus, content: bytes, name: str) -> MadeFile:
    digest = sm3(content)
    bus.sources.contents.put(digest, content)
    return MadeFile(name, digest, len(content))
