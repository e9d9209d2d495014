"""The register in figures, and what is irregular in it or not known.

A cooperation is counted where lists show it: one whose last day has passed counts as lapsed, and
what was withdrawn is not counted. Decisions are no cooperations.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa

from models.cooperation import RUNNING, Cooperation, Event
from models.partner import Partner
from models.register import ImportBatch, Question
from models.vocabulary import ENTER, RETRACT, START, Form, Outcome
from register.importing_taking import SET_ASIDE, STREAMED
from register.listing import LAPSED
from workflow.dates import PartialDate
from workflow.entering import CORRECT
from workflow.questions import WITHDRAWN
from workflow.unit import Unit

NOT_KNOWN = "unknown"
"""What is counted where no source tells."""
BEGINNINGS = ("sign_working_document", "sign", "decide", "confer", "admit")
"""Steps whose day is the first that a cooperation begun here is documented by."""


@dataclass(frozen=True, slots=True)
class Irregularity:
    """A rule that known facts of an entered case break."""

    reference: str
    partner: str
    rule: str
    variant: str
    facts: Mapping[str, Any]
    strength: str

    def as_data(self) -> dict[str, object]:
        """Give it under stable keys."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row of an import that is none of the register's, and why."""

    row: int
    batch: int
    key: str
    name: str
    why: str

    def as_data(self) -> dict[str, object]:
        """Give it under stable keys."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Report:
    """The figures; each of the four counts adds up to `cooperations`."""

    cooperations: int
    partners: int
    forms: Mapping[str, int]
    states: Mapping[str, int]
    countries: Mapping[str, int]
    decades: Mapping[str, int]
    irregularities: Sequence[Irregularity]
    open_questions: Mapping[str, int]
    batches: Mapping[int, str]
    """Imports that stand: number and name of the file."""
    set_aside: Sequence[SetAside]

    def as_data(self) -> dict[str, object]:
        """Give the report under stable keys."""
        return {
            **asdict(self),
            "irregularities": [one.as_data() for one in self.irregularities],
            "set_aside": [one.as_data() for one in self.set_aside],
        }


COUNTED = (Cooperation.state != START) & (Cooperation.form != Form.DECISION.value)


def report(unit: Unit) -> Report:
    """Count the register as it stands now; events are streamed, not held."""
    forms: Counter[str] = Counter()
    states: Counter[str] = Counter()
    countries: Counter[str] = Counter()
    partners: set[int] = set()
    rows = unit.connection.execute(
        sa.select(
            Cooperation.form,
            Cooperation.state,
            Cooperation.ends_on,
            Cooperation.partner_id,
            Partner.country,
        )
        .join(Partner, Partner.id == Cooperation.partner_id)
        .where(COUNTED),
        execution_options=STREAMED,
    )
    for row in rows:
        over = row.state in RUNNING and row.ends_on is not None and row.ends_on < unit.today
        forms[row.form] += 1
        states[LAPSED if over else row.state] += 1
        countries[row.country or NOT_KNOWN] += 1
        partners.add(row.partner_id)
    total = forms.total()
    return Report(
        total,
        len(partners),
        _ordered(forms),
        _ordered(states),
        _ordered(countries),
        _decades(unit, total),
        tuple(irregularities(unit)),
        _open(unit),
        _batches(unit),
        tuple(_set_aside(unit)),
    )


def _ordered(counts: Counter[str]) -> dict[str, int]:
    """Put the most frequent first; what is not known comes last."""
    items = sorted(counts.items(), key=lambda item: (item[0] == NOT_KNOWN, -item[1], item[0]))
    return dict(items)


def decade(date: PartialDate) -> str:
    """Give the decade of a date, `1990`; unknown where it may lie in two."""
    first, last = date.earliest, date.latest
    if first is None or last is None or first.year // 10 != last.year // 10:
        return NOT_KNOWN
    return f"{first.year // 10}0"


def _decades(unit: Unit, total: int) -> dict[str, int]:
    """Count the decades in which cooperations were first documented."""
    found: Counter[str] = Counter()
    case: int | None = None
    began: PartialDate | None = None
    by = 0
    for event in _events(unit, (ENTER, CORRECT, RETRACT, *BEGINNINGS)):
        if event.cooperation_id != case:
            found[_decade(began)] += case is not None
            case, began = event.cooperation_id, None
        inputs = json.loads(event.body)["inputs"]
        if event.step == RETRACT:
            began = None if inputs["event"] == by else began
        elif event.step in {ENTER, CORRECT}:
            said = inputs if event.step == ENTER else inputs.get("changes") or {}
            if event.step == ENTER or "began_on" in said:
                began = PartialDate.parse(said["began_on"]) if said.get("began_on") else None
                by = event.sequence
        elif began is None:
            began, by = PartialDate.parse(event.effective_on), event.sequence
    found[_decade(began)] += case is not None
    found[NOT_KNOWN] += total - found.total()
    return {name: found[name] for name in sorted(found) if found[name]}


def _decade(began: PartialDate | None) -> str:
    return decade(began) if began is not None else NOT_KNOWN


def _events(unit: Unit, steps: Sequence[str]) -> Iterator[sa.Row[*tuple[Any, ...]]]:
    query = (
        sa.select(
            Event.cooperation_id,
            Event.sequence,
            Event.step,
            Event.effective_on,
            Event.body,
            Cooperation.reference,
            Partner.slug,
        )
        .join(Cooperation, Cooperation.id == Event.cooperation_id)
        .join(Partner, Partner.id == Cooperation.partner_id)
        .where(Event.step.in_(steps), COUNTED)
        .order_by(Event.cooperation_id, Event.sequence)
    )
    yield from unit.connection.execute(query, execution_options=STREAMED)


def irregularities(unit: Unit) -> Iterator[Irregularity]:
    """Give what the rules found broken in registered history, when they were asked last."""
    last: sa.Row[*tuple[Any, ...]] | None = None
    for event in _events(unit, (ENTER, CORRECT)):
        if last is not None and last.cooperation_id != event.cooperation_id:
            yield from _broken(last)
        # A correction by hand asks no rule of an entry; the last that did counts.
        if event.step == ENTER or json.loads(event.body)["inputs"].get("judged"):
            last = event
    if last is not None:
        yield from _broken(last)


def _broken(event: sa.Row[*tuple[Any, ...]]) -> Iterator[Irregularity]:
    for finding in json.loads(event.body)["findings"]:
        if finding["outcome"] == Outcome.BROKEN:
            yield Irregularity(
                event.reference,
                event.slug,
                finding["rule"],
                finding["variant"],
                finding["facts"],
                finding["strength"],
            )


def _open(unit: Unit) -> dict[str, int]:
    rows = unit.connection.execute(
        sa.select(Question.subject, sa.func.count())
        .where(Question.answered_at.is_(None))
        .group_by(Question.subject)
    )
    return _ordered(Counter({subject: count for subject, count in rows}))  # noqa: C416 - rows are not pairs to mypy


def _batches(unit: Unit) -> dict[int, str]:
    rows = unit.connection.execute(
        sa.select(ImportBatch.id, ImportBatch.file_name)
        .where(ImportBatch.withdrawn_at.is_(None))
        .order_by(ImportBatch.id)
    )
    return {row.id: row.file_name for row in rows}


def _set_aside(unit: Unit) -> Iterator[SetAside]:
    rows = unit.connection.execute(
        sa.select(Question.row, Question.batch_id, Question.facts, Question.reason)
        .where(Question.subject == SET_ASIDE, Question.answer != WITHDRAWN)
        .order_by(Question.id)
    )
    for row in rows:
        told = json.loads(row.facts)
        said = told["said"]
        name = said.get("entity_pl") or said["entity_en"]
        yield SetAside(row.row, row.batch_id, told["key"], name, row.reason)
