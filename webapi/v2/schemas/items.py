"""The items of the protocol's lists."""

from __future__ import annotations

from typing import Any

from marshmallow import pre_dump

from webapi.schemas.base import ApiSchema
from webapi.schemas.fields import Anything, Flag, Key, Many, Text, Variables, Whole
from webapi.v2.schemas.fields import JsonValue, Moment


class ProcessDefinitionResultSchema(ApiSchema):
    """A version of a process."""

    name = Text(allow_none=True)
    resource_name = Text()
    version = Whole()
    version_tag = Text(allow_none=True)
    process_definition_id = Text()
    tenant_id = Text()
    process_definition_key = Key()
    has_start_form = Flag()
    state = Text()


class ProcessInstanceResultSchema(ApiSchema):
    """A process instance."""

    process_definition_id = Text()
    process_definition_name = Text(allow_none=True)
    process_definition_version = Whole()
    process_definition_version_tag = Text(allow_none=True)
    start_date = Moment()
    end_date = Moment(allow_none=True)
    state = Text()
    suspended_date = Moment(allow_none=True)
    has_incident = Flag()
    tenant_id = Text()
    process_instance_key = Key()
    process_definition_key = Key()
    parent_process_instance_key = Key(allow_none=True)
    parent_element_instance_key = Key(allow_none=True)
    root_process_instance_key = Key(allow_none=True)
    tags = Many(Text())
    business_id = Text(allow_none=True)

    @pre_dump
    def always_tags(self, item: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        """Give an empty list where there are none."""
        return {**item, "tags": item["tags"] or []}


class UserTaskResultSchema(ApiSchema):
    """A user task."""

    name = Text(allow_none=True)
    state = Text()
    assignee = Text(allow_none=True)
    element_id = Text()
    candidate_groups = Many(Text())
    candidate_users = Many(Text())
    process_definition_id = Text()
    creation_date = Moment()
    completion_date = Moment(allow_none=True)
    follow_up_date = Moment(allow_none=True)
    due_date = Moment(allow_none=True)
    tenant_id = Text()
    external_form_reference = Text(allow_none=True)
    process_definition_version = Whole()
    custom_headers = Anything()
    priority = Whole()
    user_task_key = Key()
    element_instance_key = Key()
    process_name = Text(allow_none=True)
    process_definition_key = Key()
    process_instance_key = Key()
    root_process_instance_key = Key(allow_none=True)
    business_id = Text(allow_none=True)
    form_key = Key(allow_none=True)
    tags = Many(Text())

    @pre_dump
    def always_lists(self, item: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        """Give empty lists where there are none."""
        return {**item, "tags": item["tags"] or [], "custom_headers": item["custom_headers"] or {}}


class VariableResultSchema(ApiSchema):
    """A variable; its value as JSON text."""

    name = Text()
    value = JsonValue()
    tenant_id = Text()
    variable_key = Key()
    scope_key = Key()
    process_instance_key = Key()
    root_process_instance_key = Key(allow_none=True)


class VariableSearchResultSchema(ApiSchema):
    """A variable in a list, which cuts long values off; its value is a text already."""

    name = Text()
    value = Text()
    is_truncated = Flag()
    tenant_id = Text()
    variable_key = Key()
    scope_key = Key()
    process_instance_key = Key()
    root_process_instance_key = Key(allow_none=True)


class ElementInstanceResultSchema(ApiSchema):
    """An element instance."""

    process_definition_id = Text()
    start_date = Moment()
    end_date = Moment(allow_none=True)
    element_id = Text()
    element_name = Text()
    type = Text()
    state = Text()
    has_incident = Flag()
    tenant_id = Text()
    element_instance_key = Key()
    process_instance_key = Key()
    root_process_instance_key = Key(allow_none=True)
    process_definition_key = Key()
    incident_key = Key(allow_none=True)


class JobResultSchema(ApiSchema):
    """A job."""

    custom_headers = Anything()
    deadline = Moment(allow_none=True)
    denied_reason = Text(allow_none=True, dump_default=None)
    element_id = Text()
    element_instance_key = Key()
    end_time = Moment(allow_none=True)
    error_code = Text(allow_none=True)
    error_message = Text(allow_none=True)
    has_failed_with_retries_left = Flag()
    is_denied = Flag(allow_none=True, dump_default=None)
    job_key = Key()
    kind = Text()
    listener_event_type = Text()
    process_definition_id = Text()
    process_definition_key = Key()
    process_instance_key = Key()
    root_process_instance_key = Key(allow_none=True)
    business_id = Text(allow_none=True)
    retries = Whole()
    state = Text()
    tenant_id = Text()
    type = Text()
    worker = Text()
    creation_time = Moment(allow_none=True)
    last_update_time = Moment(allow_none=True, dump_default=None)
    priority = Whole(dump_default=0)


class IncidentResultSchema(ApiSchema):
    """An incident."""

    process_definition_id = Text()
    error_type = Text()
    error_message = Text()
    element_id = Text()
    creation_time = Moment()
    state = Text()
    tenant_id = Text()
    incident_key = Key()
    process_definition_key = Key()
    process_instance_key = Key()
    root_process_instance_key = Key(allow_none=True)
    element_instance_key = Key()
    job_key = Key(allow_none=True)


class MessageSubscriptionResultSchema(ApiSchema):
    """A message subscription."""

    business_id = Text(allow_none=True)
    message_subscription_key = Key()
    process_definition_id = Text()
    process_definition_key = Key(allow_none=True)
    process_instance_key = Key(allow_none=True)
    root_process_instance_key = Key(allow_none=True)
    element_id = Text()
    element_instance_key = Key(allow_none=True)
    message_subscription_state = Text()
    last_updated_date = Moment()
    message_name = Text()
    correlation_key = Text(allow_none=True)
    message_subscription_type = Text()
    tool_properties = Variables(dump_default=dict)
    process_definition_name = Text(allow_none=True)
    process_definition_version = Whole(allow_none=True)
    tool_name = Text(allow_none=True, dump_default=None)
    inbound_connector_type = Text(allow_none=True, dump_default=None)
    tenant_id = Text()


class DecisionDefinitionResultSchema(ApiSchema):
    """A version of a decision."""

    decision_definition_id = Text()
    decision_definition_key = Key()
    decision_requirements_id = Text()
    decision_requirements_key = Key()
    decision_requirements_name = Text()
    decision_requirements_version = Whole()
    name = Text()
    tenant_id = Text()
    version = Whole()


class DecisionRequirementsResultSchema(ApiSchema):
    """A version of a file with decisions."""

    decision_requirements_id = Text()
    decision_requirements_key = Key()
    decision_requirements_name = Text()
    resource_name = Text()
    tenant_id = Text()
    version = Whole()


class DecisionInstanceResultSchema(ApiSchema):
    """An evaluated decision."""

    business_id = Text(allow_none=True)
    decision_definition_id = Text()
    decision_definition_key = Key()
    decision_definition_name = Text()
    decision_definition_type = Text()
    decision_definition_version = Whole()
    decision_evaluation_instance_key = Text()
    decision_evaluation_key = Key()
    element_instance_key = Key(allow_none=True)
    evaluation_date = Moment()
    evaluation_failure = Text(allow_none=True, dump_default=None)
    process_definition_key = Key(allow_none=True)
    process_instance_key = Key(allow_none=True)
    result = JsonValue()
    root_decision_definition_key = Key()
    root_process_instance_key = Key(allow_none=True)
    state = Text()
    tenant_id = Text()


class UserResultSchema(ApiSchema):
    """A user."""

    username = Text()
    name = Text(allow_none=True)
    email = Text(allow_none=True)


class GroupResultSchema(ApiSchema):
    """A group: a role in the bureau, such as 科室负责人@bgs."""

    group_id = Text()
    name = Text()
    description = Text(allow_none=True)


class MemberResultSchema(ApiSchema):
    """Somebody who belongs to a group."""

    username = Text()
