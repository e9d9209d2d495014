"""The clauses of every resolution of the Council, read back: they follow from the form alone (F3).

Joining and continuing a membership wait for the Minister's consent and rest on the Act of 2000;
every other resolution is in force on adoption, and neither may borrow a clause of the other.
"""

import re
from pathlib import Path
from typing import Any

import pytest

from drafts.compose import compose
from drafts.frame import Frame
from drafts.markdown import parse
from drafts.pairs import section_counts
from drafts.render import render
from drafts.tree import Document, Part, Section, words
from models.vocabulary import Form, Language
from tests.drafts.dossiers import (
    AGREEMENTS,
    CONTINUED,
    PARTNERS,
    PURPOSES,
    ROAD,
    proposed,
    raised,
    with_resolution,
)
from tests.drafts.files import audit, pdf_text
from tests.drafts.sheets import FRAME, VERSIONS
from workflow.facts import Sheet
from workflow.lifecycle import definition

RESOLUTIONS = {
    **dict.fromkeys(AGREEMENTS, "agreement_resolution"),
    Form.HONORARY_TITLE: "title_resolution",
    Form.ASSOCIATION: "joining_resolution",
    Form.DECISION: "decision_resolution",
}
MATTERS = [
    *((form, "") for form in ROAD),
    *((about, purpose) for about in PARTNERS for purpose in PURPOSES),
    (Form.ASSOCIATION, CONTINUED),
]
LANGUAGES = tuple(Language)

CONSENT = {Language.PL: r"po uzyskaniu zgody ministra", Language.EN: r"once the consent of the min"}
ANY_CONSENT = {Language.PL: r"zgod\w+ (?:m|M)inistr", Language.EN: r"consent"}
ON_ADOPTION = {
    Language.PL: r"z dniem podjęcia|z dniem ogłoszenia|po upływie",
    Language.EN: r"day of its adoption|upon adoption|on adoption",
}
COMPETENCE = {Language.PL: "art. 18 ust. 2 pkt 12a", Language.EN: "Article 18(2)(12a)"}
ACT_OF_2000 = {Language.PL: "15 września 2000", Language.EN: "15 September 2000"}
ARTICLE_10 = {
    Language.PL: "art. 10 ust. 1 w związku z art. 4",
    Language.EN: "Article 10(1) in conj",
}
ABSOLUTE = {Language.PL: "bezwzględną większością", Language.EN: "absolute majority"}
SIMPLE = {Language.PL: "zwykłą większością", Language.EN: "simple majority"}
EXECUTION = {
    Language.PL: r"Wykonanie uchwały.* powierza się Prezydentowi Miasta Krakowa\.",
    Language.EN: r"The execution of this resolution.* is entrusted to the Mayor of the City .*\.",
}


def matter(form: Form, purpose: str) -> tuple[str, Sheet]:
    """Give the kind of the resolution on a form, or on a purpose about one, and its sheet."""
    if purpose:
        return RESOLUTIONS[Form.DECISION], raised(purpose, form)
    return RESOLUTIONS[form], proposed(form)


def read_back(kind: str, sheet: Sheet, language: Language) -> Document:
    return parse(compose(kind, sheet, language.value).texts[language], language)


def text_of(*parts: Part) -> str:
    return words(Document(Language.PL, parts)).replace("\xa0", " ")


def section_words(section: Section) -> str:
    return text_of(Part(section.blocks))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("form", "purpose"), MATTERS)
def test_the_clauses_of_a_resolution_follow_from_its_form(
    form: Form, purpose: str, language: Language
) -> None:
    kind, sheet = matter(form, purpose)
    minister = purpose == CONTINUED or (form is Form.ASSOCIATION and not purpose)

    act, justification = read_back(kind, sheet, language).parts

    text, both = text_of(act), text_of(act, justification)
    *_, execution, force = (section_words(section) for section in act.sections)
    assert COMPETENCE[language] in text
    assert (ACT_OF_2000[language] in both) is minister
    assert (ARTICLE_10[language] in text) is (purpose == CONTINUED)
    assert re.fullmatch(EXECUTION[language], execution)
    assert bool(re.search(CONSENT[language], force)) is minister
    assert bool(re.search(ON_ADOPTION[language], force)) is not minister
    assert bool(re.search(ANY_CONSENT[language], both)) is minister
    assert bool(re.search(ON_ADOPTION[language], both)) is not minister
    assert (ABSOLUTE[language] in both) is minister
    assert (SIMPLE[language] in both) is not minister


@pytest.mark.parametrize(("form", "purpose"), MATTERS)
def test_a_resolution_lacks_nothing_when_it_goes_to_the_council(form: Form, purpose: str) -> None:
    kind, sheet = matter(form, purpose)

    manifest: Any = compose(kind, sheet, "pl+en").manifest

    assert {gap["name"] for gap in manifest["gaps"]} == {
        "note_print.print",
        "adopt.resolution",
        "adopt.date",
    }
    assert manifest["wrong_names"] == []
    assert manifest["names"]


@pytest.mark.parametrize(("form", "purpose"), MATTERS)
def test_both_languages_of_a_resolution_have_the_same_sections(form: Form, purpose: str) -> None:
    kind, sheet = matter(form, purpose)

    polish, english = (read_back(kind, sheet, language) for language in LANGUAGES)

    assert section_counts(polish) == section_counts(english)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("form", "purpose"), MATTERS)
def test_the_ordinance_annexes_the_resolution_of_the_form_and_speaks_of_the_same_matter(
    form: Form, purpose: str, language: Language
) -> None:
    kind, sheet = matter(form, purpose)
    resolution = read_back(kind, sheet, language)

    ordinance, annex, justification = read_back("mayor_ordinance", sheet, language).parts

    subject = text_of(Part(resolution.parts[0].blocks[2:3]))
    assert annex.blocks[1:] == resolution.parts[0].blocks
    assert justification == resolution.parts[1]
    assert text_of(ordinance).count(subject.removeprefix("w sprawie ").removeprefix("on ")) == 2


def test_leaving_an_association_needs_what_majority_the_office_has_set() -> None:
    simple = raised("end", Form.ASSOCIATION)
    strict = raised("end", Form.ASSOCIATION, setting__withdrawal_majority="absolute")

    texts = [
        text_of(*read_back("decision_resolution", one, Language.PL).parts)
        for one in (simple, strict)
    ]

    assert [ABSOLUTE[Language.PL] in text for text in texts] == [False, True]
    assert [SIMPLE[Language.PL] in text for text in texts] == [True, False]


def test_a_decision_names_the_act_the_cooperation_rests_on() -> None:
    sheet = raised("renew", Form.PARTNERSHIP)

    text = text_of(*read_back("decision_resolution", sheet, Language.PL).parts)

    assert "Postanawia się o przedłużeniu umowy o partnerstwie między miastami" in text
    assert "Data zawarcia: 7 maja 2021 r." in text
    assert "uchwała Nr XLVIII/1325/20 Rady Miasta Krakowa z dnia 14 października 2020 r." in text


def test_what_history_does_not_tell_of_a_cooperation_is_left_out() -> None:
    unknown = dict.fromkeys(("about__resolution", "about__resolved_on", "about__since"))
    sheet = raised("end", Form.TWINNING, **unknown)

    manifest: Any = compose("decision_resolution", sheet, "pl+en").manifest

    assert {gap["name"] for gap in manifest["gaps"] if not gap["later"]} == set()


def test_councillors_state_no_objectives_and_their_draft_is_theirs() -> None:
    filed = proposed(
        Form.TWINNING,
        **dict.fromkeys(("propose__objectives", "propose__date", "propose__fields")),
        receive_council_draft__initiator="club",
        receive_council_draft__fields=["kultura"],
    )

    composed = compose("agreement_resolution", filed, "pl")

    gaps: Any = composed.manifest["gaps"]
    assert [gap["name"] for gap in gaps if not gap["later"]] == []
    assert "projekt Klubu Radnych" in composed.texts["pl"]


def test_an_agreement_without_a_stated_effect_has_the_financial_clause_of_its_form() -> None:
    silent = proposed(Form.PARTNERSHIP, propose__financial_effect=None)

    text = compose("agreement_resolution", silent, "pl").texts["pl"]

    assert "Umowa sama nie rodzi zobowiązań finansowych." in text


@pytest.mark.parametrize(("form", "kind"), RESOLUTIONS.items())
def test_every_form_goes_to_the_council_with_its_resolution_and_the_ordinance(
    form: Form, kind: str
) -> None:
    row = definition().row(form, "endorsed", "submit_to_council")

    assert row is not None
    assert row.documents == (kind, "mayor_ordinance")
    assert "drafts_final" in row.rules


# --- the letters about a resolution


REFUSED = {
    "refuse__decision": "DPT.430.12.2026",
    "refuse__date": "2026-06-12",
    "refuse__delivered_on": "2026-06-16",
    "refuse__reasons": "Statut nie wskazuje, jak można wystąpić.",
}
LETTERS = [
    *(("voivode_presentation", *one) for one in MATTERS),
    *(
        (kind, Form.ASSOCIATION, purpose)
        for kind in ("transmittal", "reconsideration_request")
        for purpose in ("", CONTINUED)
    ),
]


def letter_sheet(form: Form, purpose: str) -> Sheet:
    seat = {"partner__seat": "Bruksela"} if form is Form.ASSOCIATION else {}
    laid = raised(purpose, form, **seat, **REFUSED) if purpose else proposed(form, **REFUSED)
    return with_resolution(laid)


@pytest.mark.parametrize(("kind", "form", "purpose"), LETTERS)
def test_a_letter_about_a_resolution_lacks_only_its_own_date(
    kind: str, form: Form, purpose: str
) -> None:
    manifest: Any = compose(kind, letter_sheet(form, purpose), "pl+en").manifest

    assert [gap["later"] for gap in manifest["gaps"]] == [True]
    assert manifest["wrong_names"] == []


@pytest.mark.parametrize(("form", "purpose"), MATTERS)
def test_the_voivode_is_told_when_the_resolution_takes_force(form: Form, purpose: str) -> None:
    minister = purpose == CONTINUED or (form is Form.ASSOCIATION and not purpose)

    text = compose("voivode_presentation", letter_sheet(form, purpose), "pl").texts["pl"]

    assert "Na podstawie art. 90 ustawy z dnia 8 marca 1990 r." in text
    assert ("po uzyskaniu zgody ministra" in text) is minister
    assert ("Weszła w życie z dniem podjęcia." in text) is not minister


def test_continued_membership_goes_to_the_minister_under_article_10() -> None:
    text = compose("transmittal", letter_sheet(Form.ASSOCIATION, CONTINUED), "pl").texts["pl"]

    assert "Na podstawie art. 10 ust. 1 w związku z art. 4 ust. 3 i 4 ustawy" in text
    assert "zgody na dalsze członkostwo Gminy Miejskiej Kraków" in text
    assert "przystąpienie" not in text


def test_the_minister_is_asked_to_reconsider_with_the_reasons_of_both_sides() -> None:
    text = compose("reconsideration_request", letter_sheet(Form.ASSOCIATION, ""), "pl").texts["pl"]

    assert "Nr DPT.430.12.2026 z dnia 12 czerwca 2026 r., doręczoną dnia 16 czerwca 2026 r." in text
    assert "Statut nie wskazuje, jak można wystąpić." in text
    assert "Miasta współpracują od 1993 r." in text


# --- as files


FILES = [
    ("agreement_resolution", Form.TWINNING, ""),
    ("title_resolution", Form.HONORARY_TITLE, ""),
    ("decision_resolution", Form.PARTNERSHIP, "end"),
    ("decision_resolution", Form.ASSOCIATION, CONTINUED),
    ("mayor_ordinance", Form.ASSOCIATION, "end"),
    ("voivode_presentation", Form.SECTORAL, ""),
    ("reconsideration_request", Form.ASSOCIATION, ""),
]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(("kind", "form", "purpose"), FILES)
def test_as_a_file_it_is_whole_and_the_same_twice(
    kind: str, form: Form, purpose: str, version: str, tmp_path: Path
) -> None:
    sheet = letter_sheet(form, purpose)
    frame: Frame = FRAME

    first, again = (render(compose(kind, sheet, version).texts, "docx", frame) for _ in range(2))
    printed = pdf_text(render(compose(kind, sheet, version).texts, "pdf", frame))

    assert first == again
    assert audit(first, tmp_path) == []
    assert "XV/321/26" in printed


# --- what the Mayor decides, and what he asks


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("form", [Form.EU_PROGRAMME, Form.POLITICAL_ASSOCIATION])
def test_the_mayor_decides_alone_and_lacks_only_number_and_day(form: Form, version: str) -> None:
    composed = compose("mayor_decision", proposed(form), version)

    gaps: Any = composed.manifest["gaps"]
    assert {gap["name"] for gap in gaps} == {"decide.ordinance", "decide.date"}
    assert composed.manifest["wrong_names"] == []
    for text in composed.texts.values():
        assert not re.search(r"Rad[ay] Miasta|City Council|18\(2\)|art\. 18|zgod\w+ ministra", text)


def test_a_political_association_is_told_from_one_that_needs_consent_with_the_reason() -> None:
    text = compose("mayor_decision", proposed(Form.POLITICAL_ASSOCIATION), "pl").texts["pl"]

    assert "nie jest międzynarodowym zrzeszeniem społeczności lokalnych i regionalnych" in text
    assert "Powód tej oceny: Tworzą je urzędy, a nie społeczności lokalne." in text


@pytest.mark.parametrize(("form", "purpose"), MATTERS)
def test_the_minister_is_asked_for_an_opinion_and_not_for_consent(form: Form, purpose: str) -> None:
    _, sheet = matter(form, purpose)

    composed = compose("minister_opinion_request", sheet, "pl+en")

    assert composed.manifest["gaps"] == composed.manifest["wrong_names"] == []
    assert "Prośba nie jest wnioskiem o zgodę" in composed.texts["pl"]
