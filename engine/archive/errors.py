"""Why a case is not archived."""

from __future__ import annotations

from engine.errors import BanjieError, Conflict, Forbidden, NotFound


class ArchivistsOnly(Forbidden):
    """Packages are made and fetched by archivists and auditors."""

    code = "archive.archivists-only"


class CaseOpen(Conflict):
    """The case is not over."""

    code = "archive.case-open"


class CaseIncomplete(Conflict):
    """Something that must be archived is missing; ``details['problems']`` says what."""

    code = "archive.case-incomplete"


class ArchiveUnknown(NotFound):
    """The case has no package and no order for one."""

    code = "archive.unknown"


class PackageTooLarge(BanjieError):
    """The case's files do not fit a package."""

    code = "archive.package-too-large"


class ContentMissing(BanjieError):
    """A file that the case names is not in the store any more, or it was changed there."""

    code = "archive.content-missing"
