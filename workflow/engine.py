"""Make it happen: one event is the only write, and every rule has been asked before it.

Nothing here commits. The unit of work locks before it judges; the database's own triggers let the
case follow the event and refuse everything else.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import cast

import sqlalchemy as sa

from models.base import table
from models.cooperation import CaseLink, Cooperation, Event
from models.vocabulary import ENTER, START, Form, Link, Outcome, Role
from workflow import chain, clock
from workflow import inputs as typed
from workflow.advice import can_be_carried_out, row_for
from workflow.dates import PartialDate
from workflow.definition import Definition, Row
from workflow.errors import (
    CaseChanged,
    StepNotOpen,
    StepRefused,
)
from workflow.facts import Act, Actor, Case, Finding
from workflow.inputs import Json, Value
from workflow.judge import Verdict, judge
from workflow.lifecycle import CURRENT, definition
from workflow.machine import move
from workflow.people import require
from workflow.project import Head, Recorded, awaited, project, validity
from workflow.reading import File, by_reference, facts, file, partner
from workflow.unit import Unit

_INSERT = sa.insert(table(Event))
_NEW_CASE = sa.insert(table(Cooperation)).returning(table(Cooperation).c.id)
_LINK = sa.insert(table(CaseLink))
_NEXT_NUMBER = sa.text(
    "INSERT INTO reference_counter (year, last) VALUES (:year, 1)"
    " ON CONFLICT (year) DO UPDATE SET last = reference_counter.last + 1 RETURNING last"
)
LINKED_BY = {
    "continues": Link.CONTINUES,
    "under": Link.UNDER,
    "replaced_by": Link.REPLACED_BY,
}
IN_FORCE = frozenset({"in_force", "suspended", "in_notice"})


@dataclass(frozen=True, slots=True)
class Taken:
    """What a step did.

    Attributes:
        carried_out: the decision that was carried out with it.
    """

    reference: str
    sequence: int
    step: str
    form: Form
    source: str
    state: str
    findings: tuple[Finding, ...]
    due_on: dt.date | None
    carried_out: str | None = None

    @property
    def moved(self) -> bool:
        """Say whether the case stands elsewhere now."""
        return self.source != self.state


def open_case(unit: Unit, slug: str, words: Mapping[str, str], actor: Actor) -> Taken:
    """Open a case with a partner; it is informal until it is proposed.

    Raises:
        NotFound: no such partner. InputFaults, NotAllowed, StepRefused: as for `advance`.
    """
    return _begin(unit, partner(unit, slug).id, Form.INFORMAL, "open", words, actor, None)


def raise_decision(unit: Unit, about: str, words: Mapping[str, str], actor: Actor) -> Taken:
    """Raise a decision about a cooperation in force, as a case of its own.

    Raises:
        NotFound: no case `about`. StepNotOpen: it is not in force in any way. InputFaults: no step
        on a cooperation of its form would carry out a decision of that purpose. InputFaults,
        NotAllowed, StepRefused: as for `advance`.
    """
    cooperation = by_reference(unit, about)
    if cooperation.state not in IN_FORCE:
        raise StepNotOpen(
            reference=about,
            step="raise",
            state=cooperation.state,
            form=cooperation.form,
            open=(),
            findings=(),
        )
    can_be_carried_out(definition(CURRENT), cooperation.form, words.get("purpose", ""))
    given = {**words, "about": about}
    return _begin(unit, cooperation.partner_id, Form.DECISION, "raise", given, actor, about)


def advance(
    unit: Unit,
    reference: str,
    step: str,
    words: Mapping[str, str],
    actor: Actor,
    *,
    seen: int | None = None,
) -> Taken:
    """Take a step on a case, if every rule holds.

    Args:
        unit: a writing unit; nothing is kept unless it commits.
        reference: of the case.
        step: of its definition.
        words: name -> what was typed.
        actor: who records.
        seen: the version the caller looked at; a case that moved since is left alone.

    Raises:
        NotFound, StepUnknown, StepNotOpen, NotAllowed, InputFaults, StepRefused, CaseChanged:
            nothing was written.
    """
    of = file(unit, reference, to_change=True)
    if seen is not None and seen != of.case.version:
        last = of.events[-1] if of.events else None
        raise CaseChanged(
            reference=reference,
            seen=seen,
            version=of.case.version,
            step=last and last.step,
            actor=last and last.actor,
            recorded_at=last and last.recorded_at,
        )
    if step == "carry_out":
        raise StepNotOpen(
            reference=reference, step=step, state=of.case.state, form=of.case.form, open=(),
            findings=(), with_the_step=True,
        )  # fmt: skip
    row = row_for(unit, of, step, words, actor)
    require(actor, row.recorded_by, row.step, unit, reference)
    inputs = typed.read(step, of.definition.specs(row), row.optional, words)
    verdict = judge(facts(unit, of, row, inputs, actor))
    if not verdict.lawful:
        raise StepRefused(
            verdict.findings,
            reference=reference,
            step=step,
            state=of.case.state,
            form=row.new_form,
        )
    # Whatever may still refuse is asked before the first write: a caller may go on after a refusal.
    decision = _decision_used(verdict)
    carried_out = None if decision is None else _carry_out(unit, decision, inputs, actor)
    taken = _write(unit, of, row, inputs, actor, verdict.findings)
    if carried_out is None:
        return taken
    _write(unit, *carried_out)
    return replace(taken, carried_out=decision)


def _begin(
    unit: Unit,
    partner_id: int,
    form: Form,
    step: str,
    words: Mapping[str, str],
    actor: Actor,
    about: str | None,
) -> Taken:
    edition = definition(CURRENT)
    row = edition.row(form, START, step)
    assert row is not None  # noqa: S101 - the loader would have refused such a definition
    require(actor, row.recorded_by, row.step, unit, about or "")
    inputs = typed.read(step, edition.specs(row), row.optional, words)
    # The rules are asked about a case that is there; if they refuse it is gone with its number.
    with unit.connection.begin_nested():
        title = str(inputs.get("title") or f"{inputs.get('purpose')}: {about}")
        _, reference = new_case(unit, partner_id, form, title)
        of = file(unit, reference, to_change=True)
        verdict = judge(facts(unit, of, row, inputs, actor))
        if not verdict.lawful:
            raise StepRefused(
                verdict.findings, reference=reference, step=step, state=START, form=form
            )
        taken = _write(unit, of, row, inputs, actor, verdict.findings)
        if about is not None:
            _link(unit, of.id, taken.sequence, Link.ABOUT, _target(unit, about))
    return taken


def new_case(unit: Unit, partner_id: int, form: Form, title: str) -> tuple[int, str]:
    """Let a case be born, in state `none` and with the next number of the year.

    Returns:
        Its id and its reference.
    """
    number = unit.connection.execute(_NEXT_NUMBER, {"year": unit.today.year}).scalar_one()
    reference = f"KRK-{unit.today.year}-{number:04d}"
    identity = unit.connection.execute(
        _NEW_CASE,
        {
            "reference": reference,
            "partner_id": partner_id,
            "title": title,
            "form": form.value,
            "definition": CURRENT,
        },
    ).scalar_one()
    return identity, reference


def _decision_used(verdict: Verdict) -> str | None:
    for finding in verdict.findings:
        if finding.rule == "decided" and finding.outcome == Outcome.HOLDS:
            return cast(str | None, finding.facts.get("decision"))
    return None


def _carry_out(
    unit: Unit, reference: str, because: Mapping[str, Value], actor: Actor
) -> tuple[File, Row, Mapping[str, Value], Actor, tuple[Finding, ...]]:
    """Judge that a decision may be carried out with the step it allows, and give what to write."""
    of = file(unit, reference, to_change=True)
    inputs = {"date": because["date"]}
    row = row_for(unit, of, "carry_out", {}, actor)
    verdict = judge(facts(unit, of, row, inputs, actor))
    if not verdict.lawful:
        raise StepRefused(
            verdict.findings,
            reference=reference,
            step="carry_out",
            state=of.case.state,
            form=of.case.form,
        )
    return of, row, inputs, actor, verdict.findings


def in_place(
    unit: Unit,
    of: File,
    step: str,
    stored: Mapping[str, Json],
    actor: Actor,
    *,
    needed: frozenset[Role],
    findings: tuple[Finding, ...] = (),
) -> int:
    """Record an event of the engine itself that leaves the case where it is.

    Its clocks run on; only a correction may move the last day in force.

    Returns:
        The sequence of the event.

    Raises:
        NotAllowed: the actor holds none of the roles.
    """
    case = of.case
    row = Row(
        step, case.form, case.state, case.form, case.state,
        (), tuple(sorted(needed)), (), frozenset(), (), {}, (), (),
    )  # fmt: skip
    require(actor, row.recorded_by, row.step, unit, case.reference)
    corrects = step == "correct" and case.state in IN_FORCE
    ends_on = _once_corrected(unit, of, stored, actor) if corrects else of.ends_on
    return record(unit, of, row, stored, actor, findings, due_on=of.due_on, ends_on=ends_on)


def _once_corrected(
    unit: Unit, of: File, stored: Mapping[str, Json], actor: Actor
) -> dt.date | None:
    """Give the last day in force once a correction is recorded, by the one reading of history."""
    case = of.case
    form, number = case.form.value, case.version + 1
    correction = Recorded(
        number, "correct", form, case.state, form, case.state, actor.person, actor.on_behalf_of,
        "", unit.today.isoformat(), unit.now(), chain.canonical({"inputs": stored}),
    )  # fmt: skip
    head = Head(
        case.reference, case.title, case.file_number, case.officer, form, case.state, number,
        case.definition,
    )  # fmt: skip
    valid = validity(project(head, (*of.events, correction), of.definition.inputs))
    return valid.last if valid is not None else None


def record(  # noqa: PLR0913 - an event is made of these
    unit: Unit,
    of: File,
    row: Row,
    stored: Mapping[str, Json],
    actor: Actor,
    findings: tuple[Finding, ...] = (),
    *,
    due_on: dt.date | None,
    ends_on: dt.date | None,
    effective: PartialDate | None = None,
) -> int:
    """Record an event that no rule of the law stops, with the clocks it leaves running.

    It happens today unless `effective` says when it happened.
    """
    date = effective or PartialDate.of(unit.today)
    return _insert(unit, of, row, stored, date, actor, findings, due_on=due_on, ends_on=ends_on)


def _write(
    unit: Unit,
    of: File,
    row: Row,
    inputs: Mapping[str, Value],
    actor: Actor,
    findings: tuple[Finding, ...],
) -> Taken:
    move(of.definition.id, row)
    targets = [
        (kind, _target(unit, str(inputs[name])))
        for name, kind in LINKED_BY.items()
        if name in inputs
    ]
    given = inputs.get("date")
    date = given if isinstance(given, PartialDate) else PartialDate.of(unit.today)
    sequence = of.case.version + 1
    act = Act(
        sequence, row.step, row.form, row.source, row.new_form, row.target, date, unit.now(),
        actor.person, actor.on_behalf_of, "", inputs,
    )  # fmt: skip
    due_on = due(of.definition, row, act) if row.moves else of.due_on
    _insert(
        unit,
        of,
        row,
        {name: typed.encode(value) for name, value in inputs.items()},
        date,
        actor,
        findings,
        due_on=due_on,
        ends_on=_ends_on(of.case, act),
    )
    for kind, target in targets:
        _link(unit, of.id, sequence, kind, target)
    return Taken(
        of.case.reference,
        sequence,
        row.step,
        row.new_form,
        row.source,
        row.target,
        findings,
        due_on,
    )


def _insert(  # noqa: PLR0913 - an event is made of these
    unit: Unit,
    of: File,
    row: Row,
    stored: Mapping[str, Json],
    date: PartialDate,
    actor: Actor,
    findings: tuple[Finding, ...],
    *,
    due_on: dt.date | None,
    ends_on: dt.date | None,
) -> int:
    case, moment = of.case, unit.now()
    previous = of.head or chain.GENESIS
    role = next((role for role in row.recorded_by if role in actor.roles), "")
    act = Act(
        case.version + 1, row.step, row.form, row.source, row.new_form, row.target, date, moment,
        actor.person, actor.on_behalf_of, str(role), cast(Mapping[str, Value], stored),
    )  # fmt: skip
    columns: dict[str, object] = {
        "sequence": case.version + 1,
        "step": row.step,
        "form": row.form.value,
        "source": row.source,
        "new_form": row.new_form.value,
        "target": row.target,
        "definition": case.definition,
        "title": _restated("title", row.step, stored),
        "file_number": stored.get("file_number") or _restated("file_number", row.step, stored),
        # Whoever enters history that happened elsewhere does not take the case on by it.
        "officer": (
            actor.person if row.source == START and row.step != ENTER else stored.get("officer")
        ),
        "actor": actor.person,
        "on_behalf_of": actor.on_behalf_of,
        "login": actor.login,
        "role": str(role),
        "effective_on": date.text,
        "awaits": awaited((*case.acts, act)),
    }
    body = chain.canonical(
        cast(
            Mapping[str, Json],
            {
                **columns,
                "case": case.reference,
                "partner": of.partner.slug,
                "due_on": due_on and due_on.isoformat(),
                "ends_on": ends_on and ends_on.isoformat(),
                "recorded_at": chain.moment(moment),
                "inputs": stored,
                "findings": [_told(finding) for finding in findings],
            },
        )
    )
    unit.connection.execute(
        _INSERT,
        {
            **columns,
            "cooperation_id": of.id,
            "partner_id": of.partner.id,
            "due_on": due_on,
            "ends_on": ends_on,
            "recorded_at": moment,
            "body": body,
            "previous": previous,
            "hash": chain.seal(previous, body),
        },
    )
    return case.version + 1


def _restated(name: str, step: str, stored: Mapping[str, Json]) -> Json:
    """Give what a correction says of something the case itself shows; None leaves it."""
    changes = stored.get("changes") if step == "correct" and stored.get("confirmed") else None
    return changes.get(name) if isinstance(changes, Mapping) else None


def _told(finding: Finding) -> Json:
    """Write a finding as history keeps it: ids and facts, never sentences."""
    return {
        "rule": finding.rule,
        "outcome": str(finding.outcome),
        "strength": str(finding.strength),
        "variant": finding.variant,
        "facts": finding.facts,
        **({"needs": finding.needs} if finding.needs else {}),
        **({"waived_by": finding.waived_by} if finding.waived_by else {}),
    }


def _target(unit: Unit, reference: str) -> int:
    """Find the case a link points at.

    Raises:
        NotFound: no case has this reference.
    """
    by_reference(unit, reference)
    query = sa.select(Cooperation.id).where(Cooperation.reference == reference)
    return unit.connection.execute(query).scalar_one()


def _link(unit: Unit, case_id: int, sequence: int, kind: Link, target: int) -> None:
    unit.connection.execute(
        _LINK,
        {"cooperation_id": case_id, "sequence": sequence, "kind": kind.value, "target_id": target},
    )


def due(edition: Definition, row: Row, act: Act) -> dt.date | None:
    """Give the day by which the state a step leads to should be left; None: no clock runs."""
    for timer in edition.clocks.values():
        if timer.state == row.target:
            given = act.inputs.get(timer.start) if timer.start else None
            start = given if isinstance(given, PartialDate) else act.date
            if start.latest is None:
                return None
            return clock.last_day(start.latest, timer.amount, timer.unit, doing=timer.doing)
    return None


def _ends_on(case: Case, act: Act) -> dt.date | None:
    """Give the last day in force as it is known after an act."""
    if act.target not in IN_FORCE:
        return None
    valid = validity(case.with_act(act))
    return valid.last if valid is not None else None
