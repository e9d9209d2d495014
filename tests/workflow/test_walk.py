"""A walk: whatever anybody tries, history tells the state, and nothing comes into force unlawfully.

The register stands in one transaction that is taken back after every walk, so that a refusal has
nothing to hide behind: it is caught inside the transaction, and nothing may have been written.
"""

import itertools
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from itertools import accumulate
from typing import Concatenate, ParamSpec, TypeVar

import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from models.cooperation import CaseLink, Cooperation, Event
from models.draft import Draft
from models.register import ReferenceCounter
from models.vocabulary import RETRACT, Form
from tests import profiles
from tests.databases import Database
from tests.office import Office, make_final, store_draft, words_for
from tests.ordinary import DAY, MANAGER, MANAGERS_OWN, MORNING, OFFICER, PEOPLE, ROADS, TODAY
from workflow import amend, chain, engine, history, reading
from workflow.definition import Row
from workflow.errors import AccordError
from workflow.facts import Case
from workflow.inputs import InputSpec
from workflow.lifecycle import definition
from workflow.project import Recorded, state_told_by, validity
from workflow.unit import Unit

P = ParamSpec("P")
T = TypeVar("T")

LATER = MORNING + timedelta(hours=1)
STEPS = [*definition().steps, "propose_decision", "crown"]
BINDING = ("in_force", "suspended", "in_notice")
NEEDS_RESOLUTION = frozenset(
    {Form.TWINNING, Form.PARTNERSHIP, Form.SECTORAL, Form.HONORARY_TITLE, Form.ASSOCIATION}
)
POOL: Mapping[str, Sequence[str]] = {
    "partial_date": (DAY, "2025-01-10", "2026", "2026-06-01", "2026-09-30", "XXXX", "2027-01-01"),
    "votes": ("30/2/1", "22/21/0", "21/22/0", "0/0/0", "99/0/0", "za"),
    "yes_no": ("yes", "no", "może"),
    "count": ("0", "6", "40", "43", "999999999", "-1"),
    "term": ("5 years", "1 month", "indefinite", "2026-10-01", "wiecznie"),
    "number": ("XLVIII/1325/26", "667/2026", "48/2026", "XLVIII/1325/25"),
    "text": ("słowo", "Miasto Kraków", ""),
    "list": ("kultura", "kultura, sport", ""),
    "reference": ("KRK-2026-0001", "KRK-2026-0002", "KRK-2026-0003", "KRK-1999-0001"),
    "choices": ("statute", "certified_resolution, statute"),
}


def prepared(database: Database) -> tuple[Office, Sequence[str]]:
    """Furnish a register with cases at work, about to be decided, and only begun."""
    office = Office(database).furnish()
    with office.writing() as unit:
        office.add_partner(unit, "ecad", "association", "SE")
        office.add_partner(unit, "milan", "city", "IT")
    membership = office.open("eurocities").propose("association").come_to("in_force")
    applying = office.open("ecad").propose("association").come_to("consented")
    twin = office.open("leipzig").propose("twinning").come_to("in_force")
    partnership = office.open("bordeaux").propose("partnership").come_to("resolved")
    begun = [office.open("milan"), office.open("cusco")]
    decisions = [
        office.decision(twin, "suspend").come_to("resolved"),
        office.decision(membership, "end").come_to("before_council"),
    ]
    cases = (membership, applying, twin, partnership, *begun, *decisions)
    return office, [case.reference for case in cases]


def is_lawful(form: str, state: str, events: Sequence[Recorded]) -> bool:
    """Say from the bare events whether a case may stand where it stands.

    In force needs a resolution that nobody annulled since, and an association the consent as well,
    both of the latest proposal. What was retracted never happened.
    """
    taken_back = {json.loads(event.body)["inputs"]["event"] for event in events if retracts(event)}
    resolved = upset = consented = False
    for event in events:
        if event.sequence in taken_back:
            continue
        if event.step in {"propose", "raise", "receive_council_draft"}:
            resolved = upset = consented = False
        elif event.step == "adopt":
            resolved = True
        elif event.step == "annul":
            resolved, upset = False, resolved
        elif event.step in {"uphold", "reinstate"}:
            resolved = upset
        elif event.step in {"consent", "refuse"}:
            consented = event.step == "consent"
    if state not in BINDING or Form(form) not in NEEDS_RESOLUTION:
        return True
    return resolved and (consented or Form(form) is not Form.ASSOCIATION)


def retracts(event: Recorded) -> bool:
    """Say whether the event takes another one back."""
    return event.step == RETRACT


class Walk:
    """An office in which everybody tries everything, in one transaction."""

    def __init__(self, office: Office, unit: Unit, data: st.DataObject, cases: list[str]) -> None:
        self.office, self.unit, self.data, self.cases = office, unit, data, cases
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()

    def kept(self) -> object:
        """Give all that a refusal must leave alone."""
        read = self.unit.connection.execute
        rows = read(sa.select(Cooperation.__table__).order_by(Cooperation.id)).all()
        tables = (Event, CaseLink, Draft)
        counts = [read(sa.select(sa.func.count()).select_from(one)).scalar() for one in tables]
        return rows, counts, read(sa.select(ReferenceCounter.last)).all()

    def attempt(
        self, what: str, action: Callable[Concatenate[Unit, P], T], *args: P.args, **more: P.kwargs
    ) -> T | None:
        """Let somebody try something; if it is refused, nothing may have been written."""
        before = self.kept()
        try:
            result = action(self.unit, *args, **more)
        except AccordError as refusal:
            self.refused[type(refusal).__name__] += 1
            assert self.kept() == before
            return None
        self.done[what] += 1
        return result

    def go_on(self) -> None:
        """Let one thing happen to one case, and look where that case stands."""
        reference = self.data.draw(st.sampled_from(self.cases))
        self.data.draw(st.sampled_from(self.doings))(reference)
        self.look_at(reference)

    @property
    def doings(self) -> Sequence[Callable[[str], None]]:
        """Give what may happen, the usual things more often."""
        rare = [self.raise_a_decision, self.open_a_case, self.take_back, self.correct_a_date]
        return [*[self.take_a_step] * 12, *[self.take_the_usual_step] * 4, *rare]

    def take_the_usual_step(self, reference: str) -> None:
        """The right person takes the next step of the road, with the documents it needs."""
        case = reading.file(self.unit, reference).case
        for step in ROADS.get(case.form, ()):
            row = definition().row(case.form, case.state, step)
            if row is not None and row.moves:
                self.make_documents(reference, row)
                words = words_for(case, step, {})
                actor = self.office.actor(MANAGER if step in MANAGERS_OWN else OFFICER)
                self.attempt(step, engine.advance, reference, step, words, actor)
                return

    def take_a_step(self, reference: str) -> None:
        """Somebody takes a step, mostly one that starts here, with documents or without."""
        draw = self.data.draw
        case = reading.file(self.unit, reference).case
        rows: list[Row | None] = [
            row for row in definition().at(case.form, case.state) if row.step != "carry_out"
        ]
        row = draw(st.sampled_from([*rows, None]))
        step = draw(st.sampled_from(STEPS)) if row is None else row.step
        usual = MANAGER if step in MANAGERS_OWN else OFFICER
        login = draw(st.sampled_from([usual] * 8 + list(PEOPLE)))
        if row is not None and draw(st.integers(0, 3)):
            self.make_documents(reference, row)
        seen = draw(st.sampled_from([*[None] * 8, case.version, case.version - 1]))
        words = {"date": DAY} if row is None else self.words(case, row)
        actor = self.office.actor(login)
        self.attempt(step, engine.advance, reference, step, words, actor, seen=seen)

    def words(self, case: Case, row: Row) -> dict[str, str]:
        """Draw what is typed: the ordinary words, a few of them left out or otherwise."""
        draw = self.data.draw
        form = {"form": row.new_form.value} if "form" in row.inputs else {}
        words = words_for(case, row.step, form)
        if draw(st.integers(0, 3)) == 0:
            name = draw(st.sampled_from(row.inputs))
            words[name] = draw(other_word(definition().inputs[name]))
        if draw(st.integers(0, 9)) == 0:
            words.pop(draw(st.sampled_from(row.inputs)), None)
        return words

    def make_documents(self, reference: str, row: Row) -> None:
        """Let the clerk make final what a step needs."""
        for kind in row.documents:
            make_final(self.unit, reference, kind, store_draft(self.unit, reference, kind, {}))

    def raise_a_decision(self, reference: str) -> None:
        """Somebody raises a decision about a case."""
        purpose = self.data.draw(st.sampled_from(definition().inputs["purpose"].of))
        words = {"purpose": purpose, "date": DAY, "justification": "tak", "objectives": "cel"}
        officer = self.office.actor(OFFICER)
        taken = self.attempt("raise", engine.raise_decision, reference, words, officer)
        self.cases += [taken.reference] * 3 if taken is not None else []

    def open_a_case(self, _: str) -> None:
        """Somebody opens a case."""
        slug = self.data.draw(st.sampled_from(["leipzig", "eurocities", "milan", "nobody"]))
        words = {"title": "Nowa", "idea": "Rada", "date": DAY}
        taken = self.attempt("open", engine.open_case, slug, words, self.office.actor(OFFICER))
        self.cases += [taken.reference] if taken is not None else []

    def take_back(self, reference: str) -> None:
        """A manager, or somebody who is none, retracts the last step."""
        actor = self.office.actor(self.data.draw(st.sampled_from([MANAGER, MANAGER, OFFICER])))
        self.attempt(RETRACT, amend.retract, reference, "pomyłka", actor)

    def correct_a_date(self, reference: str) -> None:
        """Somebody corrects the date of an event, and a manager confirms it."""
        event = self.data.draw(st.integers(0, 12))
        words = {"date": self.data.draw(st.sampled_from(POOL["partial_date"]))}
        officer, manager = self.office.actor(OFFICER), self.office.actor(MANAGER)
        asked = self.attempt("correct", amend.correct, reference, event, words, "pomyłka", officer)
        if asked is not None:
            self.attempt("confirm", amend.confirm, reference, asked.sequence, manager)

    def look_at(self, reference: str) -> None:
        """See that the case stands where its history says, and lawfully."""
        of = reading.file(self.unit, reference)
        bodies = [event.body for event in of.events]
        assert state_told_by(of.events) == (of.case.form.value, of.case.state)
        assert [event.sequence for event in of.events] == list(range(1, of.case.version + 1))
        assert list(accumulate(bodies, chain.seal, initial=chain.GENESIS))[-1] == of.head
        assert is_lawful(of.case.form, of.case.state, of.events), reference
        valid = validity(of.case) if of.case.state in BINDING else None
        assert of.ends_on == (valid.last if valid is not None else None)

    def look_over(self) -> None:
        """See that the whole register is whole, and each decision carried out with a step."""
        assert history.verify(self.unit).breaches == ()
        rows = self.unit.connection.execute(sa.select(Cooperation.reference, Cooperation.state))
        for reference, state in rows.all():
            self.look_at(reference)
            if state == "carried_out":
                cited = Event.body.contains(f'"decision":"{reference}"')
                steps = sa.select(sa.func.count()).select_from(Event).where(cited)
                assert self.unit.connection.scalar(steps)


def other_word(spec: InputSpec) -> st.SearchStrategy[str]:
    """Draw another word for an input, right or wrong."""
    return st.sampled_from([*POOL.get(spec.type, ("słowo",)), *spec.of])


def test_whatever_is_tried_nothing_unlawful_comes_into_force(sqlite_database: Database) -> None:
    office, begun = prepared(sqlite_database)
    done: Counter[str] = Counter()
    refused: Counter[str] = Counter()

    @settings(max_examples=profiles.WALKS)
    @given(st.data())
    def walk(data: st.DataObject) -> None:
        first, second = data.draw(st.tuples(st.sampled_from(begun), st.sampled_from(begun)))
        ticks = itertools.count()
        connection = office.database.engine.connect().execution_options(write=True)
        with connection, connection.begin() as transaction:
            unit = Unit(connection, lambda: LATER + timedelta(seconds=next(ticks)), TODAY)
            walking = Walk(office, unit, data, [first, second])
            for _ in range(profiles.STEPS):
                walking.go_on()
            walking.look_over()
            done.update(walking.done)
            refused.update(walking.refused)
            transaction.rollback()

    walk()

    assert len(done) > 15
    assert {"StepRefused", "StepNotOpen", "InputFaults", "NotAllowed"} <= set(refused)
