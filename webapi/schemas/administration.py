"""Procedures, deployments, incidents, jobs, calendar."""

from __future__ import annotations

from webapi.schemas.base import ApiSchema, list_of
from webapi.schemas.common import DocumentationSchema, FormSchema, ProblemSchema
from webapi.schemas.fields import Choice, Day, Flag, Instant, Key, Many, Part, Text, Whole
from webapi.schemas.people import NamedSchema, TokenSchema, UserSchema


class ProcedureSchema(ApiSchema):
    """A procedure in the catalogue."""

    id = Text()
    name = Text()
    department = Part(NamedSchema, allow_none=True)
    family = Text(allow_none=True)
    kind = Text()
    badges = Many(Text())
    startable = Flag()
    entitled = Flag()
    version = Whole()
    definition_key = Key()
    documentation = Part(DocumentationSchema, allow_none=True)


class DepartmentProceduresSchema(NamedSchema):
    """The procedures of a department."""

    procedures = Many(Part(ProcedureSchema))


class CatalogueSchema(ApiSchema):
    """What people may start."""

    departments = Many(Part(DepartmentProceduresSchema))


class StartFormSchema(ApiSchema):
    """The form filled in before a case starts."""

    form = Part(FormSchema, allow_none=True)
    definition_key = Key()


class DeployedProcedureSchema(ApiSchema):
    """A procedure as administrators see it."""

    id = Text()
    name = Text()
    department = Part(NamedSchema, allow_none=True)
    version = Whole(allow_none=True)
    deployed_at = Instant(allow_none=True)
    state = Choice("active", "not-startable", "refused")
    problems = Many(Part(ProblemSchema))


class FileSchema(ApiSchema):
    """A file to be deployed."""

    name = Text(required=True, shortest=1, longest=300)
    content = Text(required=True, longest=20_000_000)


class DeploymentRequestSchema(ApiSchema):
    """Files to be deployed together."""

    files = Many(Part(FileSchema), required=True)


class DeployedSchema(ApiSchema):
    """One thing in a deployment; ``new`` is false where the very same content was deployed before."""

    kind = Choice("process", "decision", "form", "paper")
    id = Text()
    version = Whole()
    key = Key()
    name = Text()
    new = Flag()


class DeploymentSchema(ApiSchema):
    """What was deployed."""

    deployment_key = Key()
    deployed = Many(Part(DeployedSchema))


class IncidentSchema(ApiSchema):
    """An element that can't go on without help."""

    key = Key()
    process_instance_key = Key()
    case_title = Text()
    element_id = Text()
    error_type = Text()
    message = Text()
    created_at = Instant()
    resolved_at = Instant(allow_none=True)


class IncidentQuerySchema(ApiSchema):
    """Which incidents."""

    state = Choice("active", "resolved", load_default="active")


class JobSchema(ApiSchema):
    """A timer or a job."""

    key = Key()
    kind = Choice("timer", "job")
    type = Text()
    status = Text()
    due_at = Instant(allow_none=True)
    attempts = Whole()
    retries = Whole()
    process_instance_key = Key()
    element_id = Text()
    last_error = Text(allow_none=True)


class JobQuerySchema(ApiSchema):
    """Which jobs."""

    status = Choice("", "due", "scheduled", "waiting", "running", "failed", "done", "canceled", load_default=None)


class CalendarDaySchema(ApiSchema):
    """A day that differs from the plain week."""

    date = Day()
    off = Flag()
    name = Text()
    kind = Text()
    provisional = Flag()


class CalendarYearSchema(ApiSchema):
    """A year of the working calendar."""

    year = Whole()
    status = Choice("official", "provisional", "missing")
    version = Text(allow_none=True)
    source = Text(allow_none=True)
    days = Many(Part(CalendarDaySchema))


IncidentListSchema = list_of(IncidentSchema)
JobListSchema = list_of(JobSchema)
UserListSchema = list_of(UserSchema)
TokenListSchema = list_of(TokenSchema)
