"""Documents: stored files with what is told of them."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import Response, request

from engine.attachments.receiving import rules_of
from engine.attachments.secrecy import require_unmarked_name
from engine.commands.delete_document import DeleteDocument
from engine.commands.store_document import StoreDocument
from engine.queries.documents import DocumentInvisible, document_of
from engine.queries.settings import policy_of
from webapi.requests import BodyInvalid, parse_json
from webapi.schemas.base import ApiSchema
from webapi.schemas.fields import Choice, Key, Many, Part, Text, Variables, Whole
from webapi.security import actor
from webapi.services import execute, now, platform, read
from webapi.v2.blueprints import protocol_blueprint
from webapi.v2.operation import operation
from webapi.v2.schemas.fields import FILE, Moment

blueprint = protocol_blueprint("documents")

STORE = "default"
LARGEST_DOCUMENT = 32_000_000
"""Bytes of a request with files."""
MOST_FILES = 100
LONGEST_ID = 200


class MetadataSchema(ApiSchema):
    """What is told of a file."""

    content_type = Text(longest=200, load_default=None, allow_none=True)
    file_name = Text(longest=255, load_default=None, allow_none=True)
    expires_at = Moment(load_default=None, allow_none=True)
    size = Whole(load_default=None, allow_none=True)
    process_definition_id = Text(longest=255, load_default=None, allow_none=True, attribute="process_id")
    process_instance_key = Key(load_default=None, allow_none=True)
    custom_properties = Variables(load_default=dict, allow_none=True, attribute="properties")


class MetadataResponseSchema(ApiSchema):
    """What is known of a file."""

    content_type = Text()
    file_name = Text()
    expires_at = Text(allow_none=True)
    size = Whole()
    process_definition_id = Text(allow_none=True, attribute="process_id")
    process_instance_key = Key(allow_none=True)
    custom_properties = Variables(attribute="properties")


class DocumentReferenceSchema(ApiSchema):
    """Where a file is."""

    type = Text(data_key="camunda.document.type", dump_default="camunda")
    store_id = Text()
    document_id = Text(attribute="id")
    content_hash = Text(allow_none=True, attribute="digest")
    metadata = Part(MetadataResponseSchema)


class DocumentBatchSchema(ApiSchema):
    """What became of files stored together: all were, or none."""

    failed_documents = Many(Text(), dump_default=list)
    created_documents = Many(Part(DocumentReferenceSchema))


class StoreQuerySchema(ApiSchema):
    """Which store, and an id of one's own."""

    store_id = Choice(STORE, load_default=STORE)
    document_id = Text(longest=LONGEST_ID, shortest=1, load_default=None)


class FindQuerySchema(ApiSchema):
    """Which store, and the hash that the content must have."""

    store_id = Choice(STORE, load_default=STORE)
    content_hash = Text(longest=LONGEST_ID, load_default=None)


class BatchQuerySchema(ApiSchema):
    """Which store."""

    store_id = Choice(STORE, load_default=STORE)


@blueprint.before_request
def allow_files() -> None:
    """Let this resource take more than others."""
    request.max_content_length = LARGEST_DOCUMENT
    request.max_form_parts = 2 * MOST_FILES


@blueprint.post("/documents", endpoint="createDocument")
@operation(
    "存入文件（multipart：file，metadata）",
    query=StoreQuerySchema,
    answer=DocumentReferenceSchema,
    status=201,
    errors=(400, 409, 413),
    command=True,
    files={"file": FILE, "metadata": {"type": "object"}},
)
def create_document(query: dict[str, Any]) -> dict[str, Any]:
    """Store one file."""
    files = request.files.getlist("file")
    if len(files) != 1:
        raise BodyInvalid("请选择一个文件（字段名 file）。", details={"fields": {"file": ["应为一个文件。"]}})
    described = _metadata(_part("metadata"))
    return _reference(_store(files[0], described, query["document_id"]))


@blueprint.post("/documents/batch", endpoint="createDocuments")
@operation(
    "存入多个文件（multipart：files，metadataList）",
    query=BatchQuerySchema,
    answer=DocumentBatchSchema,
    status=201,
    errors=(400, 413),
    files={"files": {"type": "array", "items": FILE}, "metadataList": {"type": "array", "items": {"type": "object"}}},
)
def create_documents(query: dict[str, Any]) -> dict[str, Any]:
    """Store several files, each with what is told of it."""
    files = request.files.getlist("files")
    if not 0 < len(files) <= MOST_FILES:
        message = f"请选择 1 到 {MOST_FILES} 个文件（字段名 files）。"
        raise BodyInvalid(message, details={"fields": {"files": [message]}})
    told = [text.encode() for text in request.form.getlist("metadataList")]
    told += [item.read() for item in request.files.getlist("metadataList")]
    lists = [parse_json(text) for text in told]
    described = lists[0] if len(lists) == 1 and isinstance(lists[0], list) else lists
    if len(described) not in (0, len(files)):
        message = "metadataList 应与 files 一一对应。"
        raise BodyInvalid(message, details={"fields": {"metadataList": [message]}})
    metadata = [MetadataSchema().load(each) for each in described] or [_metadata(None) for _ in files]
    stored = [_store(file, each, None) for file, each in zip(files, metadata, strict=True)]
    return {"created_documents": [_reference(row) for row in stored]}


@blueprint.get("/documents/<id_>", endpoint="getDocument")
@operation("文件内容", query=FindQuerySchema, errors=(404,), media_type="application/octet-stream")
def get_document(id_: str, query: dict[str, Any]) -> Response:
    """Give the file, always to be saved: what somebody stored is never shown as a page of ours."""
    with read() as connection:
        row = document_of(connection, actor(), id_, now(), platform().sources.definitions)
    content = platform().sources.contents.read(row["digest"])
    if content is None or query["content_hash"] not in (None, row["digest"]):
        raise DocumentInvisible(f"没有编号为 {id_} 且摘要相符的文件。")
    response = Response(content, mimetype="application/octet-stream")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(row['file_name'], safe='')}"
    return response


@blueprint.delete("/documents/<id_>", endpoint="deleteDocument")
@operation("删除文件", query=BatchQuerySchema, errors=(404,), command=True)
def delete_document(id_: str, query: dict[str, Any]) -> None:
    """Delete."""
    execute(DeleteDocument(id_))


def _store(file: Any, described: dict[str, Any], id_: str | None) -> dict[str, Any]:
    expires_at = described["expires_at"]
    name = _printable(described["file_name"] or file.filename or "document")
    require_unmarked_name(name)
    with read() as connection:
        scanner = rules_of(policy_of(connection)).scanner
    if scanner is not None:
        scanner.require_clean(file.stream)
        file.stream.seek(0)
    return execute(
        StoreDocument(
            file.read(),
            file_name=name,
            content_type=_printable(described["content_type"] or file.mimetype or "application/octet-stream"),
            document_id=id_,
            process_id=described["process_id"],
            process_instance_key=described["process_instance_key"],
            properties=described["properties"] or {},
            expires_at=None if expires_at is None else expires_at.isoformat(),
        )
    )


def _metadata(text: bytes | None) -> dict[str, Any]:
    loaded: dict[str, Any] = MetadataSchema().load({} if text is None else parse_json(text))
    return loaded


def _part(name: str) -> bytes | None:
    """A part of the form, sent as a field or as a file."""
    if name in request.form:
        return request.form[name].encode()
    file = request.files.get(name)
    return None if file is None else file.read()


def _printable(text: str) -> str:
    """Headers take no control characters."""
    return "".join(character for character in text[:255] if character.isprintable())


def _reference(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "store_id": STORE, "metadata": row}
