"""Office work on user tasks: returning, handing over, signers, copies, urging, entering for somebody."""

from __future__ import annotations

from webapi.schemas.base import ApiSchema, list_of, page_of
from webapi.schemas.common import PageQuerySchema, ReasonSchema
from webapi.schemas.fields import Choice, Flag, Instant, Key, Many, Part, Text, Variables, Whole
from webapi.schemas.people import NamedSchema

SIGNING = ("BEFORE", "AFTER", "PARALLEL", "ASSIST")
EVIDENCE = ("PAPER", "TELEPHONE", "OTHER")


class ReturnTargetSchema(ApiSchema):
    """A step to which a user task can be returned; ``whole``: a subprocess or multi-instance, opened from its start."""

    key = Key()
    element_id = Text()
    name = Text()
    whole = Flag()
    previous = Flag()
    completed_by = Part(NamedSchema, allow_none=True)
    completed_at = Instant(allow_none=True)


class ReturnTargetsSchema(ApiSchema):
    """Where a user task can be returned to, and how its element limits that."""

    items = Many(Part(ReturnTargetSchema))
    mode = Choice("none", "previous", "any", "initiator")
    direct_allowed = Flag()
    initiator = Flag()


class ReturnQuerySchema(ApiSchema):
    """Which return is meant: ``target``, or ``to``; without either the previous step."""

    target = Key(load_default=None)
    to = Choice("PREVIOUS", "INITIATOR", load_default="PREVIOUS")


class ReturnRequestSchema(ReturnQuerySchema):
    """A return. ``cancels`` are the keys of user tasks that the preview named."""

    reason = Text(required=True, shortest=1, longest=1000)
    direct = Flag(load_default=False)
    cancels = Many(Key(), load_default=None, allow_none=True)


class CancelledTaskSchema(ApiSchema):
    """An open user task that a return would cancel."""

    key = Key()
    name = Text()
    element_id = Text()
    assignee = Part(NamedSchema, allow_none=True)
    candidate_groups = Many(Text())


class CancelledElementSchema(ApiSchema):
    """Something else that runs and would be cancelled."""

    element_id = Text()
    name = Text()
    type = Text()


class ReturnPreviewSchema(ApiSchema):
    """What a return would do; ``mend``: the initiator gets the start form, the user task waits."""

    target_key = Key()
    element_id = Text()
    mend = Flag()
    tasks = Many(Part(CancelledTaskSchema))
    elements = Many(Part(CancelledElementSchema))
    direct_possible = Flag()


class OpenedSchema(ApiSchema):
    """The user tasks that opened, and those that were cancelled."""

    process_instance_key = Key()
    opened = Many(Key())
    cancelled = Many(Key())


class WithdrawalSchema(ApiSchema):
    """Why something is taken back."""

    reason = Text(longest=1000, load_default="撤回")


class HandOverSchema(ReasonSchema):
    """To whom, and why."""

    to = Text(required=True, shortest=1, longest=200)


class SignersRequestSchema(ReasonSchema):
    """Who is asked to sign, and when."""

    kind = Choice(*SIGNING, required=True)
    people = Many(Text(shortest=1, longest=200), required=True)


class SignersSchema(ApiSchema):
    """The keys of the signers' own user tasks."""

    signers = Many(Key())


class SignerSchema(ApiSchema):
    """Somebody who was asked to sign too."""

    key = Key()
    user = Part(NamedSchema, allow_none=True)
    kind = Choice(*SIGNING)
    requested_by = Part(NamedSchema, allow_none=True)
    reason = Text()
    state = Choice("WAITING", "OPEN", "DONE", "CANCELED")
    outcome = Text(allow_none=True)
    opinion = Text(allow_none=True)
    ended_at = Instant(allow_none=True)


class HandoverSchema(ApiSchema):
    """A transfer or delegation; ``variables`` is what a delegate filled in."""

    kind = Choice("TRANSFER", "DELEGATE")
    from_user = Part(NamedSchema, allow_none=True)
    to_user = Part(NamedSchema, allow_none=True)
    reason = Text()
    state = Choice("OPEN", "DONE")
    variables = Variables(allow_none=True)
    opinion = Text(allow_none=True)
    at = Instant()


class ReturnedSchema(ApiSchema):
    """Why a user task is open again."""

    by = Part(NamedSchema, allow_none=True)
    reason = Text()
    direct = Flag()
    at = Instant()


class RecordedSchema(ApiSchema):
    """On what evidence a user task was done for somebody."""

    person = Part(NamedSchema, allow_none=True)
    recorded_by = Part(NamedSchema, allow_none=True)
    evidence_kind = Choice(*EVIDENCE)
    evidence = Text()
    document_id = Text(allow_none=True)
    state = Choice("UNCONFIRMED", "CONFIRMED", "DISPUTED")
    note = Text(allow_none=True)


class VotesSchema(ApiSchema):
    """How far a multi-instance is; ``outcomes`` counts, never who."""

    done = Whole()
    total = Whole()
    outcomes = Variables()


class InvolvedSchema(ApiSchema):
    """Who else has to do with a user task, and in which way."""

    binding = Choice(*SIGNING, "REWORK", allow_none=True)
    bound_to = Key(allow_none=True)
    held = Flag()
    second_factor = Flag()
    return_mode = Choice("none", "previous", "any", "initiator")
    direct_allowed = Flag()
    urged = Whole()
    signers = Many(Part(SignerSchema))
    handovers = Many(Part(HandoverSchema))
    returned = Part(ReturnedSchema, allow_none=True)
    recorded = Part(RecordedSchema, allow_none=True)
    votes = Part(VotesSchema, allow_none=True)


class UrgeSchema(ApiSchema):
    """What is said with an urging."""

    note = Text(longest=500, allow_none=True, load_default=None)


class UrgedSchema(ApiSchema):
    """How often a user task was urged, and how often it still may be today."""

    number = Whole()
    left_today = Whole()


class RecordingSchema(ApiSchema):
    """What somebody signed or agreed outside the system, and how that is known."""

    person = Text(required=True, shortest=1, longest=200)
    evidence_kind = Choice(*EVIDENCE, required=True)
    evidence = Text(required=True, shortest=1, longest=2000)
    variables = Variables(load_default=dict)
    opinion = Text(longest=2000, allow_none=True, load_default=None)
    document_id = Text(longest=200, allow_none=True, load_default=None)
    acknowledged = Variables(load_default=dict)


class BatchItemSchema(ApiSchema):
    """One of several user tasks; its own data goes before the common."""

    key = Key(required=True)
    variables = Variables(load_default=dict)


class BatchRequestSchema(ApiSchema):
    """Several user tasks to be done alike."""

    items = Many(Part(BatchItemSchema), required=True)
    variables = Variables(load_default=dict)
    opinion = Text(longest=2000, allow_none=True, load_default=None)


class BatchResultSchema(ApiSchema):
    """What became of one of them."""

    key = Key()
    done = Flag()
    held = Flag()
    code = Text(allow_none=True)
    detail = Text(allow_none=True)


BatchResultListSchema = list_of(BatchResultSchema)


class CopiesRequestSchema(ApiSchema):
    """Who is to read a case."""

    people = Many(Text(shortest=1, longest=200), required=True)
    kind = Choice("COPY", "CIRCULATE", load_default="COPY")
    task_key = Key(load_default=None, allow_none=True)
    note = Text(longest=500, allow_none=True, load_default=None)


class CopyKeysSchema(ApiSchema):
    """The keys of the copies."""

    copies = Many(Key())


class CopyQuerySchema(PageQuerySchema):
    """Which copies: those still unread, or all."""

    tab = Choice("unread", "all", load_default="unread")


class CopySchema(ApiSchema):
    """A case that was sent to somebody to read."""

    key = Key()
    process_instance_key = Key()
    case_title = Text()
    kind = Choice("COPY", "CIRCULATE")
    sent_by = Part(NamedSchema, allow_none=True)
    note = Text(allow_none=True)
    sent_at = Instant()
    read_at = Instant(allow_none=True)


class ReceiptSchema(ApiSchema):
    """To whom a case was sent, and whether it was read."""

    key = Key()
    kind = Choice("COPY", "CIRCULATE")
    user = Part(NamedSchema, allow_none=True)
    sent_by = Part(NamedSchema, allow_none=True)
    note = Text(allow_none=True)
    sent_at = Instant()
    read_at = Instant(allow_none=True)


class SignatureSchema(ApiSchema):
    """A signature that somebody entered for the one who asks."""

    task_key = Key()
    task_name = Text()
    process_instance_key = Key()
    case_title = Text()
    outcome = Text(allow_none=True)
    opinion = Text(allow_none=True)
    recorded_by = Part(NamedSchema, allow_none=True)
    evidence_kind = Choice(*EVIDENCE)
    evidence = Text()
    document_id = Text(allow_none=True)
    at = Instant()


class SignatureAnswerSchema(ApiSchema):
    """Whether it was so."""

    confirmed = Flag(required=True)
    note = Text(longest=1000, allow_none=True, load_default=None)


class ScanSchema(ApiSchema):
    """A stored document."""

    document_id = Text(required=True, shortest=1, longest=200)


class InterventionRequestSchema(ReasonSchema):
    """A jump to another step, or the end of the case."""

    kind = Choice("JUMP", "TERMINATE", required=True)
    element_id = Text(longest=300, allow_none=True, load_default=None)
    terminate = Many(Key(), load_default=list)


class InterventionKeySchema(ApiSchema):
    """The request, and which role decides it."""

    key = Key()
    owner_groups = Many(Text())


class InterventionSchema(ApiSchema):
    """A request for a jump or an end."""

    key = Key()
    process_instance_key = Key()
    case_title = Text()
    kind = Choice("JUMP", "TERMINATE")
    element_id = Text(allow_none=True)
    reason = Text()
    requested_by = Part(NamedSchema, allow_none=True)
    state = Choice("REQUESTED", "APPROVED", "REFUSED")
    note = Text(allow_none=True)
    decided_by = Part(NamedSchema, allow_none=True)
    decidable = Flag()
    at = Instant()


class DecisionOnInterventionSchema(ApiSchema):
    """The owner's decision."""

    approve = Flag(required=True)
    note = Text(longest=1000, allow_none=True, load_default=None)


class SecondFactorRequestSchema(ApiSchema):
    """How the codes are made."""

    algorithm = Choice("SHA1", "SM3", load_default="SHA1")


class SecondFactorSecretSchema(ApiSchema):
    """The secret for the authenticator app, shown this once."""

    secret = Text()
    uri = Text()


class CodeSchema(ApiSchema):
    """A code of the second factor."""

    code = Text(required=True, shortest=6, longest=6)


class SecondFactorSchema(ApiSchema):
    """Whether the second factor is in use."""

    confirmed = Flag()


CopyPageSchema = page_of(CopySchema)
ReceiptListSchema = list_of(ReceiptSchema)
SignatureListSchema = list_of(SignatureSchema)
InterventionListSchema = list_of(InterventionSchema)
