"""Write what was read from a file into the register: all of it, or nothing.

Writing is one transaction, whatever the size of the file: SQLite and PostgreSQL spill an open
transaction to disk, so memory does not grow with it, and an import that is interrupted, at any
moment and however roughly, has never happened. Chunks would need a second kind of truth: what a
file that is half taken in means.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import sqlalchemy as sa

from models.cooperation import Cooperation, Event
from models.partner import CURRENT_FACT
from models.partner import Partner as StoredPartner
from models.register import ImportBatch, Question
from models.vocabulary import ENTER, START, Form
from register import importing_cases, importing_partners
from register.importing import EVERY, Prepared, Progress
from register.importing_layout import DOMESTIC, KINDS, Layout
from register.importing_rows import SourceRow, source_row
from register.importing_stage import Stage
from register.importing_tables import RowFault
from workflow.dates import PartialDate
from workflow.entering import CORRECT, ENTERS, Entered, continues, enter, from_batch, restate
from workflow.errors import AmendmentRefused
from workflow.facts import Actor
from workflow.folding import fold
from workflow.hindsight import irregular
from workflow.people import require
from workflow.questions import Doubt
from workflow.questions import told as told_facts
from workflow.reading import file
from workflow.unit import Unit

STREAMED = {"yield_per": 1_000}
"""Of the statement, not of the connection: that would keep it for all statements after."""
SET_ASIDE = "set_aside"
"""The subject under which a row that is none of the register's is kept, with what it says."""


@dataclass
class Outcome:
    """What an import did, or why it did nothing.

    Attributes:
        batch: its number; None where there was nothing to write.
        rows: of the file. cases: they tell of. same: cases that are as they were.
        entered, corrected, anew: cases, by what was done to them.
        partners: new ones. set_aside: rows that are none of the register's.
        asked: questions. irregular: rules broken by known facts.
    """

    rows: int
    cases: int = 0
    batch: int | None = None
    entered: int = 0
    corrected: int = 0
    anew: int = 0
    same: int = 0
    partners: int = 0
    set_aside: int = 0
    asked: int = 0
    irregular: int = 0
    faults: Sequence[RowFault] = ()
    more_faults: int = 0

    def as_data(self) -> dict[str, object]:
        """Give the outcome under stable keys."""
        return asdict(self)


def may(unit: Unit, actor: Actor) -> None:
    """Let through only who may import; a long file is not read in vain.

    Raises:
        NotAllowed: the actor is no administrator.
    """
    require(actor, ENTERS, "register import", unit)


def take_in(
    unit: Unit, prepared: Prepared, stage: Stage, actor: Actor, progress: Progress
) -> Outcome:
    """Write what was read, if nothing is wrong with it; otherwise nothing is written.

    Raises:
        NotAllowed: the actor is no administrator.
    """
    may(unit, actor)
    _learn(unit, stage)
    prepared.add(
        [
            RowFault("partner_ambiguous", row, value=", ".join(_slugs(unit, partners)))
            for row, partners in stage.disputed()
        ]
    )
    prepared.add([RowFault("partner_differs", row, value=key) for row, key in stage.disagreeing()])
    outcome = Outcome(prepared.rows)
    if prepared.layout is not None and not prepared.faults:
        with unit.connection.begin_nested() as kept:
            _Import(unit, prepared, prepared.layout, stage, actor, outcome).run(progress)
            if prepared.faults:
                kept.rollback()
    if prepared.faults:
        return Outcome(prepared.rows, faults=tuple(prepared.faults), more_faults=prepared.more)
    return outcome


def _learn(unit: Unit, stage: Stage) -> None:
    """Tell the stage what the register holds: its partners, and its cases by their keys."""
    number = CURRENT_FACT.alias()
    partners = (
        sa.select(
            StoredPartner.id, StoredPartner.kind, StoredPartner.country,
            StoredPartner.name_en, StoredPartner.name_pl, number.c.value,
        )
        .outerjoin(
            number,
            (number.c.partner_id == StoredPartner.id) & (number.c.name == "geonames_id"),
        )
        .order_by(StoredPartner.id)
    )  # fmt: skip
    for row in unit.connection.execute(partners, execution_options=STREAMED):
        names = (row.name_en, row.name_pl)
        if row.value:
            also: tuple[str, ...] = (importing_partners.mark(row.value),)
        else:
            also = importing_partners.marks(row.kind, row.country, names)
        stage.keep(row.id, row.kind, row.country, names, *also)
    entries = (
        sa.select(Cooperation.reference, Event.step, Event.body)
        .join(Cooperation, Cooperation.id == Event.cooperation_id)
        .where(Event.step.in_((ENTER, CORRECT)), Cooperation.state != START)
        .order_by(Event.cooperation_id, Event.sequence)
    )
    keys: tuple[str, str] = ("", "")
    for row in unit.connection.execute(entries, execution_options=STREAMED):
        inputs = json.loads(row.body)["inputs"]
        said = inputs if row.step == ENTER else inputs.get("changes") or {}
        if row.step == ENTER and "key" in inputs:
            keys = (row.reference, inputs["key"])
        if "fingerprint" in said and keys[0] == row.reference:
            stage.know(keys[1], row.reference, said["fingerprint"])
    aside = sa.select(Question.facts).where(
        Question.subject == SET_ASIDE, Question.answer == DOMESTIC
    )
    for facts in unit.connection.scalars(aside, execution_options=STREAMED):
        told = json.loads(facts)
        stage.know(_aside(told["key"]), "", told["fingerprint"])


def _aside(key: str) -> str:
    return f"{SET_ASIDE}: {key}"


def _slugs(unit: Unit, partners: Sequence[int]) -> Sequence[str]:
    query = sa.select(StoredPartner.slug).where(StoredPartner.id.in_(partners))
    return unit.connection.scalars(query.order_by(StoredPartner.id)).all()


@dataclass
class _Import:
    """One import while it is written."""

    unit: Unit
    prepared: Prepared
    layout: Layout
    stage: Stage
    actor: Actor
    outcome: Outcome

    def run(self, progress: Progress) -> None:
        """Write every case, then what is set aside, then what ties cases to each other."""
        _, total = self.stage.counts()
        self.outcome.cases = total
        self._note_spells()
        others = importing_partners.Others(self.unit, self.stage, self.actor.person)
        for done, (key, other, told) in enumerate(self.stage.cases(), start=1):
            self._case(key, other, told, others)
            if done % EVERY == 0 or done == total:
                progress("write", done, total)
        self._set_aside()
        self._tie()
        self.outcome.partners = others.new
        self.outcome.asked += others.asked

    @property
    def batch(self) -> int:
        """The number of the batch; it is made when there is something to write."""
        if self.outcome.batch is None:
            self.outcome.batch = self.unit.connection.execute(
                sa.insert(ImportBatch)
                .values(
                    file_name=self.prepared.name,
                    sha256=self.prepared.sha256,
                    mapping=self.prepared.words.text,
                    rows=self.prepared.rows,
                    recorded_at=self.unit.now(),
                    recorded_by=self.actor.person,
                )
                .returning(ImportBatch.id)
            ).scalar_one()
        return self.outcome.batch

    def _rows(self, told: Sequence[tuple[int, Mapping[str, str]]]) -> list[SourceRow]:
        read = (
            source_row(number, said, self.layout, self.prepared.words, self.unit.today)[0]
            for number, said in told
        )
        return [row for row in read if row is not None]

    def _note_spells(self) -> None:
        """Note when each membership began: a later one of the same association ends it."""
        for key, other, told in self.stage.cases():
            if any(self._kind(said) == Form.ASSOCIATION for _, said in told):
                acts = importing_cases.acts_of(self._rows(told))
                began = next((act.date for act in acts if act.date is not None), None)
                if began is not None and began.earliest is not None:
                    self.stage.spell(key, other, began.text, began.earliest.isoformat())

    def _kind(self, said: Mapping[str, str]) -> str:
        word = fold(said.get("kind", ""))
        return KINDS[self.prepared.words.kinds.get(word, word)]

    def _case(
        self,
        key: str,
        other: int,
        told: Sequence[tuple[int, Mapping[str, str]]],
        others: importing_partners.Others,
    ) -> None:
        later = self.stage.next_spell(key)
        replaced_on = PartialDate.parse(later[1]) if later is not None else None
        mark = importing_cases.fingerprint([said for _, said in told], replaced_on)
        known = self.stage.known(key)
        if known is not None and known[1] == mark:
            self.outcome.same += 1
            return
        entry = importing_cases.entry(
            self._rows(told), mark, self.prepared.words, self.unit.today, replaced_on
        )
        partner = others.partner(other, self.batch)
        origin = from_batch(self.batch, entry.row, self.prepared.name)
        if known is None:
            self._count(key, enter(self.unit, partner, entry, origin, self.actor))
            return
        try:
            of = file(self.unit, known[0], to_change=True)
            changed = restate(self.unit, of, partner, entry, origin, self.actor)
        except AmendmentRefused as refused:
            facts = {"reference": known[0], "state": entry.told.state, **_plain(refused.facts)}
            self.prepared.add([RowFault("case_gone_on", entry.row, "", key, facts)])
            return
        if changed is None:
            self.outcome.same += 1
        else:
            self._count(key, changed)

    def _count(self, key: str, done: Entered) -> None:
        outcome = self.outcome
        if done.how == "entered":
            outcome.entered += 1
        elif done.how == "anew":
            outcome.anew += 1
        else:
            outcome.corrected += 1
        outcome.asked += done.asked
        outcome.irregular += len(irregular(done.findings))
        if done.how != "corrected":
            self.stage.note_entered(key, done.case_id, done.reference, done.sequence)

    def _set_aside(self) -> None:
        """Keep the rows that are none of the register's, as questions that are answered."""
        for number, key, said in self.stage.set_aside():
            self.outcome.set_aside += 1
            mark = importing_cases.fingerprint([said], None)
            known = self.stage.known(_aside(key))
            if known is not None and known[1] == mark:
                continue
            doubt = Doubt(SET_ASIDE, {"key": key, "fingerprint": mark, "said": said}, None, number)
            moment = self.unit.now()
            self.unit.connection.execute(
                sa.insert(Question).values(
                    batch_id=self.batch,
                    row=number,
                    subject=SET_ASIDE,
                    facts=told_facts(doubt),
                    asked_at=moment,
                    answer=DOMESTIC,
                    reason=said.get("note") or said["kind"],
                    source=said.get("source"),
                    answered_at=moment,
                    answered_by=self.actor.person,
                )
            )

    def _tie(self) -> None:
        """Tie each membership to the one it continues."""
        for earlier, later in self.stage.followed():
            one, other = self.stage.entered(earlier), self.stage.entered(later)
            if one is not None and other is not None:
                case_id, reference, sequence = other
                done = Entered(reference, case_id, sequence, "entered", (), 0)
                continues(self.unit, done, one[0])


def _plain(facts: Mapping[str, object]) -> Mapping[str, str]:
    others = facts.get("others")
    named = others if isinstance(others, (list, tuple)) else ()
    return {"others": ", ".join(str(one) for one in named)}
