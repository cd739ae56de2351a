"""Papers: those a user task shows before it is signed, and those a case issued."""

from __future__ import annotations

from webapi.schemas.base import ApiSchema, list_of
from webapi.schemas.fields import Instant, Key, Part, Text, Variables, Whole


class PreviewablePaperSchema(ApiSchema):
    """A paper that can be previewed."""

    id = Text()
    title = Text()
    format = Text()


class PaperPreviewRequestSchema(ApiSchema):
    """The form as it is filled in."""

    variables = Variables(load_default=dict)


class OrderedPreviewSchema(ApiSchema):
    """A preview that is being printed."""

    key = Key()


class PrintedPreviewSchema(ApiSchema):
    """How far a preview is: PENDING, RUNNING, DONE or, with a ``message``, FAILED."""

    key = Key()
    state = Text()
    message = Text(allow_none=True)
    file_name = Text()


class PaperFileSchema(ApiSchema):
    """A file of a paper; its content is at ``/api/documents/{documentId}``."""

    document_id = Text()
    name = Text()
    digest = Text()
    size = Whole()


class IssuedPaperSchema(PaperFileSchema):
    """A paper that a case issued, from which version of which template; ``note`` says why there is no PDF."""

    content_type = Text()
    pdf = Part(PaperFileSchema, allow_none=True)
    note = Text(allow_none=True)
    paper = Text(attribute="paper_id")
    version = Whole()
    title = Text()
    variable = Text()
    element_id = Text()
    process_instance_key = Key()
    template_digest = Text()
    data_digest = Text()
    at = Instant()


IssuedPaperListSchema = list_of(IssuedPaperSchema)
