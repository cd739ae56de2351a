"""What commands on jobs take and give."""

from __future__ import annotations

from marshmallow import fields, validate

from webapi.schemas.base import ApiSchema
from webapi.schemas.fields import Anything, Choice, Flag, Key, Many, Part, Text, Variables, Whole
from webapi.v2.schemas.fields import LARGEST_NUMBER, Number, Tenant, Unsupported

LONGEST_LEASE = 30 * 24 * 3600 * 1000
"""Milliseconds a job may be leased for."""
MOST_JOBS = 1000


class ActivationSchema(ApiSchema):
    """Which jobs, for whom, for how long."""

    type = Text(longest=255, shortest=1, required=True)
    worker = Text(longest=255, load_default="")
    timeout = Whole(smallest=1, largest=LONGEST_LEASE, required=True)
    max_jobs_to_activate = Whole(smallest=1, largest=LARGEST_NUMBER, required=True)
    fetch_variable = Many(Text(longest=255), load_default=None, allow_none=True)
    request_timeout = fields.Integer(
        strict=True, load_default=0, validate=validate.Range(-LARGEST_NUMBER, LARGEST_NUMBER)
    )
    tenant_ids = Many(Tenant(), load_default=list, allow_none=True)
    tenant_filter = Choice("ASSIGNED", "PROVIDED", load_default="PROVIDED")
    with_lease = Flag(load_default=False, allow_none=True)


class ActivatedJobSchema(ApiSchema):
    """A job to be worked on."""

    type = Text()
    process_definition_id = Text(attribute="process_id")
    process_definition_version = Whole(attribute="version")
    element_id = Text()
    custom_headers = Anything(attribute="headers")
    worker = Text()
    retries = Whole()
    deadline = Whole()
    variables = Variables()
    tenant_id = Text()
    physical_tenant_id = Text()
    job_key = Key(attribute="key")
    process_instance_key = Key()
    process_definition_key = Key(attribute="definition_key")
    element_instance_key = Key()
    kind = Text()
    listener_event_type = Text()
    user_task = Anything(dump_default=None)
    tags = Many(Text())
    root_process_instance_key = Key(allow_none=True)
    business_id = Text(allow_none=True)
    priority = Whole(dump_default=0)
    job_lease_token = Text(allow_none=True)


class ActivatedJobsSchema(ApiSchema):
    """The jobs that were leased."""

    jobs = Many(Part(ActivatedJobSchema))


class LeasedSchema(ApiSchema):
    """Base of what a worker reports; with the token it was given, only while the lease is still its own."""

    job_lease_token = Text(longest=25, load_default=None, allow_none=True)


class JobCompletionSchema(LeasedSchema):
    """The job's result."""

    variables = Variables(load_default=dict, allow_none=True)
    result = Unsupported()
    business_id = Unsupported()


class JobFailureSchema(LeasedSchema):
    """What went wrong, and how often to try again."""

    retries = Number(load_default=0)
    error_message = Text(longest=10_000, load_default="", allow_none=True)
    retry_back_off = Whole(largest=LONGEST_LEASE, load_default=0)
    variables = Variables(load_default=dict, allow_none=True)


class JobErrorSchema(LeasedSchema):
    """A BPMN error to throw."""

    error_code = Text(longest=255, required=True)
    error_message = Text(longest=10_000, load_default="", allow_none=True)
    variables = Variables(load_default=dict, allow_none=True)


class JobChangesetSchema(ApiSchema):
    """What to change."""

    retries = Number(smallest=1, load_default=None, allow_none=True)
    timeout = Whole(smallest=1, largest=LONGEST_LEASE, load_default=None, allow_none=True)
    priority = Unsupported()


class JobUpdateSchema(LeasedSchema):
    """What to change of a job."""

    changeset = Part(JobChangesetSchema, required=True)
    operation_reference = Whole(smallest=1, load_default=None)
