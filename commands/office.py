"""The office a command works in: its database, its clock, its people, its units of work."""

import datetime as dt
import getpass
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
        if "://" not in self.database:
            return self.database
        from sqlalchemy import make_url

        return make_url(self.database).render_as_string(hide_password=True)

    @cached_property
    def engine(self) -> "sa.Engine":
        """The engine of the register, whether or not one is there."""
        from models.database import engine_for

        if "://" not in self.database:
            return engine_for(Path(self.database))
        return engine_for(self.database)

    def close(self) -> None:
        """Let go of the register, if it was opened."""
        if "engine" in self.__dict__:
            self.engine.dispose()

    def require(self) -> None:
        """Check that there is a register and that this program knows its edition.

        Raises:
            RegisterMissing, RegisterOlder, RegisterNewer, RegisterUnreachable.
        """
        from sqlalchemy.exc import OperationalError

        from migrations import runner
        from models.database import exists
        from workflow import errors

        try:
            if not exists(Path(self.database) if "://" not in self.database else self.database):
                raise errors.RegisterMissing(database=self.shown_database)
            found = runner.current(self.engine)
        except OperationalError as error:
            raise errors.RegisterUnreachable(
                database=self.shown_database, reason=str(error.orig).strip()
            ) from error
        if found is None:
            raise errors.RegisterMissing(database=self.shown_database)
        if found != runner.head():
            kind = errors.RegisterOlder if found < runner.head() else errors.RegisterNewer
            raise kind(database=self.shown_database, found=found, head=runner.head())

    def _unit(self, connection: "sa.Connection") -> "Unit":
        from workflow.unit import Unit

        return Unit(connection, self.now, self.today)

    @contextmanager
    def writing(self, *, dry: bool = False) -> Iterator["Unit"]:
        """Hold a unit of work that is kept only if the body finishes, and never on a dry run."""
        from models.database import writing

        self.require()
        with writing(self.engine) as connection:
            yield self._unit(connection)
            if dry:
                connection.rollback()

    @contextmanager
    def reading(self) -> Iterator["Unit"]:
        """Hold a unit that sees one state of the register and takes no write lock."""
        from models.database import reading

        self.require()
        with reading(self.engine) as connection:
            yield self._unit(connection)

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
