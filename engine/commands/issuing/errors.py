"""Why nothing is issued."""

from __future__ import annotations

from engine.errors import Conflict, Forbidden, InvalidInput, NotFound


class IssuingRefused(InvalidInput):
    """What an element's properties ask for can't be done: an expression is wrong, or gives something unfit."""

    code = "issuing.refused"


class NumberUnknown(NotFound):
    """The register of the series has no such number."""

    code = "issuing.number-unknown"


class NumberNotReserved(Conflict):
    """The number that was named is not set aside, or somebody has taken it."""

    code = "issuing.number-not-reserved"


class NumberStateWrong(Conflict):
    """The number is void already, or is not void, or is in use."""

    code = "issuing.number-state-wrong"


class NotKeeper(Forbidden):
    """The actor keeps neither the register nor the seal."""

    code = "issuing.not-keeper"


class TextChanged(Conflict):
    """Somebody else has written a newer version; ``details['version']`` is its number."""

    code = "issuing.text-changed"


class TextFrozen(Conflict):
    """The text is signed and can't be changed any more."""

    code = "issuing.text-frozen"


class ServiceIncomplete(InvalidInput):
    """What is needed to prove the service of a paper is missing; ``details['fields']`` says where."""

    code = "issuing.service-incomplete"


class ServiceUnknown(NotFound):
    """There is no such service of a paper, or the actor may not see it."""

    code = "issuing.service-unknown"


class SealNotHere(Conflict):
    """The seal is out already, or was not taken out in this case, or may never leave."""

    code = "issuing.seal-not-here"


class HandoverUnknown(NotFound):
    """There is no such hand-over of a seal, or it was answered already."""

    code = "issuing.handover-unknown"
