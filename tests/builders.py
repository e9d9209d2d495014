"""Builders with defaults: the facts of one step, from typed words and a history that could be real.

A history is told in small tuples (step, date, words). Each goes through the definition, the one
validator and the one fold, so that no test sees a case the register could not hold. What a test
does not say is filled in with what the office would write on an ordinary day.
"""

import datetime as dt
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, cast

from models.vocabulary import ENTER, IN_PLACE, RETRACT, START, Form, PartnerKind, Role
from workflow import chain, inputs
from workflow.dates import PartialDate
from workflow.definition import Place, Row
from workflow.facts import (
    Actor,
    Case,
    DecisionCase,
    DraftFact,
    Facts,
    Finding,
    Partner,
    Sibling,
)
from workflow.inputs import InputSpec, Json
from workflow.judge import Verdict, judge
from workflow.lifecycle import definition
from workflow.project import Head, Recorded, project
from workflow.settings import Setting, Settings

TODAY = dt.date(2026, 11, 22)
MONDAY = dt.date(2026, 1, 5)
"""The day on which a case is opened, unless a test tells another; it takes a step every week."""
A_MOMENT = dt.datetime(2026, 1, 5, 8, 0, tzinfo=dt.UTC)
REFERENCE = "KRK-2026-0007"
OFFICER, MANAGER, CLERK = "anna.oficer", "marek.kierownik", "kasia.kancelaria"
ALL_ROLES = frozenset({Role.OFFICER, Role.MANAGER, Role.CLERK})
EDITION = definition()

ORDINARY: Mapping[str, str] = {
    "resolution": "XLVIII/1325/26",
    "ordinance": "667/2026",
    "votes": "30/2/1",
    "present": "40",
    "fields": "kultura, oświata",
    "term": "5 years",
    "classification": "yes",
    "as_adopted": "yes",
    "attachments": "certified_resolution, statute, statute_translation, member_list,"
    " member_list_translation",
    "city_named": "Stołeczne Królewskie Miasto Kraków",
    "notice_months": "6",
}
ORDINARY_OF_TYPE: Mapping[str, str] = {
    "text": "wymiana uczniów",
    "number": "BR-05.031.1.2026",
    "yes_no": "no",
    "count": "2",
    "list": "Burkhard Jung",
    "reference": "KRK-2025-0001",
}


class Told(NamedTuple):
    """One step as a test tells it; the engine's own events (waive …) tell JSON, not words."""

    step: str
    date: str
    words: Mapping[str, Json] = {}
    who: str | None = None
    on_behalf_of: str | None = None


AnyTold = Told | tuple[str, str] | tuple[str, str, Mapping[str, Json]]


# --- who, with whom, what else is in the register ---


def actor(
    person: str = OFFICER, on_behalf_of: str | None = None, roles: Iterable[Role] = ALL_ROLES
) -> Actor:
    return Actor(person, person, frozenset(roles), on_behalf_of)


def partner(
    slug: str = "leipzig",
    country: str | None = "DE",
    kind: str = "city",
    *,
    identity: int = 1,
    **stored: str,
) -> Partner:
    """Give the other side; `stored` are its facts (continent, seat …)."""
    name = slug.title()
    return Partner(identity, slug, PartnerKind(kind), country, name, name, stored)


def sibling(
    slug: str = "nuremberg",
    form: str = "twinning",
    state: str = "in_force",
    *,
    country: str | None = "DE",
    identity: int = 2,
    reference: str = "KRK-2025-0001",
    fields: Sequence[str] = (),
) -> Sibling:
    return Sibling(reference, Form(form), state, identity, slug, country, tuple(fields))


def decision(
    purpose: str = "end",
    state: str = "resolved",
    date: str | None = "2026-03-25",
    reference: str = "KRK-2026-0099",
) -> DecisionCase:
    when = PartialDate.parse(date) if date is not None else None
    return DecisionCase(reference, purpose, state, "XLVIII/1330/26", when)


def draft(
    kind: str,
    version: int = 1,
    *,
    finalised: int | None = 99,
    stale: Sequence[str] = (),
    wrong_names: Sequence[str] = (),
) -> DraftFact:
    """Give a draft; unless told otherwise it became final after every step of the case."""
    return DraftFact(kind, version, finalised, tuple(stale), tuple(wrong_names))


def settings(
    values: Mapping[str, str | int], since: str | None = None, until: str | None = None
) -> Settings:
    """Give the packaged settings with the office's own over them, valid in that time."""
    first, last = (dt.date.fromisoformat(day) if day else None for day in (since, until))
    return Settings(
        Setting(key, value, first, last, "zarządzenie 1/2026") for key, value in values.items()
    )


# --- what has happened ---


def told(
    step: str,
    date: str,
    /,
    *,
    who: str | None = None,
    on_behalf_of: str | None = None,
    **words: Json,
) -> Told:
    """Tell one step; without `who` it was recorded by the person the definition names first."""
    return Told(step, date, words, who, on_behalf_of)


def road(form: str, state: str, /, **given: Mapping[str, Json]) -> tuple[Told, ...]:
    """Tell the shortest way of a case to a state, a step a week.

    Args:
        form: the form of cooperation it is to have there.
        state: where it is to stand.
        given: what is to be told of a step otherwise than on an ordinary day: its words, its
            `date`, and `who` recorded it.
    """
    told_so_far: list[Told] = []
    day = MONDAY
    for row in _way(Form(form), state):
        words = dict(given.get(row.step, {}))
        date = PartialDate.parse(str(words.pop("date", day.isoformat())))
        day = max(date.day or day, day) + dt.timedelta(days=7)
        who, behalf = words.pop("who", None), words.pop("on_behalf_of", None)
        if "form" in row.inputs:
            words["form"] = row.new_form.value
        told_so_far.append(
            Told(row.step, date.text, words, cast(str | None, who), cast(str | None, behalf))
        )
    unused = set(given) - {act.step for act in told_so_far}
    assert not unused, f"not on the road to {state}: {unused}"
    return tuple(told_so_far)


def _way(form: Form, state: str) -> Sequence[Row]:
    """Find the shortest way through the office, with no councillor's draft and no judgment."""
    beginning: Place = (Form.DECISION if form is Form.DECISION else Form.INFORMAL, START)
    ways: dict[Place, tuple[Row, ...]] = {beginning: ()}
    todo = deque([beginning])
    while (form, state) not in ways:
        place = todo.popleft()
        for row in EDITION.at(*place):
            there = (row.new_form, row.target)
            if row.step not in {"receive_council_draft", "reinstate"} and there not in ways:
                ways[there] = (*ways[place], row)
                todo.append(there)
    return ways[form, state]


def case_of(*acts: AnyTold) -> Case:
    """Fold what is told into a case, as the register would."""
    form, state = Form.INFORMAL, START
    if acts and acts[0][0] == "raise":
        form = Form.DECISION
    events: list[Recorded] = []
    for sequence, act in enumerate((Told(*act) for act in acts), start=1):
        event = _recorded(act, sequence, form, state, events)
        form, state = Form(event.new_form), event.target
        events.append(event)
    head = Head(REFERENCE, "Współpraca", None, OFFICER, form, state, len(events), EDITION.id)
    return project(head, events, EDITION.inputs)


def _recorded(
    act: Told, sequence: int, form: Form, state: str, before: Sequence[Recorded]
) -> Recorded:
    new_form, target, role = form, state, Role.OFFICER
    stored: Mapping[str, Json] = act.words
    if act.step == RETRACT:
        undone = next(event for event in before if event.sequence == act.words["event"])
        new_form, target = Form(undone.form), undone.source
    elif act.step == ENTER:
        new_form, target = Form(str(act.words["form"])), str(act.words["state"])
        specs = [EDITION.inputs[name] for name in act.words if name in EDITION.inputs]
        words = {spec.name: str(act.words[spec.name]) for spec in specs}
        stored = _stored(inputs.read(ENTER, specs, (), words))
    elif act.step not in IN_PLACE:
        wanted = Form(str(act.words["form"])) if "form" in act.words else None
        row = EDITION.row(form, state, act.step, wanted)
        assert row is not None, f"no {act.step} for {form} in {state}"
        new_form, target = row.new_form, row.target
        role = Role.OFFICER if Role.OFFICER in row.recorded_by else row.recorded_by[0]
        stored = _stored(
            inputs.read(act.step, EDITION.specs(row), row.optional, _filled_in(row, act))
        )
    body: Mapping[str, Json] = {
        "case": REFERENCE,
        "sequence": sequence,
        "step": act.step,
        "inputs": stored,
    }
    return Recorded(
        sequence,
        act.step,
        form.value,
        state,
        new_form.value,
        target,
        act.who or (MANAGER if role is Role.MANAGER else OFFICER),
        act.on_behalf_of,
        role.value,
        act.date,
        A_MOMENT + dt.timedelta(days=sequence),
        chain.canonical(body),
    )


def _filled_in(row: Row, act: Told) -> dict[str, str]:
    ordinary = {
        spec.name: _ordinary(spec, act.date)
        for spec in EDITION.specs(row)
        if spec.name not in row.optional
    }
    if "date" in row.inputs:
        ordinary["date"] = act.date
    return ordinary | {name: str(word) for name, word in act.words.items()}


def _ordinary(spec: InputSpec, date: str) -> str:
    if spec.type in {"partial_date", "day"}:
        return date
    if spec.name in ORDINARY:
        return ORDINARY[spec.name]
    return spec.of[0] if spec.of else ORDINARY_OF_TYPE[spec.type]


def _stored(values: Mapping[str, inputs.Value]) -> dict[str, Json]:
    return {name: inputs.encode(value) for name, value in values.items()}


# --- the step in question ---


def facts_of(  # noqa: PLR0913 - the facts of a step have as many parts
    step: str,
    words: Mapping[str, str] = {},
    /,
    *,
    form: str = "twinning",
    state: str | None = None,
    acts: Iterable[AnyTold] | None = None,
    partner: Partner = partner(),  # noqa: B008 - frozen, so one will do for all
    siblings: Sequence[Sibling] = (),
    decisions: Sequence[DecisionCase] = (),
    drafts: Sequence[DraftFact] = (),
    about_case: Sibling | None = None,
    under_case: Sibling | None = None,
    projects: Iterable[str] = (),
    settings: Settings = Settings(),  # noqa: B008 - nobody writes to it
    today: dt.date = TODAY,
    actor: Actor = actor(),  # noqa: B008 - frozen, so one will do for all
    **more: str,
) -> Facts:
    """Lay out the facts of a step, with no more words typed than a test tells.

    Args:
        step: the step in question.
        words: its inputs as typed; they may be given one by one as well.
        form: what the cooperation is, or is to be after the step.
        state: where it stands; unless told, where the step first starts on the road of the form.
        acts: what has happened; unless told, the ordinary road to there.
        partner: the other side.
        siblings: the other cases the rules compare with.
        decisions: the decisions about this case.
        drafts: the stored documents of the case.
        about_case: the cooperation a decision is about.
        under_case: the agreement a programme is under.
        projects: when the joint activities with the partner began.
        settings: the dated settings of the office.
        today: the day of recording.
        actor: who records.
        more: the same as `words`.
    """
    if acts is None:
        acts = () if (start := _start(step, Form(form), state)) is None else road(*start)
    case = case_of(*acts)
    begins = (Form(form) if case.version == 0 and step == "raise" else case.form, case.state)
    row = EDITION.row(*begins, step, Form(form))
    assert row is not None, f"no {step} for {form} from {case.form} in {case.state}"
    assert row.new_form is Form(form), f"{step} gives a {row.new_form}, not a {form}"
    typed = {"form": form} if "form" in row.inputs else {}
    return Facts(
        case=replace(case, form=row.form),
        partner=partner,
        row=row,
        inputs=inputs.read(
            step, EDITION.specs(row), row.optional, {**typed, **words, **more}, complete=False
        ),
        actor=actor,
        definition=EDITION,
        settings=settings,
        today=today,
        siblings=siblings,
        decisions=decisions,
        drafts=drafts,
        about=about_case,
        under=under_case,
        projects=tuple(PartialDate.parse(date) for date in projects),
    )


def _start(step: str, form: Form, state: str | None) -> tuple[str, str] | None:
    """Find where a step starts on the shortest road; None: it begins a case."""
    places = [
        (row.form, row.source)
        for row in EDITION.all_rows()
        if row.step == step and row.new_form is form and state in {None, row.source}
    ]
    assert places, f"no {step} for {form} from {state}"
    if places[0][1] == START:
        return None
    place = min(places, key=lambda place: len(_way(*place)))
    return place[0].value, place[1]


def asked_too_early(facts: Facts, acts: Iterable[AnyTold]) -> Facts:
    """Put the same question where the step does not start, as a refusal does."""
    return replace(facts, case=case_of(*acts))


def ask(rule: str, facts: Facts) -> Finding:
    """Ask one rule, as the judge asks it; a step at which it is not asked is a slip of the test."""
    assert rule in facts.row.rules, f"{rule} is not asked at {facts.row.step}"
    return verdict(facts, rule).findings[0]


def verdict(facts: Facts, *rules: str) -> Verdict:
    """Judge a step by some of its rules, or by all."""
    return judge(replace(facts, row=replace(facts.row, rules=rules or facts.row.rules)))


def say(rule: str, facts: Facts) -> str:
    """Give the answer of one rule in a few words: `broken: later`, `undecided: partner.country`."""
    finding = ask(rule, facts)
    return f"{finding.outcome}: {finding.needs or finding.variant}".removesuffix(": ")
