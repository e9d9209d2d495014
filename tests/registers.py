"""A small register with something in every table, as a bare database holds it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

import sqlalchemy as sa

from models.act import Act
from models.activity import Activity, ActivityCooperation, ActivityPartner
from models.base import Base
from models.cooperation import CaseLink, Cooperation, Event
from models.draft import Draft
from models.partner import Fact, Partner
from models.person import Person, PersonRole, Substitution
from models.register import ImportBatch, Question, ReferenceCounter, Setting
from tests.databases import EDITION, MOVES

GENESIS = bytes(32)

MORNING = datetime(2026, 4, 2, 8, 30, tzinfo=UTC)

BY = {"recorded_at": MORNING, "recorded_by": "anna.oficer"}


def add(connection: sa.Connection, table: type[Base], **values: object) -> None:
    """Write one row."""
    connection.execute(sa.insert(table), values)


def be_born(connection: sa.Connection, number: int, partner: int = 1, **values: object) -> None:
    """Open the file of a case, which has no history yet."""
    given = {"title": "Współpraca", "definition": EDITION} | values
    reference = f"KRK-2026-{number:04d}"
    add(connection, Cooperation, id=number, reference=reference, partner_id=partner, **given)


def _move(step: str, form: str, state: str, new_form: object) -> tuple[str, ...]:
    """Find the move from here, or, for the test of a refusal, one from somewhere else."""
    moves = [move for move in MOVES if move[0] == step and new_form in (None, move[3])]
    here = [move for move in moves if move[1:3] == (form, state)]
    return (here or moves)[0]


def next_event(connection: sa.Connection, case: int, step: str, **values: object) -> dict[str, Any]:
    """Make the event by which a case takes a step, with whatever is to differ in it."""
    row = connection.execute(sa.select(Cooperation.__table__).where(Cooperation.id == case)).one()
    move = _move(step, row.form, row.state, values.get("new_form"))
    body = f'{{"case":{case},"sequence":{row.version + 1},"step":"{step}"}}'
    previous = row.head or GENESIS
    return {
        "cooperation_id": case,
        "sequence": row.version + 1,
        "step": step,
        "form": move[1],
        "source": move[2],
        "new_form": move[3],
        "target": move[4],
        "definition": EDITION,
        "partner_id": row.partner_id,
        "title": None,
        "file_number": None,
        "officer": None,
        "due_on": None,
        "ends_on": None,
        "awaits": None,
        "actor": "anna.oficer",
        "on_behalf_of": None,
        "login": "anna.oficer",
        "role": "officer",
        "effective_on": "2026-04-02",
        "recorded_at": MORNING,
        "body": body,
        "previous": previous,
        "hash": sha256(previous + body.encode()).digest(),
    } | values


def take(connection: sa.Connection, case: int, steps: Sequence[str], **values: object) -> None:
    """Let a case take steps, one event each; `values` are told by every one of them."""
    for step in steps:
        connection.execute(sa.insert(Event), next_event(connection, case, step, **values))


def populate(connection: sa.Connection) -> None:
    """Fill a register: two partners, a case endorsed, a case opened, a case just born."""
    for number, slug, country in ((1, "leipzig", "DE"), (2, "bordeaux", "FR")):
        names = {"name_pl": slug.title(), "name_en": slug.title(), "folded": slug}
        signed = {"created_at": MORNING, "created_by": "anna.oficer"}
        values = names | signed
        add(connection, Partner, id=number, slug=slug, kind="city", country=country, **values)
    for value in ("612441", "619879"):
        source = "Statistisches Amt"
        add(connection, Fact, partner_id=1, name="population", value=value, source=source, **BY)
    for number, partner in ((1, 1), (2, 2), (3, 2)):
        be_born(connection, number, partner)
    take(connection, 1, ["open", "propose", "endorse"])
    take(connection, 2, ["open"])
    add(connection, CaseLink, cooperation_id=2, sequence=1, kind="continues", target_id=1)
    _fill_the_shelves(connection)
    _fill_the_office(connection)


def _fill_the_shelves(connection: sa.Connection) -> None:
    paper = {"number": "7/2026", "dated": "2026-04-02", "language": "pl", "content": b"%PDF"}
    add(connection, Act, cooperation_id=1, sequence=2, kind="letter", **paper, **BY)
    add(
        connection,
        Draft,
        cooperation_id=1,
        kind="letter_of_intent",
        version=1,
        languages="pl+en",
        template_sha256="0" * 64,
        manifest="{}",
        text='{"en":"# Letter","pl":"# List"}',
        sha256="1" * 64,
        document=b"PK",
        document_sha256="2" * 64,
        created_at=MORNING,
        created_by="kasia.kancelaria",
    )
    add(connection, Activity, id=1, tool=7, title="Wystawa", period="2025-09/2025-10", **BY)
    add(connection, ActivityCooperation, activity_id=1, cooperation_id=1)
    add(connection, ActivityPartner, activity_id=1, partner_id=2)


def _fill_the_office(connection: sa.Connection) -> None:
    for number, login in ((1, "anna.oficer"), (2, "marek.kierownik")):
        add(connection, Person, id=number, login=login, name=login.title(), **BY)
    since = date(2026, 1, 1)
    granted = {"granted_at": MORNING, "granted_by": "a.administrator"}
    add(connection, PersonRole, person_id=1, role="officer", valid_from=since, **granted)
    days = {"valid_from": since, "valid_until": date(2026, 1, 31)}
    letter = "upoważnienie 3/2026"
    add(connection, Substitution, person_id=1, for_id=2, authority=letter, **days, **BY)
    law = {"source": "Dz.U. 2025 poz. 1153", "valid_from": since}
    add(connection, Setting, key="statutory_composition", value="43", **law, **BY)
    add(connection, ImportBatch, id=1, file_name="partners.csv", sha256="3" * 64, rows=68, **BY)
    add(
        connection,
        Question,
        cooperation_id=1,
        batch_id=1,
        row=12,
        subject="date of the resolution",
        facts="{}",
        asked_at=MORNING,
    )
    add(connection, ReferenceCounter, year=2026, last=3)
