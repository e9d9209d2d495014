"""Partners: who they are and what is known of them, each statement with its source."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from models.partner import Fact
from models.partner import Partner as Stored
from models.vocabulary import PartnerKind
from workflow.dates import PartialDate
from workflow.errors import AlreadyThere, InputFaults, NotFound
from workflow.folding import fold, slug
from workflow.unit import Unit

NAMES = ("name_pl", "name_en")
ALPHA_2 = 2
"""Letters of a country by ISO 3166-1 alpha-2."""


@dataclass(frozen=True, slots=True)
class NewPartner:
    """What a person enters; country is ISO 3166-1 alpha-2, None where there is none."""

    name_en: str
    kind: PartnerKind
    country: str | None = None
    name_pl: str | None = None
    slug: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One stored fact of a partner."""

    name: str
    value: str
    source: str
    valid_from: str | None
    recorded_by: str


def add(unit: Unit, partner: NewPartner, facts: Mapping[str, str], source: str, by: str) -> str:
    """Add a partner and what is stated of it; give its slug.

    Raises:
        InputFaults: a name without a letter, or a country that is not two letters.
        AlreadyThere: the slug is taken; the partner is probably in the register.
    """
    short = slug(partner.slug or partner.name_en)
    faults: list[Mapping[str, object]] = []
    if not short:
        faults.append({"name": "name_en", "value": partner.name_en, "fault": "empty"})
    country = partner.country.upper() if partner.country else None
    if country is not None and not _is_country(country):
        faults.append({"name": "country", "value": partner.country, "fault": "not_a_country"})
    if faults:
        raise InputFaults("partner add", faults)
    if unit.connection.execute(sa.select(Stored.id).where(Stored.slug == short)).first():
        raise AlreadyThere(kind="partner", name=short)
    name_pl = partner.name_pl or partner.name_en
    moment = unit.now()
    identity = unit.connection.execute(
        sa.insert(Stored)
        .values(
            slug=short,
            kind=partner.kind.value,
            country=country,
            name_pl=name_pl,
            name_en=partner.name_en,
            folded=" ".join(dict.fromkeys((fold(name_pl), fold(partner.name_en)))),
            created_at=moment,
            created_by=by,
        )
        .returning(Stored.id)
    ).scalar_one()
    state(unit, identity, facts, source, by)
    return short


def _is_country(text: str) -> bool:
    return len(text) == ALPHA_2 and text.isascii() and text.isalpha()


def _country(text: str) -> str:
    country = text.strip().upper()
    if not _is_country(country):
        fault = {"name": "country", "value": text, "fault": "not_a_country"}
        raise InputFaults("partner edit", [fault])
    return country


def state(
    unit: Unit,
    partner_id: int,
    facts: Mapping[str, str],
    source: str,
    by: str,
    valid_from: str | None = None,
) -> None:
    """State facts of a partner with their source; what was stated before stays on record.

    The country is what the rules of exclusiveness and of Europe ask for, so stating it also sets
    it on the partner.

    Raises:
        InputFaults: a country that is not two letters.
    """
    moment = unit.now()
    if "country" in facts:
        country = _country(facts["country"])
        facts = {**facts, "country": country}
        unit.connection.execute(
            sa.update(Stored).where(Stored.id == partner_id).values(country=country)
        )
    for name, value in facts.items():
        unit.connection.execute(
            sa.insert(Fact).values(
                partner_id=partner_id,
                name=name,
                value=value,
                source=source,
                valid_from=valid_from,
                recorded_at=moment,
                recorded_by=by,
            )
        )


def statements(unit: Unit, partner_id: int) -> Sequence[Statement]:
    """Give everything ever stated of a partner, the oldest first."""
    rows = unit.connection.execute(
        sa.select(Fact.name, Fact.value, Fact.source, Fact.valid_from, Fact.recorded_by)
        .where(Fact.partner_id == partner_id)
        .order_by(Fact.id)
    )
    return [
        Statement(row.name, row.value, row.source, row.valid_from, row.recorded_by) for row in rows
    ]


def rename(
    unit: Unit, slug: str, names: Mapping[str, str], on: str, document: str, by: str
) -> None:
    """Give a partner new names from a day on; the old ones stay on record with their time.

    Args:
        unit: a writing unit.
        slug: the partner, whose slug stays.
        names: `name_pl`, `name_en` or both.
        on: since when, canonical EDTF.
        document: what the renaming rests on.
        by: who records it.

    Raises:
        NotFound: no such partner. InputFaults: no new name was given.
    """
    found = unit.connection.execute(
        sa.select(Stored.id, Stored.name_pl, Stored.name_en).where(Stored.slug == slug)
    ).one_or_none()
    if found is None:
        raise NotFound(kind="partner", name=slug, near=())
    given = {name: " ".join(text.split()) for name, text in names.items() if text.strip()}
    if not given:
        raise InputFaults("partner rename", [{"name": "name_pl", "fault": "missing", "label": {}}])
    before = {"name_pl": found.name_pl, "name_en": found.name_en}
    stated = {row.name for row in statements(unit, found.id)}
    for name in given:
        if name not in stated:
            state(unit, found.id, {name: before[name]}, "partner add", by)
    state(unit, found.id, given, document, by, on)
    now = {**before, **given}
    unit.connection.execute(
        sa.update(Stored)
        .where(Stored.id == found.id)
        .values(
            **given, folded=" ".join(dict.fromkeys((fold(now["name_pl"]), fold(now["name_en"]))))
        )
    )


def names_on(unit: Unit, partner_id: int, day: PartialDate) -> Mapping[str, str]:
    """Give the names a partner bore on a day, as far as a renaming tells; empty: the current ones.

    An ended case is shown with the name its partner bore when it ended.
    """
    found: dict[str, str] = {}
    for row in statements(unit, partner_id):
        if row.name in NAMES:
            since = PartialDate.parse(row.valid_from) if row.valid_from else None
            if since is None or not day.certainly_before(since.earliest or dt.date.min):
                found[row.name] = row.value
    return found
