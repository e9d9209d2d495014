"""The office a command works in: its database, its clock, its people, its units of work."""

import datetime as dt
import getpass
import os
from collections.abc import Callable, Iterator, Sequence
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
        now: Callable[[], dt.datetime] = moment,
    ) -> None:
        self._database = database
        self.acting_as = acting_as
        self.now = now

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
        from workflow.messages import Speech

        return Speech(Language(language()))

    def banner(self, unit: "Unit") -> str | None:
        """Give what every page of a demo register says; None elsewhere."""
        if not unit.is_demo:
            return None
        return say(
            "REJESTR POKAZOWY: nic tu nie jest prawem.", "DEMO REGISTER: nothing here is law."
        )

    def references(self, beginning: str) -> Sequence[str]:
        """Give references of cases that begin so, for completion; silence where there is none."""
        import sqlalchemy as sa

        from models.cooperation import Cooperation
        from workflow.errors import AccordError

        statement = (
            sa.select(Cooperation.reference)
            .where(Cooperation.reference.startswith(beginning.upper(), autoescape=True))
            .order_by(Cooperation.reference)
            .limit(50)
        )
        try:
            with self.reading() as unit:
                return list(unit.connection.scalars(statement))
        except AccordError:
            return []


def output_folder() -> Path:
    """Give the folder that files are written to unless one is named: the current one."""
    return Path(os.curdir)
