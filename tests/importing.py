"""Files to import, written row by row, and an administrator who takes them in."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import openpyxl
import sqlalchemy as sa

from models.cooperation import Cooperation, Event
from models.partner import CURRENT_FACT, Partner
from models.vocabulary import ENTER, START
from register import answers, importing, importing_taking, importing_undo, questions
from register.importing import Progress
from register.importing_layout import COLUMNS, PLAIN, Layout, Translation
from register.importing_stage import stage
from register.importing_taking import Outcome
from tests.office import Office
from tests.ordinary import ADMINISTRATOR, PEOPLE
from tests.sources import ROOT
from workflow import people
from workflow.reading import File, file

LAYOUT = Layout({name: place for place, name in enumerate(COLUMNS)}, {}, len(COLUMNS))
"""Every column of a register, in its order."""
REAL = ROOT / "examples" / "partners.csv"
Row = Mapping[str, str]


def row(
    key: str, kind: str = "partner", entity: str = "Lyon", country: str = "FR", **more: str
) -> Row:
    """Give a row of a register; what it does not say is blank."""
    return {
        "case_key": key,
        "kind": kind,
        "entity_en": entity,
        "country_iso2": country,
        "status": "listed",
        "status_as_of": "2022",
        "source": "spis",
        **more,
    }


def table(*rows: Row, columns: Sequence[str] = COLUMNS) -> list[list[str]]:
    """Lay rows out under their heading."""
    return [list(columns), *([one.get(column, "") for column in columns] for one in rows)]


def written(cells: Sequence[Sequence[str]], delimiter: str = ",") -> bytes:
    """Write cells as CSV."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(cells)
    return text.getvalue().encode()


def csv_of(*rows: Row) -> bytes:
    """Write rows as the CSV file of a register."""
    return written(table(*rows))


def xlsx_of(cells: Sequence[Sequence[Any]], *merged: str) -> bytes:
    """Write cells as a workbook of one sheet, with these ranges merged."""
    book = openpyxl.Workbook()
    sheet = book.active
    for one in cells:
        sheet.append(list(one))
    for place in merged:
        sheet.merge_cells(place)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def quiet(*_: object) -> None:
    """Let nobody watch the progress."""


@dataclass
class Registrar:
    """The administrator at a register with people and without partners."""

    office: Office

    @staticmethod
    def at(office: Office) -> "Registrar":
        """Put the people of the office into a register, and nothing else."""
        with office.writing() as unit:
            for login, role in PEOPLE.items():
                people.add(unit, login, login.title(), [role], ADMINISTRATOR)
        return Registrar(office)

    def take(
        self,
        content: bytes,
        *,
        words: Translation = PLAIN,
        progress: Progress = quiet,
        who: str = ADMINISTRATOR,
        name: str = "rejestr.csv",
    ) -> Outcome:
        """Import a file."""
        office = self.office
        with stage() as staged:
            source = io.BytesIO(content)
            read = importing.read(source, name, words, office.today, staged, progress)
            with office.writing() as unit:
                return importing_taking.take_in(unit, read, staged, office.actor(who), progress)

    def took(self, *rows: Row) -> Outcome:
        """Import rows that have no fault."""
        outcome = self.take(csv_of(*rows))
        assert outcome.faults == ()
        return outcome

    def refused(self, *rows: Row) -> list[tuple[str, int | None]]:
        """Import rows that have faults, of which nothing is kept; say which, and where."""
        before = self.office.dump()
        outcome = self.take(csv_of(*rows))
        assert self.office.dump() == before
        assert outcome.faults
        return [(fault.id, fault.row) for fault in outcome.faults]

    def undo(self, batch: int | None, who: str = ADMINISTRATOR) -> importing_undo.Undone:
        """Withdraw an import."""
        assert batch is not None
        return self.office.do(importing_undo.undo, batch, "zły plik", self.office.actor(who))

    def case(self, key: str) -> File:
        """Read the case that the sources know by this key."""
        with self.office.reading() as unit:
            query = (
                sa.select(Cooperation.reference)
                .join(Event, Event.cooperation_id == Cooperation.id)
                .where(
                    Event.step == ENTER,
                    Event.body.contains(f'"key":"{key}"'),
                    Cooperation.state != START,
                )
                .distinct()
            )
            return file(unit, unit.connection.execute(query).scalar_one())

    def said(self, key: str) -> Mapping[str, Any]:
        """Give what the entry of a case says, as corrected."""
        act = self.case(key).case.last(ENTER)
        assert act is not None
        return act.inputs

    def open_questions(self, key: str | None = None) -> dict[str, questions.Asked]:
        """Give the open questions of a case, or of partners, by subject."""
        reference = self.case(key).case.reference if key else None
        with self.office.reading() as unit:
            found = questions.questions(unit, questions.Wanted(reference=reference))
        return {one.subject: one for one in found if key or one.reference is None}

    def answer(self, asked: questions.Asked, value: str, who: str = ADMINISTRATOR) -> None:
        """Answer a question."""
        self.office.do(answers.answer, asked.id, value, "akta", "archiwum", self.office.actor(who))

    def partners(self) -> dict[str, dict[str, str]]:
        """Give every partner with its current facts."""
        with self.office.reading() as unit:
            found: dict[str, dict[str, str]] = {
                slug: {} for slug in unit.connection.scalars(sa.select(Partner.slug))
            }
            facts = sa.select(Partner.slug, CURRENT_FACT.c.name, CURRENT_FACT.c.value)
            for slug, name, value in unit.connection.execute(
                facts.join(Partner, Partner.id == CURRENT_FACT.c.partner_id)
            ):
                found[slug][name] = value
        return found

    def case_count(self) -> int:
        """Count the cases that stand."""
        with self.office.reading() as unit:
            query = sa.select(sa.func.count()).select_from(Cooperation)
            return unit.connection.execute(query.where(Cooperation.state != START)).scalar_one()
