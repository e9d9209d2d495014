"""Searching: what people remember of a partner or a case, without case and marks."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from models.vocabulary import PartnerKind
from register.search import Hit, search
from tests import databases
from tests.databases import Database
from tests.office import Office
from tests.ordinary import OFFICER
from tests.servers import Server
from workflow.partners import NewPartner, add


def fill(office: Office) -> None:
    """Put partners and cases into a register, and a case that was born and never opened."""
    with office.writing() as unit:
        lodz = NewPartner("Lodz Voivodeship", PartnerKind.REGION, "DE", "Województwo łódzkie")
        add(unit, lodz, {}, "", OFFICER)
        add(unit, NewPartner("São Paulo", PartnerKind.CITY, "BR"), {}, "", OFFICER)
    office.open("lodz-voivodeship", title="Szlak Światowego Dziedzictwa")
    office.open("leipzig", title="100% odnawialnej_energii", file_number="KP-01.0541.7.2026")
    office.bare_case("KRK-1999-0001", "leipzig")


@pytest.fixture(scope="module", params=databases.KINDS)
def filled(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A register for all tests of this file, on each database: they only look at it."""
    with ExitStack() as stack:
        if request.param == "sqlite":
            folder = request.getfixturevalue("tmp_path_factory").mktemp("filled")
            path = databases.copy_of(request.getfixturevalue("sqlite_template"), folder)
            url = f"sqlite:///{path}"
        else:
            server: Server = request.getfixturevalue("server")
            template: str = request.getfixturevalue("postgresql_template")
            url = server.address(stack.enter_context(server.database(template)))
        database = Database(request.param, url)
        stack.callback(database.close)
        fill(Office(database).furnish())
        yield database


@pytest.fixture
def office(filled: Database) -> Office:
    """The office at that register."""
    return Office(filled)


def names(office: Office, text: str, limit: int = 50) -> list[str]:
    with office.reading() as unit:
        return [hit.name for hit in search(unit, text, limit)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("lodz", ["lodz-voivodeship", "KRK-2026-0001"]),
        ("ŁÓDZ", ["lodz-voivodeship", "KRK-2026-0001"]),
        ("wojewodztwo", ["lodz-voivodeship", "KRK-2026-0001"]),
        ("sao paulo", ["sao-paulo"]),
        ("SZLAK swiatowego", ["KRK-2026-0001"]),
        ("światowego", ["KRK-2026-0001"]),
        ("krk-2026-0002", ["KRK-2026-0002"]),
        ("0002", ["KRK-2026-0002"]),
        ("kp-01.0541", ["KRK-2026-0002"]),
        ("100%", ["KRK-2026-0002"]),
        ("%", ["KRK-2026-0002"]),
        ("d_e", []),
        ("  ", []),
        ("", []),
        ("nieznane", []),
    ],
)
def test_what_is_remembered_is_found(text: str, found: list[str], office: Office) -> None:
    assert names(office, text) == found


def test_a_hit_says_what_it_is_and_what_about(office: Office) -> None:
    with office.reading() as unit:
        partner, case = search(unit, "lodz")

    assert partner == Hit(
        "partner", "lodz-voivodeship", "Województwo łódzkie", "Lodz Voivodeship", "region"
    )
    assert case.as_data() == {
        "what": "case",
        "name": "KRK-2026-0001",
        "name_pl": "Województwo łódzkie",
        "name_en": "Lodz Voivodeship",
        "about": "Szlak Światowego Dziedzictwa",
    }


def test_no_more_is_given_than_asked_for(office: Office) -> None:
    assert names(office, "krk", limit=1) == ["KRK-2026-0001"]
    assert len(names(office, "e", limit=2)) == 4


def test_a_case_that_was_born_and_never_opened_is_not_found(office: Office) -> None:
    assert names(office, "KRK-1999") == []
