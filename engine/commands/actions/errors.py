"""Why an action on a user task is refused."""

from __future__ import annotations

from engine.errors import Conflict, Forbidden, InvalidInput, NotFound


class ActionNotAllowed(Forbidden):
    """The element does not allow the action, or the table of exclusions forbids it here."""

    code = "actions.not-allowed"


class ReasonMissing(InvalidInput):
    """The action needs a reason."""

    code = "actions.reason-missing"


class PersonUnknown(InvalidInput):
    """There is no such person, or they can't sign in any more."""

    code = "actions.person-unknown"


class PersonUnsuitable(InvalidInput):
    """The person can't be chosen for this: they are the actor, or asked already."""

    code = "actions.person-unsuitable"


class TargetUnknown(Conflict):
    """The user task can't be returned there: it did not come from there, or that part of the case has ended."""

    code = "actions.target-unknown"


class TargetAmbiguous(Conflict):
    """Several steps come before this one; one has to be chosen."""

    code = "actions.target-ambiguous"


class DirectImpossible(Conflict):
    """直达 is possible only where nothing but the returned user task is cancelled."""

    code = "actions.direct-impossible"


class PreviewOutdated(Conflict):
    """What would be cancelled has changed since it was shown."""

    code = "actions.preview-outdated"


class SomebodyActed(Conflict):
    """It is too late to take back: somebody has acted since, or it went out already."""

    code = "actions.somebody-acted"


class WaitsForOthers(Conflict):
    """The user task waits for people who were asked first, or for signers after it."""

    code = "actions.waits-for-others"


class NotThroughOthers(Conflict):
    """The user task hangs on another, or is out on delegation: here this can't be done with it."""

    code = "actions.not-on-this-task"


class DelegationUnknown(NotFound):
    """The user task is not out on a delegation of the actor."""

    code = "actions.delegation-unknown"


class SignerUnknown(NotFound):
    """There is no such signer, or they have answered, or somebody else asked them."""

    code = "actions.signer-unknown"


class CopyUnknown(NotFound):
    """There is no such copy, or it is somebody else's."""

    code = "actions.copy-unknown"


class UrgedEnough(Conflict):
    """The user task was urged as often today as is allowed."""

    code = "actions.urged-enough"


class EvidenceMissing(InvalidInput):
    """Who enters a signature for somebody must say on what evidence."""

    code = "actions.evidence-missing"


class SignatureUnknown(NotFound):
    """There is no such entered signature, or it is not the actor's to answer, or it is answered."""

    code = "actions.signature-unknown"


class SelfApproval(Forbidden):
    """The applicant can't approve their own application."""

    code = "actions.self-approval"


class InterventionUnknown(NotFound):
    """There is no such request, or it is decided, or the actor may not decide it."""

    code = "actions.intervention-unknown"


class NoOwner(Conflict):
    """Nobody is there to approve: the procedure has no department, or its heads are not appointed."""

    code = "actions.no-owner"
