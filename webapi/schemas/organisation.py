"""The organisation, substitution, notices, and the administration of accounts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from webapi.schemas.base import ApiSchema, list_of, page_of
from webapi.schemas.common import PageQuerySchema
from webapi.schemas.fields import Anything, Choice, Flag, Instant, Key, Many, Part, Text, Whole
from webapi.schemas.people import NamedSchema


class MomentText(Instant):
    """A moment that is read too: ISO 8601 with a zone."""

    default_error_messages = {  # noqa: RUF012 - marshmallow's way
        **Instant.default_error_messages,
        "invalid": "应为带时区的时间，如 2026-11-23T09:00:00+08:00。",
    }

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> datetime:
        try:
            moment = datetime.fromisoformat(value)
        except (TypeError, ValueError):
            raise self.make_error("invalid") from None
        if moment.tzinfo is None:
            raise self.make_error("invalid")
        return moment.astimezone(UTC)


class DepartmentSchema(ApiSchema):
    """A department, or a body that takes part."""

    id = Text()
    name = Text()
    kind = Text()
    parent = Text(allow_none=True)
    plaques = Many(Text())
    line = Whole(allow_none=True)


class DutySchema(ApiSchema):
    """One duty, in the duty list's words."""

    line = Whole()
    text = Text()


class PostSchema(ApiSchema):
    """A post (岗位)."""

    id = Text()
    department = Text()
    name = Text()
    line = Whole(allow_none=True)
    duties = Many(Part(DutySchema))
    holders = Many(Part(NamedSchema))


class RoleSchema(ApiSchema):
    """A role and who holds it."""

    name = Text()
    label = Text()
    department = Text(allow_none=True)
    holders = Many(Part(NamedSchema))


class ResponsibilitySchema(ApiSchema):
    """A row of the matrix of responsibilities."""

    id = Text()
    matter = Text()
    lead = Text()
    assist = Many(Text())
    line = Whole(allow_none=True)


class ColleagueSchema(NamedSchema):
    """Somebody who may be chosen."""

    kind = Text()
    department = Text(allow_none=True)


class GroundSchema(ApiSchema):
    """A duty that speaks for a department."""

    matter = Text()
    line = Whole(allow_none=True)


class SuggestionSchema(ApiSchema):
    """A department that may be in charge."""

    department = Part(NamedSchema)
    assist = Many(Part(NamedSchema))
    post = Part(NamedSchema, allow_none=True)
    grounds = Many(Part(GroundSchema))
    score = Anything()


class DispatchQuerySchema(ApiSchema):
    """What is to be dispatched."""

    text = Text(required=True, shortest=2, longest=1000)


class DepartmentQuerySchema(ApiSchema):
    """Which departments, posts or responsibilities."""

    kind = Text(longest=50, load_default=None)
    department = Text(longest=50, load_default=None)
    search = Text(longest=50, load_default=None)


class SubstitutionSchema(ApiSchema):
    """A substitution (离岗委托)."""

    key = Key()
    principal = Part(NamedSchema)
    substitute = Part(NamedSchema)
    starts_at = Instant()
    ends_at = Instant()
    procedures = Many(Text(), allow_none=True)
    reason = Text()
    withdrawn_at = Instant(allow_none=True)
    in_force = Flag()


class NewSubstitutionSchema(ApiSchema):
    """A substitution to be granted; ``principal`` only where it is not one's own."""

    substitute = Text(required=True, shortest=1, longest=100)
    principal = Text(longest=100, allow_none=True, load_default=None)
    starts_at = MomentText(required=True)
    ends_at = MomentText(required=True)
    procedures = Many(Text(shortest=1, longest=200), allow_none=True, load_default=None)
    reason = Text(required=True, shortest=1, longest=500)


class KeySchema(ApiSchema):
    """The key of what was made."""

    key = Key()


class NoticeSchema(ApiSchema):
    """A notice; what it is about is seen in the case by who may see it."""

    key = Key()
    kind = Text()
    text = Text()
    process_instance_key = Key(allow_none=True)
    user_task_key = Key(allow_none=True)
    created_at = Instant()
    read_at = Instant(allow_none=True)


class NoticeQuerySchema(PageQuerySchema):
    """Which notices."""

    unread = Choice("true", "false", load_default="false")


class ReadNoticesSchema(ApiSchema):
    """Which notices were read; all of them without keys."""

    keys = Many(Key(), allow_none=True, load_default=None)


class CountSchema(ApiSchema):
    """How many."""

    count = Whole()


class SettingSchema(ApiSchema):
    """A setting; a secret's value is never shown."""

    name = Text()
    label = Text()
    value = Anything()
    default = Anything()
    choices = Many(Text())
    secret = Flag()


class SettingValueSchema(ApiSchema):
    """A setting's new value."""

    value = Anything(required=True)


class UserChangeSchema(ApiSchema):
    """What is to be changed of a user."""

    name = Text(shortest=1, longest=100)
    department = Text(longest=100, allow_none=True)
    email = Text(longest=200, allow_none=True)
    kind = Choice("staff", "outside")
    post = Text(longest=100, allow_none=True)
    active = Flag()
    reason = Text(longest=500, load_default=None, allow_none=True)


class RolesSchema(ApiSchema):
    """The roles a user is to hold."""

    roles = Many(Text(shortest=1, longest=100), required=True)
    reason = Text(longest=500, load_default=None, allow_none=True)


class SessionOfUserSchema(ApiSchema):
    """A session that is not over."""

    id = Text()
    user = Part(NamedSchema)
    created_at = Instant()
    seen_at = Instant()
    expires_at = Instant()


class ReviewedAccountSchema(ApiSchema):
    """An account with what about it wants looking at."""

    id = Text()
    name = Text()
    active = Flag()
    roles = Many(Text())
    last_sign_in = Instant(allow_none=True)
    password_changed_at = Instant(allow_none=True)
    tokens = Whole()
    findings = Many(Text())


class CaseReadSchema(ApiSchema):
    """Somebody read a restricted case."""

    process_instance_key = Key()
    case_title = Text()
    user = Part(NamedSchema)
    resource = Text()
    read_at = Instant()


class CaseReadQuerySchema(ApiSchema):
    """Of which case; of all without."""

    case = Text(longest=19, load_default=None)


class LetterSchema(ApiSchema):
    """A letter of the outbox."""

    key = Key()
    channel = Text()
    user_id = Text()
    address = Text()
    status = Text()
    due_at = Instant()
    attempts = Whole()
    last_error = Text(allow_none=True)
    created_at = Instant()
    sent_at = Instant(allow_none=True)


class ChannelsSchema(ApiSchema):
    """By which channels a notice goes out."""

    channels = Many(Text())


class LetterQuerySchema(ApiSchema):
    """Which letters."""

    status = Choice("ready", "leased", "sent", "failed", load_default=None)


class ImportChangeSchema(ApiSchema):
    """One change an import makes."""

    sheet = Text()
    row = Whole()
    action = Choice("add", "change", "deactivate", "activate")
    id = Text()
    name = Text()
    changes = Anything()


class ImportProblemSchema(ApiSchema):
    """One mistake in a spreadsheet."""

    sheet = Text()
    row = Whole()
    column = Text(allow_none=True)
    message = Text()


class ImportPreviewSchema(ApiSchema):
    """What a spreadsheet would change, or did, and every mistake in it."""

    digest = Text()
    applied = Flag()
    changes = Many(Part(ImportChangeSchema))
    problems = Many(Part(ImportProblemSchema))
    first_password = Text(allow_none=True)


class EnteredClockSchema(ApiSchema):
    """A time limit that runs already."""

    limit_id = Text(required=True, shortest=1, longest=200)
    started_on = Text(required=True, shortest=10, longest=10)
    evidence = Text(required=True, shortest=1, longest=500)


class EnteredCaseSchema(ApiSchema):
    """A case that began on paper."""

    procedure_id = Text(required=True, shortest=1, longest=200)
    elements = Many(Text(shortest=1, longest=200), required=True)
    variables = Anything(load_default=dict)
    title = Text(longest=300, allow_none=True, load_default=None)
    initiator = Text(required=True, shortest=1, longest=100)
    began_on = Text(required=True, shortest=10, longest=10)
    clocks = Many(Part(EnteredClockSchema), load_default=list)
    case_number = Text(longest=200, allow_none=True, load_default=None)
    reason = Text(required=True, shortest=1, longest=500)


DepartmentListSchema = list_of(DepartmentSchema)
PostListSchema = list_of(PostSchema)
RoleListSchema = list_of(RoleSchema)
ResponsibilityListSchema = list_of(ResponsibilitySchema)
ColleagueListSchema = list_of(ColleagueSchema)
SuggestionListSchema = list_of(SuggestionSchema)
SubstitutionListSchema = list_of(SubstitutionSchema)
NoticePageSchema = page_of(NoticeSchema)
SettingListSchema = list_of(SettingSchema)
SessionOfUserListSchema = list_of(SessionOfUserSchema)
ReviewSchema = list_of(ReviewedAccountSchema)
CaseReadListSchema = list_of(CaseReadSchema)
LetterListSchema = list_of(LetterSchema)
