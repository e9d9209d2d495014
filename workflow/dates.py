"""Dates as the sources give them: a day, a month, a year, an interval, one open side, or unknown.

Old agreements often name only a year, and two parties sign on two days. Such a date is kept as
the text of ISO 8601-2 (EDTF), is compared only by what is certain, and reads in Polish and English.
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import IntEnum, StrEnum
from functools import lru_cache
from typing import ClassVar, Final, NamedTuple, final

from models.vocabulary import Language


class Precision(StrEnum):
    """How much a partial date tells; `interval`, `before` and `after` say where it lies."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    INTERVAL = "interval"
    BEFORE = "before"
    AFTER = "after"
    UNKNOWN = "unknown"


class Reason(StrEnum):
    """Why a text is no date: its shape, a day no calendar has, or two readings of equal right."""

    NOT_A_DATE = "not_a_date"
    IMPOSSIBLE = "impossible"
    AMBIGUOUS = "ambiguous"


class NotADate(ValueError):
    """The text cannot be read as one partial date; `text` is what was given, unchanged."""

    code: ClassVar[str] = "not_a_date"

    def __init__(self, text: str, reason: Reason = Reason.NOT_A_DATE) -> None:
        super().__init__(text, reason)
        self.text = text
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.reason}: {self.text!r}"

    @property
    def facts(self) -> dict[str, object]:
        """What the sentence shown to the user is made of."""
        return {"text": self.text, "reason": self.reason.value}


class _Form(IntEnum):
    """A column of the months: the Polish cases, of which `WITHIN` is the locative with its `w`."""

    NOMINATIVE = 0
    GENITIVE = 1
    INSTRUMENTAL = 2
    WITHIN = 3
    ENGLISH = 4
    ROMAN = 5


_MONTH_NAMES: Final = (
    ("styczeń", "stycznia", "styczniem", "w styczniu", "January", "I"),
    ("luty", "lutego", "lutym", "w lutym", "February", "II"),
    ("marzec", "marca", "marcem", "w marcu", "March", "III"),
    ("kwiecień", "kwietnia", "kwietniem", "w kwietniu", "April", "IV"),
    ("maj", "maja", "majem", "w maju", "May", "V"),
    ("czerwiec", "czerwca", "czerwcem", "w czerwcu", "June", "VI"),
    ("lipiec", "lipca", "lipcem", "w lipcu", "July", "VII"),
    ("sierpień", "sierpnia", "sierpniem", "w sierpniu", "August", "VIII"),
    ("wrzesień", "września", "wrześniem", "we wrześniu", "September", "IX"),
    ("październik", "października", "październikiem", "w październiku", "October", "X"),
    ("listopad", "listopada", "listopadem", "w listopadzie", "November", "XI"),
    ("grudzień", "grudnia", "grudniem", "w grudniu", "December", "XII"),
)
_MONTH_NUMBERS: Final = {
    name.split()[-1].lower(): number
    for number, names in enumerate(_MONTH_NAMES, start=1)
    for name in names
}
_MONTHS: Final = range(1, 13)
_FIRST_YEAR: Final = 1000

_ANY: Final = "XXXX"
_OPEN: Final = ".."
_UNKNOWN_WORDS: Final = frozenset(
    {"?", "xxxx", "nieznana", "data nieznana", "unknown", "date unknown"}
)

_POINT: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_INTERVAL: Final = re.compile(
    r"(?:[0-9]{4}(?:-[0-9]{2}){0,2}|\.\.)/(?:[0-9]{4}(?:-[0-9]{2}){0,2}|\.\.)"
)
_AROUND: Final = re.compile(r"^(?:z dnia|dnia|w dniu|we?|in|on) |(?<=[0-9]{4}) ?(?:r\.?|roku?)$")
_YEAR_FIRST: Final = re.compile(r"([0-9]{4})([./-])([0-9]{1,2})\2([0-9]{1,2})")
_DAY_FIRST: Final = re.compile(r"([0-9]{1,2})([./-]) ?([0-9]{1,2})\2 ?([0-9]{4})")
_NAMED: Final = re.compile(r"(?:([0-9]{1,2})\.? ?)?([^\W\d_]+)[. ] ?([0-9]{4})")
_MONTH_AND_YEAR: Final = re.compile(r"([0-9]{1,2})[./-] ?([0-9]{4})")
# Years of two digits hide the century, and 2005/06 is a June as well as a school year.
_SHORT_YEAR: Final = re.compile(
    r"[0-9]{1,2}([./-]) ?[0-9]{1,2}\1 ?[0-9]{2}|[0-9]{4}/[0-9]{1,2}|[0-9]{2}"
)
# A tight hyphen parts two dates only where it cannot belong to one of them (2016-06).
_DASH: Final = re.compile(r" ?[–—] ?| - |(?<=[0-9]{4})-(?=[0-9]{4}|[0-9]{1,2}\.)")


class _Span(NamedTuple):
    """The first and the last day that a point (a day, a month or a year) may be."""

    first: date
    last: date
    precision: Precision


def _span(point: str) -> _Span:
    match = _POINT.fullmatch(point)
    if match is None:
        raise NotADate(point)
    year, month, day = (int(digits or 0) for digits in match.groups())
    if year < _FIRST_YEAR or (match[2] and month not in _MONTHS):
        raise NotADate(point, Reason.IMPOSSIBLE)
    if not match[2]:
        return _Span(date(year, 1, 1), date(year, 12, 31), Precision.YEAR)
    last = monthrange(year, month)[1]
    if not match[3]:
        return _Span(date(year, month, 1), date(year, month, last), Precision.MONTH)
    if not 1 <= day <= last:
        raise NotADate(point, Reason.IMPOSSIBLE)
    exact = date(year, month, day)
    return _Span(exact, exact, Precision.DAY)


def _bounds(text: str) -> tuple[date | None, date | None, Precision]:
    if text == _ANY:
        return None, None, Precision.UNKNOWN
    start, slash, end = text.partition("/")
    if not slash:
        return _span(text)
    if start == _OPEN:
        return None, _span(end).last, Precision.BEFORE
    if end == _OPEN:
        return _span(start).first, None, Precision.AFTER
    first, last = _span(start).first, _span(end).last
    if first > last:
        raise NotADate(text, Reason.IMPOSSIBLE)
    # One day, or one month or year named twice, has a shorter text: two would be two values.
    if first == last or start == end:
        raise NotADate(text)
    return first, last, Precision.INTERVAL


def _point_text(year: str, month: int | str, day: int | str | None = None) -> str:
    months = f"{year}-{int(month):02}"
    return f"{months}-{int(day):02}" if day is not None else months


def _read_slashes(first: int, second: int, year: str) -> str:
    """Write out 25/12/2016, which has one reading; 03/04/2016 has a European and an American."""
    if first != second and first in _MONTHS and second in _MONTHS:
        raise NotADate(f"{first}/{second}/{year}", Reason.AMBIGUOUS)
    day, month = (first, second) if second in _MONTHS else (second, first)
    return _point_text(year, month, day)


def _read_point(text: str) -> str:
    """Write what a clerk typed for one day, month or year as EDTF; the calendar is not asked."""
    bare = _AROUND.sub("", text)
    if _POINT.fullmatch(bare):
        return bare
    if match := _YEAR_FIRST.fullmatch(bare):
        return _point_text(match[1], match[3], match[4])
    if match := _DAY_FIRST.fullmatch(bare):
        if match[2] == ".":
            return _point_text(match[4], match[3], match[1])
        return _read_slashes(int(match[1]), int(match[3]), match[4])
    if match := _MONTH_AND_YEAR.fullmatch(bare):
        return _point_text(match[2], match[1])
    if (match := _NAMED.fullmatch(bare)) and (month := _MONTH_NUMBERS.get(match[2])):
        return _point_text(match[3], month, match[1])
    raise NotADate(text, Reason.AMBIGUOUS if _SHORT_YEAR.fullmatch(bare) else Reason.NOT_A_DATE)


def _before(point: str) -> str:
    return f"{_OPEN}/{_span(point).first - timedelta(days=1)}"


def _after(point: str) -> str:
    last = _span(point).last
    if last == date.max:
        raise NotADate(point, Reason.IMPOSSIBLE)
    return f"{last + timedelta(days=1)}/{_OPEN}"


def _between(start: str, end: str) -> str:
    return start if start == end else f"{start}/{end}"


_PHRASES: Final[tuple[tuple[re.Pattern[str], Callable[..., str]], ...]] = (
    (re.compile(r"(?:przed|before) (.+)"), _before),
    (re.compile(r"(?:po|after) (.+)"), _after),
    (re.compile(r"(?:nie później niż|not later than) (.+)"), f"{_OPEN}/{{}}".format),
    (re.compile(r"(?:nie wcześniej niż|not earlier than) (.+)"), f"{{}}/{_OPEN}".format),
    (re.compile(r"między (.+) a (.+)"), _between),
    (re.compile(r"between (.+) and (.+)"), _between),
)


def _read(text: str) -> str:
    plain = " ".join(unicodedata.normalize("NFC", text).lower().split())
    if plain in _UNKNOWN_WORDS:
        return _ANY
    if _INTERVAL.fullmatch(plain):
        return plain
    for phrase, build in _PHRASES:
        if match := phrase.fullmatch(plain):
            return build(*map(_read_point, match.groups()))
    start, *end = (_read_point(point) for point in _DASH.split(plain, maxsplit=1))
    return _between(start, end[0]) if end else start


_IN_POLISH: Final = {
    Precision.INTERVAL: ("między {} a {}", _Form.INSTRUMENTAL),
    Precision.BEFORE: ("nie później niż {}", _Form.WITHIN),
    Precision.AFTER: ("nie wcześniej niż {}", _Form.WITHIN),
    Precision.UNKNOWN: ("data nieznana", _Form.NOMINATIVE),
}
_IN_ENGLISH: Final = {
    Precision.INTERVAL: "between {} and {}",
    Precision.BEFORE: "not later than {}",
    Precision.AFTER: "not earlier than {}",
    Precision.UNKNOWN: "date unknown",
}


def _polish(point: str, form: _Form) -> str:
    """Decline the month alone: a day stands before the genitive always, `r.` reads in any case."""
    first, _, precision = _span(point)
    names = _MONTH_NAMES[first.month - 1]
    if precision is Precision.DAY:
        return f"{first.day} {names[_Form.GENITIVE]} {first.year} r."
    if precision is Precision.MONTH:
        return f"{names[form]} {first.year} r."
    return f"w {first.year} r." if form is _Form.WITHIN else f"{first.year} r."


def _english(point: str) -> str:
    first, _, precision = _span(point)
    month = _MONTH_NAMES[first.month - 1][_Form.ENGLISH]
    if precision is Precision.DAY:
        return f"{first.day} {month} {first.year}"
    return f"{month} {first.year}" if precision is Precision.MONTH else str(first.year)


@final
@dataclass(frozen=True, slots=True)
class PartialDate:
    """When something happened, as precisely as a source tells, and no more.

    `text` is the canonical EDTF and the whole value: equal texts are equal dates. `earliest` and
    `latest` are the first and last day it may have been, both included; None is no bound. An
    interval says that it happened on some day in it, not that it lasted. Years run from 1000 to
    9999. There is deliberately no `<`: sort by `sort_key`, decide by `certainly_...`.

    Raises:
        NotADate: the text is not canonical; see `parse`.
    """

    text: str
    earliest: date | None = field(init=False, compare=False, repr=False)
    latest: date | None = field(init=False, compare=False, repr=False)
    precision: Precision = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        try:
            earliest, latest, precision = _bounds(self.text)
        except NotADate as error:
            raise NotADate(self.text, error.reason) from None
        object.__setattr__(self, "earliest", earliest)
        object.__setattr__(self, "latest", latest)
        object.__setattr__(self, "precision", precision)

    @staticmethod
    def parse(text: str) -> "PartialDate":
        """Take canonical EDTF as the register stores it; the quick way, and remembered.

        `2016`, `2016-06`, `2016-06-02`, `2016-06-02/2016-09-16` (on a day of these), `../2016-06`
        (then or before), `2016/..` (then or after), `XXXX` (unknown). The ends of an interval may
        be of any precision but must differ.

        Raises:
            NotADate: anything else; `impossible` for a day no calendar has, a reversed interval
                or a year before 1000.
        """
        return _parsed(text)

    @staticmethod
    def read(text: str) -> "PartialDate":
        """Read what a clerk types or pastes, in Polish or English, and everything `words` prints.

        Beside `parse`: `2.06.2016`, `2 czerwca 2016 r.`, `2 VI 2016`, `June 2016`, `06.2016`,
        `1997–2001`, `przed 2016` and `po 2016` (strictly: from the next day on), `?`.

        Raises:
            NotADate: `ambiguous` where two readings have equal right (03/04/2016, 2.06.16),
                `impossible` for what no calendar has, `not_a_date` for the rest, blanks included.
        """
        try:
            return _parsed(_read(text))
        except NotADate as error:
            raise NotADate(text, error.reason) from None

    @staticmethod
    def of(day: date) -> "PartialDate":
        """Take an exact day.

        Raises:
            NotADate: a year before 1000, or a moment (`datetime`): its day hangs on a time zone,
                and the caller must choose one.
        """
        return _parsed(day.isoformat())

    @staticmethod
    def between(start: "PartialDate", end: "PartialDate") -> "PartialDate":
        """Join two days, months or years to the interval from one to the other; equal ones stay.

        Raises:
            NotADate: reversed, or one of them is no day, month or year.
        """
        return _parsed(_between(start.text, end.text))

    @property
    def day(self) -> date | None:
        """The day itself, if it is known exactly."""
        return self.earliest if self.precision is Precision.DAY else None

    @property
    def sort_key(self) -> tuple[date, date, str]:
        """Where it stands in a list; never contradicts what is certain.

        By its first possible day (without one by its last, so that `../1990` stands at the end of
        1990, not before all history), then the shorter doubt first; the unknown come last.
        """
        return self.earliest or self.latest or date.max, self.latest or date.max, self.text

    def certainly_before(self, other: "PartialDate | date") -> bool:
        """Tell whether every possible day of this is before every possible day of `other`."""
        first, _ = self._ends(other)
        return self.latest is not None and first is not None and self.latest < first

    def certainly_not_after(self, other: "PartialDate | date") -> bool:
        """Tell whether every possible day of this is before, or is, every one of `other`."""
        first, _ = self._ends(other)
        return self.latest is not None and first is not None and self.latest <= first

    def certainly_after(self, other: "PartialDate | date") -> bool:
        """Tell whether every possible day of this is after every possible day of `other`."""
        _, last = self._ends(other)
        return self.earliest is not None and last is not None and self.earliest > last

    def certainly_not_before(self, other: "PartialDate | date") -> bool:
        """Tell whether every possible day of this is after, or is, every one of `other`."""
        _, last = self._ends(other)
        return self.earliest is not None and last is not None and self.earliest >= last

    def words(self, language: Language) -> str:
        """Write it for a sentence or a column: `2 czerwca 2016 r.`, `not later than June 2016`."""
        ends = [end for end in self.text.split("/") if end not in {_OPEN, _ANY}]
        if language == Language.EN:
            return _IN_ENGLISH.get(self.precision, "{}").format(*map(_english, ends))
        sentence, form = _IN_POLISH.get(self.precision, ("{}", _Form.NOMINATIVE))
        return sentence.format(*(_polish(end, form) for end in ends))

    @staticmethod
    def _ends(other: "PartialDate | date") -> tuple[date | None, date | None]:
        return (other.earliest, other.latest) if isinstance(other, PartialDate) else (other, other)


@lru_cache(maxsize=4096)
def _parsed(text: str) -> PartialDate:
    return PartialDate(text)


UNKNOWN: Final = PartialDate.parse(_ANY)
"""A date of which the sources say nothing."""
