"""One full step through the engine: every rule, event, hash chain, guards, commit."""

import datetime as dt
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

from migrations import runner
from models.database import engine_for, writing
from models.draft import Draft
from models.vocabulary import PartnerKind, Role
from workflow import engine, partners, people, upkeep
from workflow.facts import Actor
from workflow.reading import file
from workflow.unit import Unit

TODAY = dt.date(2026, 11, 22)
OFFICER = Actor("anna", "anna", frozenset({Role.OFFICER, Role.CLERK}))
MANAGER = Actor("marek", "marek", frozenset({Role.MANAGER}))
ALL = "certified_resolution,statute,statute_translation,member_list,member_list_translation"
ROAD: tuple[tuple[str, dict[str, str], tuple[str, ...]], ...] = (
    (
        "propose",
        {
            "form": "association",
            "date": "2026-01-02",
            "justification": "To share what Krakow knows and learn from other cities.",
            "objectives": "Two joint projects within three years.",
            "transfers": "no",
            "classification": "yes",
            "classification_reason": "Its statute unites cities of 38 states.",
        },
        (),
    ),
    ("endorse", {"date": "2026-01-12"}, ()),
    (
        "submit_to_council",
        {"ordinance": "667/2026", "date": "2026-02-02"},
        ("joining_resolution", "mayor_ordinance"),
    ),
    (
        "adopt",
        {
            "resolution": "XLVIII/1325/26",
            "date": "2026-03-02",
            "votes": "22/21/0",
            "present": "43",
        },
        (),
    ),
    ("send_to_voivode", {"date": "2026-03-05", "attachments": ALL}, ("transmittal",)),
    ("forward_to_minister", {"date": "2026-03-25", "opinion": "favourable"}, ()),
    ("consent", {"date": "2026-04-25", "decision": "DPT/1"}, ()),
    (
        "apply",
        {"date": "2026-05-01", "signatory": "Mayor", "office": "mayor", "payments": "no"},
        ("application",),
    ),
    ("admit", {"date": "2026-05-15", "status": "full"}, ()),
)


def register(folder: Path, synchronous: str) -> sa.Engine:
    """Make a register; `synchronous` as the peers have it."""
    made = engine_for(folder / "accord.db")
    runner.upgrade(made)

    def relax(connection: object, _: object) -> None:
        connection.execute(f"PRAGMA synchronous={synchronous}")  # type: ignore[attr-defined] # a driver's connection

    sa.event.listen(made, "connect", relax)
    made.dispose()
    with writing(made) as connection:
        work = unit(connection)
        upkeep.fill(work)
        for login, role in (("anna", Role.OFFICER), ("marek", Role.MANAGER)):
            people.add(work, login, login, [role], "benchmark")
    return made


def unit(connection: sa.Connection) -> Unit:
    """Hold a unit on a fixed day."""
    return Unit(connection, lambda: dt.datetime.now(dt.UTC), TODAY)


def cases(made: sa.Engine, count: int) -> list[str]:
    """Open cases, each with a partner of its own."""
    references = []
    with writing(made) as connection:
        work = unit(connection)
        for number in range(count):
            new = partners.NewPartner(f"Association {number}", PartnerKind.ASSOCIATION, "BE")
            slug = partners.add(work, new, {}, "", "benchmark")
            words = {"title": "A membership", "idea": "the Mayor", "date": "2026-01-01"}
            references.append(engine.open_case(work, slug, words, OFFICER).reference)
    return references


def _papers(work: Unit, reference: str, kinds: tuple[str, ...]) -> None:
    """Make the documents of a step final; this is not timed."""
    for kind in kinds:
        of = file(work, reference)
        work.connection.execute(
            sa.insert(Draft).values(
                cooperation_id=of.id,
                kind=kind,
                version=1,
                languages="pl",
                template_sha256="0",
                manifest='{"facts":{},"gaps":[],"wrong_names":[]}',
                text="{}",
                sha256="0",
                created_at=work.now(),
                created_by="kasia",
            )
        )
        stored = {"kind": kind, "version": 1, "sha256": "0"}
        engine.in_place(work, of, "finalise", stored, OFFICER, needed=frozenset({Role.CLERK}))


def walk(made: sa.Engine, references: list[str], *, one_transaction: bool) -> Iterator[float]:
    """Take every step of every case; yield the seconds of each."""
    if one_transaction:
        with writing(made) as connection:
            work = unit(connection)
            for reference in references:
                for step, words, kinds in ROAD:
                    _papers(work, reference, kinds)
                    actor = MANAGER if step == "endorse" else OFFICER
                    begun = time.perf_counter()
                    engine.advance(work, reference, step, words, actor)
                    yield time.perf_counter() - begun
        return
    for reference in references:
        for step, words, kinds in ROAD:
            if kinds:
                with writing(made) as connection:
                    _papers(unit(connection), reference, kinds)
            actor = MANAGER if step == "endorse" else OFFICER
            begun = time.perf_counter()
            with writing(made) as connection:
                engine.advance(unit(connection), reference, step, words, actor)
            yield time.perf_counter() - begun


def main(count: int, *, one_transaction: bool, synchronous: str = "NORMAL") -> float:
    """Give microseconds a step; the first case warms the caches and is not counted."""
    with tempfile.TemporaryDirectory() as folder:
        made = register(Path(folder), synchronous)
        references = cases(made, count + 1)
        list(walk(made, references[:1], one_transaction=False))
        taken = list(walk(made, references[1:], one_transaction=one_transaction))
        made.dispose()
    return sum(taken) / len(taken) * 1e6


if __name__ == "__main__":
    print(main(int(sys.argv[1]), one_transaction=len(sys.argv) > 2))
