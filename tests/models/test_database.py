"""Opening a register: addresses, locks, snapshots, on both databases."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from models.cooperation import Cooperation, Event
from models.database import (
    BUSY_TIMEOUT,
    UnknownDatabase,
    engine_for,
    exists,
    reading,
    url_of,
    writing,
)
from models.register import ReferenceCounter
from tests.databases import Database
from tests.registers import add, be_born, populate, take

HOW_MANY = sa.select(sa.func.count()).select_from(ReferenceCounter)

WRITERS = 8
WRITES = 25


def _note_a_year(connection: sa.Connection, year: int) -> None:
    add(connection, ReferenceCounter, year=year, last=1)


def _write_and_fail(database: Database) -> None:
    with writing(database.engine) as connection:
        _note_a_year(connection, 2026)
        raise LookupError


@pytest.mark.parametrize(
    ("address", "driver", "database"),
    [
        ("rejestr.db", "sqlite", "rejestr.db"),
        (Path("dane/rejestr.db"), "sqlite", "dane/rejestr.db"),
        ("sqlite:///dane/rejestr.db", "sqlite", "dane/rejestr.db"),
        ("postgresql://kancelaria@magistrat/rejestr", "postgresql+psycopg", "rejestr"),
        ("postgres://kancelaria@magistrat/rejestr", "postgresql+psycopg", "rejestr"),
        ("postgresql+psycopg://magistrat/rejestr", "postgresql+psycopg", "rejestr"),
    ],
)
def test_a_register_is_named_by_a_path_or_an_address(
    address: str | Path, driver: str, database: str
) -> None:
    url = url_of(address)

    assert (url.drivername, url.database) == (driver, database)


def test_another_database_is_named_in_the_refusal() -> None:
    with pytest.raises(UnknownDatabase) as refusal:
        engine_for("mysql://magistrat/rejestr")

    assert refusal.value.facts == {"backend": "mysql"}


def test_a_register_that_is_there_exists(database: Database) -> None:
    assert exists(database.url)


def test_a_register_that_is_not_there_does_not_exist(database: Database) -> None:
    elsewhere = sa.make_url(database.url)
    elsewhere = elsewhere.set(database=f"{elsewhere.database}_nowhere")

    found = exists(elsewhere.render_as_string(hide_password=False))

    assert not found


def test_asking_whether_a_register_exists_does_not_make_one(tmp_path: Path) -> None:
    exists(tmp_path / "rejestr.db")

    assert list(tmp_path.iterdir()) == []


def test_what_was_written_is_kept_when_the_body_finishes(database: Database) -> None:
    with writing(database.engine) as connection:
        _note_a_year(connection, 2026)

    with reading(database.engine) as connection:
        assert connection.scalar(HOW_MANY) == 1


def test_nothing_is_kept_when_the_body_fails(database: Database) -> None:
    with pytest.raises(LookupError):
        _write_and_fail(database)

    with reading(database.engine) as connection:
        assert connection.scalar(HOW_MANY) == 0


def test_a_dry_run_may_roll_back_inside_the_body(database: Database) -> None:
    with writing(database.engine) as connection:
        _note_a_year(connection, 2026)
        transaction = connection.get_transaction()
        assert transaction is not None
        transaction.rollback()

    with reading(database.engine) as connection:
        assert connection.scalar(HOW_MANY) == 0


def test_a_writer_holds_the_lock_before_it_judges(sqlite_database: Database) -> None:
    other = sqlite_database.bare()
    other.execute("PRAGMA busy_timeout=0")

    with (
        writing(sqlite_database.engine),
        pytest.raises(sqlite3.OperationalError, match="database is locked"),
    ):
        other.execute("BEGIN IMMEDIATE")


def test_a_reader_sees_one_state_while_others_write(database: Database) -> None:
    with reading(database.engine) as reader:
        before = reader.scalar(HOW_MANY)
        with writing(database.engine) as writer:
            _note_a_year(writer, 2026)

        after = reader.scalar(HOW_MANY)

    with reading(database.engine) as later:
        assert (before, after, later.scalar(HOW_MANY)) == (0, 0, 1)


def test_a_reader_cannot_write(database: Database) -> None:
    with (
        pytest.raises(sa.exc.DBAPIError, match=r"readonly|read-only"),
        reading(database.engine) as connection,
    ):
        _note_a_year(connection, 2026)


def test_a_connection_that_read_may_write_afterwards(database: Database) -> None:
    with reading(database.engine) as connection:
        connection.scalar(HOW_MANY)
    with pytest.raises(LookupError), reading(database.engine):
        raise LookupError

    with writing(database.engine) as connection:
        _note_a_year(connection, 2026)

    with reading(database.engine) as connection:
        assert connection.scalar(HOW_MANY) == 1


def test_a_case_of_a_partner_that_is_not_there_is_refused(database: Database) -> None:
    with pytest.raises(sa.exc.IntegrityError), writing(database.engine) as connection:
        be_born(connection, 1, partner=404)


def test_a_committed_resolution_survives_the_power_going(sqlite_database: Database) -> None:
    names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
    with reading(sqlite_database.engine) as connection:
        found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names]

    full = 2
    assert found == ["wal", full, 1, BUSY_TIMEOUT]


def test_eight_writers_wait_for_each_other_and_lose_nothing(database: Database) -> None:
    with writing(database.engine) as connection:
        populate(connection)
        for number in range(WRITERS):
            be_born(connection, 100 + number)
            take(connection, 100 + number, ["open"])

    def write(number: int) -> None:
        # Each has an engine of its own, as eight people at eight desks have.
        engine = engine_for(database.url)
        try:
            for _ in range(WRITES):
                with writing(engine) as connection:
                    take(connection, 100 + number, ["note"])
        finally:
            engine.dispose()

    with ThreadPoolExecutor(WRITERS) as desks:
        list(desks.map(write, range(WRITERS)))

    with reading(database.engine) as connection:
        versions = connection.scalars(
            sa.select(Cooperation.version).where(Cooperation.id >= 100)
        ).all()
        events = connection.scalar(sa.select(sa.func.count()).where(Event.cooperation_id >= 100))
    assert versions == [1 + WRITES] * WRITERS
    assert events == WRITERS * (1 + WRITES)


def test_a_copy_of_the_file_alone_is_a_whole_register(
    sqlite_database: Database, tmp_path: Path
) -> None:
    with writing(sqlite_database.engine) as connection:
        populate(connection)
    sqlite_database.engine.dispose()
    source = Path(sa.make_url(sqlite_database.url).database or "")

    copy = tmp_path / "copy.db"
    copy.write_bytes(source.read_bytes())

    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT count(*) FROM event").fetchone() == (4,)
