"""Read what a source says of the term of an agreement, and of how two sources date one act."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping

from workflow.dates import UNKNOWN, NotADate, PartialDate, Precision
from workflow.folding import fold
from workflow.inputs import LONGEST_TERM, Term

MONTHS_IN = {"year": 12, "rok": 12, "lat": 12, "month": 1, "mies": 1}
POINTS = frozenset({Precision.DAY, Precision.MONTH, Precision.YEAR})

_LENGTH = re.compile(
    r"(?:for |for the |the )?(?:next |kolejne |na )?(\d{1,4}) (year|rok|lat|month|mies)\w*"
)
_YEARS = re.compile(r"([12]\d{3}) ?[-–] ?([12]\d{3})")
_UNTIL = re.compile(r"(?:until|do) (.+)")
_INDEFINITE = re.compile(r"indefinite|unlimited|(?:na )?czas nieokreslony|bezterminow")
_NOTICE = re.compile(r"(\d{1,3})[- ](?:month|miesi)\w*(?:'s)? (?:notice|(?:okres )?wypowiedz)")
_AUTOMATIC = re.compile(r"automatic|automatyczn")
_CONSENT = re.compile(r"extend\w+|written consent|za (?:pisemna )?zgoda")
_SUCCESSIVE = re.compile(r"(?:successive|further|kolejne) (\d{1,3}) (year|rok|lat|month|mies)")
_CONFLICT = re.compile(r"CONFLICT: (?P<source>.+?) says (?P<date>[^;]+)")


def term(text: str) -> Mapping[str, Term | str | int]:
    """Read the inputs of an agreement out of a text about its term; what is not said is left out.

    `5 years; extendable for successive 5 years by written consent`, `1997-2001`,
    `indefinite; 6-month notice`, `fixed term, automatically prolonged`, the same in Polish.
    """
    found: dict[str, Term | str | int] = {}
    said = fold(text)
    begins = _LENGTH.match(said)
    if _INDEFINITE.match(said):
        found["term"] = Term()
    elif begins and 0 < (months := int(begins[1]) * MONTHS_IN[begins[2]]) <= LONGEST_TERM:
        found["term"] = Term(months=months)
    elif last := _last(said):
        found["term"] = Term(until=PartialDate.of(last))
    if notice := _NOTICE.search(said):
        found["notice_months"] = int(notice[1])
    further = _SUCCESSIVE.search(said)
    if _AUTOMATIC.search(said):
        found["prolongation"] = "automatic"
    elif further or _CONSENT.search(said):
        found["prolongation"] = "by_consent"
    if further:
        found["prolongation_months"] = int(further[1]) * MONTHS_IN[further[2]]
    return found


def _last(said: str) -> dt.date | None:
    """Give the last day that a term of years, or one until a day, names."""
    if years := _YEARS.match(said):
        return PartialDate.parse(years[2]).latest
    until = _UNTIL.match(said)
    try:
        return PartialDate.read(until[1].partition(";")[0].strip()).latest if until else None
    except NotADate:
        return None


def disputed_in(note: str) -> tuple[PartialDate, str] | None:
    """Give the date that a note says another source has, with the name of that source."""
    found = _CONFLICT.search(note)
    if found is None:
        return None
    try:
        return PartialDate.read(found["date"].strip()), found["source"]
    except NotADate:
        return None


def one_date(dates: Iterable[PartialDate]) -> tuple[PartialDate | None, bool]:
    """Make one date of what several sources say of the same act.

    A day within a year another source names is no dispute: the day is known. Dates that exclude
    each other become the time from the first to the last of them, for on one day of it it was.

    Returns:
        The date, None if none is said, and whether the sources disagree.
    """
    distinct = list(dict.fromkeys(dates))
    exact = [date for date in distinct if not any(_within(other, date) for other in distinct)]
    if len(exact) < 2:  # noqa: PLR2004 - a dispute takes two
        return (exact[0] if exact else None), False
    first = min(exact, key=lambda date: date.sort_key)
    last = max(exact, key=lambda date: (date.latest or dt.date.max, date.text))
    return between(first, last), True


def _within(one: PartialDate, other: PartialDate) -> bool:
    """Say whether one date lies within the other and tells more."""
    return (
        one != other
        and one.certainly_not_before(_day(other.earliest, dt.date.min))
        and one.certainly_not_after(_day(other.latest, dt.date.max))
    )


def _day(day: dt.date | None, otherwise: dt.date) -> dt.date:
    return day if day is not None else otherwise


def between(first: PartialDate | None, last: PartialDate | None) -> PartialDate:
    """Give the time from one date to another; what is unknown leaves its side open.

    Where the last would be before the first only the first is held to.
    """
    start = first and (first.text if first.precision in POINTS else str(first.earliest or ""))
    end = last and (last.text if last.precision in POINTS else str(last.latest or ""))
    if start and end:
        try:
            return PartialDate.parse(start if start == end else f"{start}/{end}")
        except NotADate:
            end = None
    if start:
        return PartialDate.parse(f"{start}/..")
    return PartialDate.parse(f"../{end}") if end else UNKNOWN
