"""Every aggregate is stored and read back, and the lists have the indexes they ask by."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from migrations.checks import FOLLOWS
from models.base import Base
from models.cooperation import IS_PROPOSED, IS_RUNNING, IS_UNDER_WAY, Cooperation, Event
from models.database import reading, writing
from models.partner import CURRENT_FACT, Fact
from models.schema import METADATA
from tests.databases import Database
from tests.registers import BY, add, be_born, populate, take


def test_every_class_is_read_back_as_it_was_written(database: Database) -> None:
    with writing(database.engine) as connection:
        populate(connection)

    with Session(database.engine) as session:
        found = {
            mapper.class_: session.scalars(sa.select(mapper.class_)).all()
            for mapper in Base.registry.mappers
        }

    assert {mapped.__tablename__ for mapped in found} == set(METADATA.tables)
    for mapped, rows in found.items():
        required = [column.name for column in mapped.__table__.columns if not column.nullable]
        assert rows, mapped.__tablename__
        assert all(getattr(row, name) is not None for row in rows for name in required)


def test_a_case_is_born_informal_with_no_state_and_no_history(database: Database) -> None:
    with writing(database.engine) as connection:
        populate(connection)

    with Session(database.engine) as session:
        case = session.get_one(Cooperation, 3)

    assert (case.form, case.state, case.version, case.head) == ("informal", "none", 0, None)


def test_the_current_fact_is_the_one_recorded_last(database: Database) -> None:
    with writing(database.engine) as connection:
        populate(connection)
        add(connection, Fact, partner_id=2, name="population", value="265328", source="INSEE", **BY)
        add(connection, Fact, partner_id=1, name="elevation", value="113", source="DWD", **BY)

    with reading(database.engine) as connection:
        rows = connection.execute(
            sa.select(CURRENT_FACT.c.partner_id, CURRENT_FACT.c.name, CURRENT_FACT.c.value)
        ).all()

    assert sorted(tuple(row) for row in rows) == [
        (1, "elevation", "113"),
        (1, "population", "619879"),
        (2, "population", "265328"),
    ]


def test_the_view_gives_what_its_table_says(database: Database) -> None:
    with reading(database.engine) as connection:
        columns = sa.inspect(connection).get_columns("current_fact")

    assert [column["name"] for column in columns] == CURRENT_FACT.columns.keys()


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("partner", "kind = 'village'"),
        ("partner", "country = 'DEU'"),
        ("person_role", "role = 'mayor'"),
        ("activity", "tool = 16"),
        ("activity", "tool = 0"),
    ],
)
def test_a_word_outside_the_law_is_refused(database: Database, table: str, values: str) -> None:
    with writing(database.engine) as connection:
        populate(connection)

    with (
        pytest.raises(sa.exc.IntegrityError, match=f"ck_{table}_"),
        writing(database.engine) as connection,
    ):
        connection.execute(sa.text(f"UPDATE {table} SET {values}"))  # noqa: S608 - the table above


def test_every_column_of_a_case_follows_its_events_or_stays() -> None:
    columns = set(Cooperation.__table__.columns.keys())

    assert columns == {"id", "reference"} | set(FOLLOWS)


def _plan(connection: sa.Connection, query: sa.Select[Any]) -> str:
    if connection.dialect.name == "sqlite":
        explain = "EXPLAIN QUERY PLAN "
    else:
        # So few rows are read faster without any index.
        connection.execute(sa.text("SET LOCAL enable_seqscan = off"))
        connection.execute(sa.text("SET LOCAL enable_sort = off"))
        explain = "EXPLAIN "
    sql = query.compile(connection, compile_kwargs={"literal_binds": True})
    return "\n".join(str(row) for row in connection.exec_driver_sql(explain + str(sql)))


COLUMNS = Cooperation.__table__.c
TODAY = sa.literal(date(2026, 4, 2), sa.Date)


LISTS: dict[str, sa.Select[Any]] = {
    "ix_cooperation_proposed": sa.select(COLUMNS.title)
    .where(IS_PROPOSED, sa.tuple_(COLUMNS.due_on, COLUMNS.id) > sa.tuple_(TODAY, 7))
    .order_by(COLUMNS.due_on, COLUMNS.id),
    "ix_cooperation_under_way": sa.select(COLUMNS.id)
    .where(IS_UNDER_WAY, COLUMNS.officer == "anna.oficer")
    .order_by(COLUMNS.due_on, COLUMNS.id),
    "ix_cooperation_running": sa.select(COLUMNS.title)
    .where(IS_RUNNING)
    .order_by(COLUMNS.ends_on, COLUMNS.id),
    "ix_cooperation_state_id": sa.select(COLUMNS.id)
    .where(COLUMNS.state == "resolved")
    .order_by(COLUMNS.id),
    "ix_cooperation_form_state": sa.select(COLUMNS.id).where(
        COLUMNS.form == "twinning", COLUMNS.state == "in_force"
    ),
    "ix_cooperation_partner_id": sa.select(COLUMNS.title).where(COLUMNS.partner_id == 7),
}


def test_every_list_is_read_from_its_index_and_never_sorted(database: Database) -> None:
    with database.engine.connect() as connection:
        plans = {index: _plan(connection, query) for index, query in LISTS.items()}

    assert [index for index, plan in plans.items() if index not in plan] == []
    assert [plan for plan in plans.values() if "TEMP B-TREE" in plan or "Sort" in plan] == []


def test_a_history_is_read_in_order_without_sorting(database: Database) -> None:
    query = sa.select(Event.body).where(Event.cooperation_id == 1).order_by(Event.sequence)

    with database.engine.connect() as connection:
        plan = _plan(connection, query)

    assert "pk_event" in plan or "sqlite_autoindex_event_1" in plan
    assert "TEMP B-TREE" not in plan


def test_a_case_changes_its_state_and_the_lists_that_hold_it(database: Database) -> None:
    with writing(database.engine) as connection:
        populate(connection)
        be_born(connection, 4)
        take(connection, 4, ["enter"])
        take(connection, 2, ["propose"])

    with reading(database.engine) as connection:
        found = [
            connection.scalars(sa.select(Cooperation.id).where(condition).order_by(Cooperation.id))
            for condition in (IS_PROPOSED, IS_UNDER_WAY, IS_RUNNING)
        ]
        assert [list(ids) for ids in found] == [[2], [1, 2, 3], [4]]
