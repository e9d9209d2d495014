"""The office a command works in: its database, its clock, its people, its units of work."""

import datetime as dt
import getpass
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from commands.speech import language, say

if TYPE_CHECKING:
    import sqlalchemy as sa

    from workflow.facts import Actor
    from workflow.messages import Speech
    from workflow.unit import Unit

KRAKOW = ZoneInfo("Europe/Warsaw")
"""Days are days in Krakow."""


def moment() -> dt.datetime:
    """Give the moment, in UTC."""
    return dt.datetime.now(dt.UTC)


class Office:
    """Opens the register when a command first needs it, and names plainly what is not right."""

    def __init__(
        self,
        database: str | None = None,
        acting_as: str | None = None,
        *,
        now: Callable[[], dt.datetime] | None = None,
    ) -> None:
        self._database = database
        self.acting_as = acting_as
        self.now = now or moment

    @property
    def today(self) -> dt.date:
        """The day in Krakow."""
        return self.now().astimezone(KRAKOW).date()

    @property
    def login(self) -> str:
        """The login of whoever sits at the machine."""
        return getpass.getuser()

    @cached_property
    def database(self) -> str:
        """Where the register is: `--database`, ACCORD_DATABASE, or the user's data folder."""
        if self._database:
            return self._database
        from platformdirs import user_data_path

        return str(user_data_path("accord") / "accord.db")

    @property
    def shown_database(self) -> str:
        """The same, fit to be printed: no password in it."""
        return re.sub(r"(://[^:/@]*):.*@", r"\1:***@", self.database)

    @property
    def place(self) -> Path | str:
        """The database as a path or as an address."""
        return self.database if "://" in self.database else Path(self.database)

    @cached_property
    def engine(self) -> "sa.Engine":
        """The engine of the register, whether or not one is there."""
        from models.database import engine_for

        return engine_for(self.place)

    def close(self) -> None:
        """Let go of the register, if it was opened."""
        if "engine" in self.__dict__:
            self.engine.dispose()

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Name plainly what is wrong with the database itself; what a guard refused stays so.

        Raises:
            RegisterUnreachable, RegisterFailed.
        """
        import sqlite3

        from sqlalchemy.exc import DBAPIError

        from commands.mishaps import mishap

        try:
            yield
        except (DBAPIError, sqlite3.Error) as error:
            named = mishap(error, self.shown_database)
            if named is None:
                raise
            raise named from error

    def edition(self) -> str | None:
        """Give the edition of the register; None where there is no register.

        Raises:
            RegisterUnreachable, RegisterFailed.
        """
        from sqlalchemy.exc import ArgumentError

        from migrations import runner
        from models.database import UnknownDatabase, exists, url_of
        from workflow import errors

        where = self.shown_database
        try:
            place = url_of(self.place)
        except (ArgumentError, ValueError) as error:
            if isinstance(error, UnknownDatabase):
                raise
            raise errors.RegisterFailed(database=where, fault="address", reason=error) from error
        if place.get_backend_name() == "sqlite":
            if place.database in {None, "", ":memory:"}:
                raise errors.RegisterFailed(database=where, fault="nowhere", reason="")
            if Path(str(place.database)).is_dir():
                raise errors.RegisterFailed(database=where, fault="folder", reason="")
        with self.watched():
            return runner.current(self.engine) if exists(self.place) else None

    def require(self) -> None:
        """Check that there is a register and that this program knows its edition.

        Raises:
            RegisterMissing, RegisterOlder, RegisterNewer, RegisterUnreachable, RegisterFailed.
        """
        from migrations import runner
        from workflow import errors

        found = self.edition()
        if found is None:
            raise errors.RegisterMissing(database=self.shown_database)
        if found != runner.head():
            kind = errors.RegisterOlder if found < runner.head() else errors.RegisterNewer
            raise kind(database=self.shown_database, found=found, head=runner.head())

    def unit(self, connection: "sa.Connection") -> "Unit":
        """Give the unit of work of a transaction."""
        from workflow.unit import Unit

        return Unit(connection, self.now, self.today)

    @contextmanager
    def writing(self, *, dry: bool = False) -> Iterator["Unit"]:
        """Hold a unit of work that is kept only if the body finishes, and never on a dry run."""
        from models.database import writing

        self.require()
        with self.watched(), writing(self.engine) as connection:
            yield self.unit(connection)
            if dry:
                connection.rollback()

    @contextmanager
    def reading(self) -> Iterator["Unit"]:
        """Hold a unit that sees one state of the register and takes no write lock."""
        from models.database import reading

        self.require()
        with self.watched(), reading(self.engine) as connection:
            yield self.unit(connection)

    def actor(self, unit: "Unit") -> "Actor":
        """Say who acts in this unit."""
        from workflow import people

        return people.actor(unit, self.login, self.acting_as)

    @cached_property
    def speech(self) -> "Speech":
        """The sentences, in the language in use."""
        from models.vocabulary import Language
        from workflow.lifecycle import definition
        from workflow.messages import Speech

        return Speech(Language(language()), definition())

    def banner(self, unit: "Unit") -> tuple[str, ...]:
        """Give the line that every page of a demo register begins with; none elsewhere."""
        if not unit.is_demo:
            return ()
        line = say(
            "REJESTR POKAZOWY: nic tu nie jest prawem.", "DEMO REGISTER: nothing here is law."
        )
        return (line,)
