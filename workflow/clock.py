"""Periods and the days they end on.

Only a period *for doing an act* rolls to the next working day; notice and terms never do. The day
computed is the last day: the last on which the act may be done, or the last day in force. A month
that lacks the day ends on its last one (31 August + 6 months is the last of February). A period
that would outrun the calendar (years 1 to 9999) ends with it: a slip of the pen is no crash.
"""

import calendar
import datetime as dt
from functools import cache

SATURDAY = 5
FIRST, LAST = dt.date.min.toordinal(), dt.date.max.toordinal()


def add_days(start: dt.date, days: int) -> dt.date:
    """Count days; the day of the event is not counted."""
    return dt.date.fromordinal(min(max(start.toordinal() + days, FIRST), LAST))


def add_months(start: dt.date, months: int) -> dt.date:
    """Count months to the day that answers to the start by its number, or the month's last."""
    wanted = start.year * 12 + start.month - 1 + months
    year, month = divmod(min(max(wanted, dt.MINYEAR * 12), dt.MAXYEAR * 12 + 11), 12)
    return dt.date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def next_working_day(day: dt.date) -> dt.date:
    """Give the day itself, or the first after it that is no Saturday, Sunday or Polish holiday."""
    while day.weekday() >= SATURDAY or day in holidays_of(day.year):
        day += dt.timedelta(days=1)
    return day


def working_days_between(start: dt.date, end: dt.date) -> int:
    """Count the working days after `start` up to and including `end`; negative if it is past."""
    if end < start:
        return -working_days_between(end, start)
    days = (start + dt.timedelta(days=ahead) for ahead in range(1, (end - start).days + 1))
    return sum(day.weekday() < SATURDAY and day not in holidays_of(day.year) for day in days)


def last_day(start: dt.date, amount: int, unit: str, *, doing: bool) -> dt.date:
    """Give the last day of a period.

    Args:
        start: the day of the event the period runs from.
        amount: how many units.
        unit: "days" or "months".
        doing: the period is for doing an act, so that its end rolls to a working day.
    """
    end = add_days(start, amount) if unit == "days" else add_months(start, amount)
    return next_working_day(end) if doing else end


@cache
def holidays_of(year: int) -> frozenset[dt.date]:
    """Give the Polish public holidays of a year (24 December is one from 2025)."""
    # Imported here: a command that computes no working day does not pay for it.
    from holidays.countries.poland import Poland  # noqa: PLC0415 - see above

    return frozenset(Poland(years=year))  # type: ignore[no-untyped-call] # the library ships no types for it
