"""The port for certified electronic signatures and seals: what Banjie asks of such a service, and what it is given.

Legal effect comes from certified services (电子签名法第十三条、第十四条;
国务院关于在线政务服务的若干规定第八条、第九条), so nothing here signs or draws a seal by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from engine.errors import BanjieError


class SealingUnavailable(BanjieError):
    """No certified service is named, or it refused or failed."""

    code = "documents.sealing-unavailable"


@dataclass(frozen=True, slots=True)
class SealingRequest:
    """A paper to be sealed. The same ``request_id`` means the same sealing, asked again."""

    request_id: str
    seal: str
    """Id of the seal in ``organisation/seals.yaml``."""
    matter: str
    file_name: str
    content_type: str
    content: bytes
    digest: str
    """SM3 of the content, in hexadecimal."""
    case: str
    """Key of the case, for the service's own records."""


@dataclass(frozen=True, slots=True)
class SealedPaper:
    """The paper with the certified seal or signature in it."""

    content: bytes
    content_type: str
    file_name: str
    serial: str
    """The service's own number of this sealing, by which it can be proved there."""


class SealingService(Protocol):
    """A certified service."""

    def seal(self, request: SealingRequest) -> SealedPaper:
        """Return the sealed paper. Raises SealingUnavailable."""
        ...
