"""The office that the tests of its work are about."""

import pytest

from tests.databases import Database
from tests.office import CaseFile, Office


@pytest.fixture
def office(database: Database) -> Office:
    """The office at a register with people and partners, once on each database."""
    return Office(database).furnish()


@pytest.fixture
def here(sqlite_database: Database) -> Office:
    """The same on SQLite alone, for what no database can change."""
    return Office(sqlite_database).furnish()


@pytest.fixture
def membership(office: Office) -> CaseFile:
    """A membership of an association in force."""
    return office.open("eurocities").propose("association").come_to("in_force")
