"""The chain: bodies as RFC 8785 writes them, and hashes that show what was changed."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from itertools import accumulate

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from tests import profiles  # noqa: F401 - importing it chooses the profile
from workflow import chain
from workflow.inputs import Json

LARGEST = 2**53 - 1
"""Beyond it RFC 8785 has no whole numbers; the register never counts that far."""

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
KEYS = st.text(st.characters(max_codepoint=0x7F))
VALUES: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
BODIES = st.dictionaries(KEYS, VALUES, max_size=6)


def heads(bodies: Sequence[str]) -> list[bytes]:
    """Give the hash after each event of a case."""
    return list(accumulate(bodies, chain.seal, initial=chain.GENESIS))[1:]


@given(BODIES)
def test_a_body_is_written_byte_by_byte_as_rfc_8785_prescribes(body: dict[str, Json]) -> None:
    assert chain.canonical(body).encode() == rfc8785.dumps(body)


@given(BODIES)
def test_a_body_says_again_what_was_written(body: dict[str, Json]) -> None:
    assert json.loads(chain.canonical(body)) == body


def test_a_body_reads_in_polish_and_has_no_blanks() -> None:
    body = chain.canonical({"step": "note", "inputs": {"remark": "„Łódź” \t\x1f/", "of": ["b", 1]}})

    assert body == '{"inputs":{"of":["b",1],"remark":"„Łódź” \\t\\u001f/"},"step":"note"}'


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_what_is_no_number_is_not_written(number: float) -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        chain.canonical({"cost": number})  # type: ignore[dict-item] # on purpose


@given(st.binary(min_size=32, max_size=32), TEXTS)
def test_a_hash_is_that_of_the_event_before_and_the_body(previous: bytes, body: str) -> None:
    assert chain.seal(previous, body) == sha256(previous + body.encode("utf-8")).digest()


def test_the_first_event_follows_thirty_two_zero_bytes() -> None:
    assert bytes.fromhex("00" * 32) == chain.GENESIS


def test_half_a_character_is_never_sealed() -> None:
    with pytest.raises(UnicodeEncodeError):
        chain.seal(chain.GENESIS, '{"remark":"\ud800"}')


@given(st.lists(BODIES.map(chain.canonical), min_size=1, max_size=6), st.data())
def test_a_changed_event_changes_every_hash_from_there_on(
    bodies: list[str], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(bodies) - 1))
    other = data.draw(BODIES.map(chain.canonical).filter(lambda body: body != bodies[at]))

    before, after = heads(bodies), heads([*bodies[:at], other, *bodies[at + 1 :]])

    assert before[:at] == after[:at]
    assert all(old != new for old, new in zip(before[at:], after[at:], strict=True))


@given(st.lists(BODIES.map(chain.canonical), min_size=2, max_size=6, unique=True), st.data())
def test_events_that_change_places_or_go_missing_change_the_head(
    bodies: list[str], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(bodies).filter(lambda order: order != bodies))
    gone = data.draw(st.integers(0, len(bodies) - 1))

    changed = [shuffled, bodies[:gone] + bodies[gone + 1 :]]

    assert heads(bodies)[-1] not in [heads(events)[-1] for events in changed]


@pytest.mark.parametrize(
    ("moment", "kept"),
    [
        (datetime(2026, 4, 2, 8, 30, tzinfo=UTC), "2026-04-02T08:30:00.000000+00:00"),
        (
            datetime(2026, 4, 2, 0, 30, 0, 5, tzinfo=timezone(timedelta(hours=2))),
            "2026-04-01T22:30:00.000005+00:00",
        ),
    ],
)
def test_a_moment_is_kept_in_utc_to_the_microsecond(moment: datetime, kept: str) -> None:
    assert chain.moment(moment) == kept
