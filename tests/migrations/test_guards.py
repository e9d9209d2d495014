"""No shell gets past the guards; and who takes a guard away is seen."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from migrations import guards
from models.database import reading, writing
from models.refusals import Refusal, refusal_of
from tests.databases import KINDS, Bare, Database, copy_of, dump
from tests.migrations.attacks import ATTACKS, Attack, event
from tests.registers import populate
from tests.servers import Server

REFUSED = (sqlite3.Error, psycopg.Error)

OWN_RULES = {
    "UNIQUE constraint failed": "taken",
    "23505": "taken",
    "NOT NULL constraint failed": "missing",
    "23502": "missing",
    "cannot modify current_fact because it is a view": "a view",
}
"""What the databases say by rules of their own, SQLite in words and PostgreSQL by SQLSTATE."""


@dataclass
class Stronghold:
    """A register that every attack is tried on, since none may leave a trace."""

    database: Database
    reader: Bare
    intact: dict[str, list[tuple[Any, ...]]]


@pytest.fixture(scope="module")
def stronghold(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Stronghold]]:
    """A populated register of each kind, made when first asked for, with a reader who watches."""
    with ExitStack() as stack:

        @cache
        def of(kind: str) -> Stronghold:
            if kind == "sqlite":
                template: Path = request.getfixturevalue("sqlite_template")
                url = f"sqlite:///{copy_of(template, tmp_path_factory.mktemp('stronghold'))}"
            else:
                server: Server = request.getfixturevalue("server")
                name: str = request.getfixturevalue("postgresql_template")
                url = server.address(stack.enter_context(server.database(name)))
            database = stack.enter_context(closing(Database(kind, url)))
            with writing(database.engine) as connection:
                populate(connection)
            reader = database.bare()
            return Stronghold(database, reader, dump(reader))

        yield of


def _stopped_by(error: BaseException) -> Refusal | str | None:
    state = getattr(error, "sqlstate", None)
    refusal = refusal_of(error)
    if refusal is not None:
        assert isinstance(error, sqlite3.IntegrityError | psycopg.IntegrityError)
        assert state in (None, refusal)
        return refusal
    return OWN_RULES.get(state or str(error).partition(":")[0])


@pytest.mark.parametrize(
    ("kind", "attack"),
    [
        pytest.param(kind, attack, id=f"{kind}-{attack.name}")
        for kind in KINDS
        for attack in ATTACKS
        if attack.kind in ("", kind)
    ],
)
def test_the_database_itself_refuses(
    stronghold: Callable[[str], Stronghold], kind: str, attack: Attack
) -> None:
    register = stronghold(kind)
    with closing(register.database.bare()) as attacker:
        for statement in attack.before:
            attacker.execute(statement)

        with pytest.raises(REFUSED) as refusal:
            attacker.execute(attack.sql)

    before, register.intact = register.intact, dump(register.reader)
    assert _stopped_by(refusal.value) in attack.by
    assert register.intact == before


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_history_cannot_be_copied_in(database: Database) -> None:
    with writing(database.engine) as connection:
        populate(connection)
    before = dump(database.bare())
    with psycopg.connect(database.url, autocommit=True) as attacker:
        with attacker.cursor().copy("COPY event TO STDOUT") as out:
            rows = b"".join(bytes(row) for row in out)
        forged = rows.replace(b"anna.oficer", b"jan.falszerz")

        with (
            pytest.raises(psycopg.IntegrityError) as refusal,
            attacker.cursor().copy("COPY event FROM STDIN") as into,
        ):
            into.write(forged)

    assert refusal_of(refusal.value) == Refusal.OUT_OF_TURN
    assert dump(database.bare()) == before


def _without_guards(database: Database) -> None:
    with writing(database.engine) as connection:
        populate(connection)
        guards.drop_all(connection)


def test_it_is_the_guards_that_refuse(database: Database) -> None:
    _without_guards(database)
    attacker = database.bare()

    attacker.execute("UPDATE cooperation SET state = 'in_force' WHERE id = 1")
    attacker.execute("UPDATE event SET actor = 'jan.falszerz' WHERE sequence = 3")
    attacker.execute("UPDATE partner SET slug = 'lipsk' WHERE id = 1")
    attacker.execute("UPDATE fact SET value = '1'")
    attacker.execute("DELETE FROM setting")
    attacker.execute(event(source="'resolved'", target="'in_force'", definition="definition",
                           step="'sign'", sequence="9"))  # fmt: skip

    assert attacker.execute("SELECT state FROM cooperation WHERE id = 1").fetchall() == [
        ("in_force",)
    ]


def test_nothing_is_missing_from_a_register_as_it_was_made(database: Database) -> None:
    with reading(database.engine) as connection:
        assert guards.missing(connection) == []


def test_guards_that_were_dropped_are_named(database: Database) -> None:
    _without_guards(database)

    with reading(database.engine) as connection:
        missing = guards.missing(connection)

    assert {"accord_cooperation_update", "accord_event_changed", "accord_event_moves"} <= set(
        missing
    )
    assert missing == sorted(missing)


@pytest.mark.parametrize(
    ("database", "statements"),
    [
        pytest.param(
            "sqlite",
            (
                "DROP TRIGGER accord_fact_changed",
                "CREATE TRIGGER accord_fact_changed BEFORE UPDATE ON fact BEGIN SELECT 1; END",
            ),
            id="sqlite-a guard without teeth",
        ),
        pytest.param(
            "postgresql",
            (
                """CREATE OR REPLACE TRIGGER accord_fact_changed BEFORE UPDATE ON fact FOR EACH ROW
                   WHEN (false) EXECUTE FUNCTION accord_refuse()""",
            ),
            id="postgresql-a guard without teeth",
        ),
        pytest.param(
            "postgresql",
            ("ALTER TABLE fact DISABLE TRIGGER accord_fact_changed",),
            id="postgresql-a guard switched off",
        ),
    ],
    indirect=["database"],
)
def test_a_guard_that_was_tampered_with_is_named(
    database: Database, statements: tuple[str, ...]
) -> None:
    tamperer = database.bare()
    for statement in statements:
        tamperer.execute(statement)

    with reading(database.engine) as connection:
        assert guards.missing(connection) == ["accord_fact_changed"]


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_guard_whose_function_was_emptied_is_named(database: Database) -> None:
    database.bare().execute(
        "CREATE OR REPLACE FUNCTION accord_refuse() RETURNS trigger LANGUAGE plpgsql"
        " AS $$BEGIN RETURN NEW; END$$"
    )

    with reading(database.engine) as connection:
        assert guards.missing(connection) == ["accord_refuse()"]


def test_a_database_that_is_no_register_misses_no_guard(empty_database: Database) -> None:
    with reading(empty_database.engine) as connection:
        assert guards.missing(connection) == []


def test_guards_stay_when_what_they_were_lifted_for_fails(database: Database) -> None:
    with pytest.raises(sa.exc.DBAPIError):
        _alter_and_fail(database)

    with reading(database.engine) as connection:
        assert guards.missing(connection) == []


def _alter_and_fail(database: Database) -> None:
    with writing(database.engine) as connection, guards.lifted(connection):
        connection.execute(sa.text("INSERT INTO nowhere VALUES (1)"))
