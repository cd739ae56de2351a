"""What deployments give."""

from __future__ import annotations

from webapi.schemas.base import ApiSchema
from webapi.schemas.fields import Anything, Key, Many, Part, Text, Whole
from webapi.v2.schemas.items import DecisionRequirementsResultSchema


class DeployedProcessSchema(ApiSchema):
    """A deployed process."""

    process_definition_id = Text()
    process_definition_version = Whole()
    resource_name = Text()
    tenant_id = Text()
    process_definition_key = Key()


class DeployedDecisionSchema(ApiSchema):
    """A deployed decision."""

    decision_definition_id = Text()
    version = Whole()
    name = Text()
    tenant_id = Text()
    decision_requirements_id = Text()
    decision_definition_key = Key()
    decision_requirements_key = Key()


class DeployedFormSchema(ApiSchema):
    """A deployed form."""

    form_id = Text()
    version = Whole()
    resource_name = Text()
    tenant_id = Text()
    form_key = Key()


class DeployedSchema(ApiSchema):
    """One deployed thing, under the name of what it is."""

    process_definition = Part(DeployedProcessSchema, allow_none=True, dump_default=None)
    decision_definition = Part(DeployedDecisionSchema, allow_none=True, dump_default=None)
    decision_requirements = Part(DecisionRequirementsResultSchema, allow_none=True, dump_default=None)
    form = Part(DeployedFormSchema, allow_none=True, dump_default=None)
    resource = Anything(dump_default=None)


class DeploymentResultSchema(ApiSchema):
    """What became of files deployed together."""

    deployment_key = Key()
    tenant_id = Text()
    deployments = Many(Part(DeployedSchema))


class ResourceResultSchema(ApiSchema):
    """A deployed file, by the key of the process, form or decisions in it."""

    resource_name = Text()
    version = Whole()
    version_tag = Text(allow_none=True)
    resource_id = Text()
    tenant_id = Text()
    resource_key = Key()


class FormResultSchema(ApiSchema):
    """A form version; its schema is form-js JSON as text."""

    tenant_id = Text()
    form_id = Text()
    schema = Text()
    version = Whole()
    form_key = Key()
