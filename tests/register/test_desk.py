"""The desk: what waits for whom, in the order it is due, each tray served by its own index."""

from collections.abc import Callable, Sequence
from datetime import date

import pytest
import sqlalchemy as sa

from models.vocabulary import Role
from register.desk import Tray, desk
from register.listing import Entry
from tests.databases import Database
from tests.office import Office
from tests.ordinary import CLERK, COLLEAGUE, MANAGER, OFFICER
from workflow import amend
from workflow.facts import Actor
from workflow.unit import Unit


@pytest.fixture
def office(database: Database) -> Office:
    """The office at a register with people and partners, once on each database."""
    return Office(database).furnish()


@pytest.fixture
def here(sqlite_database: Database) -> Office:
    """The same on SQLite, whose plans these tests read."""
    return Office(sqlite_database).furnish()


def trays(office: Office, who: str, limit: int = 20) -> dict[str, Tray]:
    """Look at the desk of a person."""
    with office.reading() as unit:
        return {tray.kind: tray for tray in desk(unit, office.actor(who), limit=limit)}


def references(tray: Tray) -> list[str]:
    return [one.reference for one in tray.entries]


def test_what_is_due_first_is_endorsed_first(office: Office) -> None:
    late = office.open("leipzig").propose("partnership", date="2026-03-10").reference
    early = office.open("bordeaux").propose("partnership", date="2026-03-03").reference

    tray = trays(office, MANAGER)["endorse"]

    assert references(tray) == [early, late]
    assert [one.due_on for one in tray.entries] == [date(2026, 3, 17), date(2026, 3, 24)]


def test_an_officer_finds_only_ones_own_cases_under_way(office: Office) -> None:
    mine = office.open("leipzig").reference
    theirs = office.open("bordeaux", COLLEAGUE).reference
    office.open("cusco").propose("honorary_title").come_to("in_force")

    assert references(trays(office, OFFICER)["mine"]) == [mine]
    assert references(trays(office, COLLEAGUE)["mine"]) == [theirs]


def test_what_has_lapsed_lies_on_every_officers_and_managers_desk(office: Office) -> None:
    case = office.open("nuremberg").propose("partnership").come_to("resolved")
    case.take("sign", term="2 months")
    running = office.open("leipzig").propose("partnership").come_to("in_force")

    for who in (OFFICER, COLLEAGUE, MANAGER):
        tray = trays(office, who)["lapsed"]
        assert references(tray) == [case.reference]
        assert tray.entries[0].state == "lapsed"
    assert running.state == "in_force"
    assert "lapsed" not in trays(office, CLERK)


def test_a_cooperation_lapses_the_day_after_its_last(office: Office) -> None:
    case = office.open("nuremberg").propose("partnership").come_to("resolved")
    case.take("sign", term="2 months")

    office.today = date(2026, 5, 2)
    assert "lapsed" not in trays(office, MANAGER)

    office.today = date(2026, 5, 3)
    assert "lapsed" in trays(office, MANAGER)


def test_a_clerk_finds_cases_by_age_whatever_they_wait_for(office: Office) -> None:
    resolved = office.open("leipzig").propose("partnership").come_to("resolved").reference
    endorsed = office.open("bordeaux").propose("partnership").come_to("endorsed").reference
    consented = office.open("eurocities").propose("association").come_to("consented").reference
    office.open("cusco").propose("honorary_title")

    tray = trays(office, CLERK)["papers"]

    assert references(tray) == [resolved, endorsed, consented]
    assert references(trays(office, CLERK, limit=2)["papers"]) == [resolved, endorsed]
    assert trays(office, CLERK, limit=2)["papers"].more
    assert not trays(office, CLERK, limit=3)["papers"].more


def test_a_manager_is_asked_and_an_officer_is_told(office: Office) -> None:
    asked = office.open("leipzig")
    returned = office.open("bordeaux").propose("partnership")
    office.do(
        amend.correct, asked.reference, 1, {"date": "2026-03-01"}, "omyłka", office.actor(OFFICER)
    )
    returned.advance("return")

    assert references(trays(office, MANAGER)["asked"]) == [asked.reference]
    assert references(trays(office, OFFICER)["told"]) == [returned.reference]
    assert "told" not in trays(office, COLLEAGUE)


def test_a_full_tray_says_that_there_is_more(office: Office) -> None:
    for _ in range(3):
        office.open("leipzig")

    assert trays(office, OFFICER, limit=3)["mine"].more is False
    tray = trays(office, OFFICER, limit=2)["mine"]
    assert (len(tray.entries), tray.more) == (2, True)


def test_empty_trays_are_left_out(office: Office) -> None:
    assert trays(office, MANAGER) == {}


# --- the plans ---

PLANS = {
    "endorse": "SCAN cooperation USING INDEX ix_cooperation_proposed",
    "asked": "SEARCH cooperation USING INDEX ix_cooperation_awaits (awaits=?)",
    "told": "SEARCH cooperation USING INDEX ix_cooperation_awaits (awaits=? AND officer=?)",
    "mine": "SEARCH cooperation USING INDEX ix_cooperation_under_way (officer=?)",
    "lapsed": "SEARCH cooperation USING INDEX ix_cooperation_running (ends_on<?)",
    "papers": "SEARCH cooperation USING INDEX ix_cooperation_state_id (state=?)",
}
"""Each tray reads its index in the order of the tray, so that a limit stops the reading."""


def plans(unit: Unit, look: Callable[[], object]) -> list[list[str]]:
    """Give the plan of every statement a look at the register takes."""
    asked: list[tuple[str, Sequence[object]]] = []

    @sa.event.listens_for(unit.connection, "before_cursor_execute")
    def note(*told: object) -> None:
        asked.append((str(told[2]), told[3]))  # type: ignore[arg-type] # the parameters

    look()
    sa.event.remove(unit.connection, "before_cursor_execute", note)
    explain = [
        unit.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        for statement, parameters in asked
    ]
    return [[row[3] for row in plan] for plan in explain]


def test_every_tray_is_read_from_its_own_index_and_never_sorted(here: Office) -> None:
    everything = Actor(OFFICER, OFFICER, frozenset(Role))

    with here.reading() as unit:
        found = plans(unit, lambda: desk(unit, everything))

    assert [plan[0] for plan in found] == [*PLANS.values()][:5] + [PLANS["papers"]] * 3
    for plan in found:
        assert plan[1:] == ["SEARCH partner USING INTEGER PRIMARY KEY (rowid=?)"]


def test_an_entry_shows_what_a_list_shows(office: Office) -> None:
    office.open("leipzig", title="Wymiana", file_number="KP-1")

    entry = trays(office, OFFICER)["mine"].entries[0]

    assert isinstance(entry, Entry)
    assert (entry.partner, entry.title, entry.form, entry.state, entry.file_number) == (
        "leipzig",
        "Wymiana",
        "informal",
        "informal",
        "KP-1",
    )
