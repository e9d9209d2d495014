"""Partial dates: what is stored, what a clerk types, what is certain and how it reads."""

import calendar
import random
from collections.abc import Callable
from dataclasses import FrozenInstanceError
from datetime import UTC, date, datetime, timedelta
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.vocabulary import Language
from workflow.dates import UNKNOWN, NotADate, PartialDate, Precision, Reason

# The oracle knows the calendar only as the texts of its days. Bounded dates lie in the years of
# 2015 to 2017; an open side runs on to the ends of the window, further than any of them.
WINDOW = {
    day.isoformat(): day
    for day in (date(2014, 1, 1) + timedelta(days=offset) for offset in range(5 * 365))
}
OPEN = {"XXXX", ".."}


def _month(year: int, month: int) -> str:
    return f"{year}-{month:02}"


YEARS = st.integers(2015, 2017)
POINTS = st.one_of(
    YEARS.map(str),
    st.builds(_month, YEARS, st.integers(1, 12)),
    st.dates(date(2015, 1, 1), date(2017, 12, 31)).map(date.isoformat),
)
ANY_POINTS = st.one_of(
    st.integers(1000, 9999).map(str),
    st.builds(_month, st.integers(1000, 9999), st.integers(1, 12)),
    st.dates(date(1000, 1, 1)).map(date.isoformat),
)


@cache
def _possible_days(edtf: str) -> list[date]:
    start, slash, end = edtf.partition("/")
    first, last = (start, end) if slash else (edtf, edtf)
    return [
        day
        for text, day in WINDOW.items()
        if (first in OPEN or text[: len(first)] >= first)
        and (last in OPEN or text[: len(last)] <= last)
    ]


def _in_order(ends: tuple[str, str]) -> bool:
    return ends[0] != ends[1] and len(_possible_days("/".join(ends))) > 1


def _texts(points: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        points,
        st.tuples(POINTS, POINTS).filter(_in_order).map("/".join),
        points.map("../{}".format),
        points.map("{}/..".format),
        st.just("XXXX"),
    )


def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


@pytest.mark.parametrize(
    ("text", "precision", "earliest", "latest"),
    [
        ("2016", Precision.YEAR, date(2016, 1, 1), date(2016, 12, 31)),
        ("1000", Precision.YEAR, date(1000, 1, 1), date(1000, 12, 31)),
        ("9999-12", Precision.MONTH, date(9999, 12, 1), date(9999, 12, 31)),
        ("2016-02", Precision.MONTH, date(2016, 2, 1), date(2016, 2, 29)),
        ("1900-02", Precision.MONTH, date(1900, 2, 1), date(1900, 2, 28)),
        ("2016-06-02", Precision.DAY, date(2016, 6, 2), date(2016, 6, 2)),
        ("2016-06-02/2016-09-16", Precision.INTERVAL, date(2016, 6, 2), date(2016, 9, 16)),
        ("1997/2001", Precision.INTERVAL, date(1997, 1, 1), date(2001, 12, 31)),
        ("2016/2016-05", Precision.INTERVAL, date(2016, 1, 1), date(2016, 5, 31)),
        ("../2016-06", Precision.BEFORE, None, date(2016, 6, 30)),
        ("2016/..", Precision.AFTER, date(2016, 1, 1), None),
        ("XXXX", Precision.UNKNOWN, None, None),
    ],
)
def test_a_stored_date_spans_the_days_it_may_have_been(
    text: str, precision: Precision, earliest: date | None, latest: date | None
) -> None:
    when = PartialDate.parse(text)

    assert (when.text, when.precision) == (text, precision)
    assert (when.earliest, when.latest) == (earliest, latest)
    assert when.day == (earliest if precision is Precision.DAY else None)


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("year", [1900, 2000, 2016, 2017])
def test_a_month_ends_on_its_last_day_and_not_a_day_later(year: int, month: int) -> None:
    last = _last_day(year, month)

    assert PartialDate.parse(_month(year, month)).latest == last
    with pytest.raises(NotADate):
        PartialDate.parse(f"{_month(year, month)}-{last.day + 1:02}")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2016-02-31", Reason.IMPOSSIBLE),
        ("1900-02-29", Reason.IMPOSSIBLE),
        ("2016-06-00", Reason.IMPOSSIBLE),
        ("2016-00", Reason.IMPOSSIBLE),
        ("2016-00-01", Reason.IMPOSSIBLE),
        ("2016-13", Reason.IMPOSSIBLE),
        ("0999", Reason.IMPOSSIBLE),
        ("0000-01-01", Reason.IMPOSSIBLE),
        ("2016-09/2016-06", Reason.IMPOSSIBLE),
        ("2017/2016", Reason.IMPOSSIBLE),
        ("2016-02-31/2017", Reason.IMPOSSIBLE),
        ("../2016-13", Reason.IMPOSSIBLE),
        ("2016/2016", Reason.NOT_A_DATE),
        ("2016-06-02/2016-06-02", Reason.NOT_A_DATE),
        ("2016-12-31/2016", Reason.NOT_A_DATE),
        ("2016/2017/2018", Reason.NOT_A_DATE),
        ("../..", Reason.NOT_A_DATE),
        ("../XXXX", Reason.NOT_A_DATE),
        ("/2016", Reason.NOT_A_DATE),
        ("2016/", Reason.NOT_A_DATE),
        ("10000", Reason.NOT_A_DATE),
        ("999", Reason.NOT_A_DATE),
        ("-2016", Reason.NOT_A_DATE),
        ("2016-6-2", Reason.NOT_A_DATE),
        ("2016-06-02T12:00", Reason.NOT_A_DATE),
        ("2016~", Reason.NOT_A_DATE),
        ("201X", Reason.NOT_A_DATE),
        ("xxxx", Reason.NOT_A_DATE),
        (" 2016", Reason.NOT_A_DATE),
        ("2016\n", Reason.NOT_A_DATE),
        ("2016 / 2017", Reason.NOT_A_DATE),
        ("٢٠١٦", Reason.NOT_A_DATE),
        ("２０１６", Reason.NOT_A_DATE),
        ("", Reason.NOT_A_DATE),
    ],
)
def test_what_is_not_canonical_is_never_stored(text: str, reason: Reason) -> None:
    with pytest.raises(NotADate) as refusal:
        PartialDate.parse(text)

    assert refusal.value.facts == {"text": text, "reason": reason.value}
    assert str(refusal.value) == f"{reason.value}: {text!r}"


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("2.06.2016", "2016-06-02"),
        ("02.06.2016", "2016-06-02"),
        ("02.06.2016 r.", "2016-06-02"),
        ("2. 6. 2016", "2016-06-02"),
        ("2016-6-2", "2016-06-02"),
        ("2016.06.02", "2016-06-02"),
        ("2016/06/02", "2016-06-02"),
        ("2 czerwca 2016", "2016-06-02"),
        ("2 czerwca 2016 r.", "2016-06-02"),
        ("2 czerwca 2016r.", "2016-06-02"),
        ("2 CZERWCA 2016 ROKU", "2016-06-02"),
        ("z dnia 2 czerwca 2016 r.", "2016-06-02"),
        ("2\N{NO-BREAK SPACE}czerwca\N{NO-BREAK SPACE}2016\N{NO-BREAK SPACE}r.", "2016-06-02"),
        ("2 paz\N{COMBINING ACUTE ACCENT}dziernika 2016", "2016-10-02"),
        ("2 VI 2016 r.", "2016-06-02"),
        ("2.VI.2016", "2016-06-02"),
        ("2 June 2016", "2016-06-02"),
        ("on 2 June 2016", "2016-06-02"),
        ("25/12/2016", "2016-12-25"),
        ("12/25/2016", "2016-12-25"),
        ("25-12-2016", "2016-12-25"),
        ("06/06/2016", "2016-06-06"),
        ("czerwiec 2016", "2016-06"),
        ("w czerwcu 2016 r.", "2016-06"),
        ("we wrześniu 2016 r.", "2016-09"),
        ("June 2016", "2016-06"),
        ("VI 2016", "2016-06"),
        ("06.2016", "2016-06"),
        ("6/2016", "2016-06"),
        ("2016 r.", "2016"),
        ("2016 rok", "2016"),
        ("w 2016 r.", "2016"),
        ("\t 2016 \n", "2016"),
        ("1997–2001", "1997/2001"),
        ("1997-2001", "1997/2001"),
        ("1997 — 2001 r.", "1997/2001"),
        ("2016–2016", "2016"),
        ("2.06.2016 – 16.09.2016", "2016-06-02/2016-09-16"),
        ("2.06.2016-16.09.2016", "2016-06-02/2016-09-16"),
        ("2 czerwca 2016 r. - 16 września 2016 r.", "2016-06-02/2016-09-16"),
        ("między czerwcem 2016 a wrześniem 2016", "2016-06/2016-09"),
        ("between June 2016 and 16 September 2016", "2016-06/2016-09-16"),
        ("2016-06/..", "2016-06/.."),
        ("przed 2016", "../2015-12-31"),
        ("before 2016", "../2015-12-31"),
        ("przed marcem 2016 r.", "../2016-02-29"),
        ("przed 2 czerwca 2016 r.", "../2016-06-01"),
        ("po 2016", "2017-01-01/.."),
        ("after 2016", "2017-01-01/.."),
        ("po lutym 2016 r.", "2016-03-01/.."),
        ("po 31.12.2016", "2017-01-01/.."),
        ("nie później niż w 2016 r.", "../2016"),
        ("not earlier than June 2016", "2016-06/.."),
        ("nieznana", "XXXX"),
        ("Data nieznana", "XXXX"),
        ("unknown", "XXXX"),
        ("?", "XXXX"),
    ],
)
def test_what_a_clerk_types_is_read_as_it_is_meant(typed: str, text: str) -> None:
    assert PartialDate.read(typed) == PartialDate.parse(text)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("03/04/2016", Reason.AMBIGUOUS),
        ("03-04-2016", Reason.AMBIGUOUS),
        ("2.06.16", Reason.AMBIGUOUS),
        ("2005/06", Reason.AMBIGUOUS),
        ("1997–99", Reason.AMBIGUOUS),
        ("97", Reason.AMBIGUOUS),
        ("31.02.2016", Reason.IMPOSSIBLE),
        ("31/02/2016", Reason.IMPOSSIBLE),
        ("13/13/2016", Reason.IMPOSSIBLE),
        ("31 czerwca 2016", Reason.IMPOSSIBLE),
        ("13.2016", Reason.IMPOSSIBLE),
        ("06.25.2016", Reason.IMPOSSIBLE),
        ("2001–1997", Reason.IMPOSSIBLE),
        ("2 czerwca 0016", Reason.IMPOSSIBLE),
        ("przed 1000", Reason.IMPOSSIBLE),
        ("po 9999", Reason.IMPOSSIBLE),
        ("po 31.02.2016", Reason.IMPOSSIBLE),
        ("16 720", Reason.NOT_A_DATE),
        ("20160602", Reason.NOT_A_DATE),
        ("2016?", Reason.NOT_A_DATE),
        ("ok. 2016", Reason.NOT_A_DATE),
        ("2 června 2016", Reason.NOT_A_DATE),
        ("2 czerwca", Reason.NOT_A_DATE),
        ("1997–2001–2005", Reason.NOT_A_DATE),
        ("../..", Reason.NOT_A_DATE),
        ("przed 1997–2001", Reason.NOT_A_DATE),
        ("٢.٠٦.٢٠١٦", Reason.NOT_A_DATE),
        ("  ", Reason.NOT_A_DATE),
        ("", Reason.NOT_A_DATE),
    ],
)
def test_what_can_be_misread_is_asked_again_and_not_guessed(typed: str, reason: Reason) -> None:
    with pytest.raises(NotADate) as refusal:
        PartialDate.read(typed)

    assert refusal.value.facts == {"text": typed, "reason": reason.value}


@pytest.mark.parametrize(
    ("text", "polish", "english"),
    [
        ("2016-06-02", "2 czerwca 2016 r.", "2 June 2016"),
        ("2016-06", "czerwiec 2016 r.", "June 2016"),
        ("2016", "2016 r.", "2016"),
        (
            "2016-06-02/2016-09-16",
            "między 2 czerwca 2016 r. a 16 września 2016 r.",
            "between 2 June 2016 and 16 September 2016",
        ),
        (
            "2016-06/2016-09",
            "między czerwcem 2016 r. a wrześniem 2016 r.",
            "between June 2016 and September 2016",
        ),
        ("1997/2001", "między 1997 r. a 2001 r.", "between 1997 and 2001"),
        ("../2016-06-02", "nie później niż 2 czerwca 2016 r.", "not later than 2 June 2016"),
        ("../2016-09", "nie później niż we wrześniu 2016 r.", "not later than September 2016"),
        ("2016-06/..", "nie wcześniej niż w czerwcu 2016 r.", "not earlier than June 2016"),
        ("2016/..", "nie wcześniej niż w 2016 r.", "not earlier than 2016"),
        ("XXXX", "data nieznana", "date unknown"),
    ],
)
def test_a_date_reads_as_a_sentence_needs_it(text: str, polish: str, english: str) -> None:
    when = PartialDate.parse(text)

    assert when.words(Language.PL) == polish
    assert when.words(Language.EN) == english


@pytest.mark.parametrize(
    ("number", "nominative", "genitive", "instrumental", "within"),
    [
        (1, "styczeń", "stycznia", "styczniem", "w styczniu"),
        (2, "luty", "lutego", "lutym", "w lutym"),
        (3, "marzec", "marca", "marcem", "w marcu"),
        (4, "kwiecień", "kwietnia", "kwietniem", "w kwietniu"),
        (5, "maj", "maja", "majem", "w maju"),
        (6, "czerwiec", "czerwca", "czerwcem", "w czerwcu"),
        (7, "lipiec", "lipca", "lipcem", "w lipcu"),
        (8, "sierpień", "sierpnia", "sierpniem", "w sierpniu"),
        (9, "wrzesień", "września", "wrześniem", "we wrześniu"),
        (10, "październik", "października", "październikiem", "w październiku"),
        (11, "listopad", "listopada", "listopadem", "w listopadzie"),
        (12, "grudzień", "grudnia", "grudniem", "w grudniu"),
    ],
)
def test_every_month_is_declined_in_polish(
    number: int, nominative: str, genitive: str, instrumental: str, within: str
) -> None:
    month = _month(2016, number)

    written = [
        PartialDate.parse(text).words(Language.PL)
        for text in (month, f"{month}-01", f"{month}/2017", f"../{month}")
    ]

    assert written == [
        f"{nominative} 2016 r.",
        f"1 {genitive} 2016 r.",
        f"między {instrumental} 2016 r. a 2017 r.",
        f"nie później niż {within} 2016 r.",
    ]


def test_a_day_of_the_calendar_is_an_exact_date() -> None:
    when = PartialDate.of(date(2016, 6, 2))

    assert when == PartialDate.parse("2016-06-02")
    assert when.day == date(2016, 6, 2)


@pytest.mark.parametrize("day", [date(999, 12, 31), datetime(2016, 6, 2, 23, 30, tzinfo=UTC)])
def test_a_moment_is_no_day_and_antiquity_is_out_of_reach(day: date) -> None:
    with pytest.raises(NotADate):
        PartialDate.of(day)


def test_the_days_of_two_signatures_make_an_interval_unless_they_are_one() -> None:
    ours, theirs = PartialDate.parse("2016-06-02"), PartialDate.parse("2016-09-16")

    assert PartialDate.between(ours, theirs).text == "2016-06-02/2016-09-16"
    assert PartialDate.between(ours, ours) == ours


@pytest.mark.parametrize("start", ["2017", "XXXX", "../2016", "2015/2016"])
def test_an_interval_has_two_plain_ends_in_order(start: str) -> None:
    with pytest.raises(NotADate):
        PartialDate.between(PartialDate.parse(start), PartialDate.parse("2016-09-16"))


def test_a_date_is_a_value() -> None:
    stored, read = PartialDate("2016-06"), PartialDate.read("czerwiec 2016 r.")

    assert {stored, read, UNKNOWN} == {PartialDate.parse("2016-06"), PartialDate.parse("XXXX")}
    assert repr(stored) == "PartialDate(text='2016-06')"
    with pytest.raises(FrozenInstanceError):
        stored.text = "2017"  # type: ignore[misc]  # the refusal is the point


def test_a_list_of_dates_runs_from_the_first_possible_day_and_ends_with_the_unknown() -> None:
    in_order = ["../1989", "1990-01-01", "1990-01", "1990", "1990/..", "1990-05", "../1990", "XXXX"]
    shuffled = random.Random(1).sample(in_order, len(in_order))  # noqa: S311 - no secret, a shuffle

    listed = sorted(map(PartialDate.parse, shuffled), key=lambda when: when.sort_key)

    assert [when.text for when in listed] == in_order


@given(_texts(ANY_POINTS))
def test_a_canonical_text_is_kept_as_it_is(text: str) -> None:
    assert PartialDate.parse(text).text == text
    assert PartialDate.read(text) == PartialDate.parse(text)


@given(_texts(ANY_POINTS), st.sampled_from(Language))
def test_what_the_register_prints_can_be_typed_in_again(text: str, language: Language) -> None:
    when = PartialDate.parse(text)

    assert PartialDate.read(when.words(language)) == when


@given(_texts(POINTS), _texts(POINTS))
def test_certain_is_what_holds_for_every_possible_day(one: str, other: str) -> None:
    this, that = PartialDate.parse(one), PartialDate.parse(other)
    ours, theirs = _possible_days(one), _possible_days(other)

    assert this.certainly_before(that) == (max(ours) < min(theirs))
    assert this.certainly_not_after(that) == (max(ours) <= min(theirs))
    assert this.certainly_after(that) == (min(ours) > max(theirs))
    assert this.certainly_not_before(that) == (min(ours) >= max(theirs))


@given(_texts(POINTS), st.dates(date(2014, 12, 1), date(2018, 1, 31)))
def test_a_day_of_the_calendar_compares_as_the_exact_date(text: str, today: date) -> None:
    when, days = PartialDate.parse(text), _possible_days(text)

    assert when.certainly_before(today) == all(day < today for day in days)
    assert when.certainly_not_after(today) == all(day <= today for day in days)
    assert when.certainly_after(today) == all(day > today for day in days)
    assert when.certainly_not_before(today) == all(day >= today for day in days)


@given(_texts(POINTS), _texts(POINTS))
def test_a_sorted_list_never_contradicts_what_is_certain(one: str, other: str) -> None:
    this, that = PartialDate.parse(one), PartialDate.parse(other)

    assert (this.sort_key == that.sort_key) == (this == that)
    assert not (this.certainly_before(that) and this.sort_key >= that.sort_key)


NEARLY_DATES = st.text("0123456789./-– rXVI?")
NEARLY_PHRASES = st.lists(
    st.sampled_from(
        ["przed", "po", "między", "a", "2", "31", "czerwca", "II", "2016", "9999", "1000", "r.",
         "-", "–", "/", "..", "XXXX", "nie później niż", "w", "before", "\ud800", "İ"]
    ),
    max_size=7,
).map(" ".join)  # fmt: skip


def _refusal(reading: Callable[[str], PartialDate], typed: str) -> NotADate | None:
    try:
        reading(typed)
    except NotADate as refusal:
        return refusal
    return None


@given(typed=st.text() | NEARLY_DATES | NEARLY_PHRASES)
def test_any_text_is_a_date_or_refused_as_none(typed: str) -> None:
    stored, read = _refusal(PartialDate.parse, typed), _refusal(PartialDate.read, typed)

    assert {refusal.text for refusal in (stored, read) if refusal} <= {typed}
    assert stored or not read, "what can be stored can be typed"
