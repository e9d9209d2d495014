"""The administrator who takes real history into the register."""

import pytest

from tests.databases import Database
from tests.importing import Registrar
from tests.office import Office


@pytest.fixture
def registrar(database: Database) -> Registrar:
    """The administrator at an empty register, once on each database."""
    return Registrar.at(Office(database))


@pytest.fixture
def here(sqlite_database: Database) -> Registrar:
    """The same on SQLite alone, for what no database can change."""
    return Registrar.at(Office(sqlite_database))
