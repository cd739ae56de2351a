"""Process instances: cases, their replay, record, history and variables."""

from __future__ import annotations

from webapi.schemas.base import ApiSchema, list_of, page_of
from webapi.schemas.common import PageQuerySchema
from webapi.schemas.fields import Anything, Choice, Day, Flag, Instant, Key, Many, Part, Text, Variables, Whole
from webapi.schemas.people import NamedSchema
from webapi.schemas.user_tasks import UserTaskSchema

STATES = ("ACTIVE", "COMPLETED", "TERMINATED", "SUSPENDED")


class CaseQuerySchema(PageQuerySchema):
    """Which cases: those one started, or all one may know of."""

    tab = Choice("started", "all", load_default="started")
    state = Choice(*STATES, load_default=None)


class StartRequestSchema(ApiSchema):
    """A case to be started, with the start form's data."""

    procedure_id = Text(required=True, shortest=1, longest=200)
    variables = Variables(load_default=dict)
    business_key = Text(longest=200, allow_none=True, load_default=None)
    acknowledged = Variables(load_default=dict)


class StartedCaseSchema(ApiSchema):
    """A case that was started, and what its starter can do in it next."""

    key = Key()
    case_title = Text()
    next_tasks = Many(Part(UserTaskSchema))


class CurrentElementSchema(ApiSchema):
    """Where a case stands."""

    element_id = Text()
    name = Text()
    assignees = Many(Text())


class ProofDaySchema(ApiSchema):
    """One day of a proof."""

    date = Day()
    counted = Flag()
    number = Whole(allow_none=True)
    reason = Text()


class ProofSchema(ApiSchema):
    """A due date, day by day."""

    due_at = Instant(allow_none=True)
    provisional = Flag()
    days = Many(Part(ProofDaySchema))


class ClockSchema(ApiSchema):
    """A time limit of a case."""

    id = Text()
    name = Text()
    state = Choice("running", "suspended", "stopped")
    started_on = Day(allow_none=True)
    due_at = Instant(allow_none=True)
    last_day = Day(allow_none=True)
    provisional = Flag()
    light = Choice("green", "amber", "red", "overdue", "paused", allow_none=True)
    basis = Text(allow_none=True)
    remaining_working_days = Whole(smallest=-36600, largest=36600, allow_none=True)


class CaseSchema(ApiSchema):
    """A case in a list."""

    key = Key()
    procedure_id = Text()
    procedure_name = Text()
    definition_key = Key()
    version = Whole()
    case_title = Text()
    case_number = Text(allow_none=True)
    state = Choice(*STATES)
    has_incident = Flag()
    initiator = Part(NamedSchema, allow_none=True)
    started_at = Instant()
    ended_at = Instant(allow_none=True)
    current_elements = Many(Part(CurrentElementSchema))
    clocks = Many(Part(ClockSchema))


class CaseDetailSchema(CaseSchema):
    """A case with its data; ``labels`` says what the forms call the variables, ``choices`` what the values chosen."""

    variables = Variables()
    labels = Anything()
    choices = Anything()


class DiagramSchema(ApiSchema):
    """A diagram."""

    key = Key()
    xml = Text()


class CalledDiagramSchema(DiagramSchema):
    """The diagram of a process that the case called."""

    process_instance_key = Key()
    called_from = Text(allow_none=True)


class StepSchema(ApiSchema):
    """One command and the events it brought about; an event's members are named as in the recorded event."""

    index = Whole()
    at = Instant()
    actor = Part(NamedSchema, allow_none=True)
    on_behalf_of = Part(NamedSchema, allow_none=True)
    command = Text()
    type = Text()
    events = Many(Anything())


class ReplaySchema(ApiSchema):
    """All that is needed to replay a case."""

    definition = Part(DiagramSchema)
    called = Many(Part(CalledDiagramSchema))
    steps = Many(Part(StepSchema))
    labels = Anything()


class ChangeSchema(ApiSchema):
    """A variable before and after."""

    name = Text()
    label = Text(allow_none=True)
    old = Anything(allow_none=True)
    new = Anything(allow_none=True)


class RecordItemSchema(ApiSchema):
    """One line of the record (审批记录)."""

    at = Instant()
    actor = Part(NamedSchema, allow_none=True)
    on_behalf_of = Part(NamedSchema, allow_none=True)
    action = Text()
    element_id = Text(allow_none=True)
    element_name = Text(allow_none=True)
    opinion = Text(allow_none=True)
    outcome = Text(allow_none=True)
    duration_seconds = Whole(allow_none=True)
    due_at = Instant(allow_none=True)
    changes = Many(Part(ChangeSchema))


class HistoryEventSchema(ApiSchema):
    """A recorded event with its place in the hash chain."""

    seq = Whole()
    command_seq = Whole()
    at = Instant()
    type = Text()
    version = Whole()
    actor = Part(NamedSchema, allow_none=True)
    on_behalf_of = Part(NamedSchema, allow_none=True)
    payload = Anything(allow_none=True)
    digest = Text()
    hash = Text()


class VariableSchema(ApiSchema):
    """A variable in its scope."""

    name = Text()
    value = Anything(allow_none=True)
    scope_key = Key()
    element_id = Text()
    process_instance_key = Key()


class VariableUpdateSchema(ApiSchema):
    """Variables to be set from outside, and why."""

    variables = Variables(required=True)
    reason = Text(required=True, shortest=1, longest=1000)


class CaseKeySchema(ApiSchema):
    """The key of a case."""

    key = Key()


CasePageSchema = page_of(CaseSchema)
RecordSchema = list_of(RecordItemSchema)
HistoryPageSchema = page_of(HistoryEventSchema)
VariableListSchema = list_of(VariableSchema)
