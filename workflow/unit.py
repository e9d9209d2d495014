"""The unit of work: one transaction, the moment it belongs to, and the settings it sees."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

import sqlalchemy as sa

from models.base import table
from models.register import Setting as StoredSetting
from workflow.settings import Setting, Settings

_setting = table(StoredSetting).c
_SETTINGS = sa.select(
    _setting.key,
    _setting.value,
    _setting.valid_from,
    _setting.valid_until,
    _setting.source,
).order_by(_setting.id)

DEMO = "register.demo"
"""The setting that marks a register made with `init --demo`."""


@dataclass
class Unit:
    """One transaction of the office. Whoever opened it commits; nothing in `workflow` does.

    Attributes:
        connection: holds the transaction; on SQLite a writing one holds the write lock.
        now: the moment, in UTC; the office's, never the machine's own.
        today: the day in the office's time zone.
    """

    connection: sa.Connection
    now: Callable[[], dt.datetime]
    today: dt.date
    locks: set[str] = field(default_factory=set)

    @cached_property
    def settings(self) -> Settings:
        """The settings of this register, read once a unit."""
        return Settings(
            Setting(row.key, row.value, row.valid_from, row.valid_until, row.source)
            for row in self.connection.execute(_SETTINGS)
        )

    @property
    def is_demo(self) -> bool:
        """Say whether the register was made with `init --demo`; every page says so."""
        return self.settings.on(DEMO, self.today) is not None

    def lock(self, scopes: set[str]) -> None:
        """Hold what the rules of a step compare with until the transaction ends.

        On SQLite the unit already holds the only write lock there is. On PostgreSQL two twins in
        one country would otherwise both be accepted: neither sees the other's row. A unit that
        only reads holds nothing: nobody waits for somebody who asks what would be lawful.
        """
        only_reads = self.connection.get_execution_options().get("postgresql_readonly", False)
        if self.connection.dialect.name == "postgresql" and not only_reads:
            for scope in sorted(scopes - self.locks):
                self.connection.execute(
                    sa.text("SELECT pg_advisory_xact_lock(hashtextextended(:scope, 0))"),
                    {"scope": f"accord:{scope}"},
                )
        self.locks |= scopes
