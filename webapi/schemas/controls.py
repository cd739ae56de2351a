"""Controls, expert draws and erasure."""

from __future__ import annotations

from webapi.schemas.base import ApiSchema, list_of, page_of
from webapi.schemas.common import PageQuerySchema
from webapi.schemas.fields import Anything, Choice, Flag, Instant, Key, Many, Part, Text, Variables, Whole
from webapi.schemas.people import NamedSchema

STRENGTHS = ("BLOCK", "WARN", "MON", "ATTEST")


class ControlSchema(ApiSchema):
    """A control of the register."""

    id = Text()
    title = Text()
    strength = Choice(*STRENGTHS)
    words = Text(longest=10_000)
    basis = Text()
    owner = Text()
    mechanism = Text()
    procedures = Many(Text())
    elements = Many(Text())
    duties = Many(Text())
    start = Flag()
    condition = Text(allow_none=True)
    lines = Many(Whole())
    overridable_by = Many(Text())
    carried_by = Text(allow_none=True)


class RegisterSchema(ApiSchema):
    """The register in force."""

    version = Text(allow_none=True)
    items = Many(Part(ControlSchema))


class DifferenceSchema(ApiSchema):
    """Where duty list and today's law differ; ``open`` while somebody has still to decide something about it."""

    kind = Choice("topic", "limit")
    topic = Text()
    procedures = Many(Text())
    seed = Text()
    lines = Text()
    law = Text()
    handled = Text()
    open = Flag()


class RegisterRequestSchema(ApiSchema):
    """A register to be published, YAML."""

    content = Text(required=True, shortest=1, longest=500_000)
    source = Text(required=True, shortest=1, longest=300)


class PublishedSchema(ApiSchema):
    """What was published."""

    version = Text()
    new = Flag()


class ControlHitSchema(ApiSchema):
    """What a control found."""

    control_id = Text()
    strength = Choice(*STRENGTHS)
    outcome = Choice("passed", "hit", "acknowledged", "confirmed", "overridden")
    words = Text()
    element_id = Text()
    reason = Text(allow_none=True)
    at = Instant()
    process_instance_key = Key()
    procedure_id = Text(allow_none=True)
    case_title = Text(allow_none=True)
    actor = Part(NamedSchema, allow_none=True)


class ControlHitQuerySchema(PageQuerySchema):
    """Which hits."""

    control = Text(longest=100, load_default=None)
    outcome = Choice("hit", "acknowledged", "overridden", load_default=None)
    strength = Choice(*STRENGTHS, load_default=None)


class TaskControlSchema(ApiSchema):
    """What a control of a user task finds now, and what it needs with the completion: a reason or a confirmation."""

    id = Text()
    title = Text()
    strength = Choice(*STRENGTHS)
    words = Text()
    missing = Text(allow_none=True)
    hit = Flag()
    needs = Choice("reason", "confirmation", allow_none=True)
    overridable = Flag()
    overridden = Flag()


class PreviewRequestSchema(ApiSchema):
    """The form's data as filled in so far."""

    variables = Variables(load_default=dict)


class OverriddenSchema(ApiSchema):
    """What was overridden."""

    key = Key()
    control = Text()


class DrawRequestSchema(ApiSchema):
    """A draw of experts to be announced."""

    field = Text(required=True, shortest=1, longest=100)
    size = Whole(smallest=1, largest=50, load_default=7)
    alternates = Whole(smallest=0, largest=50, load_default=3)
    applicants = Many(Text(longest=200), load_default=list)
    reason = Text(longest=1000, allow_none=True, load_default=None)


class WitnessSchema(ApiSchema):
    """What the witness adds to the seed, said after it was announced."""

    witness = Text(longest=200, load_default="")


class DrawSchema(ApiSchema):
    """A draw with everything that proves it."""

    key = Key()
    field = Text()
    size = Whole()
    alternates_wanted = Whole()
    state = Choice("COMMITTED", "DRAWN")
    pool = Many(Anything())
    excluded = Many(Anything())
    seed_digest = Text()
    seed = Text(allow_none=True)
    witness = Text(allow_none=True)
    drawn = Many(Anything(), allow_none=True)
    alternates = Many(Anything(), allow_none=True)
    reason = Text(allow_none=True)
    committed_at = Instant()
    committed_by = Part(NamedSchema, allow_none=True)
    drawn_at = Instant(allow_none=True)
    reproduced = Flag(allow_none=True)


class ErasureRequestSchema(ApiSchema):
    """Variables (and single events) whose content must go, and by which law."""

    variables = Many(Text(shortest=1, longest=200), load_default=list)
    events = Many(Whole(smallest=1), load_default=list)
    basis = Text(required=True, shortest=1, longest=1000)


class ErasureSchema(ApiSchema):
    """A proposal to erase."""

    key = Key()
    process_instance_key = Key()
    events = Many(Whole())
    variables = Many(Text())
    basis = Text()
    state = Choice("PROPOSED", "ERASED", "REJECTED")
    proposed_by = Part(NamedSchema, allow_none=True)
    proposed_at = Instant()
    decided_by = Part(NamedSchema, allow_none=True)
    decided_at = Instant(allow_none=True)
    reason = Text(allow_none=True)


class DrawKeySchema(ApiSchema):
    """The key of a draw."""

    key = Key()
    seed_digest = Text()


class ProposedErasureSchema(ApiSchema):
    """The key of a proposal and the events it names."""

    key = Key()
    events = Many(Whole())


class ExpertSchema(ApiSchema):
    """An expert of the pool."""

    id = Text()
    name = Text()
    employer = Text()
    fields_ = Many(Text(), data_key="fields", attribute="fields")
    active = Flag()


class DrawOfCaseSchema(DrawSchema):
    """A draw with the case it was for."""

    process_instance_key = Key()
    case_title = Text()


DifferenceListSchema = list_of(DifferenceSchema)
ExpertListSchema = list_of(ExpertSchema)
DrawOfCaseListSchema = list_of(DrawOfCaseSchema)
ControlHitPageSchema = page_of(ControlHitSchema)
ControlHitListSchema = list_of(ControlHitSchema)
TaskControlListSchema = list_of(TaskControlSchema)
DrawListSchema = list_of(DrawSchema)
ErasureListSchema = list_of(ErasureSchema)


class DrawnSchema(ApiSchema):
    """Who was drawn."""

    key = Key()
    drawn = Many(Anything())
    alternates = Many(Anything())


class ExpertsRequestSchema(ApiSchema):
    """A pool of experts as a file."""

    content = Text(required=True, shortest=1, longest=2_000_000)
    format = Choice("csv", "yaml", load_default="csv")
    source = Text(required=True, shortest=1, longest=300)


class ImportedSchema(ApiSchema):
    """How many there are now."""

    experts = Whole()
