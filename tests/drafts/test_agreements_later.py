"""The later life of an agreement on paper: annexes, the notice, and the diploma of a title."""

from typing import Any

import pytest

from drafts.compose import compose
from models.vocabulary import Language
from tests.drafts.agreements import LATER, document, olomouc, section, text
from tests.drafts.sheets import VERSIONS

KINDS = ("annex", "honorary_diploma", "notice_of_termination", "prolongation_annex")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("version", VERSIONS)
def test_a_whole_case_leaves_nothing_open_and_names_the_city_rightly(
    kind: str, version: str
) -> None:
    manifest = compose(kind, olomouc(LATER), version).manifest

    assert manifest["gaps"] == []
    assert manifest["wrong_names"] == []
    assert manifest["names"]


def test_an_annex_changes_what_it_names_and_nothing_else() -> None:
    annex = document("annex", LATER)

    assert section(annex, "Zmiana umowy") == "W § 2 dodaje się pkt 4 w brzmieniu: sport."
    assert "nie ulegają zmianie" in section(annex, "Pozostałe postanowienia")
    assert "od dnia 12 czerwca 2021 r. łączy umowa" in text("annex", LATER)
    assert "nie rodzi zobowiązań finansowych" in section(annex, "Finansowanie")


@pytest.mark.parametrize(
    ("term", "polish", "english"),
    [
        ({"months": 60, "until": None}, "nadal przez 5 lat.", "in force for 5 years."),
        (
            {"months": None, "until": "2030-12-31"},
            "nadal do dnia 31 grudnia 2030 r.",
            "in force until 31 December 2030.",
        ),
    ],
)
def test_a_prolongation_tells_the_new_term(
    term: dict[str, int | str | None], polish: str, english: str
) -> None:
    facts = {**LATER, "renew.term": dict(term)}

    assert section(document("prolongation_annex", facts), "Przedłużenie").endswith(polish)
    told = section(document("prolongation_annex", facts, Language.EN), "Prolongation")
    assert told.endswith(english)


def test_a_delivered_notice_tells_the_last_day_in_force() -> None:
    polish = text("notice_of_termination", LATER)
    english = text("notice_of_termination", LATER, Language.EN)

    assert "Okres wypowiedzenia wynosi 6 miesięcy i biegnie od dnia doręczenia" in polish
    assert "15 sierpnia 2026 r., a ostatnim dniem obowiązywania jest dzień 15 lutego 2027" in polish
    assert "on 15 August 2026, and the last day in force is 15 February 2027." in english


def test_a_notice_not_yet_delivered_names_no_day_it_cannot_know() -> None:
    facts = {**LATER, "give_notice.delivered_on": None}

    gaps: Any = compose("notice_of_termination", olomouc(facts), "pl").manifest["gaps"]

    assert [(gap["name"], gap["later"]) for gap in gaps] == [("give_notice.delivered_on", True)]
    assert "2027" not in text("notice_of_termination", facts)


def test_an_objection_to_prolongation_is_no_termination() -> None:
    facts = {**LATER, "give_notice.notice_kind": "non_prolongation"}

    told = text("notice_of_termination", facts)

    assert "nie zostanie przedłużona" in told
    assert "wypowiadam" not in told


def test_a_deputy_gives_notice_on_the_mayors_authority() -> None:
    facts = {
        **LATER,
        "give_notice.office": "deputy_mayor",
        "give_notice.signatory": "Stanisław Kracik",
        "give_notice.authorisation": "412/2026",
        "give_notice.authorised_on": "2026-05-04",
    }

    told = text("notice_of_termination", facts)

    assert "z up. Prezydenta Miasta Krakowa Stanisław Kracik Zastępca Prezydenta" in told


def test_a_diploma_tells_the_resolution_and_the_city_honoured() -> None:
    told = text("honorary_diploma", LATER)

    assert "uchwałą Nr XV/321/26 z dnia 25 marca 2026 r. nadała Honorowy tytuł" in told
    assert "Ołomuniec (Czechy)" in told
