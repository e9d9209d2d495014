"""A register with people and partners in it, spoken to in sentences of the office.

    eurocities = office.open("eurocities").propose("association").come_to("before_council")
    refusal = eurocities.refused("adopt", votes="21/22/0")
    assert refusal.broken == ["absolute_majority"]

What a test does not say is filled in as on an ordinary day, on which everything is lawful. Every
refusal is caught inside its unit of work, which then commits, and the whole register is compared:
a refusal writes nothing even for a caller who goes on.
"""

import itertools
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, Concatenate, ParamSpec, TypeVar

import pytest
import sqlalchemy as sa

from models.activity import Activity, ActivityPartner
from models.cooperation import Cooperation, Event
from models.database import reading, writing
from models.draft import Draft
from models.partner import Fact, Partner
from models.register import Setting
from models.vocabulary import ENTER, START, Authority, Form, Role
from tests.databases import Bare, Database, dump
from tests.ordinary import (
    ADMINISTRATOR,
    CLERK,
    CORRECT,
    DAY,
    MANAGER,
    MANAGERS_OWN,
    MORNING,
    OFFICER,
    PARTNERS,
    PEOPLE,
    ROADS,
    TODAY,
    ordinary,
)
from workflow import engine, people
from workflow import reading as register
from workflow.dates import PartialDate
from workflow.definition import Row
from workflow.engine import Taken
from workflow.errors import AccordError, StepRefused
from workflow.facts import Actor, Case, Finding
from workflow.inputs import Json
from workflow.judge import blocks
from workflow.lifecycle import CURRENT, definition
from workflow.unit import Unit

P = ParamSpec("P")
T = TypeVar("T")
E = TypeVar("E", bound=AccordError)


def usual(step: str) -> str:
    """Say who records a step on an ordinary day."""
    return MANAGER if step in MANAGERS_OWN else OFFICER


def rules_of(error: AccordError) -> list[str]:
    """Name the rules whose findings a refusal tells."""
    findings = error.facts["findings"]
    assert isinstance(findings, tuple)
    return [finding.rule for finding in findings if isinstance(finding, Finding)]


def words_for(case: Case, step: str, given: Mapping[str, str | None]) -> dict[str, str]:
    """Give what is typed at a step of a case: as given, and else as on an ordinary day."""
    wanted = next((form for form in Form if form == given.get("form")), None)
    row = definition().row(case.form, case.state, step, wanted)
    typed: dict[str, str | None] = {}
    if row is not None:
        every = ordinary(step, row.new_form)
        typed.update((name, every[name]) for name in row.inputs if name in every)
    typed.update(given)
    return {name: word for name, word in typed.items() if word is not None}


def store_draft(
    unit: Unit,
    reference: str,
    kind: str,
    facts: Mapping[str, Json],
    wrong_names: Sequence[str] = (),
) -> int:
    """Store the next version of a document of a case."""
    manifest = {
        "facts": {name: {"value": value} for name, value in facts.items()},
        "wrong_names": [{"found": found} for found in wrong_names],
    }
    case = register.file(unit, reference)
    of_kind = (Draft.cooperation_id == case.id) & (Draft.kind == kind)
    before = unit.connection.scalar(sa.select(sa.func.max(Draft.version)).where(of_kind))
    version = (before or 0) + 1
    unit.connection.execute(
        sa.insert(Draft).values(
            cooperation_id=case.id,
            kind=kind,
            version=version,
            languages="pl",
            template_sha256="0" * 64,
            manifest=json.dumps(manifest),
            text="{}",
            sha256="1" * 64,
            created_at=unit.now(),
            created_by=CLERK,
        )
    )
    return version


def make_final(unit: Unit, reference: str, kind: str, version: int) -> None:
    """Let the clerk make a version of a document final."""
    engine.in_place(
        unit,
        register.file(unit, reference, to_change=True),
        "finalise",
        {"kind": kind, "version": version, "sha256": "1" * 64},
        Actor(CLERK, CLERK, frozenset({Role.CLERK})),
        needed=frozenset({Role.CLERK}),
    )


@dataclass(frozen=True)
class Refusal:
    """A step that the rules refused."""

    error: StepRefused

    @property
    def broken(self) -> list[str]:
        """Name the rules that stopped it; warnings stop nothing."""
        return [one.rule for one in self.findings if blocks(one)]

    @property
    def findings(self) -> Sequence[Finding]:
        """Give every finding, those that hold included."""
        return [one for one in self.error.findings if isinstance(one, Finding)]

    def finding(self, rule: str) -> Finding:
        """Give what one rule said."""
        return next(one for one in self.findings if one.rule == rule)


@dataclass
class Office:
    """The office at its register, on one day."""

    database: Database
    today: date = TODAY
    _ticks: Iterator[int] = field(default_factory=itertools.count)

    @cached_property
    def shell(self) -> Bare:
        """A bare connection beside the office's own, to look at what is kept."""
        return self.database.bare()

    def now(self) -> datetime:
        """Tell the moment; it is a second later each time."""
        return MORNING + timedelta(seconds=next(self._ticks))

    @contextmanager
    def writing(self) -> Iterator[Unit]:
        """Hold a unit of work that is kept if it ends well."""
        with writing(self.database.engine) as connection:
            yield Unit(connection, self.now, self.today)

    @contextmanager
    def reading(self) -> Iterator[Unit]:
        """Hold a unit of work that only reads."""
        with reading(self.database.engine) as connection:
            yield Unit(connection, self.now, self.today)

    def dump(self) -> Mapping[str, object]:
        """Read everything that is kept."""
        return dump(self.shell)

    def do(
        self,
        action: Callable[Concatenate[Unit, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Do one thing in a unit of work of its own."""
        with self.writing() as unit:
            return action(unit, *args, **kwargs)

    @contextmanager
    def refusing(self, error: type[E]) -> Iterator[tuple[Unit, pytest.ExceptionInfo[E]]]:
        """Expect a refusal, and that nothing was written though the unit of work is kept."""
        before = self.dump()
        with self.writing() as unit, pytest.raises(error) as caught:
            yield unit, caught
        assert self.dump() == before

    def actor(self, login: str) -> Actor:
        """Say what a person of the office may record."""
        return Actor(login, login, frozenset({PEOPLE[login]}))

    # --- what is in the register ---

    def furnish(self) -> "Office":
        """Put people, partners and a joint project with every city into the register."""
        with self.writing() as unit:
            for login, role in PEOPLE.items():
                people.add(unit, login, login.title(), [role], ADMINISTRATOR)
            for slug, (kind, country) in PARTNERS.items():
                self.add_partner(unit, slug, kind, country)
        return self

    def add_partner(self, unit: Unit, slug: str, kind: str, country: str | None) -> None:
        """Add a partner and, for a city, a project of 2024."""
        name = slug.title()
        identity = unit.connection.execute(
            sa.insert(Partner)
            .values(
                slug=slug,
                kind=kind,
                country=country,
                name_pl=name,
                name_en=name,
                folded=slug,
                created_at=unit.now(),
                created_by=OFFICER,
            )
            .returning(Partner.id)
        ).scalar_one()
        if kind == "city":
            self.project_of_2024(unit, identity)

    def project_of_2024(self, unit: Unit, partner: int) -> None:
        """Record a joint exhibition."""
        activity = unit.connection.execute(
            sa.insert(Activity)
            .values(
                tool=7,
                title="Wystawa",
                period="2024",
                recorded_at=unit.now(),
                recorded_by=OFFICER,
            )
            .returning(Activity.id)
        ).scalar_one()
        unit.connection.execute(
            sa.insert(ActivityPartner).values(activity_id=activity, partner_id=partner)
        )

    def state_fact(self, slug: str, name: str, value: str) -> None:
        """Record what is known of a partner."""
        with self.writing() as unit:
            unit.connection.execute(
                sa.insert(Fact).values(
                    partner_id=sa.select(Partner.id).where(Partner.slug == slug).scalar_subquery(),
                    name=name,
                    value=value,
                    source="list partnera",
                    recorded_at=unit.now(),
                    recorded_by=OFFICER,
                )
            )

    def setting(self, key: str, value: str, start: date = date(1990, 1, 1)) -> None:
        """State a setting of the office."""
        with self.writing() as unit:
            unit.connection.execute(
                sa.insert(Setting).values(
                    key=key,
                    value=value,
                    valid_from=start,
                    source="zarządzenie",
                    recorded_at=unit.now(),
                    recorded_by=ADMINISTRATOR,
                )
            )

    # --- cases ---

    def open(self, slug: str, who: str = OFFICER, **words: str) -> "CaseFile":
        """Open a case with a partner."""
        given = {**CORRECT["open"], "date": DAY, **words}
        taken = self.do(engine.open_case, slug, given, self.actor(who))
        return CaseFile(self, taken.reference)

    def decision(self, about: "CaseFile", purpose: str, **words: str) -> "CaseFile":
        """Raise a decision about a cooperation."""
        given = {**CORRECT["raise"], "date": DAY, "purpose": purpose, **words}
        taken = self.do(engine.raise_decision, about.reference, given, self.actor(OFFICER))
        return CaseFile(self, taken.reference)

    def bare_case(self, reference: str, slug: str, form: str = "informal") -> "CaseFile":
        """Let a case be born that has no event yet."""
        with self.writing() as unit:
            unit.connection.execute(
                sa.insert(Cooperation).values(
                    reference=reference,
                    partner_id=register.partner(unit, slug).id,
                    title="Z archiwum",
                    form=form,
                    definition=CURRENT,
                )
            )
        return CaseFile(self, reference)

    def enter(self, reference: str, slug: str, form: str, state: str, **stored: Json) -> "CaseFile":
        """Record a case whose history happened elsewhere."""
        case = self.bare_case(reference, slug)
        row = Row(
            ENTER, Form.INFORMAL, START, Form(form), state,
            (Authority.OFFICE,), (Role.ADMINISTRATOR,), (), frozenset(), (), {}, (), (),
        )  # fmt: skip
        with self.writing() as unit:
            of = register.file(unit, reference, to_change=True)
            engine.record(
                unit,
                of,
                row,
                stored,
                self.actor(ADMINISTRATOR),
                due_on=None,
                ends_on=None,
                effective=PartialDate.parse(str(stored.get("date", "XXXX"))),
            )
        return case


@dataclass(frozen=True)
class CaseFile:
    """One case of the office."""

    office: Office
    reference: str

    @property
    def now(self) -> register.File:
        """Read the case as it is."""
        with self.office.reading() as unit:
            return register.file(unit, self.reference)

    @property
    def state(self) -> str:
        """Say where it stands."""
        return self.now.case.state

    @property
    def form(self) -> Form:
        """Say what it is or is to be."""
        return self.now.case.form

    @property
    def events(self) -> list[sa.Row[Any]]:
        """Read its events, every column of them."""
        with self.office.reading() as unit:
            query = (
                sa.select(Event.__table__)
                .join(Cooperation, Cooperation.id == Event.cooperation_id)
                .where(Cooperation.reference == self.reference)
                .order_by(Event.sequence)
            )
            return list(unit.connection.execute(query))

    @property
    def links(self) -> list[tuple[str, str]]:
        """Say at which cases it points, and how."""
        with self.office.reading() as unit:
            return list(register.links(unit, self.now.id))

    def words(self, step: str, given: Mapping[str, str | None]) -> dict[str, str]:
        """Fill in what is typed on an ordinary day; None leaves an ordinary word out."""
        return words_for(self.now.case, step, given)

    def advance(self, step: str, who: str = "", **words: str | None) -> Taken:
        """Take a step."""
        return self.office.do(
            engine.advance,
            self.reference,
            step,
            self.words(step, words),
            self.office.actor(who or usual(step)),
        )

    def take(self, *steps: str, **words: str) -> "CaseFile":
        """Take steps one after the other, with the documents they need."""
        for step in steps:
            case = self.now.case
            row = definition().row(case.form, case.state, step)
            for kind in row.documents if row is not None else ():
                self.has_final(kind)
            self.advance(step, **words)
        return self

    def propose(self, form: str, **words: str) -> "CaseFile":
        """Propose a form."""
        self.advance("propose", form=form, **words)
        return self

    def come_to(self, state: str) -> "CaseFile":
        """Go the ordinary road of the form until a state."""
        for step in ROADS[self.form]:
            case = self.now.case
            if case.state == state:
                return self
            if definition().row(case.form, case.state, step) is not None:
                self.take(step)
        assert self.state == state
        return self

    def fails(self, error: type[E], step: str, who: str = "", **words: str | None) -> E:
        """Expect that a step is not taken."""
        given = self.words(step, words)
        actor = self.office.actor(who or usual(step))
        with self.office.refusing(error) as (unit, caught):
            engine.advance(unit, self.reference, step, given, actor)
        return caught.value

    def refused(self, step: str, who: str = "", **words: str | None) -> Refusal:
        """Expect that the rules refuse a step."""
        return Refusal(self.fails(StepRefused, step, who, **words))

    def has_draft(
        self,
        kind: str,
        *,
        facts: Mapping[str, Json] | None = None,
        wrong_names: Sequence[str] = (),
    ) -> int:
        """Store the next version of a document; `facts` are those it was made from."""
        with self.office.writing() as unit:
            return store_draft(unit, self.reference, kind, facts or {}, wrong_names)

    def has_final(
        self,
        kind: str,
        *,
        facts: Mapping[str, Json] | None = None,
        wrong_names: Sequence[str] = (),
    ) -> int:
        """Store the next version of a document and make it final."""
        version = self.has_draft(kind, facts=facts, wrong_names=wrong_names)
        with self.office.writing() as unit:
            make_final(unit, self.reference, kind, version)
        return version
