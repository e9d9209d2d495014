"""Moments keep their time zone on both databases, and text sorts as time does."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from models.base import NaiveMoment, Utc
from models.database import reading, writing
from models.register import ImportBatch
from tests.databases import Database
from tests.registers import add

SQLITE = sqlite.dialect()

WARSAW_IN_SUMMER = timezone(timedelta(hours=2))

moments = st.datetimes(
    min_value=datetime(2, 1, 1),  # noqa: DTZ001 - the strategy adds the zone itself
    max_value=datetime(9998, 12, 31),  # noqa: DTZ001 - as above
    timezones=st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m))),
)


def _as_stored(moment: datetime) -> str:
    stored = Utc().process_bind_param(moment, SQLITE)
    assert isinstance(stored, str)
    return stored


@given(moments)
def test_a_moment_comes_back_as_the_same_instant_in_utc(moment: datetime) -> None:
    read = Utc().process_result_value(_as_stored(moment), SQLITE)

    assert read == moment
    assert read.tzinfo is UTC


@given(moments, moments)
def test_stored_text_sorts_as_the_moments_do(one: datetime, other: datetime) -> None:
    assert (_as_stored(one) < _as_stored(other)) == (one < other)


def test_half_past_ten_in_krakow_is_stored_and_read_as_half_past_eight_utc(
    database: Database,
) -> None:
    krakow = datetime(2026, 4, 2, 10, 30, tzinfo=WARSAW_IN_SUMMER)
    values = {"file_name": "partners.csv", "sha256": "", "rows": 1, "recorded_by": "anna.oficer"}

    with writing(database.engine) as connection:
        add(connection, ImportBatch, recorded_at=krakow, **values)

    with reading(database.engine) as connection:
        recorded, withdrawn = connection.execute(
            sa.select(ImportBatch.recorded_at, ImportBatch.withdrawn_at)
        ).one()
    assert recorded.isoformat() == "2026-04-02T08:30:00+00:00"
    assert withdrawn is None


def test_a_moment_is_found_by_any_of_its_names(database: Database) -> None:
    values = {"file_name": "partners.csv", "sha256": "", "rows": 1, "recorded_by": "anna.oficer"}
    with writing(database.engine) as connection:
        add(connection, ImportBatch, recorded_at=datetime(2026, 4, 2, 8, 30, tzinfo=UTC), **values)

    in_krakow = datetime(2026, 4, 2, 10, 30, tzinfo=WARSAW_IN_SUMMER)
    query = sa.select(sa.func.count()).where(ImportBatch.recorded_at == in_krakow)

    with reading(database.engine) as connection:
        assert connection.scalar(query) == 1


def test_a_moment_without_a_zone_is_refused_not_guessed() -> None:
    someones_clock = datetime(2026, 4, 2, 10, 30)  # noqa: DTZ001 - the mistake under test

    with pytest.raises(NaiveMoment) as refusal:
        _as_stored(someones_clock)

    assert refusal.value.moment == someones_clock
