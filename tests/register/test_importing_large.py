"""Many rows: bounded memory, one transaction, no harm when it is interrupted.

2,000 rows every day; 100,000 in the ordeal (HYPOTHESIS_PROFILE=ordeal, or ACCORD_ORDEAL=1).
"""

import csv
import os
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import pytest

from register import gazetteer, importing, importing_taking, report
from register.importing_layout import COLUMNS, PLAIN
from register.importing_stage import stage
from register.importing_taking import Outcome
from tests.importing import Registrar, quiet, row
from tests.ordinary import ADMINISTRATOR
from workflow import history

ORDEAL = os.environ.get("HYPOTHESIS_PROFILE") == "ordeal" or bool(os.environ.get("ACCORD_ORDEAL"))
ROWS = 100_000 if ORDEAL else 2_000
CITIES = (("Lyon", "FR"), ("Leipzig", "DE"), ("Kyiv", "UA"), ("Cusco", "PE"), ("Rochester", "US"))
KINDS = ("partner", "letter of intent", "no agreement", "sectoral", "programme", "honorary")
TWINS = 997
"""One case in so many is a twin: each is compared with all twins of its country."""
MEBIBYTE = 2**20


def written(path: Path, rows: int) -> Path:
    """Write a register of so many rows, two of each case, far apart; row by row."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, COLUMNS)
        out.writeheader()
        cases = rows // 2
        for number in range(rows):
            case = number % cases
            city, country = CITIES[case % len(CITIES)]
            year = 1970 + case % 50
            out.writerow(
                row(
                    f"case-{case}",
                    "twin" if case % TWINS == 0 else KINDS[case % len(KINDS)],
                    f"{city} {case % 500}" if case % 7 == 0 else city,
                    country,
                    act_key=f"act-{case}-{number // cases}",
                    date_signed=f"{year + number // cases}-0{1 + case % 9}-11",
                    note="ź" * 40,
                )
            )
    return path


def take(registrar: Registrar, path: Path, progress: importing.Progress = quiet) -> Outcome:
    """Import a file without reading it into memory, as the command does."""
    office = registrar.office
    with path.open("rb") as source, stage() as staged:
        read = importing.read(source, path.name, PLAIN, office.today, staged, progress)
        with office.writing() as unit:
            actor = office.actor(ADMINISTRATOR)
            return importing_taking.take_in(unit, read, staged, actor, progress)


@contextmanager
def traced() -> Iterator[list[int]]:
    """Measure the greatest memory that Python held, in bytes, once the block is left."""
    for _, country in CITIES:
        gazetteer.find(("no such city",), country)
    peak: list[int] = []
    tracemalloc.start()
    try:
        yield peak
    finally:
        peak.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()


def test_many_rows_come_in_whole_and_are_counted_right(here: Registrar, tmp_path: Path) -> None:
    path = written(tmp_path / "many.csv", ROWS)

    outcome = take(here, path)

    assert (outcome.rows, outcome.entered, outcome.faults) == (ROWS, ROWS // 2, ())
    with here.office.reading() as unit:
        counted = report.report(unit)
        proof = history.verify(unit)
    assert counted.cooperations == ROWS // 2
    assert sum(counted.decades.values()) == ROWS // 2
    assert (proof.events, proof.breaches) == (ROWS // 2, ())
    assert take(here, path).same == ROWS // 2


def test_memory_does_not_grow_with_the_file(here: Registrar, tmp_path: Path) -> None:
    small, large = (written(tmp_path / f"{n}.csv", n) for n in (ROWS // 10, ROWS))
    take(here, written(tmp_path / "first.csv", 20))

    with traced() as little:
        take(here, small)
    with traced() as much:
        take(here, large)

    assert much[0] < little[0] + 4 * MEBIBYTE


def test_a_long_import_is_interrupted_without_harm(here: Registrar, tmp_path: Path) -> None:
    path = written(tmp_path / "many.csv", ROWS)
    before = here.office.dump()

    def impatient(what: str, done: int, of: int) -> None:
        if what == "write" and done > of // 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take(here, path, impatient)

    assert here.office.dump() == before


def test_a_long_file_with_one_fault_changes_nothing(here: Registrar, tmp_path: Path) -> None:
    path = written(tmp_path / "many.csv", ROWS)
    last = StringIO()
    csv.DictWriter(last, COLUMNS).writerow(row("last", date_signed="31.02.2016"))
    with path.open("a", encoding="utf-8", newline="") as file:
        file.write(last.getvalue())
    before = here.office.dump()

    outcome = take(here, path)

    assert [(fault.id, fault.row) for fault in outcome.faults] == [("date_impossible", ROWS + 2)]
    assert here.office.dump() == before
