"""Search partners and cases by what people remember: a name, a title, a number."""

from collections.abc import Collection, Generator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from itertools import islice

import sqlalchemy as sa

from models.cooperation import Cooperation
from models.partner import Partner
from models.vocabulary import START
from workflow.folding import fold
from workflow.unit import Unit

MOST = 50
BATCH = 1000
"""Cases held in memory at a time."""


@dataclass(frozen=True, slots=True)
class Hit:
    """What was found: `what` is `partner` or `case`, `name` its slug or reference.

    `about` is the kind of a partner, the title of a case.
    """

    what: str
    name: str
    name_pl: str
    name_en: str
    about: str

    def as_data(self) -> dict[str, str]:
        """Give the hit under stable keys."""
        return asdict(self)


def search(unit: Unit, text: str, limit: int = MOST) -> Sequence[Hit]:
    """Find partners by name and cases by reference, partner, file number or title.

    Everything is compared folded, without case and marks. Titles are stored as they were typed,
    so they are folded here, one after the other.
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
    hits = [Hit("partner", row.slug, row.name_pl, row.name_en, row.kind) for row in partners]
    with closing(_cases(unit, text.strip(), folded, {row.id for row in partners})) as found:
        return [*hits, *islice(found, limit)]


def _cases(unit: Unit, text: str, folded: str, partners: Collection[int]) -> Generator[Hit]:
    """Find cases in the order they were opened."""
    statement = (
        sa.select(
            Cooperation.reference,
            Cooperation.partner_id,
            Cooperation.file_number,
            Cooperation.title,
            Partner.name_pl,
            Partner.name_en,
        )
        .join(Partner, Partner.id == Cooperation.partner_id)
        .where(Cooperation.state != START)
        .order_by(Cooperation.id)
    )
    number = text.casefold()
    # Who has found enough leaves early, and the cursor must not stay open behind.
    with unit.connection.execution_options(yield_per=BATCH).execute(statement) as rows:
        for row in rows:
            if (
                row.partner_id in partners
                or number in row.reference.casefold()
                or number in (row.file_number or "").casefold()
                or folded in fold(row.title)
            ):
                yield Hit("case", row.reference, row.name_pl, row.name_en, row.title)
