"""Questions that only a person can answer: asked once, closed when the sources answer them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from models.register import Question
from workflow.inputs import Json
from workflow.unit import Unit

SETTLED = "settled"
"""The answer of a question that later sources, or other answers, made superfluous."""
WITHDRAWN = "withdrawn"
"""The answer of a question whose import was withdrawn."""
CLOSED = frozenset({SETTLED, WITHDRAWN})
"""Answers that no person gave."""
RENEWED = "renewed"

_INSERT = sa.insert(Question)


@dataclass(frozen=True, slots=True)
class Doubt:
    """What only a person can answer.

    Attributes:
        subject: what it is about, the id of its sentence; of one case each is asked once.
        facts: what the sentence says.
        rule: the first rule that lacks the fact; None where the sources leave it open.
        row: of the file that left it open.
    """

    subject: str
    facts: Mapping[str, Json]
    rule: str | None = None
    row: int | None = None


def ask(unit: Unit, case_id: int | None, batch: int | None, doubts: Sequence[Doubt]) -> int:
    """Ask, and give how many questions there are now more."""
    if doubts:
        moment = unit.now()
        unit.connection.execute(
            _INSERT,
            [
                {
                    "cooperation_id": case_id,
                    "batch_id": batch,
                    "row": doubt.row,
                    "subject": doubt.subject,
                    "rule": doubt.rule,
                    "facts": told(doubt),
                    "asked_at": moment,
                }
                for doubt in doubts
            ],
        )
    return len(doubts)


def revise(
    unit: Unit,
    case_id: int,
    batch: int | None,
    found: Sequence[Doubt],
    stated: Sequence[Doubt] | None,
    by: str,
    reason: str,
) -> int:
    """Ask what is open now and was not asked yet; close what is open no longer.

    Args:
        unit: writing.
        case_id: of the case.
        batch: the import that changed it, if one did.
        found: what the rules and the calendar leave open.
        stated: what the sources leave open; None if the sources have not changed.
        by: who closes.
        reason: why.

    Returns:
        How many questions were asked.
    """
    rows = unit.connection.execute(
        sa.select(
            Question.id,
            Question.subject,
            Question.rule,
            Question.facts,
            Question.answer,
            Question.answered_at,
        ).where(Question.cooperation_id == case_id)
    ).all()
    now = {doubt.subject: doubt for doubt in (*found, *(stated or ()))}
    known: set[str] = set()
    gone: list[int] = []
    for row in rows:
        doubt = now.get(row.subject)
        of_rules = row.rule is not None or row.subject == RENEWED
        if row.answered_at is not None:
            # A person is not asked the same twice; about other facts it is another question.
            same = doubt is not None and told(doubt) == row.facts and row.answer not in CLOSED
            known |= {row.subject} if same else set()
        elif doubt is not None:
            known.add(row.subject)
            if told(doubt) != row.facts:
                change = sa.update(Question).where(Question.id == row.id)
                unit.connection.execute(change.values(facts=told(doubt)))
        elif of_rules or stated is not None:
            gone.append(row.id)
    _close(unit, gone, batch, by, reason)
    return ask(unit, case_id, batch, [one for subject, one in now.items() if subject not in known])


def _close(unit: Unit, ids: Sequence[int], batch: int | None, by: str, reason: str) -> None:
    """Close questions that need nobody's answer any more."""
    if ids:
        unit.connection.execute(
            sa.update(Question)
            .where(Question.id.in_(ids))
            .values(
                answer=SETTLED,
                reason=reason,
                source=_import(batch),
                answered_at=unit.now(),
                answered_by=by,
            )
        )


def _import(batch: int | None) -> str | None:
    return f"import {batch}" if batch is not None else None


def withdraw(unit: Unit, batch: int, by: str, reason: str) -> None:
    """Close what an import asked, and open again what it closed."""
    unit.connection.execute(
        sa.update(Question)
        .where(Question.answer == SETTLED, Question.source == _import(batch))
        .values(answer=None, reason=None, source=None, answered_at=None, answered_by=None)
    )
    # What it set aside, and so answered itself, will be there again if it is imported again.
    still = Question.answered_at.is_(None) | Question.cooperation_id.is_(None)
    unit.connection.execute(
        sa.update(Question)
        .where(Question.batch_id == batch, still)
        .values(answer=WITHDRAWN, reason=reason, answered_at=unit.now(), answered_by=by)
    )


def told(doubt: Doubt) -> str:
    """Write the facts of a question as they are stored."""
    return json.dumps(doubt.facts, ensure_ascii=False, sort_keys=True)
