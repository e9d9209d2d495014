"""The manager's desk and a case's page at two sizes of the register: they should cost the same."""

import datetime as dt
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import sqlalchemy as sa
from accord_steps import MANAGER, OFFICER, cases, register, unit, walk

from migrations import guards
from models.base import table
from models.cooperation import Cooperation, Event
from models.database import reading, writing
from register.desk import desk
from workflow import chain, history
from workflow.lifecycle import CURRENT
from workflow.reading import draft_facts, file

SMALL = int(os.environ.get("CASES_SMALL", "10000"))
LARGE = int(os.environ.get("CASES_LARGE", "1000000"))
CHUNK = 10_000
MOMENT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
STATES = ("negotiation", "proposed", "before_council", "in_force", "closed")


def _rows(
    start: int, count: int, partner: int
) -> Iterator[tuple[dict[str, object], dict[str, object]]]:
    """Give a case and its one event, in the states a register has most of."""
    for number in range(start, start + count):
        state = STATES[number % len(STATES)]
        due = dt.date(2026, 1, 1) + dt.timedelta(days=number % 700)
        told: dict[str, object] = {
            **dict.fromkeys(("title", "file_number", "officer", "on_behalf_of", "awaits")),
            "sequence": 1,
            "step": "enter",
            "form": "informal",
            "source": "none",
            "new_form": "association",
            "target": state,
            "definition": CURRENT,
            "actor": "benchmark",
            "login": "benchmark",
            "role": "administrator",
            "effective_on": "2025",
        }
        ends = due if state == "in_force" else None
        more = {
            "case": f"KRK-2025-{number:07d}",
            "due_on": due.isoformat(),
            "ends_on": ends and ends.isoformat(),
            "recorded_at": chain.moment(MOMENT),
            "inputs": {"document_name": "Umowa o współpracy", "source": "krakow.pl"},
            "findings": [],
        }
        body = chain.canonical({**told, **more})  # type: ignore[dict-item] # plain JSON
        digest = chain.seal(chain.GENESIS, body)
        case: dict[str, object] = {
            "id": number,
            "reference": f"KRK-2025-{number:07d}",
            "partner_id": partner,
            "title": f"Case {number}",
            "officer": f"officer{number % 50}",
            "form": "association",
            "state": state,
            "version": 1,
            "definition": CURRENT,
            "head": digest,
            "since": MOMENT,
            "due_on": due,
            "ends_on": ends,
        }
        event: dict[str, object] = {
            **told,
            "cooperation_id": number,
            "partner_id": partner,
            "due_on": due,
            "ends_on": ends,
            "recorded_at": MOMENT,
            "body": body,
            "previous": chain.GENESIS,
            "hash": digest,
        }
        yield case, event


def fill(made: sa.Engine, count: int) -> None:
    """Fill a register by the thousand, with its guards lifted: they are timed elsewhere."""
    with writing(made) as connection, guards.lifted(connection):
        partner = connection.scalar(sa.text("SELECT min(id) FROM partner"))
        for start in range(1000, 1000 + count, CHUNK):
            rows = list(_rows(start, min(CHUNK, 1000 + count - start), partner))
            connection.execute(sa.insert(table(Cooperation)), [case for case, _ in rows])
            connection.execute(sa.insert(table(Event)), [event for _, event in rows])


def timed(action: Callable[[], object], rounds: int = 15) -> float:
    """Give the median of several runs, in milliseconds."""
    action()
    taken = []
    for _ in range(rounds):
        begun = time.perf_counter()
        action()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken) * 1e3


def measure(count: int) -> dict[str, float]:
    """Time the desk of a manager and of an officer, and a case's page, at a size."""
    with tempfile.TemporaryDirectory() as folder:
        made = register(Path(folder), "OFF")
        reference = cases(made, 1)[0]
        list(walk(made, [reference], one_transaction=False))
        fill(made, count)

        def show() -> None:
            with reading(made) as connection:
                work = unit(connection)
                of = file(work, reference)
                draft_facts(work, of)

        def look(actor: object) -> Callable[[], None]:
            def see() -> None:
                with reading(made) as connection:
                    desk(unit(connection), actor)  # type: ignore[arg-type] # one of the two actors

            return see

        found = {
            "desk of a manager": timed(look(MANAGER)),
            "desk of an officer": timed(look(OFFICER)),
            "page of a case": timed(show),
        }
        begun = time.perf_counter()
        with reading(made) as connection:
            proof = history.verify(unit(connection))
        found["events verified a second"] = proof.events / (time.perf_counter() - begun)
        made.dispose()
    return found


def main() -> None:
    """Print both sizes and the growth."""
    small, large = measure(SMALL), measure(LARGE)
    for name, before in small.items():
        after = large[name]
        if "second" in name:
            print(f"  {name:30s} {before:12,.0f} {after:12,.0f}")
        else:
            print(f"  {name:30s} {before:9.2f} ms {after:9.2f} ms   x {after / before:.2f}")


if __name__ == "__main__":
    main()
