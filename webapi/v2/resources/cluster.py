"""What the installation says of itself: status, topology, licence, configuration."""

from __future__ import annotations

from typing import Any

from flask import Response, request

from webapi.schemas.base import ApiSchema
from webapi.schemas.fields import Flag, Many, Part, Text, Whole
from webapi.services import read
from webapi.v2.blueprints import protocol_blueprint
from webapi.v2.operation import operation
from webapi.v2.schemas.fields import Moment

blueprint = protocol_blueprint("cluster")

PROTOCOL_VERSION = "8.9.0"
"""The version of Camunda 8 whose protocol is spoken."""


class PartitionSchema(ApiSchema):
    """A part of the data, all of it."""

    partition_id = Whole()
    role = Text()
    health = Text()
    state = Text()


class BrokerSchema(ApiSchema):
    """A server, this one."""

    node_id = Whole()
    broker_id = Text()
    host = Text()
    port = Whole()
    partitions = Many(Part(PartitionSchema))
    version = Text()


class TopologySchema(ApiSchema):
    """The servers: whatever their number, they share one database, so that they look like one."""

    brokers = Many(Part(BrokerSchema))
    cluster_id = Text(allow_none=True)
    cluster_size = Whole()
    partitions_count = Whole()
    replication_factor = Whole()
    gateway_version = Text()
    last_completed_change_id = Text()


class LicenseSchema(ApiSchema):
    """The licence."""

    valid_license = Flag()
    license_type = Text()
    is_commercial = Flag()
    expires_at = Moment(allow_none=True)


@blueprint.get("/status", endpoint="getStatus")
@operation("是否可用", errors=(503,), everybody=True)
def status() -> Response:
    """Tell that the database answers."""
    with read() as connection:
        connection.exec_driver_sql("SELECT 1")
    return Response(status=204)


@blueprint.get("/topology", endpoint="getTopology")
@operation("服务器", answer=TopologySchema, errors=())
def topology() -> dict[str, Any]:
    """Describe one healthy server that has everything."""
    host, _, port = request.host.rpartition(":")
    partition = {"partition_id": 1, "role": "leader", "health": "healthy", "state": "active"}
    broker = {
        "node_id": 0,
        "broker_id": "0",
        "host": host or request.host,
        "port": int(port) if host and port.isdigit() else 443,
        "partitions": [partition],
        "version": PROTOCOL_VERSION,
    }
    return {
        "brokers": [broker],
        "cluster_id": None,
        "cluster_size": 1,
        "partitions_count": 1,
        "replication_factor": 1,
        "gateway_version": PROTOCOL_VERSION,
        "last_completed_change_id": "-1",
    }


@blueprint.get("/license", endpoint="getLicense")
@operation("许可", answer=LicenseSchema, errors=(), everybody=True)
def license_() -> dict[str, Any]:
    """Tell the licence of the program."""
    return {"valid_license": True, "license_type": "Apache-2.0", "is_commercial": False, "expires_at": None}
