"""The questions of the register: what only a person can answer, and what was answered."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, cast

import sqlalchemy as sa

from models.cooperation import Cooperation
from models.partner import Partner
from models.register import Question
from workflow.errors import NotFound
from workflow.unit import Unit


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: of which case or partner, about what, and its answer, if it has one."""

    id: int
    reference: str | None
    partner: str | None
    subject: str
    rule: str | None
    facts: Mapping[str, Any]
    batch: int | None
    row: int | None
    asked_at: dt.datetime
    answer: str | None
    reason: str | None
    source: str | None
    answered_at: dt.datetime | None
    answered_by: str | None

    def as_data(self) -> dict[str, object]:
        """Give the question under stable keys."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which questions are wanted; `after` is the last number of a page."""

    answered: bool = False
    reference: str | None = None
    subject: str | None = None
    after: int = 0
    limit: int | None = None


_QUESTIONS = (
    sa.select(
        Question.id,
        Cooperation.reference,
        Partner.slug,
        Question.subject,
        Question.rule,
        Question.facts,
        Question.batch_id,
        Question.row,
        Question.asked_at,
        Question.answer,
        Question.reason,
        Question.source,
        Question.answered_at,
        Question.answered_by,
    )
    .outerjoin(Cooperation, Cooperation.id == Question.cooperation_id)
    .outerjoin(Partner, Partner.id == Cooperation.partner_id)
    .order_by(Question.id)
)


def questions(unit: Unit, wanted: Wanted) -> Sequence[Asked]:
    """Give questions in the order in which they were asked; open ones unless told otherwise."""
    statement = _QUESTIONS.where(Question.id > wanted.after)
    if not wanted.answered:
        statement = statement.where(Question.answered_at.is_(None))
    for column, value in (
        (Cooperation.reference, wanted.reference),
        (Question.subject, wanted.subject),
    ):
        if value is not None:
            statement = statement.where(column == value)
    if wanted.limit is not None:
        statement = statement.limit(wanted.limit)
    return [_asked(row) for row in unit.connection.execute(statement)]


def _asked(row: sa.Row[*tuple[Any, ...]]) -> Asked:
    number, reference, partner, subject, rule, facts, *rest = cast(tuple[Any, ...], row)
    told = json.loads(facts)
    return Asked(number, reference, partner or told.get("partner"), subject, rule, told, *rest)


def question(unit: Unit, number: int, *, to_change: bool = False) -> Asked:
    """Give one question; to answer it, locked until the unit ends.

    Raises:
        NotFound: no question has this number.
    """
    statement = _QUESTIONS.where(Question.id == number)
    if to_change:
        statement = statement.with_for_update(of=Question)
    found = unit.connection.execute(statement).one_or_none()
    if found is None:
        raise NotFound(kind="question", name=str(number), near=())
    return _asked(found)
