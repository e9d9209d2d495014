"""The body of an event and its hash: each case is a chain of them.

The body is JSON with sorted keys, no blanks and no floats, in UTF-8: for such values byte by byte
what RFC 8785 prescribes. The hash is SHA-256 of the previous hash followed by the body.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping

from workflow.inputs import Json

GENESIS = bytes(32)
"""What the first event of a case follows."""

_encode = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
).encode


def canonical(value: Mapping[str, Json]) -> str:
    """Write a value canonically.

    Keys are sorted by code point and RFC 8785 sorts by UTF-16 unit; the two agree for every key
    the register writes, all of them ASCII.
    """
    return _encode(value)


def moment(value: dt.datetime) -> str:
    """Write a moment as the body keeps it: UTC, to the microsecond."""
    return value.astimezone(dt.UTC).isoformat(timespec="microseconds")


def seal(previous: bytes, body: str) -> bytes:
    """Give the hash of an event's body on top of the event before it.

    Raises:
        UnicodeEncodeError: the body holds a lone surrogate, which no file can hold.
    """
    return hashlib.sha256(previous + body.encode()).digest()
