"""What is signed: the City's name, the adopted text, who may sign, the money, the documents."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from models.vocabulary import Outcome
from tests.builders import ask, draft, facts_of, road, say, told
from workflow.facts import DraftFact

# --- royal_name ---


@pytest.mark.parametrize(
    ("named", "answer"),
    [
        ("Stołeczne Królewskie Miasto Kraków", "holds"),
        ("the Royal Capital City of Krakow", "holds"),
        ("Royal Capital City of Kraków", "holds"),
        ("Umowa między Stołecznym Królewskim Miastem Krakowem a Miastem Lipsk", "holds"),
        ("Gmina Miejska Kraków", "broken: typed"),
        ("Królewskie Stołeczne Miasto Kraków", "broken: typed"),
        ("Capital Royal City of Krakow", "broken: typed"),
        ("Stołeczne Królewskie Miasto Krakow", "broken: typed"),
        ("Miasto Kraków", "broken: typed"),
        ("Kraków", "broken: typed"),
    ],
)
@pytest.mark.parametrize(
    ("step", "form"), [("sign_working_document", "informal"), ("sign", "twinning")]
)
def test_what_is_signed_names_the_city_as_the_council_laid_down(
    step: str, form: str, named: str, answer: str
) -> None:
    assert say("royal_name", facts_of(step, form=form, city_named=named)) == answer


def test_the_name_that_was_found_instead_is_shown() -> None:
    finding = ask("royal_name", facts_of("sign", city_named="Gmina Miejska Kraków"))

    assert finding.facts == {"found": "Gmina Miejska Kraków"}


def test_how_the_document_names_the_city_is_stated() -> None:
    assert say("royal_name", facts_of("sign")) == "undecided: city_named"


def test_a_title_that_needs_no_document_names_the_city_nowhere() -> None:
    assert say("royal_name", facts_of("confer", form="honorary_title")) == "holds"


@pytest.mark.parametrize(
    ("drafts", "answer"),
    [
        ([draft("application")], "holds"),
        ([draft("application", wrong_names=["Gmina Miejska Kraków"])], "broken"),
        ([draft("transmittal", wrong_names=["Gmina Miejska Kraków"])], "holds"),
        (
            [draft("application", wrong_names=["Miasto Kraków"]), draft("application", 2)],
            "holds",
        ),
        (
            [draft("application"), draft("application", 2, wrong_names=["Miasto Kraków"])],
            "broken",
        ),
        (
            [
                draft("application"),
                draft("application", 2, finalised=None, wrong_names=["Miasto Kraków"]),
            ],
            "holds",
        ),
    ],
    ids=[
        "rightly named",
        "wrongly named",
        "another document",
        "an old version, since corrected",
        "a new version, got wrong",
        "a new version that is not final",
    ],
)
def test_the_final_application_names_the_city_as_the_council_laid_down(
    drafts: Sequence[DraftFact], answer: str
) -> None:
    assert say("royal_name", facts_of("apply", form="association", drafts=drafts)) == answer


def test_the_document_and_the_name_found_in_it_are_shown() -> None:
    wrong = draft("application", wrong_names=["Miasto Kraków", "Gmina Miejska Kraków"])

    finding = ask("royal_name", facts_of("apply", form="association", drafts=[wrong]))

    assert finding.facts == {"document": "application", "found": "Miasto Kraków"}


# --- as_adopted ---


@pytest.mark.parametrize(
    ("words", "answer", "facts"),
    [
        ({"as_adopted": "yes"}, "holds", {}),
        (
            {"as_adopted": "no", "differences": "§ 4: 3 lata"},
            "broken",
            {"differences": "§ 4: 3 lata"},
        ),
        ({"as_adopted": "no"}, "broken", {"differences": "?"}),
        ({}, "undecided: as_adopted", {}),
    ],
)
@pytest.mark.parametrize("step", ["sign", "change"])
def test_the_text_signed_is_the_text_adopted(
    step: str, words: Mapping[str, str], answer: str, facts: Mapping[str, str]
) -> None:
    signature = facts_of(step, words)

    assert say("as_adopted", signature) == answer
    assert ask("as_adopted", signature).facts == facts


# --- authorised ---


@pytest.mark.parametrize(
    ("office", "authorisation", "authorised_on", "answer"),
    [
        ("mayor", None, None, "holds"),
        ("deputy_mayor", "17/2019", "2019-09-20", "holds"),
        ("deputy_mayor", "17/2019", "2019-09-21", "holds"),
        ("deputy_mayor", "17/2019", "2019-09-22", "broken: later"),
        ("deputy_mayor", "17/2019", "2019-09", "holds"),
        ("deputy_mayor", "17/2019", "2019-10", "broken: later"),
        ("deputy_mayor", "17/2019", None, "broken: none"),
        ("deputy_mayor", None, "2019-09-20", "broken: none"),
        ("other", None, None, "broken: none"),
        ("other", "17/2019", "2019", "holds"),
    ],
)
@pytest.mark.parametrize(
    ("step", "form"),
    [
        ("sign_working_document", "informal"),
        ("sign", "partnership"),
        ("sign", "programme"),
        ("apply", "association"),
        ("renew", "partnership"),
        ("change", "partnership"),
        ("give_notice", "partnership"),
    ],
)
def test_a_deputy_mayor_signs_on_a_written_authorisation_given_by_that_day(
    step: str,
    form: str,
    office: str,
    authorisation: str | None,
    authorised_on: str | None,
    answer: str,
) -> None:
    words = {
        "office": office,
        "signatory": "J. Muzyk",
        "authorisation": authorisation,
        "authorised_on": authorised_on,
        "date": "2019-09-21",
    }

    facts = facts_of(step, {name: word for name, word in words.items() if word}, form=form)

    assert say("authorised", facts) == answer


def test_who_signs_without_an_authorisation_or_before_it_is_named() -> None:
    words = {"office": "deputy_mayor", "signatory": "J. Muzyk", "date": "2019-09-21"}
    later = {"authorisation": "17/2019", "authorised_on": "2019-09-22"}

    without = ask("authorised", facts_of("sign", words))
    before = ask("authorised", facts_of("sign", {**words, **later}))
    nobody = facts_of("sign", office="deputy_mayor")

    assert without.facts == {"signatory": "J. Muzyk"}
    assert before.facts == {"signatory": "J. Muzyk", "authorised_on": "2019-09-22"}
    assert say("authorised", nobody) == "undecided: signatory"
    assert say("authorised", facts_of("sign")) == "undecided: office"


# --- countersigned ---


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        ({"payments": "no"}, []),
        ({"payments": "yes"}, ["countersigned_on", "contract_register"]),
        ({"payments": "yes", "countersigned_on": "2026-05-08"}, ["contract_register"]),
        ({"payments": "yes", "contract_register": "GRU/112/2026"}, ["countersigned_on"]),
        (
            {
                "payments": "yes",
                "countersigned_on": "2026-05-08",
                "contract_register": "GRU/112/2026",
            },
            [],
        ),
    ],
)
@pytest.mark.parametrize(
    ("step", "form"),
    [
        ("sign", "sectoral"),
        ("sign", "programme"),
        ("decide", "eu_programme"),
        ("apply", "association"),
        ("renew", "sectoral"),
        ("change", "sectoral"),
    ],
)
def test_what_costs_money_bears_the_treasurers_signature_and_a_register_number(
    step: str, form: str, words: Mapping[str, str], missing: list[str]
) -> None:
    finding = ask("countersigned", facts_of(step, words, form=form))

    assert finding.outcome == (Outcome.BROKEN if missing else Outcome.HOLDS)
    assert finding.facts == ({"missing": missing} if missing else {})


def test_whether_it_may_cost_money_is_answered() -> None:
    assert say("countersigned", facts_of("sign")) == "undecided: payments"


# --- partner_act ---


def test_the_partners_own_consent_is_on_file() -> None:
    stated = facts_of("sign", partner_act="Beschluss des Stadtrates VII-B-2026")

    assert say("partner_act", stated) == "holds"
    assert say("partner_act", facts_of("sign")) == "broken"


# --- drafts_final ---

RESOLUTION, ORDINANCE = "joining_resolution", "mayor_ordinance"


@pytest.mark.parametrize(
    ("drafts", "answer", "documents"),
    [
        ([draft(RESOLUTION), draft(ORDINANCE)], "holds", None),
        ([], "broken: missing", [RESOLUTION, ORDINANCE]),
        ([draft(RESOLUTION)], "broken: missing", [ORDINANCE]),
        ([draft(RESOLUTION), draft(ORDINANCE, finalised=None)], "broken: missing", [ORDINANCE]),
        (
            [draft(RESOLUTION, stale=["adopt.date"]), draft(ORDINANCE)],
            "broken: stale",
            [RESOLUTION],
        ),
        ([draft(RESOLUTION, stale=["adopt.date"])], "broken: missing", [ORDINANCE]),
        (
            [draft(RESOLUTION, 1, stale=["case.title"]), draft(RESOLUTION, 2), draft(ORDINANCE)],
            "holds",
            None,
        ),
        (
            [
                draft(RESOLUTION, 2, stale=["case.title"]),
                draft(RESOLUTION, 1),
                draft(ORDINANCE),
            ],
            "broken: stale",
            [RESOLUTION],
        ),
        (
            [draft(RESOLUTION), draft(RESOLUTION, 2, finalised=None), draft(ORDINANCE)],
            "holds",
            None,
        ),
    ],
    ids=[
        "both final",
        "neither there",
        "one there",
        "one not final",
        "one overtaken by the facts",
        "what is missing is told first",
        "an overtaken version, made anew",
        "the latest version overtaken",
        "a further version begun",
    ],
)
def test_the_file_goes_to_the_council_with_its_documents_final(
    drafts: Sequence[DraftFact], answer: str, documents: list[str] | None
) -> None:
    facts = facts_of("submit_to_council", form="association", drafts=drafts)

    assert say("drafts_final", facts) == answer
    assert ask("drafts_final", facts).facts.get("documents") == documents


@pytest.mark.parametrize(("finalised", "answer"), [(2, "broken: missing"), (5, "holds")])
def test_a_document_made_final_for_an_earlier_proposal_is_not_the_one_needed(
    finalised: int, answer: str
) -> None:
    proposed_again = [
        *road("association", "negotiation"),
        told("propose", "2026-02-16", form="association"),
        told("endorse", "2026-02-23"),
    ]
    drafts = [draft(kind, finalised=finalised) for kind in (RESOLUTION, ORDINANCE)]

    facts = facts_of("submit_to_council", form="association", acts=proposed_again, drafts=drafts)

    assert say("drafts_final", facts) == answer


def test_an_application_needs_its_own_document_only() -> None:
    facts = facts_of("apply", form="association", drafts=[draft("application")])

    assert say("drafts_final", facts) == "holds"


def test_a_step_without_documents_has_none_to_make_final() -> None:
    facts = facts_of("sign")

    without = replace(facts, row=replace(facts.row, documents=()))

    assert say("drafts_final", without) == "not_applicable"
