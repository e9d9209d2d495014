"""Agreements, programmes and letters of intent: the clauses follow from the facts."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings

from drafts.compose import compose
from drafts.faults import Fault, TemplateFault
from drafts.kinds import kinds
from drafts.markdown import parse
from drafts.pairs import section_counts
from drafts.render import render
from models.vocabulary import Language
from tests.drafts.agreements import (
    ADOPTED,
    BEFORE,
    FIVE_YEARS,
    INDEFINITE,
    PROPOSED,
    SIGNED,
    document,
    olomouc,
    section,
    text,
)
from tests.drafts.hostile import HOSTILE
from tests.drafts.sheets import FRAME, VERSIONS
from workflow.city_check import Context
from workflow.inputs import Json
from workflow.lifecycle import definition

AGREEMENTS = ("partnership_agreement", "sectoral_agreement", "twinning_agreement")
LASTING = (*AGREEMENTS, "cooperation_programme")
ALL = (*LASTING, "letter_of_intent")
LANGUAGES = tuple(Language)


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize("version", VERSIONS)
def test_a_whole_case_leaves_nothing_open_and_names_the_city_rightly(
    kind: str, version: str
) -> None:
    manifest = compose(kind, olomouc(SIGNED), version).manifest

    assert kinds()[kind].context is Context.AGREEMENT
    assert manifest["gaps"] == []
    assert manifest["wrong_names"] == []
    assert manifest["names"]


@pytest.mark.parametrize(
    ("kind", "facts", "blank"),
    [
        *(
            (kind, ADOPTED, {"sign.date", "sign.place", "sign.partner_signatories"})
            for kind in LASTING
        ),
        (
            "letter_of_intent",
            BEFORE,
            {"sign_working_document.date", "sign_working_document.partner_signatories"},
        ),
    ],
)
def test_before_the_signature_only_what_happens_at_the_table_is_blank(
    kind: str, facts: Mapping[str, Json], blank: set[str]
) -> None:
    gaps: Any = compose(kind, olomouc(facts), "pl+en").manifest["gaps"]

    assert {gap["name"] for gap in gaps} == blank
    assert all(gap["later"] for gap in gaps)


@pytest.mark.parametrize("kind", AGREEMENTS)
def test_the_text_the_council_votes_on_lacks_only_the_number_of_its_resolution_and_the_signature(
    kind: str,
) -> None:
    gaps: Any = compose(kind, olomouc(PROPOSED), "pl+en").manifest["gaps"]

    assert {gap["name"] for gap in gaps} == {
        "adopt.resolution",
        "adopt.date",
        "sign.date",
        "sign.place",
        "sign.partner_signatories",
    }
    assert all(gap["later"] for gap in gaps)


@pytest.mark.parametrize("kind", ALL)
def test_both_languages_have_the_same_sections(kind: str) -> None:
    polish, english = (document(kind, SIGNED, language) for language in LANGUAGES)

    assert section_counts(polish) == section_counts(english)


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("twinning", "twinning_agreement"),
        ("partnership", "partnership_agreement"),
        ("sectoral", "sectoral_agreement"),
        ("programme", "cooperation_programme"),
    ],
)
def test_nothing_is_signed_without_the_agreement_of_its_form(form: str, kind: str) -> None:
    asked = {
        row.documents for row in definition().all_rows() if (row.step, row.form) == ("sign", form)
    }

    assert asked == {(kind,)}


# --- the parties


@pytest.mark.parametrize("kind", ALL)
def test_the_parties_stand_with_their_states(kind: str) -> None:
    polish, english = (text(kind, SIGNED, language) for language in LANGUAGES)

    assert (
        "Stołeczne Królewskie Miasto Kraków w Rzeczypospolitej Polskiej, w imieniu którego działa"
        " Aleksander Miszalski, Prezydent Miasta Krakowa;" in polish
    )
    assert "Miasto Ołomuniec (Czechy), w imieniu którego działa: Miroslav Žbánek," in polish
    assert "the Royal Capital City of Krakow in the Republic of Poland, represented by" in english
    assert "the City of Olomouc in Czechia, represented by: Miroslav Žbánek," in english


@pytest.mark.parametrize(
    ("country", "state"), [("US", "in the United States of America"), ("FR", "in France")]
)
def test_english_gives_a_state_its_article(country: str, state: str) -> None:
    told = text("partnership_agreement", {**SIGNED, "partner.country": country}, Language.EN)

    assert f"Olomouc {state}, represented" in told


@pytest.mark.parametrize(
    ("kind", "polish", "english"),
    [("region", "Region Ołomuniec", "the Region of Olomouc"), ("consortium", "Ołomuniec", "")],
)
def test_a_partner_is_called_what_it_is(kind: str, polish: str, english: str) -> None:
    facts = {**SIGNED, "partner.kind": kind}

    assert f"2) {polish} (Czechy)"[3:] in text("letter_of_intent", facts)
    assert "Miasto Ołomuniec" not in text("letter_of_intent", facts)
    assert english in text("letter_of_intent", facts, Language.EN)


@pytest.mark.parametrize("kind", LASTING)
def test_a_deputy_signs_on_the_mayors_authority(kind: str) -> None:
    facts = {
        **SIGNED,
        "propose.office": "deputy_mayor",
        "propose.signatory": "Stanisław Kracik",
        "propose.authorisation": "412/2026",
        "propose.authorised_on": "2026-05-04",
    }

    polish, english = (text(kind, facts, language) for language in LANGUAGES)

    assert "z up. Prezydenta Miasta Krakowa Stanisław Kracik Zastępca Prezydenta" in polish
    assert "upoważnienie nr 412/2026 z dnia 4 maja 2026 r." in polish
    assert "działa Stanisław Kracik, Zastępca Prezydenta Miasta Krakowa, z upoważnienia" in polish
    assert "by authority of the Mayor of the City of Krakow Stanisław Kracik Deputy" in english
    assert "Miszalski" not in polish + english


@pytest.mark.parametrize("kind", AGREEMENTS)
def test_an_agreement_rests_on_the_councils_resolution(kind: str) -> None:
    assert (
        "działając na podstawie uchwały Nr XV/321/26 Rady Miasta Krakowa z dnia 25 marca 2026 r.,"
        " podjętej zgodnie z art. 18 ust. 2 pkt 12a ustawy" in text(kind)
    )


@pytest.mark.parametrize("kind", AGREEMENTS)
def test_a_draft_filed_by_councillors_brings_its_own_terms(kind: str) -> None:
    filed = {
        name.replace("propose.", "receive_council_draft."): value
        for name, value in ADOPTED.items()
        if name not in {"propose.objectives", "propose.under"}
    }
    gaps: Any = compose(
        kind, olomouc({**filed, "receive_council_draft.initiator": "club"}), "pl+en"
    ).manifest["gaps"]

    assert {gap["name"] for gap in gaps if not gap["later"]} == set()


# --- money, time and languages


@pytest.mark.parametrize("kind", LASTING)
def test_no_agreement_carries_a_financial_liability_of_its_own(kind: str) -> None:
    polish = section(document(kind), "Finansowanie")
    english = section(document(kind, SIGNED, Language.EN), "Financing")

    assert "nie rodzi zobowiązań finansowych żadnej ze Stron" in polish
    assert "poszczególnych przedsięwzięć" in polish
    assert "carries no financial liability for either Party" in english
    assert "The costs of each undertaking" in english


TERMS: tuple[tuple[Json, str, str], ...] = (
    (FIVE_YEARS, "obowiązuje przez 5 lat.", "in force for 5 years."),
    ({"months": 18, "until": None}, "przez 18 miesięcy.", "for 18 months."),
    (
        {"months": None, "until": "2030-12-31"},
        "do dnia 31 grudnia 2030 r.",
        "until 31 December 2030.",
    ),
    (INDEFINITE, "przez czas nieokreślony.", "for an indefinite period."),
)


@pytest.mark.parametrize("kind", AGREEMENTS)
@pytest.mark.parametrize(("term", "polish", "english"), TERMS)
def test_the_term_is_told_as_it_was_proposed(
    kind: str, term: Json, polish: str, english: str
) -> None:
    facts = {**SIGNED, "propose.term": term}

    assert section(document(kind, facts), "okres obowiązywania").endswith(polish)
    assert section(document(kind, facts, Language.EN), "force and term").endswith(english)


@pytest.mark.parametrize(
    ("since", "told"),
    [
        (None, "z dniem podpisania, a jeżeli Strony podpisują w różnych dniach"),
        ("2027-01-01", "wchodzi w życie z dniem 1 stycznia 2027 r. Umowa obowiązuje"),
    ],
)
def test_an_agreement_is_in_force_from_its_signature_or_from_the_day_agreed(
    since: str | None, told: str
) -> None:
    facts = {**SIGNED, "propose.in_force_from": since}

    assert told in section(document("twinning_agreement", facts), "Wejście w życie")


PROLONGED: tuple[tuple[Mapping[str, Json], str, str], ...] = (
    (
        {"propose.prolongation": "none", "propose.prolongation_months": None},
        "Okres obowiązywania umowy nie podlega przedłużeniu.",
        "The term of this agreement shall not be prolonged.",
    ),
    (
        {"propose.prolongation": "by_consent"},
        "może zostać przedłużony o 5 lat wyłącznie za zgodą obu Stron, wyrażoną na piśmie",
        "may be prolonged by 5 years only by the consent of both Parties, given in writing",
    ),
    (
        {"propose.prolongation": "by_consent", "propose.prolongation_months": None},
        "może zostać przedłużony wyłącznie za zgodą obu Stron",
        "may be prolonged only by the consent of both Parties",
    ),
    (
        {
            "propose.prolongation": "automatic",
            "propose.prolongation_months": 12,
            "propose.objection_months": 3,
        },
        "o 1 rok, jeżeli żadna ze Stron nie doręczy drugiej pisemnego sprzeciwu co najmniej 3 mies",
        "each time by 1 year, unless one of the Parties delivers to the other an objection in",
    ),
    (
        {"propose.term": INDEFINITE, "propose.prolongation": None},
        "Umowa nie wymaga przedłużania",
        "This agreement needs no prolongation",
    ),
)


@pytest.mark.parametrize("kind", AGREEMENTS)
@pytest.mark.parametrize(("stated", "polish", "english"), PROLONGED)
def test_each_way_of_prolongation_has_its_clause(
    kind: str, stated: Mapping[str, Json], polish: str, english: str
) -> None:
    facts = {**SIGNED, **stated}

    assert polish in section(document(kind, facts), "Przedłużenie")
    assert english in section(document(kind, facts, Language.EN), "Prolongation")
    assert compose(kind, olomouc(facts), "pl+en").manifest["gaps"] == []


@pytest.mark.parametrize(
    ("missing", "stated"),
    [
        ("propose.prolongation_months", {"propose.objection_months": 3}),
        ("propose.objection_months", {"propose.prolongation_months": 12}),
    ],
)
def test_an_automatic_prolongation_says_by_how_long_and_until_when_to_object(
    missing: str, stated: Mapping[str, Json]
) -> None:
    facts = {
        **SIGNED,
        "propose.prolongation": "automatic",
        "propose.prolongation_months": None,
        **stated,
    }

    gaps: Any = compose("partnership_agreement", olomouc(facts), "pl").manifest["gaps"]

    assert [(gap["name"], gap["later"]) for gap in gaps] == [(missing, False)]


@pytest.mark.parametrize("kind", AGREEMENTS)
@pytest.mark.parametrize(
    ("months", "polish", "english"),
    [
        (1, "wynosi 1 miesiąc i biegnie", "notice of 1 month that"),
        (3, "wynosi 3 miesiące i biegnie", "notice of 3 months that"),
        (6, "wynosi 6 miesięcy i biegnie od dnia doręczenia", "notice of 6 months that runs"),
        (12, "wynosi 1 rok i biegnie", "notice of 1 year that"),
        (0, "Żadna ze Stron nie może wypowiedzieć umowy", "Neither Party may terminate"),
    ],
)
def test_the_notice_is_told_in_months_from_delivery(
    kind: str, months: int, polish: str, english: str
) -> None:
    facts = {**SIGNED, "propose.notice_months": months}

    assert polish in section(document(kind, facts), "Wypowiedzenie")
    assert english in section(document(kind, facts, Language.EN), "Notice")


@pytest.mark.parametrize(
    ("copies", "polish", "english"),
    [
        (1, "sporządzono w 1 egzemplarzu w każdym", "in 1 copy in each"),
        (2, "sporządzono w 2 egzemplarzach w każdym", "in 2 copies in each"),
    ],
)
def test_all_languages_are_equally_authentic(copies: int, polish: str, english: str) -> None:
    facts = {**SIGNED, "propose.copies": copies}

    told = section(document("partnership_agreement", facts), "Egzemplarze")
    translated = section(document("partnership_agreement", facts, Language.EN), "Copies")

    assert polish in told
    assert told.endswith(
        "języków: polski, czeski i angielski. Wszystkie teksty są jednakowo autentyczne."
    )
    assert english in translated
    assert translated.endswith("Polish, Czech and English. All texts are equally authentic.")


# --- what each form says of its own


def test_a_twinning_agreement_speaks_of_permanent_elements_and_similarities() -> None:
    polish, english = (text("twinning_agreement", SIGNED, language) for language in LANGUAGES)

    assert "trwałych elementach" in polish
    assert "podobieństwach historycznych i kulturowych" in polish
    assert "permanent elements" in english
    assert "historical and cultural similarities" in english


def test_a_partnership_agreement_has_a_wide_scope_and_lists_its_fields() -> None:
    fields = section(document("partnership_agreement"), "Dziedziny")

    assert "w szerokim zakresie" in section(document("partnership_agreement"), "Cel")
    assert fields.endswith("kultura; edukacja; ochrona środowiska.")


def test_a_sectoral_agreement_names_its_one_field() -> None:
    facts = {**SIGNED, "propose.fields": ["ochrona środowiska"]}

    polish = document("sectoral_agreement", facts)
    english = document("sectoral_agreement", facts, Language.EN)

    assert "w dziedzinie: ochrona środowiska" in polish.title.replace("\xa0", " ")
    assert "w jednej dziedzinie: ochrona środowiska." in section(polish, "Cel i dziedzina")
    assert "in one field: environmental protection." in section(english, "Purpose and field")


@pytest.mark.parametrize(
    ("term", "polish", "english"),
    [
        ({"months": 36, "until": None}, "na lata 2027–2029", "for the years 2027–2029"),
        ({"months": 12, "until": None}, "na rok 2027", "for the year 2027"),
        ({"months": None, "until": "2030-06-30"}, "na lata 2027–2030", "for the years 2027–2030"),
    ],
)
def test_a_programme_is_for_named_years_under_its_agreement(
    term: Json, polish: str, english: str
) -> None:
    facts = {**SIGNED, "propose.term": term}

    assert polish in document("cooperation_programme", facts).title.replace("\xa0", " ")
    assert english in document("cooperation_programme", facts, Language.EN).title
    assert "wykonując umowę, która je łączy (numer sprawy: KRK-2026-0002)" in text(
        "cooperation_programme", facts
    )


@pytest.mark.parametrize("term", [INDEFINITE, {"months": None, "until": "2026-06-30"}])
def test_a_programme_without_years_cannot_be_written(term: Json) -> None:
    with pytest.raises(TemplateFault) as refused:
        compose("cooperation_programme", olomouc({**SIGNED, "propose.term": term}), "pl")

    assert refused.value.fault is Fault.UNFIT_VALUE


def test_a_letter_of_intent_is_an_intention_and_binds_nobody() -> None:
    letter = document("letter_of_intent")
    nature = section(letter, "Charakter")

    assert "List wyraża zamiar, a nie zobowiązanie." in nature
    assert "formalnych stosunków wymaga zgody właściwych organów obu miast" in nature
    assert "należy wyłącznie do Rady Miasta Krakowa" in nature
    assert "nie wywołuje skutków finansowych" in section(letter, "Skutki finansowe")


@pytest.mark.parametrize(
    ("language", "forbidden"),
    [
        (Language.PL, ("umow", "partner", "okres", "zobowiązuj", "wypowiedz", "obowiązuje")),
        (Language.EN, ("agreement", "partner", "shall", "undertake", "in force")),
    ],
)
def test_a_letter_of_intent_has_no_term_and_none_of_the_words_of_an_agreement(
    language: Language, forbidden: tuple[str, ...]
) -> None:
    told = text("letter_of_intent", SIGNED, language).lower()

    assert [word for word in forbidden if word in told] == []


# --- whatever the facts hold


@settings(max_examples=10, deadline=None)  # a document takes its time on a busy machine
@given(value=HOSTILE)
@pytest.mark.parametrize("kind", ALL)
def test_hostile_words_stay_words(kind: str, value: str) -> None:
    stated = {"partner.name_pl": value, "open.fields": [value], "propose.fields": [value]}
    facts = olomouc({**SIGNED, **stated, "sign.partner_signatories": [value]})

    texts = compose(kind, facts, "pl+en").texts

    polish, english = (parse(texts[language], language) for language in LANGUAGES)
    assert section_counts(polish) == section_counts(document(kind)) == section_counts(english)


@pytest.mark.parametrize("kind", ALL)
def test_the_same_agreement_gives_the_same_bytes(kind: str) -> None:
    first, second = (
        render(compose(kind, olomouc(SIGNED), "pl+en").texts, "docx", FRAME) for _ in range(2)
    )

    assert first == second
