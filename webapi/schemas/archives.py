"""Packages of ended cases."""

from __future__ import annotations

from engine.queries.paging import LARGEST_LIMIT
from webapi.schemas.base import ApiSchema, list_of, page_of
from webapi.schemas.fields import Choice, Instant, Key, Many, Part, Text, Whole, WholeText
from webapi.schemas.people import NamedSchema

STATES = ("PENDING", "DONE", "REFUSED")


class ArchiveQuerySchema(ApiSchema):
    """Which packages."""

    limit = WholeText(smallest=1, largest=LARGEST_LIMIT, load_default=50)
    cursor = Text(longest=500, load_default=None)
    procedure = Text(longest=200, load_default=None)
    search = Text(longest=100, load_default=None)


class PackageSchema(ApiSchema):
    """One package; ``documentId`` fetches it."""

    process_instance_key = Key(attribute="root_key")
    number = Whole()
    document_id = Text()
    file_name = Text()
    size = Whole()
    sm3 = Text()
    sha256 = Text()
    period = Text()
    category = Text()
    year = Whole()
    title = Text()
    procedure_id = Text(attribute="process_id")
    archived_at = Instant()


class RefusedArchiveSchema(ApiSchema):
    """A case that can't be archived as it is."""

    process_instance_key = Key(attribute="root_key")
    title = Text()
    procedure_id = Text(attribute="process_id")
    problems = Many(Text())
    ended_at = Instant(allow_none=True)


class CaseArchiveSchema(ApiSchema):
    """How far the archiving of a case is, and its packages, newest first."""

    state = Choice(*STATES)
    problems = Many(Text())
    ordered_by = Part(NamedSchema, allow_none=True)
    ordered_at = Instant(allow_none=True)
    packages = Many(Part(PackageSchema))


class OrderedArchiveSchema(ApiSchema):
    """The case whose package was ordered."""

    process_instance_key = Key(attribute="key")


PackagePageSchema = page_of(PackageSchema)
RefusedArchiveListSchema = list_of(RefusedArchiveSchema)
