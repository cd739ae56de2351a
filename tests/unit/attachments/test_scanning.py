"""Virus scanning by clamd's protocol, against a daemon of the test's own on loopback."""

from __future__ import annotations

import io
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.attachments.errors import ScannerUnusable, VirusFound
from engine.attachments.receiving import Rules, receive
from engine.attachments.scanning import Clamd, scanner_of
from engine.store.documents import DocumentFolder
from tests.unit.attachments.files import PDF

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def _exactly(line: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        piece = line.recv(count - len(data))
        assert piece, "the client hung up"
        data += piece
    return data


def _serve(listener: socket.socket, answer: Callable[[bytes], bytes]) -> None:
    while True:
        try:
            line, _ = listener.accept()
        except OSError:
            return
        with line:
            assert _exactly(line, 10) == b"zINSTREAM\0"
            content = b""
            while length := struct.unpack("!L", _exactly(line, 4))[0]:
                content += _exactly(line, length)
            line.sendall(answer(content))


def _verdict(content: bytes) -> bytes:
    return b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"


@pytest.fixture(params=["tcp", "unix"])
def daemon(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[Callable[[bytes], bytes]], str]]:
    """Give a function that starts a daemon with given answers and returns its address."""
    listeners: list[socket.socket] = []

    def start(answer: Callable[[bytes], bytes]) -> str:
        if request.param == "unix":
            listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            listener.bind(str(tmp_path / "clamd.ctl"))
            address = f"unix://{tmp_path / 'clamd.ctl'}"
        else:
            listener = socket.socket()
            listener.bind(("127.0.0.1", 0))
            address = f"tcp://127.0.0.1:{listener.getsockname()[1]}"
        listener.listen()
        listeners.append(listener)
        threading.Thread(target=_serve, args=(listener, answer), daemon=True).start()
        return address

    yield start
    for listener in listeners:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def test_a_clean_file_passes_and_an_infected_one_does_not(daemon: Callable[..., str], tmp_path: Path) -> None:
    scanner = Clamd(daemon(_verdict))
    rules = Rules(frozenset({"pdf", "txt"}), 10_000_000, scanner)
    store = DocumentFolder(tmp_path / "store")

    receive(io.BytesIO(PDF + b" " * 600_000), "a.pdf", rules, store)
    with pytest.raises(VirusFound, match="Eicar"):
        receive(io.BytesIO(EICAR), "a.txt", rules, store)


def test_what_the_scanner_cannot_judge_is_refused(daemon: Callable[..., str], tmp_path: Path) -> None:
    rules = Rules(frozenset({"pdf"}), 10_000, Clamd(daemon(lambda _: b"INSTREAM size limit exceeded. ERROR\0")))

    with pytest.raises(ScannerUnusable, match="size limit"):
        receive(io.BytesIO(PDF), "a.pdf", rules, DocumentFolder(tmp_path / "store"))


def test_while_the_scanner_is_down_nothing_is_taken(tmp_path: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{closed.getsockname()[1]}"
        for down in (address, f"unix://{tmp_path}/nothing"):
            rules = Rules(frozenset({"pdf"}), 10_000, scanner_of(down))
            with pytest.raises(ScannerUnusable, match="病毒检查服务不可用"):
                receive(io.BytesIO(PDF), "a.pdf", rules, DocumentFolder(tmp_path / "store"))
    assert not (tmp_path / "store").exists()


@pytest.mark.parametrize("address", ["127.0.0.1:3310", "http://a:1", "tcp://host", "tcp://host:x"])
def test_a_scanner_set_wrongly_is_told_not_passed_over(address: str) -> None:
    with pytest.raises(ScannerUnusable):
        scanner_of(address)


def test_without_a_scanner_there_is_none() -> None:
    assert scanner_of("  ") is None
