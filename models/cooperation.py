"""A case, its history and its links to other cases.

The event is the only write: triggers (`migrations.guards`) let a case follow its events and refuse
every other change of it.
"""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from models.base import Base
from models.lifecycle import Lifecycle
from models.partner import Partner
from models.vocabulary import START, Form

RUNNING = ("in_force", "suspended", "in_notice")
"""States in which a cooperation binds both sides."""

OVER = ("expired", "terminated", "carried_out", "closed")
"""Final states."""


class Cooperation(Base):
    """Where a case stands, as its last event left it.

    `version` is the sequence of that event and `head` its hash; `since` is when it was recorded
    that the case came into this state and form. `due_on` is the next date that binds somebody,
    `ends_on` the last day in force. `awaits` says what a person is asked although no step does:
    a manager's confirmation or waiver, the officer's reading of a return.
    """

    __tablename__ = "cooperation"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    partner_id: Mapped[int] = mapped_column(sa.ForeignKey(Partner.id), index=True)
    title: Mapped[str]
    file_number: Mapped[str | None]
    officer: Mapped[str | None]
    form: Mapped[str] = mapped_column(server_default=Form.INFORMAL)
    state: Mapped[str] = mapped_column(server_default=START)
    version: Mapped[int] = mapped_column(server_default=sa.text("0"))
    definition: Mapped[str]
    head: Mapped[bytes | None]
    since: Mapped[datetime | None]
    due_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    awaits: Mapped[str | None]


class Event(Base):
    """The immutable record of one step.

    (case, sequence) is the key and so the lock: of two who write the same number one loses.
    `title`, `file_number` and `officer` are given only where the event changes them; `due_on` and
    `ends_on` are always what holds after it. `effective_on` is EDTF text: when it happened, to
    the precision known. `hash` is the SHA-256 of `previous` and `body`.
    """

    __tablename__ = "event"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["definition", "step", "form", "source", "new_form", "target"],
            [
                Lifecycle.definition,
                Lifecycle.step,
                Lifecycle.form,
                Lifecycle.source,
                Lifecycle.new_form,
                Lifecycle.target,
            ],
        ),
    )

    cooperation_id: Mapped[int] = mapped_column(sa.ForeignKey(Cooperation.id), primary_key=True)
    sequence: Mapped[int] = mapped_column(primary_key=True)
    step: Mapped[str]
    form: Mapped[str]
    source: Mapped[str]
    new_form: Mapped[str]
    target: Mapped[str]
    definition: Mapped[str]
    partner_id: Mapped[int] = mapped_column(sa.ForeignKey(Partner.id))
    title: Mapped[str | None]
    file_number: Mapped[str | None]
    officer: Mapped[str | None]
    due_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    awaits: Mapped[str | None]
    actor: Mapped[str]
    on_behalf_of: Mapped[str | None]
    login: Mapped[str]
    role: Mapped[str]
    effective_on: Mapped[str]
    recorded_at: Mapped[datetime]
    body: Mapped[str]
    previous: Mapped[bytes]
    hash: Mapped[bytes]


class CaseLink(Base):
    """How an event ties its case to another one; `kind` is a word of `vocabulary.Link`."""

    __tablename__ = "link"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["cooperation_id", "sequence"], [Event.cooperation_id, Event.sequence]
        ),
        sa.Index(None, "target_id", "kind"),
    )

    cooperation_id: Mapped[int] = mapped_column(primary_key=True)
    sequence: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    target_id: Mapped[int] = mapped_column(sa.ForeignKey(Cooperation.id), primary_key=True)


class Unsought(FunctionElement[str]):
    """A column that is compared but not looked up; on SQLite a plus sign says so.

    Without statistics SQLite thinks that a state is held by ten cases: it would read an index by
    state and sort, however many there are, rather than a partial index that is sorted already.
    """

    type = sa.Text()
    inherit_cache = True


@compiles(Unsought)
def _plain(element: Unsought, compiler: SQLCompiler, **options: object) -> str:
    return compiler.process(element.clauses, **options)


@compiles(Unsought, "sqlite")
def _with_plus(element: Unsought, compiler: SQLCompiler, **options: object) -> str:
    return f"+{compiler.process(element.clauses, **options)}"


def _words(states: tuple[str, ...]) -> list[sa.ColumnElement[str]]:
    return [sa.literal_column(f"'{state}'", sa.Text) for state in states]


# A partial index serves only a query that says its condition in the same words, and a bound
# parameter is not the same words. Lists ask by these three.
IS_PROPOSED = Unsought(Cooperation.state) == sa.literal_column("'proposed'", sa.Text)
"""The case waits for a manager's endorsement."""

IS_UNDER_WAY = Unsought(Cooperation.state).not_in(_words(RUNNING + OVER))
"""The case is neither in force in any way nor over: somebody works on it."""

IS_RUNNING = Unsought(Cooperation.state).in_(_words(RUNNING))
"""The case binds both sides, until `ends_on` where it has an end."""

for _name, _columns, _condition in (
    ("proposed", (Cooperation.due_on, Cooperation.id), IS_PROPOSED),
    ("under_way", (Cooperation.officer, Cooperation.due_on, Cooperation.id), IS_UNDER_WAY),
    ("running", (Cooperation.ends_on, Cooperation.id), IS_RUNNING),
):
    sa.Index(
        f"ix_cooperation_{_name}",
        *_columns,
        sqlite_where=_condition,
        postgresql_where=_condition,
    )
IS_ASKED = Cooperation.awaits.is_not(None)
"""Somebody is asked something in place: a confirmation, a waiver, to read why it came back."""

sa.Index(
    "ix_cooperation_awaits",
    Cooperation.awaits,
    Cooperation.officer,
    Cooperation.id,
    sqlite_where=IS_ASKED,
    postgresql_where=IS_ASKED,
)
sa.Index(None, Cooperation.state, Cooperation.id)
sa.Index(None, Cooperation.form, Cooperation.state)
