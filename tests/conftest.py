"""Databases for every test that asks: fresh, migrated, and the same test on both.

A worker of pytest-xdist starts a PostgreSQL of its own: that takes about a second, and there is
nothing to share, to lock or to leave behind.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests import databases
from tests.databases import Database
from tests.servers import Server, postgresql_server


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The PostgreSQL server of this run."""
    with postgresql_server() as server:
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register that is migrated and filled, to copy."""
    path = tmp_path_factory.mktemp("template") / "register.db"
    databases.migrate(str(path))
    return path


@pytest.fixture(scope="session")
def postgresql_template(server: Server) -> Iterator[str]:
    """The same as a database of the server, by name."""
    with server.database() as name:
        databases.migrate(server.address(name))
        yield name


@contextmanager
def _opened(kind: str, url: str) -> Iterator[Database]:
    database = Database(kind, url)
    try:
        yield database
    finally:
        database.close()


def _copy(kind: str, request: pytest.FixtureRequest) -> Iterator[Database]:
    with ExitStack() as stack:
        if kind == "sqlite":
            template: Path = request.getfixturevalue("sqlite_template")
            folder: Path = request.getfixturevalue("tmp_path")
            url = f"sqlite:///{databases.copy_of(template, folder)}"
        else:
            server: Server = request.getfixturevalue("server")
            name: str = request.getfixturevalue("postgresql_template")
            url = server.address(stack.enter_context(server.database(name)))
        yield stack.enter_context(_opened(kind, url))


@pytest.fixture(params=databases.KINDS)
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A fresh register: the test runs once on SQLite and once on PostgreSQL."""
    yield from _copy(request.param, request)


@pytest.fixture
def sqlite_database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A fresh register on SQLite, where a second database would add nothing."""
    yield from _copy("sqlite", request)


@pytest.fixture(params=databases.KINDS)
def empty_database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database that is no register yet, on both."""
    with ExitStack() as stack:
        if request.param == "sqlite":
            folder: Path = request.getfixturevalue("tmp_path")
            url = f"sqlite:///{folder / 'empty.db'}"
        else:
            server: Server = request.getfixturevalue("server")
            url = server.address(stack.enter_context(server.database()))
        yield stack.enter_context(_opened(request.param, url))
