"""Lawful use: a case is born, events move it, and the row is what its last event says."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from models.cooperation import Cooperation, Event
from models.database import reading, writing
from models.lifecycle import Definition, Lifecycle
from models.partner import Partner
from models.person import Person
from models.refusals import Refusal, refusal_of
from tests.databases import Database, dump
from tests.migrations.attacks import event
from tests.registers import BY, MORNING, add, be_born, next_event, populate, take

WAITING = """
SELECT 1 FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock'
"""

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def _case(database: Database, number: int) -> sa.Row[Any]:
    with reading(database.engine) as connection:
        query = sa.select(Cooperation.__table__).where(Cooperation.id == number)
        return connection.execute(query).one()


def _after(database: Database, steps: Sequence[str], **values: object) -> sa.Row[Any]:
    """Let case 1, which is endorsed since the morning, take steps at noon."""
    with writing(database.engine) as connection:
        populate(connection)
        take(connection, 1, steps, recorded_at=NOON, **values)
    return _case(database, 1)


def test_a_case_is_born_and_moved_from_a_bare_shell(database: Database) -> None:
    with writing(database.engine) as connection:
        populate(connection)
    shell = database.bare()

    shell.execute(
        "INSERT INTO cooperation (id, reference, partner_id, title, definition)"
        " VALUES (900, 'KRK-2026-0900', 1, 'Współpraca', 'test-1')"
    )
    shell.execute(event())

    born = shell.execute("SELECT state, version FROM cooperation ORDER BY id DESC LIMIT 1")
    moved = shell.execute("SELECT state, version FROM cooperation WHERE id = 1")
    assert born.fetchall() == [("none", 0)]
    assert moved.fetchall() == [("before_council", 4)]


def test_a_case_stands_where_its_last_event_left_it(database: Database) -> None:
    case = _after(database, ["submit_to_council", "adopt", "sign"])

    assert (case.state, case.form, case.version) == ("in_force", "twinning", 6)
    with reading(database.engine) as connection:
        last = connection.execute(
            sa.select(Event.hash, Event.recorded_at)
            .where(Event.cooperation_id == 1)
            .order_by(Event.sequence.desc())
            .limit(1)
        ).one()
    assert (case.head, case.since) == tuple(last)


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ({}, {"title": "Współpraca", "officer": None, "file_number": None}),
        ({"title": "Umowa z Lipskiem"}, {"title": "Umowa z Lipskiem", "officer": None}),
        ({"officer": "anna.oficer"}, {"title": "Współpraca", "officer": "anna.oficer"}),
        ({"file_number": "BR.0731.1.2026"}, {"file_number": "BR.0731.1.2026"}),
        ({"due_on": date(2026, 7, 3)}, {"due_on": date(2026, 7, 3), "ends_on": None}),
        ({"ends_on": date(2031, 5, 3)}, {"due_on": None, "ends_on": date(2031, 5, 3)}),
        ({"partner_id": 2}, {"partner_id": 2}),
    ],
)
def test_an_event_tells_what_it_changes_of_a_case(
    database: Database, told: dict[str, object], kept: dict[str, object]
) -> None:
    case = _after(database, ["submit_to_council"], **told)

    assert {name: getattr(case, name) for name in kept} == kept


def test_what_an_event_does_not_tell_stays_and_its_dates_go(database: Database) -> None:
    told = {"title": "Umowa", "officer": "anna.oficer", "file_number": "BR.0731.1.2026"}
    dates = {"due_on": date(2026, 7, 3), "ends_on": date(2031, 5, 3)}
    _after(database, ["submit_to_council"], **told, **dates)

    with writing(database.engine) as connection:
        take(connection, 1, ["adopt"])

    case = _case(database, 1)
    assert {name: getattr(case, name) for name in told} == told
    assert (case.due_on, case.ends_on) == (None, None)


def test_an_event_in_place_does_not_begin_a_new_time(database: Database) -> None:
    with writing(database.engine) as connection:
        populate(connection)
        be_born(connection, 4)
        take(connection, 4, ["open", "propose"], recorded_at=MORNING)
        take(connection, 4, ["assign"], recorded_at=NOON)

    case = _case(database, 4)

    assert (case.version, case.since) == (3, MORNING)


def test_a_change_of_form_begins_a_new_time(database: Database) -> None:
    with writing(database.engine) as connection:
        populate(connection)
        be_born(connection, 4)
        take(connection, 4, ["open"], recorded_at=MORNING)
        take(connection, 4, ["propose"], recorded_at=MORNING, new_form="partnership")
        take(connection, 4, ["endorse"], recorded_at=MORNING)
        take(connection, 4, ["upgrade"], recorded_at=NOON)

    case = _case(database, 4)

    assert (case.form, case.state, case.since) == ("twinning", "endorsed", NOON)


def test_a_retraction_the_lifecycle_knows_takes_a_case_back(database: Database) -> None:
    with writing(database.engine) as connection:
        populate(connection)
        take(connection, 2, ["propose", "retract"], recorded_at=NOON)

    case = _case(database, 2)

    assert (case.form, case.state, case.version, case.since) == ("informal", "informal", 3, NOON)


def test_a_decision_is_born_as_one(database: Database) -> None:
    with writing(database.engine) as connection:
        populate(connection)
        be_born(connection, 4, form="decision")
        take(connection, 4, ["raise"])

    case = _case(database, 4)

    assert (case.form, case.state) == ("decision", "proposed")


def test_a_hundred_events_are_recorded_in_one_transaction(database: Database) -> None:
    with writing(database.engine) as connection:
        populate(connection)
        take(connection, 2, ["note"] * 100)

    case = _case(database, 2)

    assert (case.version, case.state) == (101, "informal")


def test_a_transaction_with_an_unlawful_event_keeps_none_of_it(database: Database) -> None:
    with writing(database.engine) as connection:
        populate(connection)
    before = dump(database.bare())

    with pytest.raises(sa.exc.IntegrityError) as refusal, writing(database.engine) as connection:
        take(connection, 2, ["note", "note", "adopt"])

    assert refusal_of(refusal.value) == Refusal.OUT_OF_TURN
    assert dump(database.bare()) == before


def test_events_of_several_cases_go_in_one_statement(database: Database) -> None:
    with writing(database.engine) as connection:
        populate(connection)
        connection.execute(
            sa.insert(Event),
            [next_event(connection, 1, "submit_to_council"), next_event(connection, 2, "note")],
        )

    assert [_case(database, number).version for number in (1, 2)] == [4, 2]


def test_an_event_judged_on_a_case_that_moved_meanwhile_is_refused(database: Database) -> None:
    with writing(database.engine) as connection:
        populate(connection)
        judged_before = next_event(connection, 1, "submit_to_council")
        take(connection, 1, ["submit_to_council"])

    with pytest.raises(sa.exc.IntegrityError) as refusal, writing(database.engine) as connection:
        connection.execute(sa.insert(Event), judged_before)

    assert refusal_of(refusal.value) == Refusal.OUT_OF_TURN


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_of_two_who_write_the_same_event_at_once_one_is_refused(database: Database) -> None:
    with writing(database.engine) as connection:
        populate(connection)
    second, witness = database.bare(), database.bare()

    with writing(database.engine) as connection, ThreadPoolExecutor(1) as desk:
        take(connection, 1, ["submit_to_council"])
        loser = desk.submit(second.execute, event())
        for _ in range(500):
            if witness.execute(WAITING).fetchall():
                break
            time.sleep(0.01)
        connection.commit()
        refusal = loser.exception(timeout=30)

    assert refusal is not None
    assert refusal_of(refusal) == Refusal.OUT_OF_TURN
    assert _case(database, 1).version == 4


def test_an_edition_takes_rows_until_its_text_seals_it(database: Database) -> None:
    move = {"definition": "test-2", "form": "informal", "source": "informal"}
    move |= {"new_form": "informal", "target": "informal"}
    text = {"sha256": "", "text": "", "valid_from": date(2027, 1, 1), "recorded_at": MORNING}
    with writing(database.engine) as connection:
        add(connection, Lifecycle, step="note", **move)
        add(connection, Lifecycle, step="correct", **move)
        add(connection, Definition, id="test-2", **text)

    with pytest.raises(sa.exc.IntegrityError) as refusal, writing(database.engine) as connection:
        add(connection, Lifecycle, step="waive", **move)

    assert refusal_of(refusal.value) == Refusal.SEALED


def test_an_edition_without_its_text_moves_no_case(database: Database) -> None:
    move = {"definition": "test-2", "form": "informal", "source": "informal"}
    move |= {"new_form": "informal", "target": "informal"}
    with writing(database.engine) as connection:
        populate(connection)
        add(connection, Lifecycle, step="note", **move)

    with pytest.raises(sa.exc.IntegrityError) as refusal, writing(database.engine) as connection:
        take(connection, 2, ["note"], definition="test-2")

    assert refusal_of(refusal.value) == Refusal.UNLAWFUL


def test_partners_and_people_may_change_all_but_their_names_in_the_history(
    database: Database,
) -> None:
    with writing(database.engine) as connection:
        populate(connection)

    with writing(database.engine) as connection:
        connection.execute(sa.update(Partner).values(name_pl="Lipsk", folded="lipsk leipzig"))
        connection.execute(sa.update(Person).values(active=False, name="Anna Oficer"))

    with reading(database.engine) as connection:
        assert set(connection.scalars(sa.select(Partner.name_pl))) == {"Lipsk"}
        assert set(connection.scalars(sa.select(Person.active))) == {False}


def test_a_refusal_by_another_rule_is_not_taken_for_a_guard(database: Database) -> None:
    with writing(database.engine) as connection:
        populate(connection)

    with pytest.raises(sa.exc.IntegrityError) as refusal, writing(database.engine) as connection:
        add(connection, Person, id=3, login=None, name="", **BY)

    assert refusal_of(refusal.value) is None
