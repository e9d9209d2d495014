"""Every document, and the four of an accession: what the law asks of each, in both languages."""

import re
from collections.abc import Mapping
from typing import Any

import pytest

from drafts.compose import compose
from drafts.kinds import kinds, root, template_text
from drafts.markdown import parse
from drafts.pairs import section_counts
from drafts.tree import Document, Part, Section, Signature, Table, plain, words
from models.vocabulary import Language
from tests.drafts.sheets import (
    ADOPTED,
    EVERYTHING,
    KNOWN,
    PROPOSED,
    SUBMITTED,
    VERSIONS,
    bare,
    fact_sheet,
)
from workflow.city_check import Context, parties_named_rightly
from workflow.inputs import Json
from workflow.lifecycle import definition

KINDS = sorted(kinds())
ACCESSION = ("application", "joining_resolution", "mayor_ordinance", "transmittal")
LANGUAGES = tuple(Language)


def document(kind: str, language: Language, facts: Mapping[str, Json] = EVERYTHING) -> Document:
    return parse(compose(kind, fact_sheet(facts), language.value).texts[language], language)


def bare_words(kind: str, language: Language, facts: Mapping[str, Json] = EVERYTHING) -> str:
    return words(document(kind, language, facts)).replace("\xa0", " ")


def section_words(section: Section) -> str:
    return words(Document(Language.PL, (Part(section.blocks),))).replace("\xa0", " ")


@pytest.mark.parametrize("kind", ACCESSION)
@pytest.mark.parametrize("version", VERSIONS)
def test_every_document_can_be_written_from_a_whole_accession(kind: str, version: str) -> None:
    manifest = compose(kind, fact_sheet(EVERYTHING), version).manifest

    assert manifest["gaps"] == []
    assert manifest["wrong_names"] == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_document_can_be_written_from_nothing_and_names_what_is_missing(kind: str) -> None:
    composed = compose(kind, bare(fact_sheet({})), "pl+en")

    gaps: Any = composed.manifest["gaps"]
    assert gaps
    assert all(gap["label"].keys() == {"pl", "en"} for gap in gaps)
    for gap in gaps:
        assert any(f"{gap['label'][code]}]" in text for code, text in composed.texts.items())
    for text in composed.texts.values():
        assert not re.search(r"None|Undefined|\{\{|\{%", text)


@pytest.mark.parametrize("kind", KINDS)
def test_both_languages_have_the_same_sections(kind: str) -> None:
    polish, english = (document(kind, language) for language in LANGUAGES)

    assert section_counts(polish) == section_counts(english)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_document_names_the_city_rightly(kind: str, language: Language) -> None:
    naming = parties_named_rightly(bare_words(kind, language), kinds()[kind].context)

    assert naming
    assert naming.right


def test_the_application_names_the_city_as_agreements_do_and_nowhere_as_a_legal_person() -> None:
    assert kinds()["application"].context is Context.AGREEMENT
    assert "Gmin" not in bare_words("application", Language.PL)
    assert "Municipality" not in bare_words("application", Language.EN)


@pytest.mark.parametrize("kind", KINDS)
def test_english_writes_krakow(kind: str) -> None:
    assert "Kraków" not in bare_words(kind, Language.EN)


def test_no_template_types_the_name_of_the_city() -> None:
    typed = re.compile(r"stołeczn|królewsk|gmin\w* miejsk|royal|municipality of", re.IGNORECASE)
    names = [
        f"{folder.name}/{file.name}"
        for folder in root().iterdir()
        if folder.is_dir()
        for file in folder.iterdir()
        if file.name.endswith(".j2")
    ]

    found = {name: typed.findall(template_text(name)) for name in names}

    assert len(found) > 10
    assert {name for name, hits in found.items() if hits} == set()


def test_every_document_that_a_step_asks_for_has_templates() -> None:
    asked = {kind for row in definition().all_rows() for kind in row.documents}

    assert asked <= set(kinds())


def test_every_fact_that_may_come_later_is_one_the_document_prints() -> None:
    for kind in kinds().values():
        gaps: Any = compose(kind.name, bare(fact_sheet({})), "pl").manifest["gaps"]
        assert {gap["name"] for gap in gaps if gap["later"]} == kind.later


# --- the resolution


CLAUSES = {
    Language.PL: (
        "Uchwała wchodzi w życie po uzyskaniu zgody ministra właściwego do spraw zagranicznych."
    ),
    Language.EN: (
        "This resolution shall enter into force once the consent of the minister competent"
        " for foreign affairs has been obtained."
    ),
}


@pytest.mark.parametrize(("language", "clause"), CLAUSES.items())
def test_the_resolution_enters_into_force_upon_the_ministers_consent_and_never_otherwise(
    language: Language, clause: str
) -> None:
    sections = document("joining_resolution", language).parts[0].sections

    assert len(sections) == 4
    assert section_words(sections[-1]) == clause
    assert not re.search(
        "z dniem podjęcia|upon adoption|day of its adoption",
        bare_words("joining_resolution", language),
    )


def test_the_resolution_rests_on_the_competence_and_on_article_4() -> None:
    text = bare_words("joining_resolution", Language.PL)

    assert (
        "Na podstawie art. 18 ust. 2 pkt 12a ustawy z dnia 8 marca 1990 r. o samorządzie gminnym"
        " (Dz.U. z 2025 r. poz. 1153) oraz art. 4 ustawy z dnia 15 września 2000 r. o zasadach"
        " przystępowania jednostek samorządu terytorialnego do międzynarodowych zrzeszeń"
        " społeczności lokalnych i regionalnych (Dz.U. z 2000 r. Nr 91, poz. 1009, z późn. zm.)"
        " uchwala się, co następuje:" in text
    )


def test_the_municipality_joins_and_acts_under_its_royal_name() -> None:
    first = document("joining_resolution", Language.PL).parts[0].sections[0]

    assert section_words(first) == (
        "Gmina Miejska Kraków przystępuje do międzynarodowego zrzeszenia społeczności lokalnych"
        " i regionalnych: Eurocities (siedziba: Bruksela, Belgia), wobec którego występuje jako"
        " Stołeczne Królewskie Miasto Kraków."
    )


def test_the_justification_is_a_part_of_its_own_with_reasons_law_and_money() -> None:
    act, justification = document("joining_resolution", Language.PL).parts
    text = words(Document(Language.PL, (justification,))).replace("\xa0", " ")

    assert not justification.sections
    assert any(isinstance(block, Signature) for block in act.blocks)
    for told in (
        "UZASADNIENIE",
        "Sieć ma 200 miast.\n\nMiasto je pozna.",
        "Dwa wspólne projekty w każdym roku.",
        "Dziedziny: cyfryzacja i sport.",
        "przy ustawowym składzie 43 radnych za uchwałą musi głosować co najmniej 22 radnych",
        "stwierdza się, że przystąpienie nie prowadzi do przekazania",
        "Roczna składka z budżetu Miasta.",
    ):
        assert told in text


def test_the_justification_refers_to_the_sections_it_means() -> None:
    text = bare_words("joining_resolution", Language.PL)

    assert "z dokumentami wymienionymi w § 2 Prezydent" in text
    assert "stanowi o tym § 4 uchwały" in text


@pytest.mark.parametrize(
    ("initiator", "sponsor"),
    [
        (None, "Prezydenta Miasta Krakowa"),
        ("council_chair", "Przewodniczącego Rady Miasta Krakowa"),
        ("committee", "Komisji Rady Miasta Krakowa"),
        ("club", "Klubu Radnych"),
        ("councillors", "grupy radnych"),
        ("residents", "grupy mieszkańców"),
    ],
)
def test_the_draft_says_whose_it_is(initiator: str | None, sponsor: str) -> None:
    facts = {**KNOWN, "receive_council_draft.initiator": initiator}

    assert f"projekt {sponsor}" in bare_words("joining_resolution", Language.PL, facts)


def test_a_draft_filed_in_the_council_needs_no_answers_the_office_alone_is_asked() -> None:
    filed = {
        **KNOWN,
        "receive_council_draft.initiator": "club",
        "receive_council_draft.justification": "Klub wnosi o przystąpienie.",
        "receive_council_draft.fields": ["kultura"],
        "receive_council_draft.financial_effect": "Składka roczna.",
    }

    gaps: Any = compose("joining_resolution", fact_sheet(filed), "pl+en").manifest["gaps"]

    assert {gap["name"] for gap in gaps if not gap["later"]} == set()


def test_before_the_council_only_numbers_and_dates_to_come_are_open() -> None:
    gaps: Any = compose("joining_resolution", fact_sheet({**KNOWN, **PROPOSED}), "pl").manifest[
        "gaps"
    ]

    assert {(gap["name"], gap["later"]) for gap in gaps} == {
        ("adopt.date", True),
        ("adopt.resolution", True),
        ("note_print.print", True),
    }


# --- the ordinance


def test_the_ordinance_sends_the_draft_that_is_annexed_to_it() -> None:
    ordinance, annex, justification = document("mayor_ordinance", Language.PL).parts
    resolution = document("joining_resolution", Language.PL)

    assert len(ordinance.sections) == 3
    assert section_words(ordinance.sections[2]) == "Zarządzenie wchodzi w życie z dniem podpisania."
    assert annex.blocks[1:] == resolution.parts[0].blocks
    assert justification == resolution.parts[1]
    text = bare_words("mayor_ordinance", Language.PL)
    assert "Na podstawie art. 30 ust. 2 pkt 1 ustawy z dnia 8 marca 1990 r." in text
    assert "Za wykonanie zarządzenia odpowiada Dyrektor Kancelarii Prezydenta." in text
    assert "Załącznik do zarządzenia Nr 412/2026 Prezydenta Miasta Krakowa" in text


# --- the transmittal


def test_the_transmittal_goes_to_the_minister_through_the_voivode() -> None:
    text = bare_words("transmittal", Language.PL)

    assert "Minister Spraw Zagranicznych za pośrednictwem Wojewody Małopolskiego" in text
    assert "przekazuję uchwałę Nr XV/321/26 Rady Miasta Krakowa z dnia 25 marca 2026 r." in text
    assert "Wojewodę Małopolskiego proszę o dołączenie opinii" in text
    assert "za – 30, przeciw – 5, wstrzymujące się – 3; obecnych radnych: 38" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_transmittal_lists_the_five_attachments(language: Language) -> None:
    (table,) = (
        block
        for block in document("transmittal", language).parts[0].blocks
        if isinstance(block, Table)
    )

    assert [plain(row[0]) for row in table.rows] == ["1", "2", "3", "4", "5"]
    first, *_ = (plain(row[1]).replace("\xa0", " ") for row in table.rows)
    assert first.startswith(("poświadczony odpis uchwały Nr XV/321/26", "certified copy of"))


def test_nobody_declares_for_the_mayor_what_the_office_has_not_answered() -> None:
    unanswered = {**EVERYTHING, "propose.transfers": None}

    text = bare_words("transmittal", Language.PL, unanswered)

    assert "[……… oświadczenie, że przystąpienie niczego nie przekazuje] (art. 3 ustawy)" in text
    assert "nie prowadzi do przekazania" not in text


# --- the application


def test_the_application_is_the_citys_own_and_rests_on_the_consent() -> None:
    text = bare_words("application", Language.EN)

    assert "On behalf of the Royal Capital City of Krakow I hereby apply for its admission" in text
    assert "by decision No. DPT.430.12.2026 of 12 June 2026" in text
    assert "combines respect for its history with openness to the future" in text
    assert "in these fields: digitalisation and sport." in text


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        ("joining_resolution", {**KNOWN, **PROPOSED}),
        ("mayor_ordinance", {**KNOWN, **PROPOSED}),
        ("transmittal", {**KNOWN, **PROPOSED, **SUBMITTED, **ADOPTED}),
        ("application", {**EVERYTHING, "apply.date": None}),
    ],
)
def test_when_its_step_comes_a_document_lacks_nothing_that_is_known_by_then(
    kind: str, facts: Mapping[str, Json]
) -> None:
    gaps: Any = compose(kind, fact_sheet(facts), "pl+en").manifest["gaps"]

    assert [gap["name"] for gap in gaps if not gap["later"]] == []
