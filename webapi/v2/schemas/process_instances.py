"""What commands on process instances take and give."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from webapi.schemas.base import ApiSchema
from webapi.schemas.fields import Choice, Flag, Key, Many, Part, Text, Variables, Whole
from webapi.v2.schemas.fields import LARGEST_NUMBER, Number, Tenant, Unsupported

LONGEST_ID = 255
MOST_TAGS = 10
MOST_INSTRUCTIONS = 1000


class NothingSchema(ApiSchema):
    """Nothing but a reference of the client's own, which is not kept."""

    operation_reference = Whole(smallest=1, load_default=None)


class Tag(Text):
    """A word: a letter, then letters, digits and ``_-:.``."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(longest=100, **kwargs)
        pattern = validate.Regexp(r"^[A-Za-z][A-Za-z0-9_\-:.]{0,99}\Z", error="应以字母开头，只含字母、数字和 _-:.。")
        self.validators = [*self.validators, pattern]


class CreationSchema(ApiSchema):
    """What to start: the newest version of a process, one of its versions, or the one with a tag."""

    process_definition_id = Text(longest=LONGEST_ID, shortest=1, load_default=None)
    process_definition_key = Key(load_default=None)
    process_definition_version = Number(smallest=-1, load_default=-1)
    process_definition_version_tag = Text(longest=LONGEST_ID, load_default=None)
    variables = Variables(load_default=dict)
    tenant_id = Tenant()
    operation_reference = Whole(smallest=1, load_default=None)
    start_instructions = Unsupported()
    runtime_instructions = Unsupported()
    await_completion = Flag(load_default=False)
    fetch_variables = Many(Text(longest=LONGEST_ID), load_default=None, allow_none=True)
    request_timeout = fields.Integer(
        strict=True, load_default=0, validate=validate.Range(-LARGEST_NUMBER, LARGEST_NUMBER)
    )
    tags = Many(Tag(), load_default=list, validate=validate.Length(max=MOST_TAGS, error=f"不能超过 {MOST_TAGS} 个。"))
    business_id = Text(longest=256, shortest=1, load_default=None)

    @validates_schema
    def one_process(self, data: Mapping[str, Any], **kwargs: Any) -> None:
        """Refuse what names no process, or two."""
        if (data.get("process_definition_id") is None) == (data.get("process_definition_key") is None):
            message = "processDefinitionId 与 processDefinitionKey 须且只能提供一个。"
            raise ValidationError(message, "processDefinitionId")


class CreatedSchema(ApiSchema):
    """What was started; with its variables where it was waited for."""

    process_definition_id = Text()
    process_definition_version = Whole()
    tenant_id = Text()
    variables = Variables()
    process_definition_key = Key()
    process_instance_key = Key()
    tags = Many(Text())
    business_id = Text(allow_none=True)


class VariableInstructionSchema(ApiSchema):
    """Variables for a scope that is created, or the process instance."""

    variables = Variables(required=True)
    scope_id = Text(longest=LONGEST_ID, load_default="")


class ActivateInstructionSchema(ApiSchema):
    """An element to activate. ``-1`` for the ancestor means none is named."""

    element_id = Text(longest=LONGEST_ID, shortest=1, required=True)
    variable_instructions = Many(Part(VariableInstructionSchema), load_default=list)
    ancestor_element_instance_key = Text(longest=25, load_default=None)

    @validates_schema
    def ancestor(self, data: Mapping[str, Any], **kwargs: Any) -> None:
        """Refuse an ancestor that is no key."""
        key = data.get("ancestor_element_instance_key")
        if key not in (None, "-1"):
            Key().deserialize(key)


class TerminateInstructionSchema(ApiSchema):
    """An element instance to terminate, or all of an element."""

    element_instance_key = Key(load_default=None)
    element_id = Text(longest=LONGEST_ID, load_default=None)

    @validates_schema
    def one_thing(self, data: Mapping[str, Any], **kwargs: Any) -> None:
        """Refuse what names nothing, or two things."""
        if (data.get("element_instance_key") is None) == (data.get("element_id") is None):
            raise ValidationError("elementInstanceKey 与 elementId 须且只能提供一个。", "elementInstanceKey")


class SourceInstructionSchema(ApiSchema):
    """What to move: all instances of an element, or one."""

    source_type = Choice("byId", "byKey", required=True)
    source_element_id = Text(longest=LONGEST_ID, load_default=None)
    source_element_instance_key = Key(load_default=None)

    @validates_schema
    def the_right_one(self, data: Mapping[str, Any], **kwargs: Any) -> None:
        """Refuse a kind without its value."""
        name = "source_element_id" if data.get("source_type") == "byId" else "source_element_instance_key"
        if data.get(name) is None:
            raise ValidationError("缺少此项。", name)


class AncestorInstructionSchema(ApiSchema):
    """Into which scope to move: the one there is."""

    ancestor_scope_type = Choice("direct", "inferred", "sourceParent", required=True)
    ancestor_element_instance_key = Key(load_default=None)


class MoveInstructionSchema(ApiSchema):
    """Terminate here, activate there."""

    source_element_instruction = Part(SourceInstructionSchema, required=True)
    target_element_id = Text(longest=LONGEST_ID, shortest=1, required=True)
    ancestor_scope_instruction = Part(AncestorInstructionSchema, load_default=None)
    variable_instructions = Many(Part(VariableInstructionSchema), load_default=list)


def _some(schema: type[ApiSchema]) -> Any:
    most = validate.Length(max=MOST_INSTRUCTIONS, error=f"不能超过 {MOST_INSTRUCTIONS} 项。")
    return Many(Part(schema), load_default=list, validate=most)


class ModificationSchema(ApiSchema):
    """Tokens to move by hand."""

    operation_reference = Whole(smallest=1, load_default=None)
    activate_instructions = _some(ActivateInstructionSchema)
    terminate_instructions = _some(TerminateInstructionSchema)
    move_instructions = _some(MoveInstructionSchema)


class MappingInstructionSchema(ApiSchema):
    """Where an element's instances go."""

    source_element_id = Text(longest=LONGEST_ID, required=True)
    target_element_id = Text(longest=LONGEST_ID, required=True)


class MigrationSchema(ApiSchema):
    """To which version; elements that are not mapped keep their id."""

    target_process_definition_key = Key(required=True)
    mapping_instructions = Many(Part(MappingInstructionSchema), required=True)
    operation_reference = Whole(smallest=1, load_default=None)


class CallHierarchyEntrySchema(ApiSchema):
    """One of the process instances that lead to one."""

    process_instance_key = Key()
    process_definition_key = Key()
    process_definition_name = Text()


class SequenceFlowSchema(ApiSchema):
    """A sequence flow that was taken."""

    sequence_flow_id = Text()
    process_instance_key = Key()
    root_process_instance_key = Key(allow_none=True)
    process_definition_key = Key(allow_none=True)
    process_definition_id = Text(allow_none=True)
    element_id = Text()
    tenant_id = Text()
