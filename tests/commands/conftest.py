"""The office at its register with cases in every corner of the desk, and its command line."""

from pathlib import Path

import pytest

from tests import databases
from tests.commandline import CommandLine
from tests.databases import Database
from tests.office import Office
from tests.ordinary import COLLEAGUE

INFORMAL = "KRK-2026-0001"
PROPOSED = "KRK-2026-0002"
BEFORE_COUNCIL = "KRK-2026-0003"
IN_FORCE = "KRK-2026-0004"
LAPSED = "KRK-2026-0005"
ALSO_PROPOSED = "KRK-2026-0006"
"""What stands where in the register of these tests."""


def fill(office: Office) -> None:
    """Put the six cases into a register."""
    office.furnish()
    office.open("leipzig", title="Wymiana z Lipskiem")
    office.open("eurocities", title="Przystąpienie do Eurocities").propose("association")
    office.open("cusco").propose("honorary_title").come_to("before_council")
    office.open("bordeaux", file_number="KP-03.0541.1.2026").propose("partnership").come_to(
        "in_force"
    )
    gone = office.open("nuremberg").propose("partnership").come_to("resolved")
    gone.take("sign", term="2 months")
    office.open("istanbul", COLLEAGUE).propose("partnership")


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Path:
    """The register with its cases, to copy."""
    path = databases.copy_of(sqlite_template, tmp_path_factory.mktemp("furnished"))
    database = Database("sqlite", f"sqlite:///{path}")
    fill(Office(database))
    database.close()
    return path


@pytest.fixture
def register(furnished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that register, in a folder where files may be written."""
    monkeypatch.chdir(tmp_path)
    return databases.copy_of(furnished, tmp_path)


@pytest.fixture
def office(register: Path) -> Office:
    """The office at that register."""
    return Office(Database("sqlite", f"sqlite:///{register}"))


@pytest.fixture
def accord(
    office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> CommandLine:
    """The command line of the office."""
    return CommandLine(office, monkeypatch, capsys)
