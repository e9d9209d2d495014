"""Search partners and cases by what people remember: a name, a title, a number."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import sqlalchemy as sa

from models.cooperation import Cooperation
from models.partner import Partner
from workflow.folding import fold
from workflow.unit import Unit

MOST = 50


@dataclass(frozen=True, slots=True)
class Hit:
    """A partner or case that was found; `name` is its slug or reference."""

    name: str
    name_pl: str
    name_en: str
    about: str

    def as_data(self) -> dict[str, str]:
        """Give the hit under stable keys."""
        return asdict(self)


def search(unit: Unit, text: str, limit: int = MOST) -> Sequence[Hit]:
    """Find partners by name and cases by reference, partner, file number or title.

    Partners are compared folded (no case, no marks); a title as it was typed, so also folded in
    Python for the cases the partner's name did not find.
    """
    folded = fold(text)
    if not folded:
        return []
    partners = unit.connection.execute(
        sa.select(Partner.id, Partner.slug, Partner.name_pl, Partner.name_en, Partner.kind)
        .where(Partner.folded.contains(folded, autoescape=True))
        .order_by(Partner.folded)
        .limit(limit)
    ).all()
    hits = [Hit(row.slug, row.name_pl, row.name_en, row.kind) for row in partners]
    cases = (
        sa.select(Cooperation.reference, Partner.name_pl, Partner.name_en, Cooperation.title)
        .join(Partner, Partner.id == Cooperation.partner_id)
        .where(
            sa.or_(
                Cooperation.reference.contains(text.strip().upper(), autoescape=True),
                Cooperation.file_number.contains(text.strip(), autoescape=True),
                Cooperation.partner_id.in_([row.id for row in partners]),
                Cooperation.title.contains(text.strip(), autoescape=True),
            ),
            Cooperation.version > 0,
        )
        .order_by(Cooperation.id)
        .limit(limit)
    )
    hits += [
        Hit(row.reference, row.name_pl, row.name_en, row.title)
        for row in unit.connection.execute(cases)
    ]
    return hits
