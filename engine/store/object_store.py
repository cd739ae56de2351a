"""Stored contents in an S3-compatible object store, by boto3 (the optional extra ``s3``).

Named by an address ``s3://bucket/prefix?endpoint=https://host&region=…``; who we are, boto3 finds as everywhere
(``AWS_ACCESS_KEY_ID`` and ``AWS_SECRET_ACCESS_KEY``, or its files), never in the address, which is shown in logs.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO, cast
from urllib.parse import parse_qs, urlsplit

from engine.errors import BanjieError
from engine.store.documents import Content, ContentStore, DocumentFolder, require_digest, stream_of

PART = 8 << 20
"""Bytes of one part: larger contents go up in several, so that memory stays bounded whatever their size."""
_GONE = frozenset({"404", "NoSuchKey", "NotFound"})


class ObjectStoreUnusable(BanjieError):
    """The object store's address is wrong, its library is missing, or it does not answer."""

    code = "store.object-store-unusable"


def content_store(place: str) -> ContentStore:
    """Return where contents lie: ``place`` is a folder or an address ``s3://…``. Raises ObjectStoreUnusable."""
    return ObjectStore(place) if place.startswith("s3:") else DocumentFolder(Path(place))


class ObjectStore:
    """Contents in a bucket. The client is made when first needed, in the process that needs it."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        query = parse_qs(parts.query)
        if parts.scheme != "s3" or not parts.netloc or query.keys() - {"endpoint", "region"}:
            raise ObjectStoreUnusable("对象存储地址应为 s3://桶/前缀?endpoint=https://主机&region=区域，请改正。")
        self._bucket = parts.netloc
        prefix = parts.path.strip("/")
        self._prefix = f"{prefix}/" if prefix else ""
        self._endpoint = query.get("endpoint", [None])[0]
        self._region = query.get("region", ["us-east-1"])[0]

    def put(self, digest: str, content: Content) -> None:
        """Put an object, in parts where it is large; an object is there as a whole or not at all."""
        if self.has(digest):
            return
        with _answering():
            self._client.upload_fileobj(_Unclosed(stream_of(content)), self._bucket, self._key(digest), Config=_plan())

    def has(self, digest: str) -> bool:
        """Ask for the object's head."""
        with _answering() as answer:
            self._client.head_object(Bucket=self._bucket, Key=self._key(digest))
        return not answer.gone

    def open(self, digest: str) -> BinaryIO | None:
        """Return the object's body as it comes over the line."""
        body: BinaryIO | None = None
        with _answering() as answer:
            body = self._client.get_object(Bucket=self._bucket, Key=self._key(digest))["Body"]
        return None if answer.gone else body

    def read(self, digest: str) -> bytes | None:
        """Return the object as a whole."""
        stream = self.open(digest)
        if stream is None:
            return None
        with stream:
            return stream.read()

    def remove(self, digest: str) -> None:
        """Delete the object."""
        with _answering():
            self._client.delete_object(Bucket=self._bucket, Key=self._key(digest))

    def older_than(self, moment: datetime) -> Iterator[str]:
        """Yield digests by the time their objects were written."""
        with _answering():
            pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=self._prefix)
            for page in pages:
                for item in page.get("Contents", ()):
                    if item["LastModified"] < moment:
                        yield item["Key"].rpartition("/")[2]

    @cached_property
    def _client(self) -> Any:
        try:
            import boto3
            from botocore.config import Config
        except ImportError as error:
            message = "使用对象存储需要 boto3：请运行 pip install 'banjie[s3]'，或改用本地目录。"
            raise ObjectStoreUnusable(message) from error
        # Many compatible stores know neither the newer checksums nor buckets in host names.
        config = Config(
            connect_timeout=10,
            read_timeout=60,
            retries={"max_attempts": 3, "mode": "standard"},
            s3={"addressing_style": "path"},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        return boto3.client("s3", endpoint_url=self._endpoint, region_name=self._region, config=config)

    def _key(self, digest: str) -> str:
        require_digest(digest)
        return f"{self._prefix}{digest[:2]}/{digest}"


class _Unclosed:
    """A stream that outlives its upload: the transfer closes what it is given."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def read(self, size: int = -1) -> bytes:
        return self._stream.read(size)


class _answering:
    """Turns what the library raises into our errors; what is not there is no error but ``gone``."""

    def __init__(self) -> None:
        self.gone = False

    def __enter__(self) -> _answering:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> bool:
        if error is None or not type(error).__module__.startswith(("botocore", "boto3", "s3transfer")):
            return False
        response = cast(dict[str, Any], getattr(error, "response", {}))
        if str(response.get("Error", {}).get("Code")) in _GONE:
            self.gone = True
            return True
        raise ObjectStoreUnusable(f"对象存储未能完成操作，请检查其地址、账号和网络：{error}") from error


def _plan() -> Any:
    from boto3.s3.transfer import TransferConfig

    return TransferConfig(multipart_threshold=PART, multipart_chunksize=PART, use_threads=False)


VARIABLE = "BANJIE_DOCUMENTS"


def documents_place(data_dir: Path) -> str:
    """Return where an installation keeps contents: ``BANJIE_DOCUMENTS``, else a folder in the data folder."""
    return os.environ.get(VARIABLE) or str(data_dir / "documents")
