"""Periods: the last day of each, against a calendar that is stepped through by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import profiles  # noqa: F401 - importing it chooses the profile
from workflow import clock

DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))
MONTHS = st.integers(0, 600)
ONE_DAY = timedelta(days=1)

SATURDAY, SUNDAY = 5, 6
FIXED = ("01-01", "05-01", "05-03", "08-15", "11-01", "11-11", "12-25", "12-26")

# fmt: off
FULL_MOONS = (
    (4, 14), (4, 3), (3, 23), (4, 11), (3, 31), (4, 18), (4, 8), (3, 28), (4, 16), (4, 5),
    (3, 25), (4, 13), (4, 2), (3, 22), (4, 10), (3, 30), (4, 17), (4, 7), (3, 27),
)
"""The Paschal full moons of 1900 to 2199 by golden number, from the church's own table."""
# fmt: on


def walked(start: date, months: int) -> date:
    """Turn the leaves of a calendar one by one, then look for the day of the same number."""
    year, month = start.year, start.month
    for _ in range(abs(months)):
        month += 1 if months > 0 else -1
        if month not in range(1, 13):
            year, month = (year + 1, 1) if months > 0 else (year - 1, 12)
    for day in range(start.day, 0, -1):
        try:
            return date(year, month, day)
        except ValueError:
            continue
    raise AssertionError


def easter(year: int) -> date:
    """Find the Sunday after the Paschal full moon of the year's golden number."""
    day = date(year, *FULL_MOONS[year % 19]) + ONE_DAY
    while day.weekday() != SUNDAY:
        day += ONE_DAY
    return day


def is_free(day: date) -> bool:
    """Say whether nobody works: the acts of 1951, 2010 (Epiphany), 2018 and 2024 (24 December)."""
    moving = {easter(day.year) + timedelta(days=days) for days in (0, 1, 49, 60)}
    return (
        day.weekday() >= SATURDAY
        or day.strftime("%m-%d") in FIXED
        or day in moving
        or (day.strftime("%m-%d") == "01-06" and day.year >= 2011)
        or (day.strftime("%m-%d") == "12-24" and day.year >= 2025)
        or day == date(2018, 11, 12)
    )


@pytest.mark.parametrize(
    ("year", "sunday"),
    [
        (2000, date(2000, 4, 23)),
        (2008, date(2008, 3, 23)),
        (2024, date(2024, 3, 31)),
        (2026, date(2026, 4, 5)),
        (2038, date(2038, 4, 25)),
    ],
)
def test_the_oracle_itself_knows_easter(year: int, sunday: date) -> None:
    assert easter(year) == sunday


@given(DAYS, MONTHS | MONTHS.map(lambda months: -months))
def test_months_are_counted_leaf_by_leaf(start: date, months: int) -> None:
    assert clock.add_months(start, months) == walked(start, months)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 1, 30), 1, date(2026, 2, 28)),
        (date(2026, 5, 31), 1, date(2026, 6, 30)),
        (date(2026, 1, 31), -2, date(2025, 11, 30)),
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
    ],
)
def test_a_month_that_lacks_the_day_ends_on_its_last(start: date, months: int, end: date) -> None:
    assert clock.add_months(start, months) == end


@given(DAYS, st.integers(0, 400))
def test_the_day_of_the_event_is_not_counted(start: date, days: int) -> None:
    end = start
    for _ in range(days):
        end += ONE_DAY

    assert clock.add_days(start, days) == end


@given(DAYS)
def test_what_is_to_be_done_may_be_done_on_the_next_working_day(day: date) -> None:
    expected = day
    while is_free(expected):
        expected += ONE_DAY

    assert clock.next_working_day(day) == expected


@pytest.mark.parametrize(
    ("day", "rolled"),
    [
        (date(2024, 12, 24), date(2024, 12, 24)),
        (date(2025, 12, 24), date(2025, 12, 29)),
        (date(2026, 12, 24), date(2026, 12, 28)),
        (date(2010, 1, 6), date(2010, 1, 6)),
        (date(2011, 1, 6), date(2011, 1, 7)),
        (date(2018, 11, 12), date(2018, 11, 13)),
        (date(2026, 6, 4), date(2026, 6, 5)),
        (date(2026, 11, 21), date(2026, 11, 23)),
    ],
)
def test_christmas_eve_is_free_from_2025_and_not_before(day: date, rolled: date) -> None:
    assert clock.next_working_day(day) == rolled


@given(DAYS, st.integers(0, 200), st.sampled_from(["days", "months"]))
def test_only_a_period_for_doing_something_rolls(start: date, amount: int, unit: str) -> None:
    plain = clock.last_day(start, amount, unit, doing=False)
    doing = clock.last_day(start, amount, unit, doing=True)

    assert plain == (start + timedelta(days=amount) if unit == "days" else walked(start, amount))
    assert doing == clock.next_working_day(plain)


def test_notice_that_ends_at_christmas_ends_at_christmas() -> None:
    assert clock.last_day(date(2026, 6, 25), 6, "months", doing=False) == date(2026, 12, 25)
    assert clock.last_day(date(2026, 6, 25), 6, "months", doing=True) == date(2026, 12, 28)


@given(DAYS, st.integers(0, 120))
def test_working_days_are_counted_one_by_one(start: date, ahead: int) -> None:
    end = start + timedelta(days=ahead)

    worked = sum(not is_free(start + timedelta(days=day)) for day in range(1, ahead + 1))

    assert clock.working_days_between(start, end) == worked
    assert clock.working_days_between(end, start) == -worked


@pytest.mark.parametrize(
    ("start", "amount", "unit", "end"),
    [
        (date(9999, 12, 31), 14, "days", date(9999, 12, 31)),
        (date(9999, 6, 30), 999_999_999, "days", date(9999, 12, 31)),
        (date(2026, 1, 31), 999_999_999, "months", date(9999, 12, 31)),
        (date(2026, 1, 30), -999_999_999, "months", date(1, 1, 30)),
        (date(2026, 1, 30), -999_999_999, "days", date(1, 1, 1)),
        (date(9950, 2, 28), 1200, "months", date(9999, 12, 28)),
    ],
)
def test_a_period_that_outruns_the_calendar_ends_with_it(
    start: date, amount: int, unit: str, end: date
) -> None:
    assert clock.last_day(start, amount, unit, doing=False) == end
    assert clock.last_day(start, amount, unit, doing=True) == clock.next_working_day(end)
