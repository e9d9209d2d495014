"""The demo's story, told by its own script: on SQLite in English, on PostgreSQL in Polish.

It runs as `make demo` runs it: bash, and the command `accord` of this environment on the PATH.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import docx
from pypdf import PdfReader

from models.database import engine_for, reading
from tests.databases import Database
from tests.office import Office
from tests.servers import Server
from workflow import history
from workflow import reading as cases
from workflow.unit import Unit

ROOT = Path(__file__).parents[1]
NOW = datetime.now(UTC)
SCRIPT = ROOT / "examples" / "demo.sh"
BIN = Path(sys.executable).parent
DOCUMENTS = {"joining_resolution": 2, "mayor_ordinance": 2, "transmittal": 1, "application": 1}
"""Documents of the story, with their versions."""
CITY = ("Stołeczne Królewskie Miasto Kraków", "Royal Capital City of Krakow")


@dataclass(frozen=True)
class Told:
    """The story as it was told once."""

    code: int
    out: str
    folder: Path

    @property
    def reference(self) -> str:
        """The reference of its case: of the year in which it was told, or of the one just past."""
        found = re.search(r"^(KRK-\d{4}-0001)  ", self.out, re.MULTILINE)
        assert found, self.out
        return found[1]


def tell(folder: Path, **env: str) -> Told:
    """Tell the story in a folder, in an environment with nothing else in it."""
    kept = {name: os.environ[name] for name in ("HOME", "TMPDIR") if name in os.environ}
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    bash = shutil.which("bash")
    assert bash, "bash is needed here"
    done = subprocess.run(  # noqa: S603 - our own script
        (bash, str(SCRIPT)),
        cwd=folder.parent,
        env={**kept, "PATH": path, "LANG": "C.UTF-8", "DEMO": str(folder), **env},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=600,
    )
    return Told(done.returncode, done.stdout, folder)


@dataclass(frozen=True)
class Spoken:
    """What the story says in one language: its refusals, its end, and nothing of the other."""

    refusals: tuple[str, ...]
    end: str
    foreign: str


SPOKEN = {
    "en": Spoken(
        (
            "anna.oficer made the proposal, and somebody else has to endorse it",
            "21 councillors voted for the resolution, and at least 22 of 43 are needed",
            "there is no consent of the Minister of Foreign Affairs",
        ),
        "the history is intact\n",
        "zapisano jako wpis",
    ),
    "pl": Spoken(
        (
            "autorem propozycji jest anna.oficer, a zaakceptować musi ją kto inny",
            "za uchwałą głosowało 21 radnych, a potrzeba co najmniej 22 z 43",
            "nie ma zgody Ministra Spraw Zagranicznych",
        ),
        "historia jest nienaruszona\n",
        "recorded as entry",
    ),
}


# Each story is one test: workers of pytest-xdist would tell a shared one once each.
def test_the_story_on_sqlite_in_english(tmp_path: Path) -> None:
    folder = tmp_path / "a demo told here"
    (folder / "drafts").mkdir(parents=True)
    (folder / "accord.db").write_text("an earlier demo")
    (folder / "drafts" / "old.docx").touch()

    told = tell(folder)

    is_told_to_its_end(told, SPOKEN["en"])
    is_in_the_register(told.reference, str(folder / "accord.db"))
    has_written_its_documents(told)
    quoted = str(folder / "accord.db").replace(" ", "\\ ")
    assert f"  export ACCORD_DATABASE={quoted}\n" in told.out


def test_the_story_on_postgresql_in_polish(tmp_path: Path, server: Server) -> None:
    with server.database() as name:
        address = server.address(name)

        told = tell(tmp_path / "pokaz", ACCORD_DATABASE=address, ACCORD_LANG="pl")

        is_told_to_its_end(told, SPOKEN["pl"])
        is_in_the_register(told.reference, address)
        has_written_its_documents(told)
        assert address not in told.out
        assert "\n== Rejestr: postgresql://…@" in told.out
        assert not (told.folder / "accord.db").exists()


def is_told_to_its_end(told: Told, spoken: Spoken) -> None:
    """See that every refusal was one, and that it spoke one language."""
    assert told.code == 0, told.out
    assert told.out.count("\naccord: ") == len(spoken.refusals)
    for sentence in (*spoken.refusals, spoken.end):
        assert sentence in told.out
    assert spoken.foreign not in told.out
    assert f"accord options {told.reference}" in told.out.splitlines()[-3]
    assert "Traceback" not in told.out


def is_in_the_register(reference: str, database: str) -> None:
    """See that the register holds what was told, and proves itself."""
    engine = engine_for(database)
    try:
        with reading(engine) as connection:
            unit = Unit(connection, lambda: NOW, NOW.date())
            of = cases.file(unit, reference)
            proof = history.verify(unit)
    finally:
        engine.dispose()
    assert (of.case.form, of.case.state) == ("association", "in_force")
    assert {"vote_down", "adopt", "consent", "admit"} <= {act.step for act in of.case.acts}
    assert (proof.cases, proof.events, proof.breaches) == (1, of.case.version, ())


def has_written_its_documents(told: Told) -> None:
    """See that each document lies in its folder, opens, and names the City."""
    expected = {
        f"{told.reference}-{kind}-v{version}.{ending}"
        for kind, versions in DOCUMENTS.items()
        for version in range(1, versions + 1)
        for ending in ("docx", "pdf")
    }
    found = {path.name: path for path in (told.folder / "drafts").iterdir()}
    assert set(found) == expected
    for name, path in found.items():
        text = " ".join(READERS[path.suffix](path).split())
        assert all(city in text for city in CITY), name


def text_of_docx(path: Path) -> str:
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    with ZipFile(path) as package:
        assert package.testzip() is None
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def text_of_pdf(path: Path) -> str:
    pages = PdfReader(path).pages
    assert pages
    return "\n".join(page.extract_text() for page in pages)


READERS: Mapping[str, Callable[[Path], str]] = {".docx": text_of_docx, ".pdf": text_of_pdf}


def test_a_database_that_holds_a_register_is_left_alone(sqlite_database: Database) -> None:
    office = Office(sqlite_database).furnish()
    before = office.dump()
    folder = Path(sqlite_database.url.removeprefix("sqlite:///")).parent / "demo"

    told = tell(folder, ACCORD_DATABASE=sqlite_database.url)

    assert told.code == 1
    assert "accord: There is a register already: sqlite:///" in told.out
    assert "\n== The partner and the idea\n" not in told.out
    assert office.dump() == before
