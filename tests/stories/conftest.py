"""The town hall that the stories are told of."""

import pytest

from tests.databases import Database
from tests.stories.background import Town


@pytest.fixture
def town(sqlite_database: Database) -> Town:
    """The office among its real partners, on SQLite."""
    return Town(sqlite_database).furnish()


@pytest.fixture
def either_town(database: Database) -> Town:
    """The same, once on each database."""
    return Town(database).furnish()
