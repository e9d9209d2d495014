"""Partners: who they are and what is known of them, each statement with its source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from models.partner import Fact
from models.partner import Partner as Stored
from models.vocabulary import PartnerKind
from workflow.errors import AlreadyThere, InputFaults
from workflow.folding import fold, slug
from workflow.unit import Unit

NAMES = ("name_pl", "name_en")


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
    if country is not None and not (len(country) == 2 and country.isascii() and country.isalpha()):  # noqa: PLR2004 - alpha-2
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


def state(
    unit: Unit,
    partner_id: int,
    facts: Mapping[str, str],
    source: str,
    by: str,
    valid_from: str | None = None,
) -> None:
    """State facts of a partner with their source; what was stated before stays on record."""
    moment = unit.now()
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
