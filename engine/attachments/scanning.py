"""The port for virus scanners, and clamd's protocol (clamd(8), INSTREAM) over TCP or a Unix socket."""

from __future__ import annotations

import socket
import struct
from dataclasses import dataclass
from typing import BinaryIO, Protocol
from urllib.parse import urlsplit

from engine.attachments.errors import ScannerUnusable, VirusFound

PIECE = 1 << 18
SECONDS = 60
_LONGEST_REPLY = 4096


class Scanner(Protocol):
    """Something that looks for viruses."""

    def require_clean(self, stream: BinaryIO) -> None:
        """Read the stream from its beginning. Raises VirusFound, ScannerUnusable."""
        ...


@dataclass(frozen=True, slots=True)
class Clamd:
    """A ClamAV daemon at ``tcp://host:port`` or ``unix:///path``."""

    address: str

    def require_clean(self, stream: BinaryIO) -> None:
        """Send the stream in pieces and read the verdict."""
        stream.seek(0)
        try:
            with self._connected() as line:
                line.sendall(b"zINSTREAM\0")
                while piece := stream.read(PIECE):
                    line.sendall(struct.pack("!L", len(piece)) + piece)
                line.sendall(struct.pack("!L", 0))
                reply = _reply(line)
        except OSError as error:
            raise _unusable(str(error)) from error
        if reply.endswith("FOUND"):
            virus = reply.removeprefix("stream:").removesuffix("FOUND").strip()
            raise VirusFound(f"文件未通过病毒检查（{virus}），不能上传。请先杀毒。")
        if not reply.endswith("OK"):
            raise _unusable(reply or "没有应答")

    def _connected(self) -> socket.socket:
        parts = urlsplit(self.address)
        if parts.scheme == "unix" and parts.path:
            line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            line.settimeout(SECONDS)
            try:
                line.connect(parts.path)
            except OSError:
                line.close()
                raise
            return line
        return socket.create_connection(_host_and_port(self.address), timeout=SECONDS)


def scanner_of(address: str) -> Scanner | None:
    """Return the scanner that the setting names; None where none is set. Raises ScannerUnusable for a bad address."""
    if not address.strip():
        return None
    if not address.startswith(("unix:///", "tcp://")):
        raise _unusable("地址应为 tcp://主机:端口 或 unix:///路径")
    if address.startswith("tcp://"):
        _host_and_port(address)
    return Clamd(address.strip())


def _host_and_port(address: str) -> tuple[str, int]:
    parts = urlsplit(address)
    try:
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise _unusable("端口应为数字") from error
    if not host or not port:
        raise _unusable("地址应为 tcp://主机:端口 或 unix:///路径")
    return host, port


def _reply(line: socket.socket) -> str:
    reply = b""
    while not reply.endswith(b"\0") and len(reply) < _LONGEST_REPLY:
        piece = line.recv(_LONGEST_REPLY)
        if not piece:
            break
        reply += piece
    return reply.rstrip(b"\0\n").decode("utf-8", "replace").strip()


def _unusable(why: str) -> ScannerUnusable:
    return ScannerUnusable(f"病毒检查服务不可用，暂不能上传文件，请告知系统管理员。（{why}）")
