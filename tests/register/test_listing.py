"""Lists of cases and partners: filtered, in order, a page at a time, on both databases."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date

import pytest
import sqlalchemy as sa

from models.cooperation import Cooperation
from models.partner import Partner
from models.vocabulary import PartnerKind
from register.listing import Wanted, beginning_with, cases, partners
from tests import databases
from tests.databases import Database
from tests.office import Office
from tests.ordinary import COLLEAGUE, OFFICER
from tests.servers import Server
from workflow.partners import NewPartner, add


def fill(office: Office) -> None:
    """Put cases in several states into a register, and one that was born and never opened."""
    office.open("leipzig")
    office.open("bordeaux", COLLEAGUE).propose("partnership")
    office.open("cusco").propose("honorary_title").come_to("in_force")
    gone = office.open("nuremberg").propose("partnership").come_to("resolved")
    gone.take("sign", term="2 months")
    office.open("istanbul").propose("twinning").come_to("in_force")
    office.bare_case("KRK-1999-0001", "leipzig")
    for name, polish in (("Zurich", "Żytomierz"), ("Lodz", "Łódź"), ("Zagreb", "Zagrzeb")):
        with office.writing() as unit:
            add(unit, NewPartner(name, PartnerKind.CITY, None, polish), {}, "", OFFICER)


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


def numbers(office: Office, **wanted: object) -> list[int]:
    """List the last figures of the references."""
    with office.reading() as unit:
        found = cases(unit, Wanted(**wanted))  # type: ignore[arg-type] # as each test words it
    return [int(one.reference[-4:]) for one in found]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, [1, 2, 3, 4, 5]),
        ({"state": "in_force"}, [3, 5]),
        ({"state": "lapsed"}, [4]),
        ({"state": "informal"}, [1]),
        ({"form": "partnership"}, [2, 4]),
        ({"form": "partnership", "state": "lapsed"}, [4]),
        ({"partner": "leipzig"}, [1]),
        ({"country": "DE"}, [1, 4]),
        ({"officer": COLLEAGUE}, [2]),
        ({"officer": OFFICER, "country": "DE"}, [1, 4]),
        ({"limit": 2}, [1, 2]),
        ({"country": "ZZ"}, []),
    ],
)
def test_cases_are_listed_as_they_are_wanted(
    wanted: dict[str, object], found: list[int], office: Office
) -> None:
    assert numbers(office, **wanted) == found


def test_pages_follow_each_other(office: Office) -> None:
    seen: list[str] = []
    after = 0

    with office.reading() as unit:
        while page := cases(unit, Wanted(after=after, limit=2)):
            seen += [one.reference for one in page]
            after = page[-1].id

    assert [int(reference[-4:]) for reference in seen] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(("today", "state"), [("2026-05-02", "in_force"), ("2026-05-03", "lapsed")])
def test_the_last_day_still_counts(today: str, state: str, office: Office) -> None:
    office.today = date.fromisoformat(today)

    with office.reading() as unit:
        (entry,) = cases(unit, Wanted(partner="nuremberg"))
        in_force = [one.partner for one in cases(unit, Wanted(state="in_force"))]
        lapsed = [one.partner for one in cases(unit, Wanted(state="lapsed"))]

    assert entry.state == state
    assert ("nuremberg" in in_force) == (state == "in_force")
    assert ("nuremberg" in lapsed) == (state == "lapsed")


def test_partners_are_counted_with_their_cases_in_the_order_of_the_alphabet(
    office: Office,
) -> None:
    with office.reading() as unit:
        polish_order = partners(unit, kind="city", country=None, language="pl")
        english_order = partners(unit, kind="city", country=None, language="en")
        german = partners(unit, kind=None, country="de", language="pl")

    assert [one.name_pl for one in polish_order][-5:] == [
        "Leipzig",
        "Łódź",
        "Nuremberg",
        "Zagrzeb",
        "Żytomierz",
    ]
    assert [one.name_en for one in english_order][-2:] == ["Zagreb", "Zurich"]
    assert [(one.slug, one.cases) for one in german] == [("leipzig", 1), ("nuremberg", 1)]


def test_names_are_completed_in_their_order(office: Office) -> None:
    with office.reading() as unit:
        references = beginning_with(unit, Cooperation.reference, "KRK-2026-", 3)
        slugs = beginning_with(unit, Partner.slug, "le", 9)
        wild = beginning_with(unit, Partner.slug, "%", 9)

    assert [reference[-4:] for reference in references] == ["0001", "0002", "0003"]
    assert list(slugs) == ["leipzig"]
    assert list(wild) == []


def test_what_has_lapsed_is_read_from_its_index(sqlite_database: Database) -> None:
    office = Office(sqlite_database).furnish()
    asked: list[str] = []

    with office.reading() as unit:
        sa.event.listen(
            unit.connection, "before_cursor_execute", lambda *told: asked.append(told[2])
        )
        cases(unit, Wanted(state="lapsed"))
        cases(unit, Wanted(state="proposed"))
        cases(unit, Wanted(partner="leipzig"))
        plans = [
            [row[3] for row in unit.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {one}", values)]
            for one, values in zip(
                list(asked),
                [
                    ("none", "2026-11-23", 50, 0),
                    ("none", "proposed", 50, 0),
                    ("none", "leipzig", 50, 0),
                ],
                strict=True,
            )
        ]

    assert plans[0][0] == "SEARCH cooperation USING INDEX ix_cooperation_running (ends_on<?)"
    assert plans[1][0] == "SEARCH cooperation USING INDEX ix_cooperation_state_id (state=?)"
    assert plans[2][1] == "SEARCH cooperation USING INDEX ix_cooperation_partner_id (partner_id=?)"
