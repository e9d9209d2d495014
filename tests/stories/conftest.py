"""The town hall that the stories are told of."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import databases
from tests.databases import Database
from tests.stories.background import Town


@pytest.fixture(scope="session")
def town_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The register of the town as it was on its first day, to copy."""
    path = databases.copy_of(sqlite_template, tmp_path_factory.mktemp("town"))
    database = Database("sqlite", f"sqlite:///{path}")
    Town(database).furnish()
    database.close()
    return path


@pytest.fixture
def town(town_template: Path, tmp_path: Path) -> Iterator[Town]:
    """The office among its real partners, on SQLite."""
    database = Database("sqlite", f"sqlite:///{databases.copy_of(town_template, tmp_path)}")
    yield Town(database)
    database.close()


@pytest.fixture
def either_town(database: Database) -> Town:
    """The same, once on each database."""
    return Town(database).furnish()
