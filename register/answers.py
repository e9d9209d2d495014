"""What an answer to a question of the register does.

An answer is kept with its reason and its source. Where it tells a fact of an entered case the fact
enters its history as a correction, and the rules are asked again; where it tells that the case
stands elsewhere the entry is made anew. `unknown` closes a question and changes nothing; `none`
says that what is missing never existed.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

import sqlalchemy as sa

from models.cooperation import Cooperation, Event
from models.partner import Partner
from models.register import Question
from models.vocabulary import ENTER, START, Form, Language
from register import gazetteer
from register.importing_terms import between
from register.questions import Asked, question
from workflow import inputs as typed
from workflow import partners
from workflow.dates import PartialDate
from workflow.entering import (
    SETTLES,
    Entered,
    Origin,
    amend,
    entry_of,
    move,
    stored_value,
    told_by,
)  # fmt: skip
from workflow.errors import AmendmentRefused, InputFaults
from workflow.facts import Actor
from workflow.hindsight import ENDED
from workflow.inputs import InputSpec, Json, Term, Value
from workflow.lifecycle import definition
from workflow.people import require
from workflow.reading import File, by_reference, file
from workflow.unit import Unit

WHAT = "register answer"
NOT_KNOWN = frozenset({"unknown", "nieznane", "nie wiadomo"})
NEVER = frozenset({"none", "brak"})
CAN_BE_ABSENT = frozenset({"resolution", "consent", "term", "fields", "under"})
CONTINENTS = tuple(gazetteer.CONTINENTS.values())


def answer(
    unit: Unit, number: int, value: str, reason: str, source: str, actor: Actor
) -> tuple[Asked, tuple[Entered, ...]]:
    """Answer a question, and give it with what the answer changed.

    Raises:
        NotAllowed: the actor is neither administrator nor manager.
        NotFound: no question has this number. AmendmentRefused: it is answered already, or the
            case has gone on and can no longer stand elsewhere. InputFaults: the value is none.
    """
    require(actor, SETTLES, WHAT, unit)
    asked = question(unit, number, to_change=True)
    if asked.answered_at is not None:
        raise AmendmentRefused(why="answered", reference=asked.reference or "", event=number)
    said = {"value": value.strip(), "reason": reason.strip(), "source": source.strip()}
    faults = [
        {"name": name, "value": text, "fault": "empty", "label": dict.fromkeys(Language, name)}
        for name, text in said.items()
        if not text
    ]
    if faults:
        raise InputFaults(WHAT, faults)
    change = sa.update(Question).where(Question.id == number)
    unit.connection.execute(
        change.values(
            answer=said["value"],
            reason=said["reason"],
            source=said["source"],
            answered_at=unit.now(),
            answered_by=actor.person,
        )
    )
    origin = Origin({"question": number, "source": said["source"]}, said["reason"])
    return asked, _Answering(unit, asked, said["value"], origin, actor).take()


@dataclass
class _Answering:
    """One answer while it takes effect."""

    unit: Unit
    asked: Asked
    value: str
    origin: Origin
    actor: Actor

    def take(self) -> tuple[Entered, ...]:
        """Do what the answer means; give what it changed."""
        if self.value.casefold() in NOT_KNOWN:
            return ()
        subject = self.asked.subject
        if subject.startswith("place."):
            return self._place()
        if subject.startswith("partner."):
            return self._of_partner(subject.partition(".")[2])
        if subject in CAN_BE_ABSENT and self.value.casefold() in NEVER:
            absent = entry_of(self.of).inputs.get("absent", ())
            return self._changed({"absent": [*cast(tuple[str, ...], absent), subject]})
        if subject.startswith("disputed."):
            return self._disputed(subject.partition(".")[2])
        return TAKES[subject](self)

    @property
    def of(self) -> File:
        """The case, as it is now."""
        assert self.asked.reference is not None  # noqa: S101 - only partners are asked about without a case
        return file(self.unit, self.asked.reference, to_change=True)

    def read(self, kind: str, text: str | None = None, of: Sequence[str] = ()) -> Value:
        """Read the value as an input of that type."""
        name = self.asked.subject
        known = definition().inputs.get(name)
        label = known.label if known is not None else dict.fromkeys(Language, name)
        spec = InputSpec(name, kind, tuple(of), label)
        said = {name: self.value if text is None else text}
        return typed.read(WHAT, (spec,), (), said)[name]

    def _date(self) -> PartialDate:
        return cast(PartialDate, self.read("partial_date"))

    def _changed(self, changes: Mapping[str, Json]) -> tuple[Entered, ...]:
        return (amend(self.unit, self.of, changes, self.origin, self.actor),)

    # --- what each subject takes ---

    def numbered(self) -> tuple[Entered, ...]:
        """Take a number and, behind a blank, its date: `XLIII/298/92 1992-02-14`."""
        number, _, day = self.value.partition(" ")
        name = self.asked.subject.removeprefix("conflict.")
        changes: dict[str, Json] = {name: stored_value(self.read("number", number))}
        if day.strip():
            changes[f"{name}_date"] = cast(PartialDate, self.read("partial_date", day)).text
        return self._changed(changes)

    def plain(self) -> tuple[Entered, ...]:
        """Take a value of the input the question is called by."""
        name = self.asked.subject
        found = self.read(definition().inputs[name].type)
        if name == "under":
            by_reference(self.unit, str(found))
        return self._changed({name: stored_value(found)})

    def signed(self) -> tuple[Entered, ...]:
        """Take the date of the act that governs."""
        act, date = entry_of(self.of), self._date()
        name = "in_force_from" if act.target in ENDED else "date"
        changes: dict[str, Json] = {name: date.text}
        before = act.inputs.get(name)
        if act.inputs.get("began_on") in {None, getattr(before, "text", None)}:
            changes["began_on"] = date.text
        return self._changed(changes)

    def began(self) -> tuple[Entered, ...]:
        """Take the date of the first act."""
        return self._changed({"began_on": self._date().text})

    def resolved(self) -> tuple[Entered, ...]:
        """Take the date of the resolution, of the beginning or of the end."""
        said = entry_of(self.of).inputs
        name = "end_resolution_date" if "end_resolution_date" in said else "resolution_date"
        return self._changed({name: self._date().text})

    def ended(self) -> tuple[Entered, ...]:
        """Take the date of the end."""
        date = self._date()
        if entry_of(self.of).target in ENDED:
            return self._changed({"date": date.text})
        return self._changed({"term": _until(date)})

    def renewed(self) -> tuple[Entered, ...]:
        """Take the last day of the renewed term; `no` says that the case ended with the old one."""
        if self.value.casefold() not in typed.NO:
            until = cast(PartialDate, self.read("day"))
            return self._changed({"term": _until(until)})
        last = dt.date.fromisoformat(str(self.asked.facts["last"]))
        return self._ends("expired", PartialDate.of(last + dt.timedelta(days=1)))

    def standing(self) -> tuple[Entered, ...]:
        """Take `yes`, it stands; or the date on which it ended."""
        if self.value.casefold() in typed.YES:
            return ()
        date = self._date()
        since = entry_of(self.of).date
        return self._ends("terminated", between(since, None) if date.latest is None else date)

    def nothing(self) -> tuple[Entered, ...]:
        """Keep the answer; it changes nothing where the case stands."""
        return ()

    def _ends(self, state: str, date: PartialDate) -> tuple[Entered, ...]:
        """Put the case where it has ended; a form that does not expire is terminated."""
        of = self.of
        told = told_by(entry_of(of))
        edition = of.definition
        ends = {row.target for row in edition.at(told.form, told.state)} & ENDED
        where = next(one for one in (state, "terminated", "closed") if one in ends)
        said = {**told.said, "in_force_from": told.date}
        gone = replace(told, state=where, date=date, said=said)
        return (move(self.unit, of, gone, self.origin, self.actor),)

    def _disputed(self, name: str) -> tuple[Entered, ...]:
        """Take `ours`, what stands in the register, or `theirs`, what the sources say now."""
        choice = self.read("choice", of=("ours", "theirs"))
        if choice == "ours":
            return ()
        theirs: Json = self.asked.facts["theirs"]
        if name != "state":
            return self._changed({name: theirs})
        form, _, state = str(theirs).partition(" ")
        of = self.of
        told = replace(told_by(entry_of(of)), form=Form(form), state=state)
        return (move(self.unit, of, told, self.origin, self.actor),)

    def _place(self) -> tuple[Entered, ...]:
        """Take the number of a city in GeoNames, or its latitude and longitude in degrees."""
        place = gazetteer.by_id(self.value)
        facts = place.facts if place is not None else _degrees(self.value)
        if facts is None:
            fault = {"name": "place", "value": self.value, "fault": "not_a_place"}
            raise InputFaults(WHAT, [fault])
        self._state(facts)
        return ()

    def _of_partner(self, name: str) -> tuple[Entered, ...]:
        """Take a fact of the partner, and ask the rules of all its entered cases again."""
        known = CONTINENTS if name == "continent" else ()
        value = self.read("choice", of=known) if known else self.value
        self._state({name: str(value)})
        references = self.unit.connection.scalars(
            sa.select(Cooperation.reference)
            .join(Partner, Partner.id == Cooperation.partner_id)
            .join(Event, Event.cooperation_id == Cooperation.id)
            .where(
                Partner.slug == self.asked.partner, Cooperation.state != START, Event.step == ENTER
            )
            .distinct()
            .order_by(Cooperation.reference)
        ).all()
        return tuple(
            amend(self.unit, file(self.unit, one, to_change=True), {}, self.origin, self.actor)
            for one in references
        )

    def _state(self, facts: Mapping[str, str]) -> None:
        query = sa.select(Partner.id).where(Partner.slug == self.asked.partner)
        identity = self.unit.connection.execute(query).scalar_one()
        source = str(self.origin.marks["source"])
        partners.state(self.unit, identity, facts, source, self.actor.person)


def _until(date: PartialDate) -> Json:
    last = date.latest
    return stored_value(Term(until=PartialDate.of(last) if last is not None else None))


def _degrees(text: str) -> Mapping[str, str] | None:
    """Read `43.16, -77.61`; None where that is no place on Earth."""
    latitude, comma, longitude = text.partition(",")
    try:
        north, east = float(latitude), float(longitude)
    except ValueError:
        return None
    if not (comma and abs(north) <= 90 and abs(east) <= 180):  # noqa: PLR2004 - the poles and the date line
        return None
    return {"latitude": f"{north:.5f}", "longitude": f"{east:.5f}"}


TAKES: Mapping[str, Callable[[_Answering], tuple[Entered, ...]]] = {
    **dict.fromkeys(("resolution", "consent", "conflict.resolution"), _Answering.numbered),
    **dict.fromkeys(("term", "fields", "under", "votes"), _Answering.plain),
    **dict.fromkeys(("date", "conflict.date"), _Answering.signed),
    **dict.fromkeys(("end", "conflict.end_date"), _Answering.ended),
    **dict.fromkeys(("standing", "status"), _Answering.standing),
    "conflict.began_on": _Answering.began,
    "conflict.resolution_date": _Answering.resolved,
    "conflict.act": _Answering.nothing,
    "renewed": _Answering.renewed,
}
"""What each subject takes; `place.…`, `partner.…` and `disputed.…` go by their beginnings."""
