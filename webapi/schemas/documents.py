"""Uploaded files."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError

from webapi.schemas.base import ApiSchema, list_of
from webapi.schemas.fields import Flag, Instant, Key, Part, Text, Whole
from webapi.schemas.people import NamedSchema

UNMARKED = "无"


class NotSecret(Text):
    """密级, which must be none: what has one is registered on paper and read in the office (duty list L409, L458)."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if value not in ("", UNMARKED):
            raise ValidationError("本平台不存储、不处理涉密文件：请在纸质登记册登记，到办公室阅办。")
        return value


class UploadFormSchema(ApiSchema):
    """What an upload is for: a user task's form, a start form (neither key), or a case as it stands."""

    task_key = Key(load_default=None)
    process_instance_key = Key(load_default=None)
    note = Text(longest=500, load_default="")
    secrecy = NotSecret(load_default="")


class UploadedDocumentSchema(ApiSchema):
    """A file as forms keep it (without ``inline``)."""

    document_id = Text(attribute="id")
    name = Text(attribute="file_name")
    digest = Text()
    size = Whole()
    content_type = Text()
    inline = Flag()


class DocumentMetadataSchema(UploadedDocumentSchema):
    """What is known of a file."""

    process_instance_key = Key(allow_none=True)
    stored_at = Instant()


class CaseDocumentSchema(ApiSchema):
    """A file that a case took; ``field`` is the variable that holds it."""

    document_id = Text()
    name = Text()
    digest = Text()
    size = Whole()
    content_type = Text()
    field = Text(allow_none=True)
    task_key = Key(allow_none=True)
    element_id = Text(allow_none=True)
    note = Text(allow_none=True)
    uploaded_by = Part(NamedSchema, allow_none=True)
    at = Instant()


CaseDocumentListSchema = list_of(CaseDocumentSchema)
