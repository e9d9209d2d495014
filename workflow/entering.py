"""Enter history that happened elsewhere: its one event, what is asked about it, its corrections.

A case whose history lies in other books enters the register where the sources put it, in one
event `enter` that keeps what they say. Corrections are further events; where the sources turn out
to put the case elsewhere, the entry is retracted and made anew on the same case.
"""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from models.cooperation import CaseLink
from models.vocabulary import ENTER, RETRACT, START, Authority, Form, Link, Role
from workflow import inputs as typed
from workflow.dates import PartialDate
from workflow.definition import Row
from workflow.engine import IN_FORCE, new_case, record
from workflow.errors import AmendmentRefused
from workflow.facts import Act, Actor, Case, Finding, Partner
from workflow.hindsight import Told, doubts, look_back
from workflow.inputs import Json
from workflow.lifecycle import CURRENT, definition
from workflow.people import require
from workflow.project import project, validity
from workflow.questions import RENEWED, Doubt, ask, revise
from workflow.reading import File, file, head_of
from workflow.unit import Unit

ENTERS = (Role.ADMINISTRATOR,)
"""Who takes history in."""
SETTLES = (Role.ADMINISTRATOR, Role.MANAGER)
"""Who answers a question about it; the answer takes effect at once."""

MARKS = frozenset({"date", "key", "batch", "row", "fingerprint", "settled", "question"})
"""Inputs of the entry that say where it comes from, not what happened."""
CORRECT = "correct"


@dataclass(frozen=True, slots=True)
class Entry:
    """A case as the sources tell it.

    Attributes:
        key: by which the sources know it, to find it again.
        fingerprint: of everything they say; as long as it is the same nothing is to be changed.
        row: where the file says it.
        doubts: what the sources themselves leave open or disagree about.
    """

    key: str
    title: str
    told: Told
    fingerprint: str
    row: int
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Entered:
    """What an entry, or a change of one, did; `how` is entered, corrected or anew."""

    reference: str
    case_id: int
    sequence: int
    how: str
    findings: tuple[Finding, ...]
    asked: int


@dataclass(frozen=True, slots=True)
class Origin:
    """What an event of this module rests on: an import, or a person's answer to a question.

    Attributes:
        marks: `batch` and `row`, or `question` and `source`; kept with the event.
    """

    marks: Mapping[str, Json]
    reason: str

    @property
    def batch(self) -> int | None:
        """The import, where it is one."""
        batch = self.marks.get("batch")
        return batch if isinstance(batch, int) else None


def from_batch(batch: int, row: int, reason: str) -> Origin:
    """Say that an event rests on a row of an import."""
    return Origin({"batch": batch, "row": row}, reason)


def enter(unit: Unit, partner: Partner, entry: Entry, origin: Origin, actor: Actor) -> Entered:
    """Enter a case; irregularities are kept with it and what only a person knows is asked.

    Raises:
        NotAllowed: the actor is no administrator.
    """
    require(actor, ENTERS, ENTER, unit)
    identity, reference = new_case(unit, partner.id, Form.INFORMAL, entry.title)
    case = Case(reference, entry.title, None, None, Form.INFORMAL, START, 0, CURRENT)
    of = File(identity, partner, case, definition(), (), None, None, None, None)
    return _enter(unit, of, entry, origin, actor, "entered")


def restate(
    unit: Unit, of: File, partner: Partner, entry: Entry, origin: Origin, actor: Actor
) -> Entered | None:
    """Change what the sources changed since they were taken in, and nothing else.

    What a person has settled since stays, and where the sources now say otherwise that is asked.

    Returns:
        None where nothing is to be changed.

    Raises:
        AmendmentRefused: the sources now put the case elsewhere, and it has gone on since.
    """
    require(actor, ENTERS, ENTER, unit, of.case.reference)
    act = entry_of(of)
    settled = _settled(of, act)
    elsewhere = _place(entry.told) != _place(told_by(act))
    if of.partner.id != partner.id or (elsewhere and "state" not in settled):
        return _anew(unit, of, partner, entry, settled, origin, actor)
    changes, disputed = _changes(act, entry, settled)
    if not changes:
        return None
    kept = (*entry.doubts, *disputed)
    return amend(unit, of, changes, origin, actor, kept)


def amend(
    unit: Unit,
    of: File,
    changes: Mapping[str, Json],
    origin: Origin,
    actor: Actor,
    further: Sequence[Doubt] | None = None,
) -> Entered:
    """Correct what an entry says; None takes a value back. The rules are asked again.

    Args:
        unit: writing.
        of: the case.
        changes: name -> value as it is stored.
        origin: an import or an answer.
        actor: who records it.
        further: what the sources leave open now; without it those questions stay as they are.
    """
    act = entry_of(of)
    known = of.definition.inputs
    values = {
        name: typed.decode(known.get(name), v) for name, v in changes.items() if v is not None
    }
    stated = {n: v for n, v in {**act.inputs, **values}.items() if changes.get(n, "") is not None}
    date = values.get("date")
    corrected = replace(
        act, inputs=stated, date=date if isinstance(date, PartialDate) else act.date
    )
    case = replace(
        of.case, acts=tuple(corrected if a.sequence == act.sequence else a for a in of.case.acts)
    )
    findings = look_back(unit, of, told_by(corrected), actor)
    stored: dict[str, Json] = {
        **origin.marks,
        "event": act.sequence,
        "changes": changes,
        "was": {name: stored_value(act.inputs.get(name)) for name in changes},
        "reason": origin.reason,
        "confirmed": True,
        "judged": True,
    }
    ends_on = _last_day(case)
    row = _row(CORRECT, of.case.form, of.case.state, of.case.form, of.case.state)
    sequence = record(unit, of, row, stored, actor, findings, due_on=of.due_on, ends_on=ends_on)
    number = int(str(act.inputs["row"]))
    found = [*doubts(findings, number), *_run_out(unit, ends_on, number)]
    asked = revise(unit, of.id, origin.batch, found, further, actor.person, origin.reason)
    return Entered(of.case.reference, of.id, sequence, "corrected", findings, asked)


def move(unit: Unit, of: File, told: Told, origin: Origin, actor: Actor) -> Entered:
    """Put an entered case elsewhere on a person's word: the entry is retracted and made anew.

    Raises:
        AmendmentRefused: the case has gone on since it was entered.
    """
    act = entry_of(of)
    settled = {"state": _place(told_by(act)), "date": act.date.text, **_settled(of, act)}
    entry = Entry(
        str(act.inputs["key"]), of.case.title, told,
        str(act.inputs["fingerprint"]), int(str(act.inputs["row"])),
    )  # fmt: skip
    return _anew(unit, of, of.partner, entry, settled, origin, actor)


def withdraw(unit: Unit, of: File, batch: int, origin: Origin, actor: Actor) -> None:
    """Take back all that an import did to a case; nothing else has been done to it since.

    A case the import brought in goes back to state none; one it changed gets back what was said.
    """
    require(actor, ENTERS, RETRACT, unit, of.case.reference)
    first = next(event.sequence for event in of.events if batch_of(event.body) == batch)
    act = entry_of(of)
    earlier = project(head_of(of.case, act), of.events[: first - 1], of.definition.inputs)
    before = earlier.last(ENTER)
    if before is None:
        _retract(unit, of, act, origin, actor)
    elif before.sequence == act.sequence:
        names = {**act.inputs, **before.inputs}
        changes = {
            name: stored_value(before.inputs.get(name))
            for name in names
            if before.inputs.get(name) != act.inputs.get(name)
        }
        amend(unit, of, changes, origin, actor)
    else:
        back = _retract(unit, of, act, origin, actor)
        entry = Entry(
            str(before.inputs["key"]), of.case.title, told_by(before),
            str(before.inputs["fingerprint"]), int(str(before.inputs["row"])),
        )  # fmt: skip
        _enter(unit, back, entry, origin, actor, "anew", _settled(of, before))


def continues(unit: Unit, entered: Entered, earlier: int) -> None:
    """Tie a case to the earlier one that it continues."""
    unit.connection.execute(
        sa.insert(CaseLink).values(
            cooperation_id=entered.case_id,
            sequence=entered.sequence,
            kind=Link.CONTINUES.value,
            target_id=earlier,
        )
    )


def entry_of(of: File) -> Act:
    """Give the entry of a case that was entered.

    Raises:
        AmendmentRefused: its history began here, or its entry was withdrawn.
    """
    act = of.case.last(ENTER)
    if act is None:
        raise AmendmentRefused(why="not_entered", reference=of.case.reference)
    return act


def told_by(act: Act) -> Told:
    """Give what an entry says, as the rules are asked about it."""
    said = {name: value for name, value in act.inputs.items() if name not in MARKS}
    return Told(act.new_form, act.target, act.date, said)


def batch_of(body: str) -> int | None:
    """Give the import an event rests on."""
    batch = json.loads(body)["inputs"].get("batch")
    return batch if isinstance(batch, int) else None


def stored_value(value: object) -> Json:
    """Give a value as an event keeps it, also one that no input of the definition describes."""
    if isinstance(value, (PartialDate, typed.Votes, typed.Term)):
        return typed.encode(value)
    return list(value) if isinstance(value, tuple) else value  # type: ignore[return-value] # what else is there came from JSON


def gone_on(of: File, act: Act) -> list[Act]:
    """Give what has been done in a case since its entry, beside corrections."""
    return [a for a in of.case.acts if a.sequence > act.sequence and a.step != CORRECT]


def _enter(
    unit: Unit,
    of: File,
    entry: Entry,
    origin: Origin,
    actor: Actor,
    how: str,
    settled: Mapping[str, Json] | None = None,
) -> Entered:
    told = entry.told
    findings = look_back(unit, of, told, actor)
    stored: dict[str, Json] = {
        **{name: stored_value(value) for name, value in told.said.items()},
        "date": told.date.text,
        "key": entry.key,
        "fingerprint": entry.fingerprint,
        "row": entry.row,
        **({"settled": settled} if settled else {}),
        **origin.marks,
    }
    row = _row(ENTER, Form.INFORMAL, START, told.form, told.state)
    act = Act(
        of.case.version + 1, ENTER, row.form, START, told.form, told.state, told.date,
        unit.now(), actor.person, None, "", {**told.said, "date": told.date},
    )  # fmt: skip
    case = of.case.with_act(act)
    ends_on = _last_day(case)
    sequence = record(
        unit, of, row, stored, actor, findings,
        due_on=None, ends_on=ends_on, effective=told.date,
    )  # fmt: skip
    found = [*doubts(findings, entry.row), *_run_out(unit, ends_on, entry.row)]
    if how == "entered":
        asked = ask(unit, of.id, origin.batch, [*entry.doubts, *found])
    else:
        stated = entry.doubts if origin.batch is not None else None
        asked = revise(unit, of.id, origin.batch, found, stated, actor.person, origin.reason)
    return Entered(of.case.reference, of.id, sequence, how, findings, asked)


def _anew(
    unit: Unit,
    of: File,
    partner: Partner,
    entry: Entry,
    settled: Mapping[str, Json],
    origin: Origin,
    actor: Actor,
) -> Entered:
    act = entry_of(of)
    later = gone_on(of, act)
    if later:
        raise AmendmentRefused(
            why="gone_on",
            reference=of.case.reference,
            event=act.sequence,
            others=[f"{one.step} ({one.sequence})" for one in later],
        )
    kept = {name: act.inputs[name] for name in settled if name in act.inputs and name not in MARKS}
    told = replace(entry.told, said={**entry.told.said, **kept})
    back = replace(_retract(unit, of, act, origin, actor), partner=partner)
    return _enter(unit, back, replace(entry, told=told), origin, actor, "anew", settled)


def _retract(unit: Unit, of: File, act: Act, origin: Origin, actor: Actor) -> File:
    """Return an entered case to where it was before, and give it as it is then."""
    row = _row(RETRACT, of.case.form, of.case.state, act.form, act.source)
    stored: dict[str, Json] = {
        **origin.marks, "event": act.sequence, "step": ENTER, "reason": origin.reason,
    }  # fmt: skip
    record(unit, of, row, stored, actor, due_on=None, ends_on=None)
    return file(unit, of.case.reference, to_change=True)


def _changes(
    act: Act, entry: Entry, settled: Mapping[str, Json]
) -> tuple[dict[str, Json], list[Doubt]]:
    """Give what the sources say otherwise now, and what they dispute of a person's answers."""
    now = {name: stored_value(value) for name, value in entry.told.said.items()}
    now |= {"date": entry.told.date.text, "fingerprint": entry.fingerprint}
    was = {name: stored_value(value) for name, value in act.inputs.items()}
    compared = (now.keys() | was.keys()) - (MARKS - {"date", "fingerprint"}) - settled.keys()
    changes = {name: now.get(name) for name in compared if not _same(now.get(name), was.get(name))}
    now["state"], was["state"] = _place(entry.told), _place(told_by(act))
    disputed = [
        Doubt(f"disputed.{name}", {"ours": was.get(name), "theirs": now[name]}, None, entry.row)
        for name, said in settled.items()
        if name in now and not _same(now[name], said) and not _same(now[name], was.get(name))
    ]
    return changes, disputed


def _same(one: Json, other: Json) -> bool:
    """Compare what is stored; in which row of a file an act stands is none of its content."""
    return _without_rows(one) == _without_rows(other)


def _without_rows(value: Json) -> Json:
    if isinstance(value, list):
        return [_without_rows(item) for item in value]
    if isinstance(value, Mapping):
        return {name: item for name, item in value.items() if name != "row"}
    return value


def _settled(of: File, act: Act) -> dict[str, Json]:
    """Give what persons have settled about an entry: name -> what the sources said of it before.

    An answer settles, a correction by hand does, and what an earlier entry of the case had
    settled is handed on.
    """
    before: Any = act.inputs.get("settled", {})
    found: dict[str, Json] = dict(before)
    for other in of.case.acts:
        stored: Any = other.inputs
        by_hand = other.step == CORRECT and "batch" not in stored and "undoes" not in stored
        if by_hand and stored.get("event") == act.sequence:
            for name, value in stored["was"].items():
                if name in act.corrected:
                    found.setdefault(name, value)
    return found


def _place(told: Told) -> str:
    return f"{told.form} {told.state}"


def _last_day(case: Case) -> dt.date | None:
    valid = validity(case) if case.state in IN_FORCE else None
    return valid.last if valid is not None else None


def _run_out(unit: Unit, ends_on: dt.date | None, row: int) -> list[Doubt]:
    """Ask whether a term that has run was renewed, where no source tells its end."""
    over = ends_on is not None and ends_on < unit.today
    return [Doubt(RENEWED, {"last": str(ends_on)}, None, row)] if over else []


def _row(step: str, form: Form, source: str, new_form: Form, target: str) -> Row:
    return Row(
        step, form, source, new_form, target,
        (Authority.OFFICE,), SETTLES, (), frozenset(), (), {}, (), (),
    )  # fmt: skip
