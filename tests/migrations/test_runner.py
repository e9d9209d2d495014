"""The editions are climbed and descended, with data in them, all or nothing."""

import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory

from migrations import guards, runner
from models.cooperation import Cooperation
from models.database import engine_for, exists, reading, writing
from models.refusals import Refusal, refusal_of
from tests.databases import Bare, Database, dump, fill
from tests.registers import populate, take

BATCH = '''
"""Give cases and events a column more, the way SQLite must: by writing the tables anew."""
import sqlalchemy as sa
from alembic import op
from migrations import guards

revision = "r0002"
down_revision = "r0001"

def upgrade():
    {lifted}
        for table in ("cooperation", "event", "partner"):
            with op.batch_alter_table(table, recreate={recreate}) as batch:
                batch.add_column(sa.Column("remark", sa.Text))
        {then}

def downgrade():
    with guards.lifted(op.get_bind()):
        for table in ("cooperation", "event", "partner"):
            with op.batch_alter_table(table, recreate={recreate}) as batch:
                batch.drop_column("remark")
'''


def _revision(
    folder: Path,
    *,
    lifted: str = "with guards.lifted(op.get_bind()):",
    then: str = "pass",
    recreate: str = '"always" if op.get_bind().dialect.name == "sqlite" else "auto"',
) -> Path:
    """Write a revision that follows ours, into a folder of its own."""
    further = folder / "further"
    further.mkdir()
    (further / "r0002_remarks.py").write_text(
        BATCH.format(lifted=lifted, then=then, recreate=recreate), "utf-8"
    )
    return further


def _fill_and_populate(database: Database) -> None:
    with writing(database.engine) as connection:
        populate(connection)


def _names_of_tables(connection: Bare, kind: str) -> list[str]:
    query = (
        "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"
        if kind == "sqlite"
        else "SELECT relname FROM pg_class WHERE relkind IN ('r', 'v')"
        " AND relnamespace = current_schema()::regnamespace"
    )
    return sorted(name for (name,) in connection.execute(query).fetchall())


def _guards_missing(database: Database) -> list[str]:
    with database.engine.connect() as connection:
        return guards.missing(connection)


def test_an_empty_database_is_no_register(empty_database: Database) -> None:
    assert runner.current(empty_database.engine) is None


def test_an_empty_database_becomes_a_register(empty_database: Database) -> None:
    runner.upgrade(empty_database.engine)

    assert runner.current(empty_database.engine) == runner.head() == "r0001"
    assert _guards_missing(empty_database) == []


def test_the_stated_head_is_the_newest_revision_there_is() -> None:
    script = ScriptDirectory(runner.HERE)

    assert script.get_heads() == [runner.head()]


def test_an_upgrade_of_the_newest_edition_changes_nothing(database: Database) -> None:
    _fill_and_populate(database)
    before = dump(database.bare())

    runner.upgrade(database.engine)

    assert dump(database.bare()) == before


def test_a_register_with_data_in_it_can_be_taken_down_and_built_again(
    database: Database,
) -> None:
    _fill_and_populate(database)

    runner.downgrade(database.engine, "base")

    assert _names_of_tables(database.bare(), database.kind) == ["alembic_version"]
    assert runner.current(database.engine) is None
    runner.upgrade(database.engine)
    with writing(database.engine) as connection:
        fill(connection)
        populate(connection)


def test_a_batch_revision_keeps_the_rows_and_the_guards(database: Database, tmp_path: Path) -> None:
    _fill_and_populate(database)
    further = _revision(tmp_path)
    before = dump(database.bare())

    runner.upgrade(database.engine, further=[further])

    assert runner.current(database.engine) == "r0002"
    assert _guards_missing(database) == []
    with reading(database.engine) as connection:
        assert connection.scalars(sa.text("SELECT remark FROM cooperation")).all() == [None] * 3
    with pytest.raises(sa.exc.IntegrityError) as refusal, writing(database.engine) as connection:
        connection.execute(sa.update(Cooperation).values(state="in_force"))
    assert refusal_of(refusal.value) == Refusal.MOVED_BY_HAND
    with writing(database.engine) as connection:
        take(connection, 2, ["note", "propose"])
        connection.rollback()
    runner.downgrade(database.engine, "r0001", further=[further])
    assert _guards_missing(database) == []
    assert dump(database.bare()) == before


@pytest.mark.parametrize(
    "failure",
    [
        pytest.param("raise RuntimeError('the power went')", id="it raises"),
        pytest.param("op.execute('INSERT INTO nowhere VALUES (1)')", id="its SQL is wrong"),
    ],
)
def test_a_failing_upgrade_leaves_nothing_half_made(
    database: Database, tmp_path: Path, failure: str
) -> None:
    _fill_and_populate(database)
    further = _revision(tmp_path, then=failure)
    tables = _names_of_tables(database.bare(), database.kind)
    before = dump(database.bare())

    with pytest.raises((RuntimeError, sa.exc.DBAPIError)):
        runner.upgrade(database.engine, further=[further])

    assert _names_of_tables(database.bare(), database.kind) == tables
    assert dump(database.bare()) == before
    assert runner.current(database.engine) == "r0001"
    assert _guards_missing(database) == []


def test_a_first_upgrade_that_fails_leaves_an_empty_database(
    empty_database: Database, tmp_path: Path
) -> None:
    further = _revision(tmp_path, then="raise RuntimeError")

    with pytest.raises(RuntimeError):
        runner.upgrade(empty_database.engine, further=[further])

    assert _names_of_tables(empty_database.bare(), empty_database.kind) == []


def test_a_revision_that_loses_a_guard_is_undone(database: Database, tmp_path: Path) -> None:
    _fill_and_populate(database)
    further = _revision(
        tmp_path,
        lifted="if True:",
        then="guards.drop_all(op.get_bind())",
        recreate='"never"',
    )

    with pytest.raises(runner.UpgradeFailed) as failure:
        runner.upgrade(database.engine, further=[further])

    assert "accord_event_moves" in str(failure.value.facts["guards"])
    assert runner.current(database.engine) == "r0001"
    assert _guards_missing(database) == []


def test_a_batch_revision_that_forgets_the_guards_is_undone_on_sqlite(
    sqlite_database: Database, tmp_path: Path
) -> None:
    _fill_and_populate(sqlite_database)
    before = dump(sqlite_database.bare())
    further = _revision(tmp_path, lifted="if True:")

    with pytest.raises((runner.UpgradeFailed, sa.exc.DatabaseError)):
        runner.upgrade(sqlite_database.engine, further=[further])

    assert dump(sqlite_database.bare()) == before
    assert _guards_missing(sqlite_database) == []


def test_a_revision_that_leaves_rows_pointing_at_nothing_is_undone_on_sqlite(
    sqlite_database: Database, tmp_path: Path
) -> None:
    _fill_and_populate(sqlite_database)
    before = dump(sqlite_database.bare())
    further = _revision(tmp_path, then="op.execute('DELETE FROM partner WHERE id = 1')")

    with pytest.raises(runner.UpgradeFailed) as failure:
        runner.upgrade(sqlite_database.engine, further=[further])

    assert "fact" in str(failure.value.facts["holes"])
    assert dump(sqlite_database.bare()) == before


def test_foreign_keys_hold_again_after_a_climb(sqlite_database: Database, tmp_path: Path) -> None:
    _fill_and_populate(sqlite_database)
    runner.upgrade(sqlite_database.engine, further=[_revision(tmp_path)])

    with reading(sqlite_database.engine) as connection:
        enforced = connection.exec_driver_sql("PRAGMA foreign_keys").scalar()

    assert enforced == 1


def test_a_register_in_a_folder_with_a_strange_name_is_upgraded(tmp_path: Path) -> None:
    folder = tmp_path / "rejestr 100% gotowy"
    folder.mkdir()
    further = _revision(folder)
    engine = engine_for(folder / "rejestr.db")

    runner.upgrade(engine, further=[further])

    assert runner.current(engine) == "r0002"
    assert exists(folder / "rejestr.db")
    engine.dispose()


def test_the_runner_is_imported_without_alembic() -> None:
    script = "import sys; from migrations import runner; runner.head(); print(*sys.modules)"
    found = subprocess.run(  # noqa: S603 - our own interpreter and words
        [sys.executable, "-c", script],
        capture_output=True,
        check=True,
        cwd=runner.HERE.parent,
        text=True,
    )

    assert "migrations.runner" in found.stdout.split()
    assert not [name for name in found.stdout.split() if name.startswith("alembic")]
