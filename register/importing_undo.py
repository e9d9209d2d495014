"""Withdraw an import by new events, as long as nothing was built on it.

What an import entered goes back to state none, what it corrected gets back what was said before.
Partners it brought stay: they are people to be found again, and nothing is ever deleted.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from models.activity import ActivityCooperation
from models.cooperation import CaseLink, Cooperation, Event
from models.draft import Draft
from models.register import ImportBatch, Question
from models.vocabulary import ENTER, RETRACT, START
from register.importing_taking import STREAMED
from workflow import questions
from workflow.entering import CORRECT, ENTERS, Origin, batch_of, withdraw
from workflow.errors import NotFound
from workflow.facts import Actor
from workflow.people import require
from workflow.reading import file
from workflow.unit import Unit

OWN = (ENTER, RETRACT, CORRECT)
"""The events an import records."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What was built on an import: on which case, and what (a message id).

    Attributes:
        detail: the entry, the case or the number of things that stand there.
    """

    reference: str
    what: str
    detail: str


@dataclass(frozen=True, slots=True)
class Undone:
    """What became of a batch: how many cases were withdrawn, or what stands in the way."""

    batch: int
    file_name: str
    cases: int
    obstacles: Sequence[Obstacle] = ()


def undo(unit: Unit, number: int, reason: str, actor: Actor) -> Undone:
    """Withdraw a batch, all of it or nothing.

    Raises:
        NotAllowed: the actor is no administrator.
        NotFound: no batch that still stands has this number.
    """
    require(actor, ENTERS, "register undo", unit)
    batch = unit.connection.execute(
        sa.select(ImportBatch.id, ImportBatch.file_name, ImportBatch.withdrawn_at)
        .where(ImportBatch.id == number)
        .with_for_update()
    ).one_or_none()
    if batch is None or batch.withdrawn_at is not None:
        raise NotFound(kind="batch", name=str(number), near=_standing(unit))
    cases = dict(_cases(unit, number))
    query = sa.select(ImportBatch.id).where(ImportBatch.withdrawn_at.is_not(None))
    withdrawn = frozenset(unit.connection.scalars(query))
    obstacles = [one for case_id in cases for one in _in_the_way(unit, case_id, number, withdrawn)]
    obstacles += _answered(unit, number)
    if obstacles:
        return Undone(number, batch.file_name, 0, obstacles)
    questions.withdraw(unit, number, actor.person, reason)
    origin = Origin({"undoes": number}, reason)
    for reference in cases.values():
        withdraw(unit, file(unit, reference, to_change=True), number, origin, actor)
    unit.connection.execute(
        sa.update(ImportBatch)
        .where(ImportBatch.id == number)
        .values(withdrawn_at=unit.now(), withdrawn_by=actor.person)
    )
    return Undone(number, batch.file_name, len(cases))


def _standing(unit: Unit) -> tuple[str, ...]:
    query = sa.select(ImportBatch.id).where(ImportBatch.withdrawn_at.is_(None))
    return tuple(map(str, unit.connection.scalars(query.order_by(ImportBatch.id.desc()).limit(3))))


def _cases(unit: Unit, number: int) -> Iterator[tuple[int, str]]:
    """Give the cases an import touched: id and reference.

    Its number stands in the bodies of its events only, so they are read through once.
    """
    query = (
        sa.select(Event.cooperation_id, Cooperation.reference, Event.body)
        .join(Cooperation, Cooperation.id == Event.cooperation_id)
        .where(Event.step.in_((ENTER, CORRECT)), Event.body.contains(f'"batch":{number}'))
        .order_by(Event.cooperation_id, Event.sequence)
    )
    for row in unit.connection.execute(query, execution_options=STREAMED):
        if batch_of(row.body) == number:
            yield row.cooperation_id, row.reference


def _in_the_way(
    unit: Unit, case_id: int, number: int, withdrawn: Collection[int]
) -> Iterator[Obstacle]:
    """Give what was built on a case since an import touched it."""
    reference, state = unit.connection.execute(
        sa.select(Cooperation.reference, Cooperation.state).where(Cooperation.id == case_id)
    ).one()
    events = unit.connection.execute(
        sa.select(Event.sequence, Event.step, Event.body)
        .where(Event.cooperation_id == case_id)
        .order_by(Event.sequence)
    ).all()
    by_import = {e.sequence: _import_of(e.body) for e in events if e.step in OWN}
    first = min(sequence for sequence, batch in by_import.items() if batch == number)
    for event in events:
        batch = by_import.get(event.sequence)
        if event.sequence < first or batch == number or batch in withdrawn:
            continue
        if batch is not None:
            yield Obstacle(reference, "batch", str(batch))
        else:
            yield Obstacle(reference, "event", f"{event.sequence} ({event.step})")
    if state == START:
        return
    for other, body in _pointing_at(unit, case_id):
        if batch_of(body) != number:
            yield Obstacle(reference, "link", other)
    for what, table, column in (
        ("draft", Draft, Draft.cooperation_id),
        ("activity", ActivityCooperation, ActivityCooperation.cooperation_id),
    ):
        query = sa.select(sa.func.count()).select_from(table).where(column == case_id)
        if count := unit.connection.scalar(query):
            yield Obstacle(reference, what, str(count))


def _import_of(body: str) -> int | None:
    """Give the import an event rests on, or the one it withdrew."""
    undoes = json.loads(body)["inputs"].get("undoes")
    return undoes if isinstance(undoes, int) else batch_of(body)


def _pointing_at(unit: Unit, case_id: int) -> Iterator[tuple[str, str]]:
    """Give the standing cases that point at a case, with the event that does."""
    rows = unit.connection.execute(
        sa.select(Cooperation.reference, Event.body)
        .select_from(CaseLink)
        .join(Cooperation, Cooperation.id == CaseLink.cooperation_id)
        .join(
            Event,
            (Event.cooperation_id == CaseLink.cooperation_id)
            & (Event.sequence == CaseLink.sequence),
        )
        .where(CaseLink.target_id == case_id, Cooperation.state != START)
        .order_by(Cooperation.reference)
    )
    yield from ((row.reference, row.body) for row in rows)


def _answered(unit: Unit, number: int) -> list[Obstacle]:
    """Give the questions of an import that a person has answered, about a case or a partner.

    What is set aside was answered by the import itself.
    """
    rows = unit.connection.execute(
        sa.select(Question.id, Question.subject, Question.facts, Cooperation.reference)
        .outerjoin(Cooperation, Cooperation.id == Question.cooperation_id)
        .where(
            Question.batch_id == number,
            Question.answered_at.is_not(None),
            Question.answer.not_in(questions.CLOSED),
            Question.subject != "set_aside",
        )
        .order_by(Question.id)
    )
    return [
        Obstacle(row.reference or json.loads(row.facts).get("partner", ""), "answer", str(row.id))
        for row in rows
    ]
