"""Numbers, texts, services of papers, seals, and the organisation's data behind them."""

from __future__ import annotations

from webapi.schemas.base import ApiSchema, list_of, page_of
from webapi.schemas.clocks import GivenDay
from webapi.schemas.common import PageQuerySchema
from webapi.schemas.fields import Anything, Choice, Flag, Instant, Key, Many, Part, Text, Whole, WholeText
from webapi.schemas.people import NamedSchema

WAYS = ("直接", "留置", "邮寄", "委托", "公告", "电子")


def _said() -> Text:
    return Text(required=True, shortest=1, longest=1000)


def _open(longest: int = 1000) -> Text:
    return Text(longest=longest, allow_none=True, load_default=None)


class NumberSeriesSchema(ApiSchema):
    """A series: its pattern, the last number of the present period and how the next would read."""

    id = Text()
    title = Text()
    pattern = Text()
    reset = Choice("yearly", "never")
    department = Text()
    keepers = Many(Text())
    source = Text()
    note = Text()
    periods = Many(Whole())
    last = Whole()
    next_text = Text()
    may_keep = Flag()


class NumberRegisterQuerySchema(ApiSchema):
    """Which part of a register; ``year`` 0 for a series that is never begun anew."""

    year = WholeText(largest=9999, load_default=None)
    state = Choice("ISSUED", "VOID", "RESERVED", load_default=None)
    search = Text(longest=200, load_default=None)
    limit = WholeText(smallest=1, largest=200, load_default=30)
    cursor = Text(longest=300, load_default=None)


class RegisteredNumberSchema(ApiSchema):
    """A number in its register; the case and the title only for who may know them."""

    number = Whole()
    text = Text()
    state = Choice("ISSUED", "VOID", "RESERVED")
    title = Text(allow_none=True)
    process_instance_key = Key(allow_none=True)
    by = Part(NamedSchema, allow_none=True)
    at = Instant()
    reserved_for = Text(allow_none=True)
    reason = Text(allow_none=True)
    changed_by = Part(NamedSchema, allow_none=True)
    changed_at = Instant(allow_none=True)


class NumberRegisterSchema(ApiSchema):
    """A page of a register, the highest number first; ``missing`` is always empty."""

    items = Many(Part(RegisteredNumberSchema))
    next_cursor = Text(allow_none=True)
    total = Whole()
    period = Whole()
    first = Whole()
    last = Whole()
    missing = Many(Whole())


class ReservationSchema(ApiSchema):
    """How many numbers are set aside, and what for."""

    count = Whole(smallest=1, largest=100, load_default=1)
    reason = _said()


class NumberSchema(ApiSchema):
    """A number as counted and as written."""

    number = Whole()
    text = Text()


class ReservedSchema(ApiSchema):
    """The numbers that were set aside."""

    series = Text()
    period = Whole()
    numbers = Many(Part(NumberSchema))


class NumberChangeSchema(ApiSchema):
    """A number that was voided or restored."""

    series = Text()
    period = Whole()
    number = Whole()
    text = Text()
    process_instance_key = Key(allow_none=True)


class TextVersionSchema(ApiSchema):
    """A version of a text."""

    version = Whole()
    digest = Text()
    note = Text(allow_none=True)
    restored_from = Whole(allow_none=True)
    document = Anything(allow_none=True)
    by = Part(NamedSchema, allow_none=True)
    saved_at = Instant()
    frozen_by = Part(NamedSchema, allow_none=True)
    frozen_at = Instant(allow_none=True)
    user_task_key = Key(allow_none=True)


class TextVersionContentSchema(TextVersionSchema):
    """A version with its paragraphs."""

    content = Many(Text())


class TextSchema(ApiSchema):
    """A text of a case with its versions, the newest first."""

    process_instance_key = Key()
    name = Text()
    versions = Many(Part(TextVersionSchema))


class ComparisonQuerySchema(ApiSchema):
    """Which two versions."""

    from_version = WholeText(smallest=1, required=True, data_key="from")
    to_version = WholeText(smallest=1, required=True, data_key="to")


class PieceSchema(ApiSchema):
    """A part of a paragraph."""

    kind = Choice("same", "added", "removed")
    text = Text()


class ComparedParagraphSchema(ApiSchema):
    """A paragraph of either version; numbers count from 1."""

    kind = Choice("same", "changed", "added", "removed")
    old = Whole(allow_none=True)
    new = Whole(allow_none=True)
    pieces = Many(Part(PieceSchema))


class SaveTextSchema(ApiSchema):
    """A new version: typed ``content``, or an uploaded .docx; ``baseVersion`` is the one that was changed (0: none)."""

    base_version = Whole(required=True)
    content = Text(longest=250_000, allow_none=True, load_default=None)
    document_id = _open(200)
    note = _open(500)


class RestoreTextSchema(ApiSchema):
    """Which earlier version is taken up again."""

    base_version = Whole(required=True)
    version = Whole(required=True, smallest=1)
    note = _open(500)


class SavedTextSchema(ApiSchema):
    """The version that was written."""

    name = Text()
    version = Whole()
    digest = Text()
    process_instance_key = Key()


class ServiceSchema(ApiSchema):
    """A service of a paper."""

    key = Key()
    process_instance_key = Key()
    paper = Anything()
    number = Text(allow_none=True)
    recipient = Text(allow_none=True)
    way = Choice(*WAYS)
    served_on = Text()
    place = Text(allow_none=True)
    received_by = Text(allow_none=True)
    refused = Flag()
    substitute_reason = Text(allow_none=True)
    evidence = Anything(allow_none=True)
    note = Text(allow_none=True)
    by = Part(NamedSchema, allow_none=True)
    recorded_at = Instant()
    corrected_by = Part(NamedSchema, allow_none=True)
    corrected_at = Instant(allow_none=True)


class ServicesQuerySchema(PageQuerySchema):
    """Which services."""

    since = GivenDay(load_default=None)
    until = GivenDay(load_default=None)
    way = Choice(*WAYS, load_default=None)


class ServiceChangesSchema(ApiSchema):
    """What is right; what is left out stays."""

    number = Text(longest=200, allow_none=True)
    recipient = Text(longest=200, allow_none=True)
    way = Choice(*WAYS)
    served_on = GivenDay()
    place = Text(longest=200, allow_none=True)
    received_by = Text(longest=200, allow_none=True)
    refused = Flag()
    substitute_reason = Text(longest=1000, allow_none=True)
    evidence = Anything(allow_none=True)
    note = Text(longest=1000, allow_none=True)


class ServiceCorrectionSchema(ApiSchema):
    """A correction, its evidence and reason; ``limits``: time limits that start on the corrected day."""

    changes = Part(ServiceChangesSchema, required=True)
    evidence = _said()
    reason = _said()
    limits = Many(Text(longest=200), load_default=list)


class CorrectedSchema(ApiSchema):
    """What was corrected."""

    key = Key()
    process_instance_key = Key()


class LoanSchema(ApiSchema):
    """A time during which a seal was out."""

    key = Key()
    taken_at = Instant()
    due_at = Instant()
    alarmed_at = Instant(allow_none=True)
    returned_at = Instant(allow_none=True)
    matter = Text(allow_none=True)
    taken_by = Text(allow_none=True)


class SealSchema(ApiSchema):
    """A seal: who keeps it, and whether it is out."""

    id = Text()
    name = Text()
    kind = Text()
    keepers = Many(Text())
    may_leave = Flag()
    source = Text()
    note = Text()
    kept_by = Part(NamedSchema, allow_none=True)
    out = Part(LoanSchema, allow_none=True)
    may_keep = Flag()


class SealUseSchema(ApiSchema):
    """A line of a seal's register."""

    key = Key()
    process_instance_key = Key(allow_none=True)
    seal = Text()
    number = Text(allow_none=True)
    matter = Text(allow_none=True)
    document_title = Text(allow_none=True)
    document_number = Text(allow_none=True)
    copies = Whole(allow_none=True)
    asked_by = Text(allow_none=True)
    by = Part(NamedSchema, allow_none=True)
    used_at = Instant()


class HandoverRequestSchema(ApiSchema):
    """To whom a seal is handed over, and when it was (ISO 8601; now unless it says otherwise)."""

    to = Text(required=True, shortest=1, longest=100)
    handed_at = _open(40)
    note = _open(500)


class HandoverAnswerSchema(ApiSchema):
    """Whether one has the seal now."""

    confirmed = Flag(required=True)
    note = _open(500)


class SealHandoverSchema(ApiSchema):
    """A hand-over: 交接人, 保管人, when; CONFIRMED once both have signed."""

    key = Key()
    seal = Text()
    from_person = Part(NamedSchema, allow_none=True, data_key="from")
    to_person = Part(NamedSchema, allow_none=True, data_key="to")
    handed_at = Instant()
    note = Text(allow_none=True)
    state = Choice("PROPOSED", "CONFIRMED", "WITHDRAWN")
    at = Instant()
    confirmed_at = Instant(allow_none=True)


class HandoverKeySchema(ApiSchema):
    """The key of a hand-over."""

    key = Key()
    state = Text(allow_none=True)


class IssuedNumberSchema(ApiSchema):
    """A number that a case was given."""

    series = Text()
    period = Whole()
    number = Whole()
    text = Text()
    title = Text(allow_none=True)
    state = Choice("ISSUED", "VOID")
    reason = Text(allow_none=True)
    by = Part(NamedSchema, allow_none=True)
    at = Instant()


class IssuedSchema(ApiSchema):
    """What a case has in the registers."""

    numbers = Many(Part(IssuedNumberSchema))
    services = Many(Part(ServiceSchema))
    seal_uses = Many(Part(SealUseSchema))


class OrganisationFileSchema(ApiSchema):
    """A version of a file of the organisation's data."""

    name = Text()
    version = Text()
    source = Text()
    by = Part(NamedSchema, allow_none=True)
    published_at = Instant()
    in_force = Flag()


class OrganisationFileContentSchema(ApiSchema):
    """The text in force."""

    name = Text()
    version = Text()
    content = Text()


class PublishFileSchema(ApiSchema):
    """A new text of a file, and where it comes from."""

    content = Text(required=True, shortest=1, longest=500_000)
    source = _said()


class PublishedFileSchema(ApiSchema):
    """The version in force now, and whether it is another than before."""

    version = Text()
    new = Flag()


NumberSeriesListSchema = list_of(NumberSeriesSchema)
TextListSchema = list_of(TextSchema)
ComparisonSchema = list_of(ComparedParagraphSchema)
ServiceListSchema = list_of(ServiceSchema)
ServicePageSchema = page_of(ServiceSchema)
SealListSchema = list_of(SealSchema)
SealUsePageSchema = page_of(SealUseSchema)
LoanListSchema = list_of(LoanSchema)
HandoverListSchema = list_of(SealHandoverSchema)
OrganisationFileListSchema = list_of(OrganisationFileSchema)
