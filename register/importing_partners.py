"""Make partners of the other sides a file names: who they are, and where a city lies."""

import json
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, count

import sqlalchemy as sa

from models.partner import CURRENT_FACT
from models.partner import Partner as Stored
from models.register import Question
from models.vocabulary import PartnerKind
from register import gazetteer
from register.importing_stage import Other, Stage
from workflow import partners, questions
from workflow.facts import Partner
from workflow.folding import slug
from workflow.inputs import Json
from workflow.questions import Doubt
from workflow.unit import Unit

_PARTNER = sa.select(Stored.__table__).where(Stored.id == sa.bindparam("id"))
_BY_SLUG = sa.select(Stored.id).where(Stored.slug == sa.bindparam("slug"))
_KNOWN_PLACE = sa.select(CURRENT_FACT.c.value).where(
    CURRENT_FACT.c.partner_id == sa.bindparam("partner"), CURRENT_FACT.c.name == "latitude"
)

MOST_AT_HAND = 10_000
"""Partners held in memory at a time."""
PLACE = "place"
"""The subject of the question where a partner lies."""


def mark(geonames_id: str) -> str:
    """Give the mark by which a city is known, however it is spelt; no name looks like it."""
    return f"geo:{geonames_id}"


def marks(kind: str, country: str | None, names: tuple[str, ...]) -> tuple[str, ...]:
    """Give the mark of the one city that bears the names; nothing where there is not exactly one.

    Kijów and Kyiv have no letter in common, and yet are one city.
    """
    places = _places(kind, country, names)
    return (mark(str(places[0].geonames_id)),) if len(places) == 1 else ()


def _places(kind: str, country: str | None, names: tuple[str, ...]) -> tuple[gazetteer.Place, ...]:
    known = kind == PartnerKind.CITY and country is not None
    return gazetteer.find(names, country) if known and country else ()


@dataclass
class Others:
    """The partners of an import, each made when the first case needs it.

    Attributes:
        new: how many were added. asked: how many questions where a city lies.
    """

    unit: Unit
    stage: Stage
    by: str
    new: int = 0
    asked: int = 0
    _at_hand: dict[int, Partner] = field(default_factory=dict)

    def partner(self, number: int, batch: int) -> Partner:
        """Give the partner that another side is; one the register lacks is added."""
        if number not in self._at_hand:
            if len(self._at_hand) >= MOST_AT_HAND:
                self._at_hand.clear()
            other = self.stage.other(number)
            found = self._of_register(other.partner or self._added(other))
            self._place(found, other, batch)
            self._at_hand[number] = found
        return self._at_hand[number]

    def _of_register(self, identity: int) -> Partner:
        row = self.unit.connection.execute(_PARTNER, {"id": identity}).one()
        return Partner(
            row.id, row.slug, PartnerKind(row.kind), row.country, row.name_pl, row.name_en
        )

    def _added(self, other: Other) -> int:
        new = partners.NewPartner(
            other.name_en,
            PartnerKind(other.kind),
            other.country,
            other.name_pl,
            self._free_slug(other),
        )
        short = partners.add(self.unit, new, {}, "", self.by)
        identity = self.unit.connection.execute(_BY_SLUG, {"slug": short}).scalar_one()
        self.stage.becomes(other.id, identity)
        self.new += 1
        return identity

    def _free_slug(self, other: Other) -> str:
        """Choose a short name nobody bears: of two towns the second bears its country as well."""
        country = (other.country or "xx").lower()
        name = slug(other.name_en) or slug(other.name_pl) or f"{other.kind}-{other.row}"
        further = (f"{name}-{country}-{number}" for number in count(2))
        return next(
            short
            for short in chain((name, f"{name}-{country}"), further)
            if self.unit.connection.execute(_BY_SLUG, {"slug": short}).first() is None
        )

    def _place(self, partner: Partner, other: Other, batch: int) -> None:
        """Record where a city lies, once; where that is not certain a person is asked, once."""
        if partner.kind is not PartnerKind.CITY or partner.country is None:
            return
        known = self.unit.connection.execute(_KNOWN_PLACE, {"partner": partner.id}).first()
        if known is not None:
            return
        names = tuple(dict.fromkeys((partner.name_en, partner.name_pl)))
        places = _places(partner.kind, partner.country, names)
        if len(places) == 1:
            facts = places[0].facts
            partners.state(self.unit, partner.id, facts, gazetteer.source(), self.by)
            return
        matches: list[Json] = [{**place.facts, "name": place.name} for place in places]
        doubt = Doubt(
            f"{PLACE}.{'several' if places else 'none'}",
            {"partner": partner.slug, "name": partner.name_en, "matches": matches},
            None,
            other.row,
        )
        if partner.slug not in self._asked_before:
            self.asked += questions.ask(self.unit, None, batch, [doubt])

    @cached_property
    def _asked_before(self) -> frozenset[str]:
        """The partners of whom it has been asked, by their slugs."""
        rows = self.unit.connection.scalars(
            sa.select(Question.facts).where(
                Question.subject.startswith(f"{PLACE}."),
                Question.answer.is_distinct_from(questions.WITHDRAWN),
            )
        )
        return frozenset(json.loads(facts)["partner"] for facts in rows)
