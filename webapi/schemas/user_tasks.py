"""User tasks."""

from __future__ import annotations

from webapi.schemas.actions import InvolvedSchema
from webapi.schemas.base import ApiSchema, page_of
from webapi.schemas.common import DocumentationSchema, FormSchema, PageQuerySchema
from webapi.schemas.fields import Choice, Flag, Instant, Key, Many, Part, Text, Variables, Whole
from webapi.schemas.papers import PreviewablePaperSchema
from webapi.schemas.people import NamedSchema


class UserTaskQuerySchema(PageQuerySchema):
    """Which user tasks: 待办 or 已办."""

    tab = Choice("todo", "done", load_default="todo")


class UserTaskSchema(ApiSchema):
    """A user task in a list."""

    key = Key()
    name = Text()
    element_id = Text()
    process_instance_key = Key()
    process_definition_key = Key()
    procedure_id = Text()
    procedure_name = Text()
    case_title = Text()
    case_number = Text(allow_none=True)
    initiator = Part(NamedSchema, allow_none=True)
    assignee = Part(NamedSchema, allow_none=True)
    on_behalf_of = Part(NamedSchema, allow_none=True)
    candidate_groups = Many(Text())
    created_at = Instant()
    completed_at = Instant(allow_none=True)
    outcome = Text(allow_none=True)
    due_at = Instant(allow_none=True)
    due_provisional = Flag()
    light = Choice("green", "amber", "red", "overdue", "paused", allow_none=True)
    remaining_working_days = Whole(smallest=-36600, largest=36600, allow_none=True)
    priority = Whole()
    claimable = Flag()
    state = Choice("CREATED", "COMPLETED", "CANCELED")


class DraftedTextSchema(ApiSchema):
    """A text that a user task drafts: its newest version (0: none yet), the variable that holds it, if any."""

    name = Text()
    version = Whole()
    variable = Text(allow_none=True)
    frozen = Flag()


class UserTaskDetailSchema(UserTaskSchema, InvolvedSchema):
    """A user task with all that is needed to work on it."""

    form = Part(FormSchema, allow_none=True)
    variables = Variables()
    draft = Variables(allow_none=True)
    documentation = Part(DocumentationSchema, allow_none=True)
    actions = Many(Text())
    texts = Many(Part(DraftedTextSchema))
    papers = Many(Part(PreviewablePaperSchema))
    read_only = Flag()
    revision = Whole()


class DraftSchema(ApiSchema):
    """What has been filled in so far."""

    variables = Variables(required=True)


class CompletionRequestSchema(ApiSchema):
    """The form's data and the opinion (办理意见) with which a user task is done."""

    variables = Variables(load_default=dict)
    opinion = Text(longest=2000, allow_none=True, load_default=None)
    revision = Whole(allow_none=True, load_default=None)
    acknowledged = Variables(load_default=dict)
    outcome = Choice("同意", "不同意", allow_none=True, load_default=None)
    second_factor = Text(longest=6, allow_none=True, load_default=None)


class CompletionSchema(ApiSchema):
    """What became of the case."""

    process_instance_key = Key()
    completed = Flag()
    held = Flag()
    next_tasks = Many(Part(UserTaskSchema))


UserTaskPageSchema = page_of(UserTaskSchema)
