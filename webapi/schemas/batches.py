"""Operations on many cases."""

from __future__ import annotations

from webapi.schemas.base import ApiSchema, list_of
from webapi.schemas.fields import Choice, Instant, Key, Many, Part, Text, Whole

KINDS = ("CANCEL", "RESOLVE_INCIDENTS", "MIGRATE", "MODIFY")
ITEM_STATES = ("PENDING", "DONE", "FAILED", "CANCELED")


class ElementPairSchema(ApiSchema):
    """One element's id in the present version and in the one to migrate to, or to move from and to."""

    source = Text(required=True, shortest=1, longest=200)
    target = Text(required=True, shortest=1, longest=200)


class BatchOperationOrderSchema(ApiSchema):
    """What is to be done to which cases."""

    kind = Choice(*KINDS, required=True)
    process_instance_keys = Many(Key(), required=True)
    reason = Text(required=True, shortest=1, longest=1000)
    definition_key = Key(load_default=None)
    elements = Many(Part(ElementPairSchema), load_default=list)


class StartedBatchOperationSchema(ApiSchema):
    """The operation's key and how many cases it has."""

    key = Key()
    total = Whole()


class BatchOperationSchema(ApiSchema):
    """An operation and how far it is."""

    key = Key()
    kind = Choice(*KINDS)
    reason = Text()
    actor_id = Text()
    started_at = Instant()
    state = Choice("ACTIVE", "COMPLETED", "CANCELED")
    total = Whole()
    pending = Whole()
    done = Whole()
    failed = Whole()
    canceled = Whole()


class BatchOperationItemSchema(ApiSchema):
    """What became of a case."""

    process_instance_key = Key()
    state = Choice(*ITEM_STATES)
    code = Text(allow_none=True)
    message = Text(allow_none=True)
    ended_at = Instant(allow_none=True)


class BatchOperationDetailSchema(BatchOperationSchema):
    """An operation with its cases."""

    items = Many(Part(BatchOperationItemSchema))


class BatchOperationQuerySchema(ApiSchema):
    """Which cases of an operation."""

    state = Choice(*ITEM_STATES, load_default=None)


BatchOperationListSchema = list_of(BatchOperationSchema)
