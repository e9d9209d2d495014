"""The real register of Krakow: imported whole, and counted again by a script of its own.

The recount reads the file with the csv module and nothing of the program, so that both can only
agree by being right.
"""

import csv
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

import pytest
import sqlalchemy as sa

from models.cooperation import Cooperation
from models.vocabulary import ENTER
from register import report
from register.report import Report
from tests.importing import REAL, Registrar
from tests.ordinary import TODAY
from workflow import history, reading, timekeeping

Cases = Mapping[str, Sequence[Mapping[str, str]]]
FORMS = {
    "twin": "twinning",
    "partner": "partnership",
    "honorary": "honorary_title",
    "sectoral": "sectoral",
    "programme": "programme",
    "association": "association",
}
FORMLESS = {"letter of intent", "working document", "no agreement", ""}


@pytest.fixture(scope="module")
def rows() -> Sequence[Mapping[str, str]]:
    """Every row of the file."""
    with REAL.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def cases(rows: Sequence[Mapping[str, str]]) -> Cases:
    """The rows by case, without the domestic associations."""
    found: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    for row in rows:
        if row["kind"] != "association (domestic)":
            found[row["case_key"]].append(row)
    return found


@pytest.fixture
def imported(here: Registrar) -> Registrar:
    """The register after the import."""
    outcome = here.take(REAL.read_bytes(), name="partners.csv")
    assert outcome.faults == ()
    return here


def counted(registrar: Registrar) -> Report:
    """Let the program count."""
    with registrar.office.reading() as unit:
        return report.report(unit)


# ------------------------------------------------------------- the recount


def recounted_form(rows: Sequence[Mapping[str, str]]) -> str:
    """Give the form of the latest row that has one."""
    dated = sorted(rows, key=lambda row: row["date_signed"] or row["resolution_date"])
    formal = [FORMS[row["kind"]] for row in dated if row["kind"] not in FORMLESS]
    return formal[-1] if formal else "informal"


def recounted_state(key: str, rows: Sequence[Mapping[str, str]], cases: Cases) -> str:
    """Give the state as a person reads it out of the rows."""
    told = " ".join(row["status"] for row in rows)
    if "expired" in told:
        return "expired"
    if "terminated" in told or "superseded" in told or _follows(key, cases):
        return "terminated"
    if recounted_form(rows) == "informal":
        documents = {"letter of intent", "working document"} & {row["kind"] for row in rows}
        return "working_document" if documents else "informal"
    years = [row for row in rows if row["term_or_renewal"] == "next 5 years"]
    over = years and int(years[0]["date_signed"][:4]) + 5 < TODAY.year
    return "lapsed" if over else "in_force"


def _follows(key: str, cases: Cases) -> bool:
    """Say whether a later membership of the same association is in the file."""
    first = cases[key][0]
    return first["kind"] == "association" and any(
        other["entity_en"] == first["entity_en"] and other["date_signed"] > row["date_signed"]
        for row in cases[key][-1:]
        for name, others in cases.items()
        for other in others
        if name != key
    )


def recounted_decade(rows: Sequence[Mapping[str, str]]) -> str:
    """Give the decade of the first date; a resolution that ended a case is none of its dates."""
    dates = [
        row["date_signed"] or (row["resolution_date"] if not row["end_date"] else "")
        for row in rows
    ]
    known = sorted(date for date in dates if date)
    return f"{known[0][:3]}0" if known else "unknown"


def test_the_file_holds_68_rows_about_62_cooperations_of_which_2_are_domestic(
    rows: Sequence[Mapping[str, str]], cases: Cases
) -> None:
    assert len(rows) == 68
    assert len({row["case_key"] for row in rows}) == 62
    assert len(cases) == 60


def test_the_whole_register_comes_in_on_both_databases(registrar: Registrar) -> None:
    outcome = registrar.take(REAL.read_bytes(), name="partners.csv")

    assert outcome.faults == ()
    assert (outcome.rows, outcome.entered, outcome.set_aside) == (68, 60, 2)
    with registrar.office.reading() as unit:
        proof = history.verify(unit)
        assert report.report(unit).cooperations == 60
    assert (proof.cases, proof.events, proof.breaches) == (60, 60, ())


def test_every_figure_of_the_report_agrees_with_a_recount(
    imported: Registrar, rows: Sequence[Mapping[str, str]], cases: Cases
) -> None:
    found = counted(imported)

    foreign = [row for row in rows if row["kind"] != "association (domestic)"]
    assert found.cooperations == len(cases)
    assert found.partners == len({row["entity_en"] for row in foreign})
    assert found.forms == Counter(recounted_form(told) for told in cases.values())
    assert found.states == Counter(recounted_state(k, told, cases) for k, told in cases.items())
    assert found.countries == Counter(
        told[0]["country_iso2"] or "unknown" for told in cases.values()
    )
    assert found.decades == Counter(recounted_decade(told) for told in cases.values())
    for counts in (found.forms, found.states, found.countries, found.decades):
        assert sum(counts.values()) == found.cooperations
    assert [one.key for one in found.set_aside] == [
        row["case_key"] for row in rows if row["kind"] == "association (domestic)"
    ]
    assert all(one.why == "not an international association" for one in found.set_aside)


def test_two_known_facts_that_break_a_rule_are_an_irregularity(imported: Registrar) -> None:
    found = {(one.partner, one.rule): one for one in counted(imported).irregularities}

    assert set(found) == {("nuremberg", "council_first"), ("saint-petersburg", "definite_term")}
    nuremberg = found["nuremberg", "council_first"]
    assert nuremberg.variant == "later"
    assert nuremberg.facts == {"date": "1991-12-09", "resolution_date": "1992-02-14"}
    assert found["saint-petersburg", "definite_term"].variant == "indefinite"


def test_each_fact_a_rule_lacks_is_one_question(imported: Registrar, cases: Cases) -> None:
    found = counted(imported).open_questions

    # What the sources leave open, recounted; the rest follows from the rules.
    live = [k for k, told in cases.items() if recounted_state(k, told, cases) == "in_force"]
    silent = [k for k in live if not any(r["status"] or r["status_as_of"] for r in cases[k])]
    assert found["standing"] == len(silent)
    assert found["renewed"] == 1
    assert found["conflict.date"] + found["conflict.began_on"] == 2
    assert found["fields"] == sum(recounted_form(told) == "sectoral" for told in cases.values())
    assert found["under"] == sum(recounted_form(told) == "programme" for told in cases.values())
    assert (found["place.several"], found["place.none"]) == (1, 1)
    assert found["end"] == 2


def test_sources_that_disagree_keep_both_values_and_ask(imported: Registrar) -> None:
    nuremberg = imported.open_questions("nuremberg-framework")["conflict.date"]
    edinburgh = imported.open_questions("edinburgh-partnership")["conflict.began_on"]

    assert [one["value"] for one in nuremberg.facts["values"]] == ["1979-10-02", "1979-10-12"]
    assert [one["value"] for one in edinburgh.facts["values"]] == ["1994", "1995"]
    assert imported.said("nuremberg-framework")["date"].text == "1979-10-02/1979-10-12"


def test_what_no_source_tells_stays_unknown(imported: Registrar) -> None:
    leuven, quito = imported.said("leuven-twin"), imported.said("quito-title")

    assert leuven["date"].text == "../2007"
    assert quito["date"].text == "XXXX"
    assert not {"resolution", "term", "began_on"} & (leuven.keys() | quito.keys())


def test_each_entry_keeps_its_rows_with_their_sources_and_precision(imported: Registrar) -> None:
    first, second = imported.said("gothenburg-partnership")["acts"]

    assert (first["date"], first["kind"], first["row"]) == ("1988-11-28", "working_document", 28)
    assert (second["date"], second["status_as_of"]) == ("1990-03-22", "2022")
    assert first["source"].startswith("http://www.krakow.pl/")
    assert imported.said("bordeaux-partnership")["date"].text == "1993"


def test_a_second_membership_continues_the_first(imported: Registrar) -> None:
    first, second = imported.case("eurocities-1990"), imported.case("eurocities-2025")

    assert (first.case.state, second.case.state) == ("terminated", "in_force")
    assert imported.said("eurocities-1990")["date"].text == "2007/2025-10-15"

    with imported.office.reading() as unit:
        assert list(reading.links(unit, second.id)) == [("continues", first.case.reference)]


def test_what_the_law_asks_now_is_not_asked_of_older_acts(imported: Registrar) -> None:
    def outcomes(key: str) -> dict[str, str]:
        event = imported.case(key).events[0]
        return {
            one["rule"]: one["outcome"] for one in _findings(event.body) if one["rule"] in ASKED
        }

    assert outcomes("leipzig-district-1976")["council_first"] == "not_applicable"
    assert outcomes("organization-of-world-heritage-cities-membership") == {
        "council_first": "holds",
        "consent_first": "not_applicable",
        "absolute_majority": "not_applicable",
    }
    assert outcomes("eurocities-2025")["consent_first"] == "undecided"


ASKED = {"council_first", "consent_first", "absolute_majority"}


def _findings(body: str) -> Iterator[Mapping[str, str]]:

    yield from json.loads(body)["findings"]


def test_the_same_file_a_second_time_adds_nothing(registrar: Registrar) -> None:
    registrar.take(REAL.read_bytes())
    before = registrar.office.dump()

    again = registrar.take(REAL.read_bytes())

    assert (again.same, again.batch, again.asked) == (60, None, 0)
    assert registrar.office.dump() == before


def test_partners_know_where_they_lie_if_one_city_bears_the_name(imported: Registrar) -> None:
    partners = imported.partners()

    assert partners["leipzig"]["continent"] == "europe"
    assert partners["cusco"]["latitude"].startswith("-13.")
    assert partners["rochester"] == {}
    assert partners["cambridge-massachusetts"] == {}
    # Georgia lies on two continents: that a person decides, where a rule asks for it.
    assert "population" in partners["tbilisi"]
    assert "continent" not in partners["tbilisi"]
    several = imported.open_questions()["place.several"]
    assert [match["name"] for match in several.facts["matches"]] == ["Rochester"] * 3


def test_the_clock_leaves_history_alone(imported: Registrar) -> None:
    office = imported.office
    before = office.dump()

    with office.writing() as unit:
        ticked = list(timekeeping.tick(unit, "a.administrator"))

    assert [one.taken for one in ticked] == [()]
    assert office.dump() == before


def test_nobody_is_made_the_officer_of_a_case_by_importing_it(imported: Registrar) -> None:
    with imported.office.reading() as unit:
        officers = set(unit.connection.scalars(sa.select(Cooperation.officer)))

    assert officers == {None}
    assert {event.step for event in imported.case("kyiv-twin").events} == {ENTER}
