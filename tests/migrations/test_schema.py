"""What the classes say and what the migrations made is one and the same schema."""

import re
from typing import Any

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from migrations import runner
from models.database import writing
from models.schema import METADATA
from tests.databases import Bare, Database

SQLITE_CATALOGUE = """
SELECT type, name, sql FROM sqlite_master
WHERE type IN ('table', 'index') AND tbl_name <> 'alembic_version' AND sql IS NOT NULL
ORDER BY type, name
"""

POSTGRESQL_CATALOGUE = """
SELECT 'column', c.relname || to_char(attnum, ' 00 ') || attname, format_type(atttypid, atttypmod)
  || CASE WHEN attnotnull THEN ' NOT NULL' ELSE '' END
  || coalesce(' DEFAULT ' || pg_get_expr(adbin, adrelid), '')
FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = attrelid
LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' AND attnum > 0
  AND relname <> 'alembic_version'
UNION ALL
SELECT 'constraint', conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE connamespace = current_schema()::regnamespace AND conname NOT LIKE 'alembic%'
UNION ALL
SELECT 'index', indexname, indexdef FROM pg_indexes
WHERE schemaname = current_schema() AND indexname NOT LIKE 'alembic%'
ORDER BY 1, 2
"""


def _lines(definition: str) -> list[str]:
    """The lines of a CREATE TABLE: columns as they stand, constraints in any order."""
    lines = re.split(r",?\s*\n\s*", definition)
    return sorted(lines, key=lambda line: line if line.startswith("CONSTRAINT") else "")


def _catalogue(kind: str, connection: Bare) -> list[tuple[Any, ...]]:
    query = SQLITE_CATALOGUE if kind == "sqlite" else POSTGRESQL_CATALOGUE
    rows = connection.execute(query).fetchall()
    return [(what, name, *_lines(definition)) for what, name, definition in rows]


def test_alembic_finds_nothing_to_change(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )

        found = compare_metadata(context, METADATA)

    assert found == []


def test_the_classes_and_the_migrations_make_the_same_schema(empty_database: Database) -> None:
    connection = empty_database.bare()
    runner.upgrade(empty_database.engine)
    from_migrations = _catalogue(empty_database.kind, connection)
    runner.downgrade(empty_database.engine, "base")

    with writing(empty_database.engine) as writer:
        METADATA.create_all(writer)
    from_classes = _catalogue(empty_database.kind, connection)

    assert from_migrations == from_classes
    assert "ix_cooperation_proposed" in [row[1] for row in from_classes]


def test_alembic_would_notice_a_column_that_only_a_class_has(database: Database) -> None:
    imagined = sa.MetaData()
    for table in METADATA.sorted_tables:
        table.to_metadata(imagined)
    imagined.tables["partner"].append_column(sa.Column("motto", sa.Text))
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection)

        found = compare_metadata(context, imagined)

    assert [change[0] for change in found] == ["add_column"]
