"""A store that speaks S3, and in words what keeps it from doing what it is asked.

Loaded by the processes that reach for one alone: it takes some 10 MB.
"""

import re
from collections.abc import Mapping
from datetime import timedelta

from obstore.exceptions import BaseError
from obstore.store import S3Store

S3_FAULTS = (BaseError, OSError)
"""What obstore raises: its own errors, and Python's for what is missing or not allowed."""

FULL = frozenset({"QuotaExceeded", "XMinioAdminBucketQuotaExceeded", "XMinioStorageFull"})
"""What stores say that have no room left: Ceph, and MinIO."""

MISSING = "NoSuchKey"

_CONNECT = timedelta(seconds=5)
_CODE = re.compile(r"<Code>(\w+)</Code>")
_SENTENCES = {
    "NoSuchBucket": "there is no such bucket",
    MISSING: "it is not there",
    "AccessDenied": "the keys may not do that",
    "InvalidAccessKeyId": "AWS_ACCESS_KEY_ID is refused",
    "SignatureDoesNotMatch": "AWS_SECRET_ACCESS_KEY is refused",
    **dict.fromkeys(FULL, "it is full"),
}


def open_s3(url: str, config: Mapping[str, str], patience: timedelta) -> S3Store:
    """The bucket, and maybe the prefix in it, of s3://BUCKET/PREFIX; asks nothing yet.

    `patience` bounds each request, and all the tries of one together.
    """
    bucket, _, prefix = url.removeprefix("s3://").strip("/").partition("/")
    is_plain = config.get("endpoint", "").startswith("http://")
    return S3Store(
        bucket,
        prefix=prefix or None,
        config=dict(config),  # type: ignore[arg-type]
        client_options={
            "allow_http": is_plain,
            "timeout": patience,
            "connect_timeout": min(patience, _CONNECT),
        },
        retry_config={"max_retries": 4, "retry_timeout": patience},
    )


def code_of(fault: BaseException) -> str:
    """The store's own word for why, such as AccessDenied; empty if it does not answer.

    What else it says is not told on: it may hold names of keys.
    """
    if found := _CODE.search(str(fault)):
        return found[1]
    return MISSING if isinstance(fault, FileNotFoundError) else ""


def refusal_words(code: str, url: str) -> str:
    """What a code of `code_of` means for a person, as the end of a sentence about the store."""
    if not code:
        return f"does not answer at {url}. Look at AWS_ENDPOINT_URL, AWS_REGION and the network."
    return f"refuses {url}: {_SENTENCES.get(code, f'it says {code}')}."
