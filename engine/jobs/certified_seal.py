"""The adapter of certified sealing by HTTP, and the worker of service tasks of type ``banjie:seal``.

The service is a connection that an administrator named; the setting ``sealing.connection`` says which. Without it
nothing is sealed, and a service task that asks for it stops with an incident that says so.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from engine.commands.actor import Actor
from engine.commands.bus import CommandBus
from engine.commands.store_document import StoreDocument
from engine.documents.organisation_files import seal_of
from engine.documents.sealing import SealedPaper, SealingRequest, SealingService, SealingUnavailable
from engine.feel import compile_expression
from engine.feel.json import to_json
from engine.jobs.http_call import CallFailed, Target, call
from engine.jobs.targets import target_named
from engine.queries.settings import policy_of
from engine.store.database import reading
from engine.store.keys import case_of
from engine.store.tables.general import document

SEAL = "banjie:seal"
CONNECTION, PATH = "sealing.connection", "sealing.path"
"""Settings: the named connection of the service, and the path below its address."""
LARGEST_ANSWER = 80_000_000
"""Bytes of an answer: a paper of 50 MB in base64."""

_WORKER = Actor("system:worker", "系统（内置作业）", administrator=True)

Row = Mapping[Any, Any]


@dataclass(frozen=True, slots=True)
class HttpSealing:
    """Calls the service: one POST with the paper in base64, answered with the sealed one."""

    target: Target
    path: str

    def seal(self, request: SealingRequest) -> SealedPaper:
        """Have a paper sealed. Raises SealingUnavailable."""
        body = {
            "requestId": request.request_id,
            "seal": request.seal,
            "matter": request.matter,
            "case": request.case,
            "document": {
                "name": request.file_name,
                "contentType": request.content_type,
                "sm3": request.digest,
                "content": base64.b64encode(request.content).decode("ascii"),
            },
        }
        try:
            reply = call(self.target, "POST", self.path, body, request.request_id, maximum=LARGEST_ANSWER)
        except CallFailed as error:
            raise SealingUnavailable(f"电子印章服务没有完成：{error.message}") from error
        return _sealed(reply.body)


@dataclass(frozen=True, slots=True)
class SealWork:
    """Has a stored paper sealed. ``service`` gives the service in force; tests give their own."""

    service: Callable[[CommandBus], SealingService] | None = None

    def __call__(self, bus: CommandBus, job: Mapping[str, Any]) -> dict[str, Any]:
        """Seal once for a job, store what comes back in the case, and return it in the variable that the job names.

        Headers (FEEL where they begin with ``=``): ``document`` (the variable of a paper, or its id), ``seal``,
        ``matter``, ``result`` (name of the variable, else ``sealed_document``).
        """
        headers, variables = job["headers"], job["variables"]
        result = headers.get("result") or "sealed_document"
        id_ = f"seal-{job['key']}"
        with reading(bus.engine) as connection:
            done = connection.execute(select(document).where(document.c.id == id_)).mappings().first()
            if done is not None:
                return {result: _variable(done)}
            row = _paper(connection, _value(headers.get("document", "=document"), variables), job)
            seal = seal_of(connection, str(_value(headers.get("seal", ""), variables) or ""))
        content = bus.sources.contents.read(row["digest"])
        if content is None:
            raise SealingUnavailable(f"文件“{row['file_name']}”的内容已不在，不能用印。")
        request = SealingRequest(
            request_id=str(job["key"]),
            seal=seal.id,
            matter=str(_value(headers.get("matter", ""), variables) or row["file_name"]),
            file_name=row["file_name"],
            content_type=row["content_type"],
            content=content,
            digest=row["digest"],
            case=str(case_of(job["process_instance_key"])),
        )
        sealed = (self.service or service_in_force)(bus).seal(request)
        command = StoreDocument(
            content=sealed.content,
            file_name=sealed.file_name or row["file_name"],
            content_type=sealed.content_type,
            document_id=id_,
            process_instance_key=case_of(job["process_instance_key"]),
            properties={"seal": seal.id, "serial": sealed.serial, "of": row["id"]},
        )
        return {result: _variable(bus.execute(command, _WORKER))}


def service_in_force(bus: CommandBus) -> SealingService:
    """Return the certified service that the settings name. Raises SealingUnavailable while it is switched off."""
    with reading(bus.engine) as connection:
        policy = policy_of(connection)
        name = policy.text(CONNECTION)
        target = target_named(connection, bus.vault, name) if name else None
    if not name:
        raise SealingUnavailable("没有启用电子印章服务：请安全管理员在设置中写明连接，或改为线下用印。")
    if target is None:
        raise SealingUnavailable(f"没有名为“{name}”的连接，请管理员登记电子印章服务。")
    return HttpSealing(target, policy.text(PATH))


def _paper(connection: Any, value: Any, job: Mapping[str, Any]) -> Row:
    """The stored paper, which must be of this very case."""
    id_ = value.get("documentId") if isinstance(value, dict) else value
    row = connection.execute(select(document).where(document.c.id == str(id_ or ""))).mappings().first()
    root_key = case_of(job["process_instance_key"])
    if row is None or row["process_instance_key"] is None or case_of(row["process_instance_key"]) != root_key:
        raise SealingUnavailable("本案没有要用印的文件，请检查作业头 document。")
    found: Row = row
    return found


def _sealed(body: Any) -> SealedPaper:
    try:
        paper = body["document"]
        content = base64.b64decode(paper["content"], validate=True)
        sealed = SealedPaper(content, str(paper["contentType"]), str(paper.get("name") or ""), str(body["serial"]))
    except (KeyError, TypeError, AttributeError, ValueError, binascii.Error) as error:
        raise SealingUnavailable(
            "电子印章服务的答复不完整，应有 serial 和 document（content、contentType）。"
        ) from error
    if not sealed.content or not sealed.serial:
        raise SealingUnavailable("电子印章服务的答复是空的。")
    return sealed


def _variable(row: Mapping[Any, Any]) -> dict[str, Any]:
    said = row["properties"]
    return {
        "documentId": row["id"],
        "name": row["file_name"],
        "digest": row["digest"],
        "contentType": row["content_type"],
        "seal": said["seal"],
        "serial": said["serial"],
    }


def _value(source: str, context: Mapping[str, Any]) -> Any:
    if not source.startswith("="):
        return source
    return to_json(compile_expression(source[1:]).evaluate(context))
