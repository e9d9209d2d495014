"""A town hall that lives through real years: its partners as they are, its days as they came.

    olomouc = town.opens("olomouc", "2016-05-04")
    olomouc.at("2016-06-02").advance("sign_working_document", signatory="Tadeusz Trzmiel", …)

Every step happens on the day on which it is recorded, unless a story says otherwise. What a story
leaves unsaid is as on an ordinary day; the documents a step needs are there and final.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from models.vocabulary import Form, PartnerKind
from tests.office import (
    CaseFile,
    Office,
    Refusal,
    make_final,
    store_draft,
    usual,
    words_for,
)
from tests.ordinary import ADMINISTRATOR, CORRECT, OFFICER, PEOPLE, ROADS
from workflow import activities, engine, partners, people, reading, timekeeping
from workflow.activities import NewActivity
from workflow.engine import Taken
from workflow.facts import Case
from workflow.inputs import Json
from workflow.lifecycle import definition
from workflow.partners import NewPartner
from workflow.timekeeping import Ticked
from workflow.unit import Unit

FOUNDED = "1990-05-27"
"""The day of the first elections to a Council of the City's own."""
OPENING = "08:00"
TODAYS = frozenset({"date", "delivered_on", "received_on", "asked_on"})
"""Dates that are the day's own where a story gives no other."""

CITIES: Mapping[str, tuple[str, str]] = {
    "Olomouc": ("Ołomuniec", "CZ"),
    "Nuremberg": ("Norymberga", "DE"),
    "Leipzig": ("Lipsk", "DE"),
    "Frankfurt am Main": ("Frankfurt nad Menem", "DE"),
    "Dresden": ("Drezno", "DE"),
    "Kyoto": ("Kioto", "JP"),
    "Curitiba": ("Kurytyba", "BR"),
    "Bordeaux": ("Bordeaux", "FR"),
    "Tbilisi": ("Tbilisi", "GE"),
    "Istanbul": ("Stambuł", "TR"),
    "Košice": ("Koszyce", "SK"),
    "Edinburgh": ("Edynburg", "GB"),
    "Gothenburg": ("Göteborg", "SE"),
    "Saint Petersburg": ("Sankt Petersburg", "RU"),
    "Moscow": ("Moskwa", "RU"),
    "Pécs": ("Pecz", "HU"),
    "Trondheim": ("Trondheim", "NO"),
    "Warsaw": ("Warszawa", "PL"),
}
ASSOCIATIONS: Mapping[str, tuple[str, str | None]] = {
    "Eurocities": ("Eurocities", "BE"),
    "League of Historical Cities": ("Liga Miast Historycznych", "JP"),
    "Union of Polish Metropolises": ("Unia Metropolii Polskich", "PL"),
}
CONSORTIA = {"Green Cities": "Zielone Miasta"}


class Town(Office):
    """The office at its register, from one day of its life to another."""

    def now(self) -> datetime:
        """Tell the moment: this day after opening, a second later each time."""
        opened = datetime.combine(self.today, time.fromisoformat(OPENING), UTC)
        return opened + timedelta(seconds=next(self._ticks))

    def furnish(self) -> "Town":
        """Put people, all of whom were there from the first, and Krakow's real partners into it."""
        self.on(FOUNDED)
        listed = [
            *((name, PartnerKind.CITY, *rest) for name, rest in CITIES.items()),
            *((name, PartnerKind.ASSOCIATION, *rest) for name, rest in ASSOCIATIONS.items()),
            *((name, PartnerKind.CONSORTIUM, pl, None) for name, pl in CONSORTIA.items()),
        ]
        with self.writing() as unit:
            for login, role in PEOPLE.items():
                people.add(unit, login, login.title(), [role], ADMINISTRATOR)
            for name, kind, name_pl, country in listed:
                partner = NewPartner(name, kind, country, name_pl)
                partners.add(unit, partner, {}, "krakow.pl", OFFICER)
        return self

    def on(self, day: str) -> "Town":
        """Come to a day."""
        self.today = date.fromisoformat(day)
        return self

    def opens(self, slug: str, day: str, **words: str) -> "Story":
        """Open a case on a day."""
        self.on(day)
        given = {**CORRECT["open"], "date": day, **words}
        taken = self.do(engine.open_case, slug, given, self.actor(OFFICER))
        return Story(self, taken.reference)

    def raises(self, about: CaseFile, purpose: str, day: str, **words: str) -> "Story":
        """Raise a decision about a cooperation on a day."""
        self.on(day)
        given = {**CORRECT["raise"], "date": day, "purpose": purpose, **words}
        taken = self.do(engine.raise_decision, about.reference, given, self.actor(OFFICER))
        return Story(self, taken.reference)

    def registered(
        self, reference: str, slug: str, form: str, state: str, **stored: Json
    ) -> "Story":
        """Enter a case of which only its outcome is known from elsewhere."""
        return Story(self, self.enter(reference, slug, form, state, **stored).reference)

    def works_with(self, slug: str, period: str, title: str = "Wystawa") -> None:
        """Record a joint exhibition."""
        exhibition = NewActivity(9, title, period, partners=(slug,))
        self.do(activities.add, exhibition, OFFICER)

    def tick(self, day: str) -> dict[str, Ticked]:
        """Let the clock record on a day what time has done."""
        self.on(day)
        with self.writing() as unit:
            return {one.reference: one for one in timekeeping.tick(unit, OFFICER)}


@dataclass(frozen=True)
class Story(CaseFile):
    """One case on its way through the years."""

    office: Town

    def at(self, day: str) -> "Story":
        """Come to a day."""
        self.office.on(day)
        return self

    def words(self, step: str, given: Mapping[str, str | None]) -> dict[str, str]:
        """Fill in an ordinary day that is today."""
        return self._typed(self.now.case, step, given)

    def advance(self, step: str, who: str = "", **words: str | None) -> Taken:
        """Take a step, with the documents it needs."""
        with self.office.writing() as unit:
            return self._advance(unit, step, who, words)

    def take(self, *steps: str, **words: str) -> "Story":
        """Take steps one after the other, all in one unit of work."""
        with self.office.writing() as unit:
            for step in steps:
                self._advance(unit, step, "", words)
        return self

    def propose(self, form: str, **words: str) -> "Story":
        """Propose a form."""
        return self.take("propose", form=form, **words)

    def come_to(self, state: str) -> "Story":
        """Go the ordinary road of the form until a state, all of it today."""
        with self.office.writing() as unit:
            for step in ROADS[self.form]:
                case = reading.file(unit, self.reference).case
                if case.state == state:
                    break
                if definition().row(case.form, case.state, step) is not None:
                    self._advance(unit, step, "", {})
        assert self.state == state
        return self

    def refused(self, step: str, who: str = "", **words: str | None) -> Refusal:
        """Expect that the rules refuse a step, and not for want of its documents."""
        with self.office.writing() as unit:
            self._documents(unit, self.now.case, step, words)
        return super().refused(step, who, **words)

    def _advance(self, unit: Unit, step: str, who: str, given: Mapping[str, str | None]) -> Taken:
        case = reading.file(unit, self.reference).case
        self._documents(unit, case, step, given)
        actor = self.office.actor(who or usual(step))
        return engine.advance(unit, self.reference, step, self._typed(case, step, given), actor)

    def _typed(self, case: Case, step: str, given: Mapping[str, str | None]) -> dict[str, str]:
        today = self.office.today
        own = {
            **dict.fromkeys(TODAYS, today.isoformat()),
            "resolution": f"XLVIII/1325/{today:%y}",
            "ordinance": f"667/{today.year}",
        }
        return {
            name: own[name] if name in own and name not in given else word
            for name, word in words_for(case, step, given).items()
        }

    def _documents(
        self, unit: Unit, case: Case, step: str, words: Mapping[str, str | None]
    ) -> None:
        wanted = next((form for form in Form if form == words.get("form")), None)
        row = definition().row(case.form, case.state, step, wanted)
        for kind in row.documents if row is not None else ():
            make_final(unit, self.reference, kind, store_draft(unit, self.reference, kind, {}))


ITSELF = {"prolongation": "automatic", "prolongation_months": "60", "objection_months": "6"}


def bordeaux_in_force(town: Town) -> Story:
    """Sign a partnership with Bordeaux on 12 January 2026, for five years."""
    town.works_with("bordeaux", "1992")
    return town.opens("bordeaux", "2026-01-12").propose("partnership").come_to("in_force")


def edinburgh_of_1994(town: Town, **signed: str) -> Story:
    """Sign the first agreement with Edinburgh on 21 September 1994, for five years."""
    town.works_with("edinburgh", "1993")
    edinburgh = town.opens("edinburgh", "1994-05-04").propose("partnership").come_to("resolved")
    edinburgh.at("1994-09-21").advance("sign", term="5 years", **signed)
    return edinburgh


def gothenburg_of_1990(town: Town, **signed: str) -> Story:
    """Sign the agreement with Gothenburg on 22 July 1990; it prolongs itself."""
    town.works_with("gothenburg", "1988")
    gothenburg = town.opens("gothenburg", "1990-06-04").propose("partnership").come_to("resolved")
    gothenburg.at("1990-07-22").advance("sign", **{"term": "5 years", **ITSELF, **signed})
    return gothenburg


def decided(town: Town, about: CaseFile, purpose: str, day: str = "2026-03-02") -> Story:
    """Let the Council decide on a day about a cooperation in force."""
    return town.raises(about, purpose, day).come_to("resolved")
