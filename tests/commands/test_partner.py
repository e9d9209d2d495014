"""Partners: who they are, what is known of them and since when, and what searching finds."""

from collections.abc import Sequence

import pytest

from tests.commandline import CommandLine
from tests.commands.conftest import IN_FORCE, INFORMAL, PROPOSED
from tests.ordinary import ADMINISTRATOR, AUDITOR, CLERK, MANAGER, OFFICER

LODZ = ("partner", "add", "Lodz Voivodeship", "--kind", "region", "--country", "de")


def test_a_partner_is_added_with_what_is_stated_of_it(accord: CommandLine) -> None:
    line = (*LODZ, "--name-pl", "Łódzkie", "seat=Łódź", "--source", "statut")

    assert accord.done(*line) == "Partner added: lodz-voivodeship\n"
    assert accord.data("partner", "show", "Lodz-Voivodeship") == {
        "slug": "lodz-voivodeship",
        "kind": "region",
        "country": "DE",
        "name_pl": "Łódzkie",
        "name_en": "Lodz Voivodeship",
        "facts": [{"name": "seat", "value": "Łódź", "source": "statut", "valid_from": None}],
        "cases": [],
    }


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("Leipzig", "--kind", "city"), 1, "The partner leipzig is in the register already."),
        (("…", "--kind", "city"), 2, "nothing was written"),
        (("Rome", "--kind", "city", "--country", "Italy"), 2, "Italy"),
        (("Rome", "--kind", "city", "--country", "ĄĘ"), 2, "ĄĘ"),
        (("Rome", "--kind", "city", "mayor=x"), 2, "Facts of a partner need --source."),
        (("Rome", "--kind", "city", "mayor=x", "--source", " "), 2, "need --source."),
        (("Rome", "--kind", "city", "mayor", "--source", "x"), 2, "“mayor”"),
        (("Rome", "--kind", "city", "a=1", "a=2", "--source", "x"), 2, "“2”"),
        (("Rome",), 2, "Missing: --kind"),
    ],
)
def test_a_partner_that_is_none_is_not_added(
    words: Sequence[str], code: int, told: str, accord: CommandLine
) -> None:
    said = accord("partner", "add", *words)

    assert (said.code, said.out) == (code, "")
    assert told in said.err


@pytest.mark.parametrize("who", [MANAGER, CLERK, AUDITOR])
def test_partners_are_kept_by_officers_and_administrators(who: str, accord: CommandLine) -> None:
    assert "takes the role of" in accord.refused(*LODZ, who=who)


def test_partners_are_listed_in_the_order_of_the_alphabet_in_use(accord: CommandLine) -> None:
    accord.done("partner", "add", "Lviv", "--name-pl", "Łuck", "--kind", "city")
    accord.done("partner", "add", "Zagreb", "--name-pl", "Ćma", "--kind", "city")

    def order(lang: str) -> list[str]:
        lines = accord.done("partner", "list", "--kind", "city", lang=lang).splitlines()[2:]
        return [line.split()[0] for line in lines]

    assert order("pl") == [
        "bordeaux", "cusco", "zagreb", "istanbul", "leipzig", "lviv", "nuremberg",
    ]  # fmt: skip
    assert order("en")[-1] == "zagreb"


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (("--kind", "association"), ["eurocities"]),
        (("--country", "de"), ["leipzig", "nuremberg"]),
        (("--country", "de", "--kind", "region"), []),
    ],
)
def test_partners_are_listed_by_kind_and_country(
    filters: Sequence[str], found: list[str], accord: CommandLine
) -> None:
    assert [one["slug"] for one in accord.data("partner", "list", *filters)] == found


def test_an_office_without_partners_is_told_how_to_add_one(accord: CommandLine) -> None:
    said = accord.done("partner", "list", "--country", "XX", lang="pl")

    assert said == "Nie ma partnerów. Dodaj: accord partner add NAZWA …\n"


def test_a_partners_page_tells_its_facts_and_its_cases(accord: CommandLine) -> None:
    accord.done("partner", "edit", "bordeaux", "mayor=Alain", "--source", "list z 2026-03-02")

    page = accord.done("partner", "show", "bordeaux")

    assert page.startswith("Bordeaux / Bordeaux (bordeaux)\ncity, FR\n")
    assert "mayor  Alain  list z 2026-03-02  anna.oficer\n" in page
    assert f"{IN_FORCE}  city partnership agreement  in force  Współpraca\n" in page


# --- what is known, and since when ---


def test_a_fact_is_stated_with_its_source_and_earlier_ones_stay(accord: CommandLine) -> None:
    for year, number in (("2020", "1"), ("2025", "2")):
        line = ("partner", "edit", "Leipzig", f"population={number}", "--source", "urząd")
        assert accord.done(*line, "--from", year) == f"leipzig: population={number}\n"

    facts = accord.data("partner", "show", "leipzig")["facts"]
    assert [(fact["value"], fact["valid_from"]) for fact in facts] == [("1", "2020"), ("2", "2025")]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("population=1",), "Missing: --source"),
        (("population=1", "--source", " "), "Facts of a partner need --source."),
        (("--source", "x"), "Missing: NAME=VALUE…"),
        (("name_pl=Lipsk", "--source", "x"), "name_pl: a name is changed by accord partner rename"),
        (("country=Saxony", "--source", "x"), "Saxony"),
        (("population=1", "--source", "x", "--from", "long ago"), "“long ago” is not a date."),
    ],
)
def test_a_fact_that_is_none_is_wrong(words: Sequence[str], told: str, accord: CommandLine) -> None:
    assert told in accord.wrong("partner", "edit", "leipzig", *words)


def test_a_renamed_partner_is_found_by_both_names(accord: CommandLine) -> None:
    line = ("partner", "rename", "leipzig", "--name-pl", "Lipsk nad Elsterą", "--on", "2026-07")

    assert accord.done(*line, "--document", "uchwała") == "leipzig: Lipsk nad Elsterą / Leipzig\n"

    for text in ("elstera", "leipzig"):
        assert "leipzig" in {hit["name"] for hit in accord.data("search", text)}


def test_the_cases_of_a_succeeded_partner_go_on_with_its_successor(accord: CommandLine) -> None:
    line = ("partner", "succeed", "leipzig", "--by", "nuremberg", "--on", "2026-07")

    said = accord.done(*line, "--document", "ustawa")

    assert said == f"leipzig -> nuremberg; cases: {INFORMAL}\n"
    assert accord.data("show", INFORMAL)["partner"] == "nuremberg"
    assert "leipzig -> nuremberg; ustawa" in accord.done("show", INFORMAL)


def test_only_officers_and_administrators_state_facts(accord: CommandLine) -> None:
    line = ("partner", "edit", "leipzig", "population=1", "--source", "x")

    accord.done(*line, who=ADMINISTRATOR)
    accord.done(*line, who=OFFICER)
    for who in (MANAGER, CLERK, AUDITOR):
        assert "takes the role of" in accord.refused(*line, who=who)


# --- searching ---


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("leipzig", ["leipzig", INFORMAL]),
        ("LEIPZIG", ["leipzig", INFORMAL]),
        ("przystapienie", [PROPOSED]),
        ("PRZYSTĄPIENIE do euro", [PROPOSED]),
        ("2026-0002", [PROPOSED]),
        ("kp-03.0541", [IN_FORCE]),
        ("wymiana  z", [INFORMAL]),
        ("%", []),
        ("_", []),
        ("   ", []),
        ("nothing like it", []),
    ],
)
def test_searching_finds_what_people_remember(
    text: str, found: list[str], accord: CommandLine
) -> None:
    assert [hit["name"] for hit in accord.data("search", text)] == found


def test_lodz_is_found_without_its_marks(accord: CommandLine) -> None:
    accord.done(*LODZ, "--name-pl", "Łódzkie")

    for text in ("lodz", "łódź"[:3], "LODZKIE"):
        assert "lodz-voivodeship" in [hit["name"] for hit in accord.data("search", text)]
    assert "region" in accord.done("search", "lodz")
    assert "region" in accord.done("search", "lodz", lang="pl")


def test_finding_nothing_is_said(accord: CommandLine) -> None:
    assert accord.done("search", "x y z") == "Nothing found.\n"
    assert accord.done("search", "x y z", lang="pl") == "Niczego nie znaleziono.\n"
