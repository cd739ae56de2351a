"""Secrets that must be read again, such as those of second factors, lie in the database sealed, never as they are.

SM4 in Galois/counter mode (GB/T 32907-2016, GB/T 17964-2021) with a key derived by HKDF-SM3 from the installation's
secret, which lies outside the database: in ``BANJIE_SECRET``, the same on every node, or in a file of the data folder.
"""

from __future__ import annotations

import base64
import binascii
import os
import secrets
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from engine.errors import BanjieError

VARIABLE = "BANJIE_SECRET"
FILE = "installation.key"
SHORTEST = 32
"""Characters that a secret given by people must have at least."""

_PREFIX = "sm4:"
_KEY_BYTES, _NONCE_BYTES, _TAG_BYTES = 16, 12, 16


class SecretTooShort(BanjieError):
    """The installation's secret is too short to protect anything."""

    code = "store.secret-too-short"


class SealBroken(BanjieError):
    """What was sealed can't be opened: the installation's secret is another one, or somebody changed the data."""

    code = "store.seal-broken"


class Vault:
    """Seals and opens texts. ``load`` gives the installation's secret; it is asked for when first needed."""

    def __init__(self, load: Callable[[], bytes]) -> None:
        self._load = load

    @cached_property
    def _key(self) -> bytes:
        derive = HKDF(algorithm=hashes.SM3(), length=_KEY_BYTES, salt=None, info=b"banjie sealed secrets")
        return derive.derive(self._load())

    def seal(self, text: str, owner: str) -> str:
        """Return the text sealed for its owner: in another's row it can't be opened."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        encryptor = Cipher(algorithms.SM4(self._key), modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(owner.encode())
        content = encryptor.update(text.encode()) + encryptor.finalize()
        return _PREFIX + base64.b64encode(nonce + encryptor.tag + content).decode("ascii")

    def open(self, sealed: str, owner: str) -> str:
        """Return what was sealed for the owner. Raises SealBroken."""
        try:
            raw = base64.b64decode(sealed.removeprefix(_PREFIX), validate=True)
            nonce, tag, content = _parted(raw)
            decryptor = Cipher(algorithms.SM4(self._key), modes.GCM(nonce, tag)).decryptor()
            decryptor.authenticate_additional_data(owner.encode())
            return (decryptor.update(content) + decryptor.finalize()).decode()
        except (binascii.Error, InvalidTag, ValueError) as error:
            raise SealBroken(
                f"密文不能解开：本机的 {VARIABLE} 或 {FILE} 与加密时不同。"
                "请恢复原来的密钥；找不回时由安全管理员移除后重新设置。"
            ) from error


def is_sealed(text: str) -> bool:
    """Return whether a text from the database is sealed; secrets of earlier versions are not."""
    return text.startswith(_PREFIX)


def vault_of(data_dir: Path | None) -> Vault:
    """Return the vault of an installation: with ``BANJIE_SECRET``, else with the file in the data folder, made when it
    is first needed; without either, with a secret that ends with the process."""
    given = os.environ.get(VARIABLE)
    if given:
        return Vault(lambda: _long_enough(given))
    if data_dir is None:
        passing = secrets.token_bytes(SHORTEST)
        return Vault(lambda: passing)
    return Vault(lambda: _kept(data_dir / FILE))


def _parted(raw: bytes) -> tuple[bytes, bytes, bytes]:
    begin = _NONCE_BYTES + _TAG_BYTES
    return raw[:_NONCE_BYTES], raw[_NONCE_BYTES:begin], raw[begin:]


def _long_enough(secret: str) -> bytes:
    if len(secret) < SHORTEST:
        raise SecretTooShort(f"{VARIABLE} 至少要有 {SHORTEST} 个字符，可用 openssl rand -hex 32 生成。")
    return secret.encode()


def _kept(path: Path) -> bytes:
    """Read the file. Who makes it writes it whole under another name first, so nobody ever reads half of it."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(SHORTEST) + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass  # another process was first: its secret counts
        finally:
            fresh.unlink()
    return _long_enough(path.read_text(encoding="ascii").strip())
