"""Lists of cases: filtered, in the order they were opened, a page at a time."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, cast

import sqlalchemy as sa

from models.cooperation import IS_RUNNING, RUNNING, Cooperation, Unsought
from models.partner import Partner
from models.vocabulary import START
from workflow.folding import polish_key
from workflow.unit import Unit

LAPSED = "lapsed"
"""Shown for a case that stands in force although its last day has passed (domain.md F4)."""


ALL = 1_000_000_000
"""A limit that is none."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A case as a list shows it."""

    reference: str
    partner: str
    name_pl: str
    name_en: str
    title: str
    form: str
    state: str
    officer: str | None
    due_on: dt.date | None
    ends_on: dt.date | None
    file_number: str | None
    version: int
    id: int
    awaits: str | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is asked for; None leaves a thing open. `after` is the last id of a page."""

    state: str | None = None
    form: str | None = None
    partner: str | None = None
    country: str | None = None
    officer: str | None = None
    after: int = 0
    limit: int = 50


# A case whose entry was withdrawn stands where it was born, and is in no list.
ENTRY = (
    sa.select(
        Cooperation.reference,
        Partner.slug,
        Partner.name_pl,
        Partner.name_en,
        Cooperation.title,
        Cooperation.form,
        Cooperation.state,
        Cooperation.officer,
        Cooperation.due_on,
        Cooperation.ends_on,
        Cooperation.file_number,
        Cooperation.version,
        Cooperation.id,
        Cooperation.awaits,
    )
    .join(Partner, Partner.id == Cooperation.partner_id)
    .where(Cooperation.state != START)
)


def entry(row: sa.Row[*tuple[Any, ...]], today: dt.date) -> Entry:
    """Make an entry of a row; a case past its last day is shown as lapsed, never as in force."""
    found = Entry(*row)
    over = found.state in RUNNING and found.ends_on is not None and found.ends_on < today
    return replace(found, state=LAPSED) if over else found


def cases(unit: Unit, wanted: Wanted) -> Sequence[Entry]:
    """Give a page of cases in the order they were opened."""
    # What has lapsed is found by its last day and then sorted: there is little of it, and by its
    # number SQLite would walk the whole register to find it.
    lapsed = wanted.state == LAPSED
    statement = ENTRY.order_by(Unsought(Cooperation.id) if lapsed else Cooperation.id)
    statement = statement.limit(wanted.limit)
    if wanted.after:
        statement = statement.where(Cooperation.id > wanted.after)
    if lapsed:
        statement = statement.where(IS_RUNNING, Cooperation.ends_on < unit.today)
    elif wanted.state is not None:
        statement = statement.where(Cooperation.state == wanted.state)
        if wanted.state in RUNNING:
            open_end = Cooperation.ends_on.is_(None) | (Cooperation.ends_on >= unit.today)
            statement = statement.where(open_end)
    for column, value in (
        (Cooperation.form, wanted.form),
        (Partner.slug, wanted.partner),
        (Partner.country, wanted.country),
        (Cooperation.officer, wanted.officer),
    ):
        if value is not None:
            statement = statement.where(column == value)
    return [entry(row, unit.today) for row in unit.connection.execute(statement)]


def beginning_with(
    unit: Unit, name: sa.orm.InstrumentedAttribute[str], beginning: str, limit: int
) -> Sequence[str]:
    """Give names that begin so, in their order."""
    statement = (
        sa.select(name)
        .where(name.startswith(beginning, autoescape=True))
        .order_by(name)
        .limit(limit)
    )
    return unit.connection.scalars(statement).all()


@dataclass(frozen=True, slots=True)
class PartnerEntry:
    """A partner as a list shows it, with the number of its cases."""

    slug: str
    kind: str
    country: str | None
    name_pl: str
    name_en: str
    cases: int

    def name(self, language: str) -> str:
        """Give the name in a language."""
        return self.name_pl if language == "pl" else self.name_en

    def as_data(self) -> dict[str, object]:
        """Give the entry under stable keys."""
        return asdict(self)


def partners(
    unit: Unit, *, kind: str | None, country: str | None, language: str
) -> Sequence[PartnerEntry]:
    """Give the partners in the order of the alphabet of the language."""
    statement = (
        sa.select(
            Partner.slug,
            Partner.kind,
            Partner.country,
            Partner.name_pl,
            Partner.name_en,
            sa.func.count(Cooperation.id),
        )
        .outerjoin(
            Cooperation, (Cooperation.partner_id == Partner.id) & (Cooperation.state != START)
        )
        .group_by(Partner.id)
    )
    if kind is not None:
        statement = statement.where(Partner.kind == kind)
    if country is not None:
        statement = statement.where(Partner.country == country.upper())
    found = [
        PartnerEntry(*cast(tuple[Any, ...], row)) for row in unit.connection.execute(statement)
    ]
    return sorted(found, key=lambda entry: polish_key(entry.name(language)))
