"""Files that people upload, see and take back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO
from urllib.parse import quote

from flask import Blueprint, Response, request

from engine.attachments.kinds import INLINE
from engine.attachments.receiving import Rules, receive, rules_of
from engine.commands.delete_document import DeleteDocument
from engine.commands.upload_document import UploadDocument
from engine.queries.documents import DocumentInvisible, case_documents, document_of
from engine.queries.settings import policy_of
from webapi.operations import operation
from webapi.requests import BodyInvalid
from webapi.schemas.documents import (
    CaseDocumentListSchema,
    DocumentMetadataSchema,
    UploadedDocumentSchema,
    UploadFormSchema,
)
from webapi.security import actor
from webapi.services import execute, now, platform, read

blueprint = Blueprint("documents", __name__)

FILE = {"type": "string", "format": "binary"}
PIECE = 1 << 18
_AROUND = 100_000
"""Bytes of a multipart form beside its file."""
SHOWN_POLICY = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox"
"""Even a file that turned out to be a page could run nothing and reach nothing."""


@blueprint.post("/documents")
@operation(
    "上传文件（multipart：file，可选 taskKey、processInstanceKey、note、secrecy）",
    answer=UploadedDocumentSchema,
    status=201,
    errors=(400, 403, 404, 409, 413, 422),
    command=True,
    files={
        "file": FILE,
        "taskKey": {"type": "string"},
        "processInstanceKey": {"type": "string"},
        "note": {"type": "string"},
        "secrecy": {"type": "string", "enum": ["", "无"]},
    },
)
def upload() -> dict[str, Any]:
    """Take a file in: told by its content, checked, scanned, stored; then entered."""
    with read() as connection:
        rules = rules_of(policy_of(connection))
    request.max_content_length = rules.largest + _AROUND
    asked = UploadFormSchema().load(request.form.to_dict())
    received = receive(*_file(rules), rules, platform().sources.contents)
    answer = execute(
        UploadDocument(
            received.digest,
            received.size,
            received.content_type,
            received.name,
            task_key=asked["task_key"],
            process_instance_key=asked["process_instance_key"],
            note=asked["note"] or None,
        )
    )
    return {**answer, "inline": answer["content_type"] in INLINE}


@blueprint.get("/documents/<id_>")
@operation("文件内容：图片、PDF 直接显示，其余下载", errors=(404,), media_type="application/octet-stream")
def download(id_: str) -> Response:
    """Give the file, piece by piece."""
    with read() as connection:
        row = document_of(connection, actor(), id_, now(), platform().sources.definitions)
    stream = platform().sources.contents.open(row["digest"])
    if stream is None:
        raise DocumentInvisible(f"编号为 {id_} 的文件内容已不在，请告知系统管理员。")
    response = Response(_pieces(stream), direct_passthrough=True)
    response.call_on_close(stream.close)
    response.content_length = row["size"]
    inline = row["purpose"] is not None and row["content_type"] in INLINE
    response.mimetype = row["content_type"] if inline else "application/octet-stream"
    kind = "inline" if inline else "attachment"
    response.headers["Content-Disposition"] = f"{kind}; filename*=UTF-8''{quote(row['file_name'], safe='')}"
    response.headers["Content-Security-Policy"] = SHOWN_POLICY
    return response


@blueprint.get("/documents/<id_>/metadata")
@operation("文件说明", answer=DocumentMetadataSchema, errors=(404,))
def metadata(id_: str) -> dict[str, Any]:
    """Tell what is known of the file."""
    with read() as connection:
        row = document_of(connection, actor(), id_, now(), platform().sources.definitions)
    return {**row, "inline": row["purpose"] is not None and row["content_type"] in INLINE}


@blueprint.delete("/documents/<id_>")
@operation("删除未提交的文件", errors=(404, 409), command=True)
def delete(id_: str) -> None:
    """Take back what one uploaded and no case took."""
    execute(DeleteDocument(id_))


@blueprint.get("/process-instances/<key:key>/attachments")
@operation("案件的附件", answer=CaseDocumentListSchema, errors=(404,))
def list_attachments(key: int) -> dict[str, Any]:
    """List the files that the case took."""
    with read() as connection:
        return {"items": case_documents(connection, actor(), key, platform().sources.definitions)}


def _file(rules: Rules) -> tuple[BinaryIO, str]:
    files = request.files.getlist("file")
    if len(files) != 1:
        raise BodyInvalid("请选择一个文件（字段名 file）。", details={"fields": {"file": ["应为一个文件。"]}})
    stream: Any = files[0].stream
    return stream, files[0].filename or ""


def _pieces(stream: BinaryIO) -> Iterator[bytes]:
    with stream:
        while piece := stream.read(PIECE):
            yield piece
