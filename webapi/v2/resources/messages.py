"""Messages and signals: publish, correlate, broadcast, and who waits."""

from __future__ import annotations

from typing import Any

from engine.commands.broadcast_signal import BroadcastSignal
from engine.commands.publish_message import CorrelateMessage, PublishMessage
from engine.queries.search.resources.message_subscriptions import MESSAGE_SUBSCRIPTIONS
from engine.queries.search.scopes import TENANT
from webapi.schemas.base import ApiSchema
from webapi.schemas.fields import Key, Text, Variables, Whole
from webapi.services import execute
from webapi.v2.blueprints import protocol_blueprint
from webapi.v2.operation import operation
from webapi.v2.schemas.fields import Tenant, Unsupported
from webapi.v2.schemas.items import MessageSubscriptionResultSchema
from webapi.v2.searching import add_search

blueprint = protocol_blueprint("messages")

LONGEST_NAME = 255
LONGEST_LIFE = 366 * 24 * 3600 * 1000
"""Milliseconds a message may wait in the buffer."""


class CorrelationSchema(ApiSchema):
    """A message for what waits for it now."""

    name = Text(longest=LONGEST_NAME, shortest=1, required=True)
    correlation_key = Text(longest=LONGEST_NAME, load_default="")
    variables = Variables(load_default=dict)
    tenant_id = Tenant()
    business_id = Unsupported()


class PublicationSchema(CorrelationSchema):
    """A message for what waits for it now or will within its time to live."""

    time_to_live = Whole(largest=LONGEST_LIFE, load_default=0)
    message_id = Text(longest=LONGEST_NAME, load_default="")


class PublishedSchema(ApiSchema):
    """The message's key."""

    tenant_id = Text()
    message_key = Key()


class CorrelatedSchema(PublishedSchema):
    """The first process instance that was reached, too."""

    process_instance_key = Key()


class SignalSchema(ApiSchema):
    """A signal for all that wait for it now."""

    signal_name = Text(longest=LONGEST_NAME, shortest=1, required=True)
    variables = Variables(load_default=dict)
    tenant_id = Tenant()


class BroadcastSchema(ApiSchema):
    """The signal's key."""

    tenant_id = Text()
    signal_key = Key()


add_search(
    blueprint,
    "/message-subscriptions/search",
    "searchMessageSubscriptions",
    "查找消息订阅",
    MESSAGE_SUBSCRIPTIONS,
    MessageSubscriptionResultSchema,
)


@blueprint.post("/messages/publication", endpoint="publishMessage")
@operation("发布消息", body=PublicationSchema, answer=PublishedSchema, errors=(400, 403, 409), command=True)
def publish_message(body: dict[str, Any]) -> dict[str, Any]:
    """Publish."""
    answer = execute(
        PublishMessage(
            body["name"],
            body["correlation_key"],
            body["variables"],
            body["time_to_live"],
            body["message_id"] or None,
        )
    )
    return {"tenant_id": TENANT, "message_key": answer["key"]}


@blueprint.post("/messages/correlation", endpoint="correlateMessage")
@operation("关联消息", body=CorrelationSchema, answer=CorrelatedSchema, errors=(400, 403, 404), command=True)
def correlate_message(body: dict[str, Any]) -> dict[str, Any]:
    """Correlate now, or refuse."""
    answer = execute(CorrelateMessage(body["name"], body["correlation_key"], body["variables"]))
    reached = answer["process_instance_keys"][0]
    return {"tenant_id": TENANT, "message_key": answer["key"], "process_instance_key": reached}


@blueprint.post("/signals/broadcast", endpoint="broadcastSignal")
@operation("广播信号", body=SignalSchema, answer=BroadcastSchema, errors=(400, 403), command=True)
def broadcast_signal(body: dict[str, Any]) -> dict[str, Any]:
    """Broadcast."""
    answer = execute(BroadcastSignal(body["signal_name"], body["variables"]))
    return {"tenant_id": TENANT, "signal_key": answer["key"]}
