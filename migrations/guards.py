"""The triggers that keep the history: one list of rules, spoken to SQLite and to PostgreSQL.

They hold for whoever opens the database, also in a bare shell with foreign keys switched off. What
they cannot stop is an owner of the database who drops them; `missing` shows that, and the hash
chain shows what was changed meanwhile.

A revision that alters a table drops and makes them: `with guards.lifted(op.get_bind()): …`.
They are those of the newest edition, and none is called while an older one is only climbed through.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from migrations.checks import CHECKS, FINAL, KEPT, MOVES_CASE, PREFIX, stands
from models.refusals import Refusal, sentence


def _sqlite_refusal(table: str, when: str, suffix: str, refusal: Refusal, condition: str) -> str:
    name = f"{PREFIX}{table}_{suffix}"
    raising = f"SELECT RAISE(ABORT, '{sentence(refusal)}')"
    return f"CREATE TRIGGER {name} {when} ON {table}{condition} BEGIN {raising}; END"


def _sqlite_repeated(table: str, key: tuple[str, ...]) -> Iterator[str]:
    # INSERT OR REPLACE deletes what it meets without asking the DELETE triggers, by the row number
    # too, which every table has; so what stands is refused before. A row whose number SQLite still
    # has to choose shows -1 there, therefore no row may take that number, or all after it stop.
    met = [stands(table, rowid="rowid")]
    if key:
        met.append(stands(table, **{column: column for column in key}))
    before = f" WHEN {' OR '.join(met)}"
    yield _sqlite_refusal(table, "BEFORE INSERT", "repeated", Refusal.REPEATED, before)
    after = " WHEN NEW.rowid < 1"
    yield _sqlite_refusal(table, "AFTER INSERT", "numbered", Refusal.REPEATED, after)


def _sqlite() -> Iterator[str]:
    for check in CHECKS:
        raising = " ".join(
            f"SELECT RAISE(ABORT, '{sentence(refusal)}') WHERE {condition.format(same='IS')};"
            for refusal, condition in check.conditions
        )
        when = f"BEFORE {check.operation} ON {check.table}"
        yield f"CREATE TRIGGER {check.name} {when} BEGIN {raising} END"
    for table, key in (FINAL | KEPT).items():
        yield from _sqlite_repeated(table, key)
        yield _sqlite_refusal(table, "BEFORE DELETE", "deleted", Refusal.DELETED, "")
    for table in FINAL:
        yield _sqlite_refusal(table, "BEFORE UPDATE", "changed", Refusal.CHANGED, "")
    yield f"CREATE TRIGGER {PREFIX}event_moves AFTER INSERT ON event BEGIN {MOVES_CASE}; END"


def _postgresql_bodies() -> dict[str, str]:
    bodies = {
        f"{PREFIX}refuse": "BEGIN RAISE EXCEPTION"
        " USING ERRCODE = TG_ARGV[0], MESSAGE = TG_ARGV[1]; END",
        f"{PREFIX}event_moves": f"BEGIN {MOVES_CASE}; RETURN NULL; END",
    }
    for check in CHECKS:
        if not check.only_sqlite:
            raising = " ".join(
                f"IF {condition.format(same='IS NOT DISTINCT FROM')} THEN RAISE EXCEPTION"
                f" USING ERRCODE = '{refusal}', MESSAGE = '{sentence(refusal)}'; END IF;"
                for refusal, condition in check.conditions
            )
            bodies[check.name] = f"BEGIN {raising} RETURN NEW; END"
    return bodies


def _postgresql_triggers() -> Iterator[str]:
    # Written as pg_get_triggerdef writes them back, so that `missing` can compare.
    for check in CHECKS:
        if not check.only_sqlite:
            when = f"BEFORE {check.operation} ON {check.table}"
            yield (
                f"CREATE TRIGGER {check.name} {when} FOR EACH ROW EXECUTE FUNCTION {check.name}()"
            )
    for table in FINAL | KEPT:
        final = [("UPDATE", "changed", Refusal.CHANGED, "ROW")] if table in FINAL else []
        for operation, suffix, refusal, each in (
            *final,
            ("DELETE", "deleted", Refusal.DELETED, "ROW"),
            ("TRUNCATE", "emptied", Refusal.DELETED, "STATEMENT"),
        ):
            yield (
                f"CREATE TRIGGER {PREFIX}{table}_{suffix} BEFORE {operation} ON {table} FOR EACH"
                f" {each} EXECUTE FUNCTION {PREFIX}refuse('{refusal}', '{sentence(refusal)}')"
            )
    yield (
        f"CREATE TRIGGER {PREFIX}event_moves AFTER INSERT ON event FOR EACH ROW"
        f" EXECUTE FUNCTION {PREFIX}event_moves()"
    )


def _name(statement: str) -> str:
    return statement.split(maxsplit=3)[2]


def _named(connection: sa.Connection, query: str) -> dict[str, str]:
    return {row[0]: row[1] for row in connection.execute(sa.text(query), {"prefix": PREFIX})}


def _triggers(connection: sa.Connection) -> dict[str, str]:
    if connection.dialect.name == "sqlite":
        return _named(
            connection,
            "SELECT name, sql FROM sqlite_master"
            " WHERE type = 'trigger' AND name GLOB :prefix || '*'",
        )
    return _named(
        connection,
        "SELECT tgname, pg_get_triggerdef(pg_trigger.oid, true) FROM pg_trigger"
        " JOIN pg_class ON pg_class.oid = tgrelid"
        " WHERE relnamespace = current_schema()::regnamespace"
        " AND tgenabled <> 'D' AND starts_with(tgname, :prefix)",
    )


def _functions(connection: sa.Connection) -> dict[str, str]:
    return _named(
        connection,
        "SELECT proname, prosrc FROM pg_proc"
        " WHERE pronamespace = current_schema()::regnamespace AND starts_with(proname, :prefix)",
    )


def drop_all(connection: sa.Connection) -> None:
    """Remove every guard there is, of whatever edition."""
    if connection.dialect.name == "sqlite":
        for name in _triggers(connection):
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        return
    for name in _functions(connection):
        # The triggers that call it go with it.
        connection.exec_driver_sql(f"DROP FUNCTION {name}() CASCADE")


def make_all(connection: sa.Connection) -> None:
    """Make every guard; the tables are those of the newest edition, and no guard stands."""
    if connection.dialect.name == "sqlite":
        for statement in _sqlite():
            connection.exec_driver_sql(statement)
        return
    schema = connection.dialect.identifier_preparer.quote(
        connection.scalar(sa.text("SELECT current_schema()")) or "public"
    )
    for name, body in _postgresql_bodies().items():
        # The path is fixed, temporary tables last: otherwise a caller's own `lifecycle` or `=`
        # would answer the guard.
        connection.exec_driver_sql(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql"
            f" SET search_path = pg_catalog, {schema}, pg_temp AS $guard${body}$guard$"
        )
    for statement in _postgresql_triggers():
        connection.exec_driver_sql(statement)


@contextmanager
def lifted(connection: sa.Connection) -> Iterator[None]:
    """Let a revision alter tables, and guard them again afterwards.

    If the body fails nothing is made again: the transaction of the climb is undone, and with it
    that the guards were ever dropped.
    """
    drop_all(connection)
    yield
    make_all(connection)


def missing(connection: sa.Connection) -> list[str]:
    """Name every guard that is gone, switched off or not what it should be, in order of names.

    A database that holds no register has none to miss.
    """
    if not sa.inspect(connection).has_table("event"):
        return []
    present = _triggers(connection)
    if connection.dialect.name == "sqlite":
        expected = {_name(statement): statement for statement in _sqlite()}
    else:
        expected = {_name(statement): statement for statement in _postgresql_triggers()}
        # A trigger and its function may share a name.
        expected |= {f"{name}()": body for name, body in _postgresql_bodies().items()}
        present |= {f"{name}()": body for name, body in _functions(connection).items()}
    return sorted(name for name, sql in expected.items() if present.get(name) != sql)
