"""The only reader of the database for the rules: prebuilt statements, as few as a step needs."""

import datetime as dt
import difflib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from models.activity import Activity, ActivityCooperation, ActivityPartner
from models.base import table
from models.cooperation import CaseLink, Cooperation, Event
from models.draft import Draft
from models.partner import CURRENT_FACT
from models.partner import Partner as StoredPartner
from models.vocabulary import ENTER, RETRACT, Form, Link, PartnerKind
from workflow.dates import PartialDate
from workflow.definition import Definition, Row
from workflow.errors import NotFound
from workflow.facts import (
    Act,
    Actor,
    Case,
    DecisionCase,
    DraftFact,
    Facts,
    Partner,
    Sheet,
    Sibling,
)
from workflow.inputs import Value
from workflow.lifecycle import definition
from workflow.project import Head, Recorded, project, sheet
from workflow.unit import Unit

COUNTRY_RULES = frozenset({"twin_exclusive"})
PARTNER_RULES = frozenset({"no_duplicate"})
DECISION_RULES = frozenset({"decided", "as_it_was"})


@dataclass(frozen=True, slots=True)
class File:
    """A case as read for one unit of work: its row, its partner, its history and what stands."""

    id: int
    partner: Partner
    case: Case
    definition: Definition
    events: tuple[Recorded, ...]
    head: bytes | None
    since: dt.datetime | None
    due_on: dt.date | None
    ends_on: dt.date | None


_case, _event, _link = table(Cooperation), table(Event), table(CaseLink)
_partner, _draft = table(StoredPartner), table(Draft)
_activity, _of_case = table(Activity), table(ActivityCooperation)
_of_partner = table(ActivityPartner)

_CASE = (
    sa.select(
        _case.c.id,
        _case.c.reference,
        _case.c.title,
        _case.c.file_number,
        _case.c.officer,
        _case.c.form,
        _case.c.state,
        _case.c.version,
        _case.c.definition,
        _case.c.head,
        _case.c.since,
        _case.c.due_on,
        _case.c.ends_on,
        _partner.c.id.label("partner_id"),
        _partner.c.slug,
        _partner.c.kind,
        _partner.c.country,
        _partner.c.name_pl,
        _partner.c.name_en,
    )
    .join(_partner, _partner.c.id == _case.c.partner_id)
    .where(_case.c.reference == sa.bindparam("reference"))
)
_CASE_TO_CHANGE = _CASE.with_for_update(of=_case)
_RECORDED = tuple(_event.c[name] for name in Recorded._fields)
_EVENTS = (
    sa.select(*_RECORDED)
    .where(_event.c.cooperation_id == sa.bindparam("id"))
    .order_by(_event.c.sequence)
)
_SIBLING = sa.select(
    _case.c.id,
    _case.c.reference,
    _case.c.form,
    _case.c.state,
    _partner.c.id.label("partner_id"),
    _partner.c.slug,
    _partner.c.country,
).join(_partner, _partner.c.id == _case.c.partner_id)
_OF_PARTNER = _SIBLING.where(_case.c.partner_id == sa.bindparam("partner"))
_TWINS_OF_COUNTRY = _SIBLING.where(
    _partner.c.country == sa.bindparam("country"), _case.c.form == Form.TWINNING.value
)
_BY_REFERENCE = _SIBLING.where(_case.c.reference == sa.bindparam("reference"))
_DECISIONS = (
    sa.select(_case.c.reference, _case.c.state, _case.c.definition, *_RECORDED)
    .join(_link, _link.c.cooperation_id == _case.c.id)
    .join(_event, _event.c.cooperation_id == _case.c.id)
    .where(
        _link.c.kind == Link.ABOUT.value,
        _link.c.target_id == sa.bindparam("id"),
        _event.c.step.in_(("raise", "adopt", "correct", RETRACT)),
    )
    .order_by(_case.c.id, _event.c.sequence)
)
_LINKED = (
    sa.select(_link.c.target_id, _link.c.kind, _case.c.reference)
    .join(_case, _case.c.id == _link.c.target_id)
    .where(_link.c.cooperation_id == sa.bindparam("id"))
    .order_by(_link.c.sequence)
)
_FIELDS = (
    sa.select(_event.c.body)
    .where(
        _event.c.cooperation_id == sa.bindparam("id"),
        _event.c.step.in_(("propose", "receive_council_draft", ENTER)),
    )
    .order_by(_event.c.sequence.desc())
    .limit(1)
)
_DRAFTS = (
    sa.select(_draft.c.kind, _draft.c.version, _draft.c.manifest)
    .where(_draft.c.cooperation_id == sa.bindparam("id"))
    .order_by(_draft.c.kind, _draft.c.version)
)
_STORED_FACTS = sa.select(CURRENT_FACT.c.name, CURRENT_FACT.c.value).where(
    CURRENT_FACT.c.partner_id == sa.bindparam("partner")
)
_PROJECTS = sa.union(
    sa.select(_activity.c.period)
    .join(_of_partner, _of_partner.c.activity_id == _activity.c.id)
    .where(_of_partner.c.partner_id == sa.bindparam("partner")),
    sa.select(_activity.c.period)
    .join(_of_case, _of_case.c.activity_id == _activity.c.id)
    .join(_case, _case.c.id == _of_case.c.cooperation_id)
    .where(_case.c.partner_id == sa.bindparam("partner")),
)
_PARTNER = sa.select(
    _partner.c.id,
    _partner.c.slug,
    _partner.c.kind,
    _partner.c.country,
    _partner.c.name_pl,
    _partner.c.name_en,
)


def file(unit: Unit, reference: str, *, to_change: bool = False) -> File:
    """Read a case; to change it, locked until the unit ends.

    Raises:
        NotFound: no case has this reference.
    """
    found = _CASE_TO_CHANGE if to_change else _CASE
    row = unit.connection.execute(found, {"reference": reference}).one_or_none()
    if row is None:
        raise NotFound(kind="case", name=reference, near=_near_cases(unit, reference))
    edition = definition(row.definition)
    rows = unit.connection.execute(_EVENTS, {"id": row.id})
    events = tuple(map(Recorded._make, rows))
    head = Head(
        row.reference,
        row.title,
        row.file_number,
        row.officer,
        row.form,
        row.state,
        row.version,
        row.definition,
    )
    return File(
        row.id,
        Partner(
            row.partner_id,
            row.slug,
            PartnerKind(row.kind),
            row.country,
            row.name_pl,
            row.name_en,
        ),
        project(head, events, edition.inputs),
        edition,
        events,
        row.head,
        row.since,
        row.due_on,
        row.ends_on,
    )


def partner(unit: Unit, slug: str) -> Partner:
    """Read a partner with its current stored facts.

    Raises:
        NotFound: no partner has this slug; what is spelt alike is named.
    """
    row = unit.connection.execute(_PARTNER.where(_partner.c.slug == slug)).one_or_none()
    if row is None:
        slugs = unit.connection.scalars(sa.select(StoredPartner.slug)).all()
        raise NotFound(kind="partner", name=slug, near=difflib.get_close_matches(slug, slugs, 3))
    return Partner(
        row.id,
        row.slug,
        PartnerKind(row.kind),
        row.country,
        row.name_pl,
        row.name_en,
        stored_facts(unit, row.id),
    )


def stored_facts(unit: Unit, partner_id: int) -> Mapping[str, str]:
    """Give what is currently recorded of a partner, by name."""
    rows = unit.connection.execute(_STORED_FACTS, {"partner": partner_id})
    return {name: value for name, value in rows}  # noqa: C416 - rows are not pairs to mypy


def facts(unit: Unit, of: File, row: Row, inputs: Mapping[str, Value], actor: Actor) -> Facts:
    """Lay before the rules of a row what they may look at, and nothing the row does not need.

    What the rules compare with is locked first, so that it stays true until the unit ends.
    """
    rules = set(row.rules)
    scopes = set()
    if rules & COUNTRY_RULES and of.partner.country:
        scopes.add(f"country:{of.partner.country}")
    if rules & PARTNER_RULES:
        scopes.add(f"partner:{of.partner.id}")
    unit.lock(scopes)
    who = of.partner
    if "outside_europe" in rules:
        who = replace(who, stored=stored_facts(unit, who.id))
    case = of.case
    wants_linked = case.form is Form.DECISION or "programme_basis" in rules
    links = _linked(unit, of) if wants_linked else {}
    under = inputs.get("under") or links.get(Link.UNDER)
    return Facts(
        case=case,
        partner=who,
        row=row,
        inputs=inputs,
        actor=actor,
        definition=of.definition,
        settings=unit.settings,
        today=unit.today,
        siblings=_siblings(unit, of, rules),
        decisions=decisions(unit, of.id) if rules & DECISION_RULES else (),
        drafts=draft_facts(unit, of) if row.documents else (),
        about=by_reference(unit, links[Link.ABOUT]) if Link.ABOUT in links else None,
        under=by_reference(unit, str(under)) if under and "programme_basis" in rules else None,
        projects=_projects(unit, of.partner.id) if "projects_first" in rules else (),
    )


def _siblings(unit: Unit, of: File, rules: set[str]) -> tuple[Sibling, ...]:
    found: dict[str, Sibling] = {}
    for wanted, statement, parameters in (
        (PARTNER_RULES, _OF_PARTNER, {"partner": of.partner.id}),
        (COUNTRY_RULES, _TWINS_OF_COUNTRY, {"country": of.partner.country}),
    ):
        if rules & wanted:
            for row in unit.connection.execute(statement, parameters):
                found[row.reference] = _sibling(unit, row)
    found.pop(of.case.reference, None)
    return tuple(found.values())


def _sibling(unit: Unit, row: sa.Row[int, str, str, str, int, str, str | None]) -> Sibling:
    fields: tuple[str, ...] = ()
    if row.form == Form.SECTORAL:
        body = unit.connection.execute(_FIELDS, {"id": row.id}).scalar()
        fields = tuple(json.loads(body)["inputs"].get("fields", ())) if body else ()
    return Sibling(
        row.reference, Form(row.form), row.state, row.partner_id, row.slug, row.country, fields
    )


def by_reference(unit: Unit, reference: str) -> Sibling:
    """Read where another case stands.

    Raises:
        NotFound: no case has this reference.
    """
    row = unit.connection.execute(_BY_REFERENCE, {"reference": reference}).one_or_none()
    if row is None:
        raise NotFound(kind="case", name=reference, near=_near_cases(unit, reference))
    return _sibling(unit, row)


def decisions(unit: Unit, case_id: int) -> tuple[DecisionCase, ...]:
    """Read the decisions raised about a case, with the resolution of each as it stands."""
    rows = unit.connection.execute(_DECISIONS, {"id": case_id})
    found = (
        _decision(*decision, (Recorded._make(row[3:]) for row in events))
        for decision, events in groupby(rows, key=lambda row: (row[0], row[1], row[2]))
    )
    return tuple(decision for decision in found if decision is not None)


def _decision(
    reference: str, state: str, edition: str, events: Iterable[Recorded]
) -> DecisionCase | None:
    head = Head(reference, "", None, None, Form.DECISION.value, state, 0, edition)
    case = project(head, events, definition(edition).inputs)
    raised, adopted = case.last("raise"), case.last("adopt")
    if raised is None:
        return None
    purpose = str(raised.inputs["purpose"])
    if adopted is None:
        return DecisionCase(reference, purpose, state, None, None)
    return DecisionCase(reference, purpose, state, str(adopted.inputs["resolution"]), adopted.date)


def links(unit: Unit, case_id: int) -> Sequence[tuple[str, str]]:
    """Give the links of a case: kind and the reference of the other case."""
    return [(row.kind, row.reference) for row in unit.connection.execute(_LINKED, {"id": case_id})]


def _linked(unit: Unit, of: File) -> dict[Link, str]:
    return {Link(kind): reference for kind, reference in links(unit, of.id)}


def draft_facts(unit: Unit, of: File) -> tuple[DraftFact, ...]:
    """Read the drafts of a case: which are final, and which have been overtaken by the facts."""
    rows = unit.connection.execute(_DRAFTS, {"id": of.id}).all()
    if not rows:
        return ()
    now = current_sheet(unit, of)
    final: dict[tuple[str, object], int] = {
        (str(act.inputs["kind"]), act.inputs["version"]): act.sequence
        for act in of.case.acts
        if act.step == "finalise"
    }
    return tuple(_draft_fact(row, final, now) for row in rows)


def _draft_fact(
    row: sa.Row[str, int, str], final: Mapping[tuple[str, object], int], now: Sheet
) -> DraftFact:
    manifest = json.loads(row.manifest)
    return DraftFact(
        row.kind,
        row.version,
        final.get((row.kind, row.version)),
        moved(manifest, now),
        tuple(mention["found"] for mention in manifest["wrong_names"]),
    )


def moved(manifest: Mapping[str, Any], now: Sheet) -> tuple[str, ...]:
    """Name the facts of a draft's manifest that have another value now.

    What a later act was to state anyway (the number of the resolution that was drafted) is born
    of the step the draft served and does not make it stale.
    """
    later = {gap["name"] for gap in manifest.get("gaps", ()) if gap["later"]}
    return tuple(
        name
        for name, used in manifest["facts"].items()
        if name not in later and (name not in now or now[name].value != used["value"])
    )


def current_sheet(unit: Unit, of: File, *, until: Act | None = None) -> Sheet:
    """Give the fact sheet of a case: as it is now, or as it was before an act."""
    case = of.case
    if until is not None:
        before = of.events[: until.sequence - 1]
        case = project(head_of(case, until), before, of.definition.inputs)
    stored = replace(of.partner, stored=stored_facts(unit, of.partner.id))
    about = _linked(unit, of).get(Link.ABOUT) if case.form is Form.DECISION else None
    cooperation = file(unit, about).case if about is not None else None
    return sheet(case, stored, of.definition, unit.settings, unit.today, cooperation)


def head_of(case: Case, until: Act) -> Head:
    """Give the row of a case as it was before an act."""
    return Head(
        case.reference,
        case.title,
        case.file_number,
        case.officer,
        until.form.value,
        until.source,
        until.sequence - 1,
        case.definition,
    )


def _projects(unit: Unit, partner_id: int) -> tuple[PartialDate, ...]:
    rows = unit.connection.execute(_PROJECTS, {"partner": partner_id})
    return tuple(PartialDate.parse(period) for (period,) in rows)


def _near_cases(unit: Unit, reference: str) -> list[str]:
    tail = reference[-4:]
    rows = unit.connection.scalars(
        sa.select(Cooperation.reference).where(Cooperation.reference.endswith(tail)).limit(3)
    )
    return list(rows)
