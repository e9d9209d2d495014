"""The one reading of history: a pure fold of the events of a case into what stands.

Rules, `show`, verification, corrections and drafts all see a case through it and through nothing
else, so that they cannot disagree.
"""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple

from models.vocabulary import ENTER, IN_PLACE, RETRACT, START, Form
from workflow.clock import add_months
from workflow.dates import UNKNOWN, PartialDate
from workflow.definition import Definition
from workflow.facts import Act, Case, Partner, Sheet, SheetFact, Waiver
from workflow.inputs import InputSpec, Term, decode, encode
from workflow.settings import Settings

PROPOSALS = frozenset({"propose", "raise", "receive_council_draft"})
BEFORE_PROPOSAL = frozenset({START, "informal", "negotiation", "working_document"})
"""States whose steps keep their meaning when a case is proposed again."""
_ABOUT = ("about.reference", "about.title", "about.form", "about.resolution", "about.changes")
_ABOUT_DATES = ("about.since", "about.resolved_on", "about.changed_on")


class Recorded(NamedTuple):
    """One event as it is stored; a tuple, because a case is read with all of its events."""

    sequence: int
    step: str
    form: str
    source: str
    new_form: str
    target: str
    actor: str
    on_behalf_of: str | None
    role: str
    effective_on: str
    recorded_at: dt.datetime
    body: str


@dataclass(frozen=True, slots=True)
class Head:
    """The row of a case: what it was born with, and where the triggers say it stands."""

    reference: str
    title: str
    file_number: str | None
    officer: str | None
    form: str
    state: str
    version: int
    definition: str


def project(head: Head, events: Iterable[Recorded], specs: Mapping[str, InputSpec]) -> Case:
    """Fold the events of a case.

    Args:
        head: the row of the case.
        events: in order of their sequence.
        specs: the inputs of its definition, by which stored values are read.
    """
    acts: list[Act] = []
    waivers: list[Waiver] = []
    for event in events:
        act = _act(event, specs)
        if event.step == RETRACT:
            retracted = act.inputs["event"]
            acts = [other for other in acts if other.sequence != retracted]
        elif event.step == "correct":
            effective = _effective(act, acts)
            if effective is not None:
                acts = [_corrected(other, effective, specs) for other in acts]
        elif event.step == "waive":
            waivers.append(_waiver(act))
        acts.append(act)
    standing = [act for act in acts if act.step != RETRACT]
    return Case(
        head.reference,
        head.title,
        head.file_number,
        head.officer,
        Form(head.form),
        head.state,
        head.version,
        head.definition,
        tuple(standing),
        tuple(waivers),
        next((act.sequence for act in reversed(standing) if act.step in PROPOSALS), 0),
    )


def state_told_by(events: Iterable[Recorded]) -> tuple[str, str]:
    """Give the form and state that the history tells, independently of the row of the case."""
    place = (Form.INFORMAL.value, START)
    for event in events:
        place = (event.new_form, event.target)
    return place


@lru_cache(maxsize=4096)
def _inputs(body: str) -> Mapping[str, Any]:
    """Read the inputs out of a body; bodies never change, so each is read once."""
    inputs: Mapping[str, Any] = json.loads(body)["inputs"]
    return inputs


def _act(event: Recorded, specs: Mapping[str, InputSpec]) -> Act:
    stored = _inputs(event.body)
    if event.step in IN_PLACE or event.step == RETRACT:
        specs = {}
    return Act(
        event.sequence,
        event.step,
        Form(event.form),
        event.source,
        Form(event.new_form),
        event.target,
        PartialDate.parse(event.effective_on),
        event.recorded_at,
        event.actor,
        event.on_behalf_of,
        event.role,
        {name: decode(specs.get(name), value) for name, value in stored.items()},
    )


def _effective(act: Act, before: Iterable[Act]) -> Act | None:
    """Give the correction that takes effect with this event: itself, or the one it confirms."""
    confirmed = act.inputs.get("confirms")
    if confirmed is not None:
        if act.inputs.get("denied"):
            return None
        return next((other for other in before if other.sequence == confirmed), None)
    return act if act.inputs["confirmed"] else None


def _corrected(act: Act, correction: Act, specs: Mapping[str, InputSpec]) -> Act:
    stored: Any = correction.inputs
    if act.sequence != stored["event"]:
        return act
    told: Mapping[str, Any] = stored["changes"]
    changes = {
        name: decode(specs.get(name), value) for name, value in told.items() if value is not None
    }
    date = changes.get("date")
    # A correction to None says that the value should never have been stated.
    stated = {**act.inputs, **changes}
    return replace(
        act,
        date=date if isinstance(date, PartialDate) else act.date,
        inputs={name: value for name, value in stated.items() if told.get(name, "") is not None},
        corrected={**act.corrected, **dict.fromkeys(told, correction.sequence)},
    )


def _waiver(act: Act) -> Waiver:
    stored: Any = act.inputs
    return Waiver(
        act.sequence,
        stored["rule"],
        stored["step"],
        stored["facts"],
        stored["variant"],
        stored["granted"],
        act.names,
        stored["reason"],
    )


def awaited(acts: Iterable[Act]) -> str | None:
    """Say what a person is asked by the acts of a case although no step asks it.

    `confirmation` and `waiver` are asked of a manager; `returned` and `declined` tell the officer,
    until anything else is recorded.
    """
    waivers: set[tuple[str, str]] = set()
    corrections: set[int] = set()
    last = ""
    for act in acts:
        stored: Any = act.inputs
        last = act.step
        if act.step == "waive":
            change = waivers.discard if stored["granted"] or stored.get("denied") else waivers.add
            change((stored["rule"], stored["step"]))
        elif act.step == "correct" and "confirms" in stored:
            corrections.discard(stored["confirms"])
        elif act.step == "correct" and not stored["confirmed"]:
            corrections.add(act.sequence)
        else:
            waivers = {(rule, step) for rule, step in waivers if step != act.step}
    if corrections:
        return "confirmation"
    if waivers:
        return "waiver"
    return {"return": "returned", "decline": "declined"}.get(last)


@dataclass(frozen=True, slots=True)
class Validity:
    """For how long a cooperation is in force, as far as its acts tell.

    Attributes:
        last: the last day in force; None: no end is known.
        objection: the last day to object to a prolongation; None: there is none.
        prolongation: by how many months it prolongs itself; None: it does not.
    """

    start: PartialDate
    last: dt.date | None
    prolongation: int | None = None
    objection: dt.date | None = None


def validity(case: Case) -> Validity | None:
    """Read from the acts of a case since when and until when it is in force; None: it never was.

    Terms and notice are counted in months from their first day to the day of the same number,
    and are never rolled to a working day (domain.md 1.10).
    """
    entered = case.standing("sign", "decide", "confer", "admit", "enter")
    if entered is None:
        return None
    given = entered.inputs.get("in_force_from")
    start = given if isinstance(given, PartialDate) else entered.date
    term = entered.inputs.get("term")
    if term is None and case.proposal is not None:
        # The rules take the term proposed and adopted for the term signed; so does the calendar.
        term = case.proposal.inputs.get("term")
    last = _end(start, term)
    months = entered.inputs.get("prolongation_months")
    # By no months at all nothing is prolonged, however often time should try.
    by_itself = entered.inputs.get("prolongation") == "automatic"
    prolongs = by_itself and isinstance(months, int) and months > 0
    notice: dt.date | None = None
    for act in case.acts:
        if act.sequence < entered.sequence:
            continue
        if act.step in {"renew", "change"} and "term" in act.inputs:
            last = _end(act.date, act.inputs["term"])
        elif act.step == "prolong" and last is not None and isinstance(months, int):
            last = add_months(last, months)
        elif act.step in {"give_notice", "receive_notice"}:
            # Who objects to a prolongation lets the term run to its end.
            objects = act.inputs.get("notice_kind") == "non_prolongation" and last is not None
            notice = last if objects else notice_ends(act)
        elif act.step in {"withdraw_notice", "restore"}:
            notice = None
    objection = entered.inputs.get("objection_months")
    ends = min((day for day in (last, notice) if day is not None), default=None)
    return Validity(
        start,
        ends,
        int(str(months)) if prolongs and notice is None else None,
        add_months(last, -objection)
        if last is not None and isinstance(objection, int) and notice is None
        else None,
    )


def notice_ends(act: Act) -> dt.date | None:
    """Give the last day in force that a notice leaves, or None where its delivery is uncertain."""
    given = act.inputs.get("delivered_on") or act.inputs.get("received_on")
    months = act.inputs.get("notice_months")
    if not isinstance(given, PartialDate) or given.day is None or not isinstance(months, int):
        return None
    return add_months(given.day, months)


def _end(start: PartialDate, term: object) -> dt.date | None:
    if not isinstance(term, Term):
        return None
    if term.until is not None:
        return term.until.latest
    if term.months is None or start.latest is None:
        return None
    return add_months(start.latest, term.months)


def sheet(
    case: Case,
    partner: Partner,
    definition: Definition,
    settings: Settings,
    today: dt.date,
    about: Case | None = None,
) -> Sheet:
    """Lay out what documents and staleness may look at: name -> value and the event it came from.

    Every name the definition knows is there; a value nobody has stated is None. Of a step taken
    more than once only the last time counts, and wholly: what it left unsaid is a gap. Acts before
    the latest proposal count only for the beginning of the case. `about.*` is what stands of the
    cooperation that a decision is about.
    """
    found = {**_blank(definition), **_about(about)}
    latest = {act.step: act for act in case.acts if _counts(act, case.round)}
    for act in latest.values():
        for name, value in act.inputs.items():
            spec = definition.inputs.get(name)
            if spec is not None and act.step in definition.steps:
                found[f"{act.step}.{name}"] = SheetFact(
                    encode(value), act.corrected.get(name, act.sequence), _kind(spec), spec.label
                )
    for name, known in (
        ("reference", case.reference),
        ("title", case.title),
        ("form", case.form.value),
        ("file_number", case.file_number),
        ("officer", case.officer),
    ):
        found[f"case.{name}"] = SheetFact(known)
    valid = validity(case)
    start = valid.start.text if valid is not None and valid.start.latest is not None else None
    last = valid.last.isoformat() if valid is not None and valid.last is not None else None
    found["case.in_force_from"] = SheetFact(start, None, "date")
    found["case.last_day"] = SheetFact(last, None, "date")
    for name, stated in (
        ("slug", partner.slug),
        ("kind", partner.kind.value),
        ("country", partner.country),
        ("name_pl", partner.name_pl),
        ("name_en", partner.name_en),
        ("seat", None),
    ):
        found[f"partner.{name}"] = SheetFact(stated)
    for name, text in partner.stored.items():
        found[f"partner.{name}"] = SheetFact(text)
    for key, setting in settings.sheet(today).items():
        found[f"setting.{key}"] = SheetFact(setting)
    return found


def _counts(act: Act, latest_proposal: int) -> bool:
    """Say whether an act is of this round, or of the beginning that every round shares.

    A decision that is proposed again keeps the purpose it was raised for.
    """
    return act.sequence >= latest_proposal or (
        act.source in BEFORE_PROPOSAL and (act.step == "raise" or act.step not in PROPOSALS)
    )


def _about(case: Case | None) -> Mapping[str, SheetFact]:
    """Lay out the cooperation a decision is about; None: every name, without a value."""
    if case is None:
        return {
            **dict.fromkeys(_ABOUT, SheetFact(None)),
            **dict.fromkeys(_ABOUT_DATES, SheetFact(None, None, "date")),
        }
    entered = case.standing("sign", "decide", "confer", "admit", ENTER)
    resolution, changed = case.resolution, case.last("statute_changed")
    told = (
        case.reference,
        case.title,
        case.form.value,
        None if resolution is None else encode(resolution.inputs["resolution"]),
        None if changed is None else encode(changed.inputs["changes"]),
    )
    # A day that nobody knows is no gap somebody could fill: a document leaves it out.
    days = (
        None if act is None or act.date == UNKNOWN else act.date.text
        for act in (entered, resolution, changed)
    )
    return {
        **{name: SheetFact(value) for name, value in zip(_ABOUT, told, strict=True)},
        **{
            name: SheetFact(day, None, "date") for name, day in zip(_ABOUT_DATES, days, strict=True)
        },
    }


@lru_cache(maxsize=8)
def _blank(definition: Definition) -> Mapping[str, SheetFact]:
    """Give every name the definition knows, each without a value."""
    return {
        f"{row.step}.{name}": SheetFact(None, None, _kind(spec), spec.label)
        for row in definition.all_rows()
        for name, spec in zip(row.inputs, definition.specs(row), strict=True)
    }


def _kind(spec: InputSpec) -> str:
    return {"partial_date": "date", "day": "date", "choices": "list"}.get(spec.type, spec.type)
