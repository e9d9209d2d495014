"""How a document from outside names the City (rule royal_name, seeds/003)."""

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from drafts.intake.opening import Document
from drafts.intake.places import Part, Place, joined
from workflow.city_check import Context, Mention, Verdict, check

_AROUND: Final = 50
"""Characters before and behind a mention that are shown with it."""


@dataclass(frozen=True, slots=True)
class Found:
    """A name of the City, and where it stands.

    Attributes:
        around: the words before and behind it, on one line.
    """

    place: Place
    mention: Mention
    around: str


@dataclass(frozen=True, slots=True)
class Reading:
    """How a document names the City (rule royal_name); true if it may stand as it is.

    Attributes:
        found: every name of the City, right or wrong, in the order of the document.
        ordinary: how often Krakow is spoken of otherwise: as a town, or in the name of an organ.
    """

    document: Document
    context: Context
    found: tuple[Found, ...]
    ordinary: int

    @property
    def wrong(self) -> tuple[Found, ...]:
        """What must be written otherwise."""
        return tuple(one for one in self.found if one.mention.verdict is Verdict.WRONG)

    @property
    def named(self) -> bool:
        """Say whether the text names the City rightly at least once; a comment is no text."""
        return any(
            one.mention.verdict is Verdict.RIGHT and one.place[-1].part is not Part.COMMENT
            for one in self.found
        )

    def __bool__(self) -> bool:
        whole = not self.wrong and not self.document.unread
        return whole and (self.named or self.context is Context.OFFICIAL)


def _around(text: str, mention: Mention) -> str:
    start, end = mention.start - _AROUND, mention.end + _AROUND
    before, behind = text[max(start, 0) : mention.start], text[mention.end : end]
    if start > 0:
        before = f"… {before.partition(' ')[2]}"
    if end < len(text):
        behind = f"{behind.rpartition(' ')[0]} …"
    return " ".join(f"{before}{mention.found}{behind}".split())


def naming(document: Document, context: Context) -> Reading:
    """Find every place where a document names the City, and judge it (workflow.city_check)."""
    found: list[Found] = []
    ordinary = 0
    for flow in document.flows:
        text = joined(flow)
        lengths = (len(passage.text) + len(passage.before) for passage in flow)
        # Where each passage ends, with what parts it from the next.
        ends = list(accumulate(lengths, initial=-len(flow[0].before)))[1:]
        for mention in check(text, context):
            if mention.verdict is Verdict.ORDINARY:
                ordinary += 1
                continue
            place = flow[bisect_right(ends, mention.start)].place
            found.append(Found(place, mention, _around(text, mention)))
    return Reading(document, context, tuple(found), ordinary)
