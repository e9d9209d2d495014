"""What the database itself refuses, and how to tell which guard it was.

The triggers of `migrations.guards` speak in the same codes on both databases: PostgreSQL as the
SQLSTATE, SQLite, which has none, at the end of the sentence.
"""

import re
from enum import StrEnum


class Refusal(StrEnum):
    """The SQLSTATE of each guard, in class 23, so that drivers call it an integrity error."""

    CHANGED = "23A01"
    DELETED = "23A02"
    REPEATED = "23A03"
    BORN_AGED = "23A04"
    MOVED_BY_HAND = "23A05"
    OUT_OF_TURN = "23A06"
    UNLAWFUL = "23A07"
    SEALED = "23A08"
    RENAMED = "23A09"
    UNFOUNDED = "23A10"
    MISSHAPEN = "23A11"


SENTENCES = {
    Refusal.CHANGED: "what is recorded is never changed; record a correction",
    Refusal.DELETED: "what is recorded is never deleted",
    Refusal.REPEATED: "this number or name is taken; nothing is written over",
    Refusal.BORN_AGED: "a case begins with no state and no history",
    Refusal.MOVED_BY_HAND: "a case changes only by an event; use accord advance",
    Refusal.OUT_OF_TURN: "the event does not follow the last one of its case; it changed meanwhile",
    Refusal.UNLAWFUL: "the lifecycle knows no such step here",
    Refusal.SEALED: "an edition of the lifecycle takes no further row once its text is stored",
    Refusal.RENAMED: "the name it is known by in the history never changes",
    Refusal.UNFOUNDED: "the partner, case or event it belongs to does not exist",
    Refusal.MISSHAPEN: "an event holds a number, a text and two hashes",
}
"""What a person in a bare SQL shell reads; commands speak from the messages file."""

_CODE = re.compile(r"accord: .*\((23A\d\d)\)")

_RACE = "pk_event"
"""The key of a history. Two who write its next number at once on PostgreSQL both pass the guard;
the key lets one of them through, and the other is told what he would be told a moment later."""


def sentence(refusal: Refusal) -> str:
    """What the trigger says: the sentence with its code, equal on both databases."""
    return f"accord: {SENTENCES[refusal]} ({refusal})"


def refusal_of(error: BaseException) -> Refusal | None:
    """Which guard refused, or None where another rule of the database did.

    Args:
        error: what SQLAlchemy or a bare driver raised.
    """
    text = str(error)
    found = _CODE.search(text)
    if found:
        return Refusal(found[1])
    return Refusal.OUT_OF_TURN if f'constraint "{_RACE}"' in text else None
