"""Why a file is not taken."""

from __future__ import annotations

from engine.errors import BanjieError, Conflict, InvalidInput


class FileRefused(InvalidInput):
    """The file may not be uploaded; the message says why and what to do."""

    code = "attachments.refused"

    def __init__(self, message: str) -> None:
        super().__init__(message, details={"fields": {"file": [message]}})


class FileTooLarge(FileRefused):
    """The file is larger than the installation takes."""

    code = "attachments.too-large"


class TypeRefused(FileRefused):
    """The file's type is not among those the installation takes, or it is not what its name says."""

    code = "attachments.type-refused"


class MacroFound(FileRefused):
    """The document holds macros or programs."""

    code = "attachments.macro-found"


class SecretMarked(FileRefused):
    """The file is marked as a state secret; this platform holds none (保守国家秘密法 §31(3), duty list L409, L458)."""

    code = "attachments.secret-marked"


class VirusFound(FileRefused):
    """The scanner found something."""

    code = "attachments.virus-found"


class ScannerUnusable(BanjieError):
    """A scanner is set but does not answer: nothing is taken unscanned."""

    code = "attachments.scanner-unusable"


class DocumentTaken(Conflict):
    """A case has taken the document: it belongs to the case's record and can't be deleted or used elsewhere."""

    code = "attachments.taken"


class ContentGone(Conflict):
    """The content was swept away between upload and entry; uploading again helps."""

    code = "attachments.content-gone"
