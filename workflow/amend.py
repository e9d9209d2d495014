"""Events of the office about its own record: waive, assign, correct, confirm, retract.

None of them changes what was written. A correction names the event it corrects and both values
stay; a retraction names the last step and returns the case to where it stood before.
"""

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

import sqlalchemy as sa

from models.cooperation import RUNNING, CaseLink, Cooperation
from models.vocabulary import ENTER, IN_PLACE, RETRACT, START, Form, Link, Outcome, Role
from workflow import inputs as typed
from workflow.advice import why
from workflow.dates import NotADate, PartialDate
from workflow.definition import Row
from workflow.engine import in_place, record
from workflow.errors import AmendmentRefused, InputFaults, NotFound
from workflow.facts import Act, Actor, Facts, Finding
from workflow.inputs import Json
from workflow.judge import Verdict, judge
from workflow.partners import state
from workflow.people import require, roles_of
from workflow.project import Recorded, project, validity
from workflow.reading import File, facts, file, head_of, links, partner
from workflow.rules.asking import AT_WORK, ON_ITS_WAY
from workflow.unit import Unit

MANAGER = frozenset({Role.MANAGER})
RECORDERS = frozenset({Role.OFFICER, Role.CLERK, Role.MANAGER})
ENDED = ("expired", "terminated", "carried_out", "closed", START)


@dataclass(frozen=True, slots=True)
class Amended:
    """What an amendment did.

    Attributes:
        sequence: of the event that says so.
        waits: a manager's word is still needed before it takes effect.
        irregular: rules that the case, as corrected, breaks.
    """

    reference: str
    sequence: int
    waits: bool = False
    irregular: tuple[Finding, ...] = ()
    state: str = ""


def waive(
    unit: Unit,
    reference: str,
    rule: str,
    step: str,
    words: Mapping[str, str],
    reason: str,
    actor: Actor,
    *,
    deny: bool = False,
) -> Amended:
    """Ask for a waiver of an overridable rule or, as a manager, grant or deny it.

    What is granted serves the next such step, on the same facts, recorded by somebody else.

    Raises:
        AmendmentRefused: the rule is not broken there, cannot be waived at all, or the manager
            made the proposal.
    """
    of = file(unit, reference, to_change=True)
    verdict = why(unit, of, step, words, actor)
    finding = next((f for f in verdict.findings if f.rule == rule), None)
    if finding is None:
        asked = tuple(f.rule for f in verdict.findings)
        raise NotFound(kind="rule", name=rule, near=asked)
    if finding.outcome != Outcome.BROKEN:
        raise AmendmentRefused(why="not_broken", reference=reference, rule=rule, step=step)
    if finding.strength != "override":
        raise AmendmentRefused(why="not_overridable", reference=reference, rule=rule, step=step)
    grants = Role.MANAGER in actor.roles
    if grants:
        _four_eyes(of, actor, "waive")
    stored: dict[str, Json] = {
        "rule": rule,
        "step": step,
        "variant": finding.variant,
        "facts": finding.facts,
        "granted": grants and not deny,
        "denied": grants and deny,
        "reason": _reason(reason),
    }
    sequence = in_place(unit, of, "waive", stored, actor, needed=RECORDERS)
    return Amended(reference, sequence, waits=not grants)


def assign(unit: Unit, reference: str, officer: str, actor: Actor) -> Amended:
    """Give a case to another officer.

    Raises:
        AmendmentRefused: the person is no officer.
    """
    of = file(unit, reference, to_change=True)
    if Role.OFFICER not in roles_of(unit, officer):
        raise AmendmentRefused(why="no_officer", reference=reference, login=officer)
    sequence = in_place(unit, of, "assign", {"officer": officer}, actor, needed=MANAGER)
    return Amended(reference, sequence)


def succeed(
    unit: Unit, slug: str, successor: str, on: str, document: str, actor: Actor
) -> tuple[Amended, ...]:
    """Let the living cases of a partner go on with its successor; ended ones keep the old name.

    Args:
        unit: a writing unit.
        slug: the partner that ceased or merged.
        successor: the partner its cases go on with.
        on: since when, as typed.
        document: what the succession rests on.
        actor: an officer.

    Raises:
        NotFound: no such partner. InputFaults: `on` is no date, or both are the same.
    """
    require(actor, frozenset({Role.OFFICER}), "partner succeed", unit)
    old, new = partner(unit, slug), partner(unit, successor)
    day = _date("on", on)
    if old.id == new.id:
        raise InputFaults("partner succeed", [{"name": "by", "value": slug, "fault": "oneself"}])
    living = unit.connection.scalars(
        sa.select(Cooperation.reference)
        .where(Cooperation.partner_id == old.id, Cooperation.state.not_in(ENDED))
        .order_by(Cooperation.id)
    ).all()
    done = []
    for reference in living:
        of = replace(file(unit, reference, to_change=True), partner=new)
        stored: dict[str, Json] = {
            "from": slug,
            "to": successor,
            "on": day.text,
            "document": _reason(document),
        }
        number = in_place(unit, of, "succeed", stored, actor, needed=frozenset({Role.OFFICER}))
        done.append(Amended(reference, number))
    state(unit, old.id, {"succeeded_by": successor}, document, actor.person, day.text)
    state(unit, new.id, {"succeeds": slug}, document, actor.person, day.text)
    return tuple(done)


def _date(name: str, text: str) -> PartialDate:
    try:
        return PartialDate.read(text)
    except NotADate as fault:
        wrong = {"name": name, "value": text, "fault": f"date_{fault.reason}"}
        raise InputFaults(name, [wrong]) from fault


def correct(
    unit: Unit, reference: str, sequence: int, words: Mapping[str, str], reason: str, actor: Actor
) -> Amended:
    """Correct inputs of an event, also on a case that has ended.

    What a rule looks at takes effect once a manager who did not ask for it has confirmed it. The
    rules of the step are asked again; what breaks is recorded as an irregularity, never hidden.

    Raises:
        NotFound: no standing event has this number. InputFaults: a value or name is wrong.
    """
    of = file(unit, reference, to_change=True)
    act = _standing(of, sequence)
    rows = [row for row in of.definition.all_rows() if row.step == act.step]
    carried = tuple(dict.fromkeys(name for row in rows for name in row.inputs if name != "form"))
    known = of.definition.inputs
    specs = tuple(known[name] for name in carried or tuple(act.inputs) if name in known)
    given = typed.read("correct", specs, [spec.name for spec in specs], words)
    if not given:
        raise InputFaults("correct", [{"name": "field", "fault": "missing", "label": {}}])
    free = all(of.definition.inputs[name].free for name in given)
    stored: dict[str, Json] = {
        "event": sequence,
        "changes": {name: typed.encode(value) for name, value in given.items()},
        "was": {
            name: typed.encode(act.inputs[name]) if name in act.inputs else None for name in given
        },
        "reason": _reason(reason),
        "confirmed": free,
    }
    irregular = _asked_again(unit, of, act, {**act.inputs, **given}, actor)
    number = in_place(unit, of, "correct", stored, actor, needed=RECORDERS, findings=irregular)
    return Amended(reference, number, waits=not free, irregular=irregular)


def confirm(
    unit: Unit, reference: str, sequence: int, actor: Actor, *, deny: bool = False
) -> Amended:
    """Confirm or deny a correction that a rule looks at; who asked for it does neither.

    Raises:
        NotFound: no correction of this number waits. AmendmentRefused: four eyes.
    """
    of = file(unit, reference, to_change=True)
    asked = next((act for act in pending(of) if act.sequence == sequence), None)
    if asked is None:
        waiting = tuple(str(act.sequence) for act in pending(of))
        raise NotFound(kind="correction", name=str(sequence), near=waiting)
    if asked.names & actor.names:
        raise AmendmentRefused(why="four_eyes", reference=reference, login=asked.actor)
    word: Mapping[str, Json] = {"confirms": sequence, "denied": deny}
    number = in_place(unit, of, "correct", word, actor, needed=MANAGER)
    return Amended(reference, number)


def pending(of: File) -> tuple[Act, ...]:
    """Give the corrections that wait for a manager's word."""
    corrections = [act for act in of.case.acts if act.step == "correct"]
    confirmed = {act.inputs.get("confirms") for act in corrections}
    return tuple(
        act
        for act in corrections
        if act.inputs.get("confirmed") is False and act.sequence not in confirmed
    )


def retract(unit: Unit, reference: str, reason: str, actor: Actor) -> Amended:
    """Take back the last step of a case; what it had carried out is taken back with it.

    Raises:
        AmendmentRefused: there is no step to take back, or another case rests on it.
    """
    of = file(unit, reference, to_change=True)
    require(actor, MANAGER, "retract", unit, reference)
    last = next((act for act in reversed(of.case.acts) if act.step not in IN_PLACE), None)
    if last is None or (last.source == START and last.step != ENTER):
        raise AmendmentRefused(why="nothing", reference=reference)
    resting = _resting_on(unit, of, last, actor)
    if resting:
        raise AmendmentRefused(
            why="rested_on", reference=reference, event=last.sequence, others=resting
        )
    stored: dict[str, Json] = {"event": last.sequence, "step": last.step, "reason": _reason(reason)}
    number = _take_back(unit, of, last, stored, actor)
    decision = _decision_of(of, last)
    if decision is not None:
        other = file(unit, decision, to_change=True)
        carried = other.case.last("carry_out")
        if carried is not None:
            undone: dict[str, Json] = {**stored, "event": carried.sequence, "step": "carry_out"}
            _take_back(unit, other, carried, undone, actor)
    return Amended(reference, number, state=last.source)


def _take_back(unit: Unit, of: File, last: Act, stored: Mapping[str, Json], actor: Actor) -> int:
    """Record the retraction, with the clock as the event before the one taken back left it."""
    row = Row(
        RETRACT, of.case.form, of.case.state, last.form, last.source,
        (), (Role.MANAGER,), (), frozenset(), (), {}, (), (),
    )  # fmt: skip
    before = [event for event in of.events if event.sequence < last.sequence]
    due_on = json.loads(before[-1].body)["due_on"] if before else None
    return record(
        unit,
        of,
        row,
        stored,
        actor,
        due_on=dt.date.fromisoformat(due_on) if due_on else None,
        ends_on=_ends_without(of, last),
    )


def _ends_without(of: File, last: Act) -> dt.date | None:
    """Give the last day in force once an act is gone; what was corrected since is not forgotten."""
    if last.source not in RUNNING:
        return None
    standing = tuple(act for act in of.case.acts if act.sequence != last.sequence)
    valid = validity(replace(of.case, state=last.source, acts=standing))
    return valid.last if valid is not None else None


def _decision_of(of: File, last: Act) -> str | None:
    event = of.events[last.sequence - 1]
    for finding in json.loads(event.body)["findings"]:
        if finding["rule"] == "decided" and finding["outcome"] == Outcome.HOLDS:
            return cast(str | None, finding["facts"].get("decision"))
    return None


def _resting_on(unit: Unit, of: File, last: Act, actor: Actor) -> list[str]:
    """Name the living cases that rest on the last step of this one.

    They point at it and began afterwards, or they have taken its place. A decision was carried
    out by a step of the cooperation it is about, and is taken back with that step only.
    """
    if not last.moved:
        return []
    if last.step == "carry_out":
        return [other for kind, other in links(unit, of.id) if kind == Link.ABOUT]
    rows = unit.connection.execute(
        sa.select(Cooperation.reference)
        .join(CaseLink, CaseLink.cooperation_id == Cooperation.id)
        .where(
            CaseLink.target_id == of.id,
            Cooperation.state.not_in(ENDED),
            Cooperation.since >= last.recorded_at,
        )
        .order_by(Cooperation.id)
    )
    return [row.reference for row in rows] or _in_its_place(unit, of, last, actor)


def _in_its_place(unit: Unit, of: File, last: Act, actor: Actor) -> list[str]:
    """Name the case that leaves no room for this one where a retraction would put it back."""
    here, back = (of.case.form, of.case.state), (last.form, last.source)
    rules = tuple(
        rule
        for rule, counts in (("no_duplicate", _takes_a_place), ("twin_exclusive", _is_a_twin))
        if counts(*back) and not (here[0] is back[0] and counts(*here))
    )
    row = Row(
        RETRACT, *back, *back, (), (), (), frozenset(), rules, {}, (), (),
    )  # fmt: skip
    proposal = of.case.proposal
    verdict = judge(facts(unit, of, row, proposal.inputs if proposal else {}, actor))
    return sorted({str(one.facts["other"]) for one in verdict.blocking if "other" in one.facts})


def _takes_a_place(form: Form, state: str) -> bool:
    """Say whether another proposal of the form to the partner would be a duplicate."""
    return form not in {Form.INFORMAL, Form.DECISION} and state not in ENDED


def _is_a_twin(form: Form, state: str) -> bool:
    """Say whether no other city of the country may be proposed as a twin."""
    return form is Form.TWINNING and state in ON_ITS_WAY | AT_WORK


def _standing(of: File, sequence: int) -> Act:
    act = next((act for act in of.case.acts if act.sequence == sequence), None)
    if act is None or act.step in IN_PLACE:
        near = tuple(str(act.sequence) for act in of.case.acts if act.step not in IN_PLACE)
        raise NotFound(kind="event", name=str(sequence), near=near, reference=of.case.reference)
    return act


def _asked_again(
    unit: Unit, of: File, act: Act, inputs: Mapping[str, Any], actor: Actor
) -> tuple[Finding, ...]:
    """Ask the rules of a step again, as it was then, with the inputs as corrected.

    What they say without the correction too is no word against it: it was told when the step was
    taken, or comes of what happened since (a partnership that another has continued is no
    duplicate of it).
    """
    row = next(
        (
            row
            for row in of.definition.at(act.form, act.source)
            if row.step == act.step and row.new_form is act.new_form
        ),
        None,
    )
    if row is None:
        return ()
    then = as_before(of, act)
    who = Actor(act.actor, act.actor, actor.roles, act.on_behalf_of)
    used = _decision_of(of, act)
    told, stood = (
        judge(_as_it_was(facts(unit, then, row, given, who), used))
        for given in (inputs, act.inputs)
    )
    known = list(_failing(stood))
    return tuple(finding for finding in _failing(told) if finding not in known)


def _as_it_was(found: Facts, used: str | None) -> Facts:
    """Give the facts with the decision that was carried out by the step still waiting for it."""
    waiting = (
        replace(one, state="consented" if one.purpose == "continue_membership" else "resolved")
        if one.reference == used
        else one
        for one in found.decisions
    )
    return replace(found, decisions=tuple(waiting))


def _failing(verdict: Verdict) -> Iterator[Finding]:
    failing = {Outcome.BROKEN, Outcome.UNDECIDED}
    return (finding for finding in verdict.findings if finding.outcome in failing)


def as_before(of: File, act: Act) -> File:
    """Give a case as it stood before one of its acts, with what is corrected since."""
    events: tuple[Recorded, ...] = of.events[: act.sequence - 1]
    corrections = (one for one in of.events[act.sequence :] if one.step == "correct")
    case = project(head_of(of.case, act), (*events, *corrections), of.definition.inputs)
    return File(
        of.id, of.partner, case, of.definition, events, None, None, None, None,
    )  # fmt: skip


def _four_eyes(of: File, actor: Actor, what: str) -> None:
    proposal = of.case.proposal
    if proposal is not None and proposal.names & actor.names:
        raise AmendmentRefused(
            why="four_eyes", reference=of.case.reference, login=proposal.actor, what=what
        )


def _reason(reason: str) -> str:
    text = reason.strip()
    if not text:
        raise InputFaults("reason", [{"name": "reason", "value": reason, "fault": "empty"}])
    return text
