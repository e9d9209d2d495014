"""What is proposed: its features, fields, reasons and term, and who may endorse it."""

from collections.abc import Mapping

import pytest

from models.vocabulary import Outcome
from tests.builders import (
    MANAGER,
    OFFICER,
    AnyTold,
    actor,
    ask,
    facts_of,
    road,
    say,
    sibling,
    told,
)
from workflow.facts import Actor

# --- twin_features, one_field, wide_scope ---


def test_the_features_of_a_twin_city_are_stated_when_the_title_is_proposed() -> None:
    stated = facts_of("propose", form="honorary_title", features="dawna stolica, uniwersytet")
    silent = facts_of("propose", form="honorary_title")

    assert say("twin_features", stated) == "holds"
    assert say("twin_features", silent) == "broken"


@pytest.mark.parametrize(
    ("words", "answer"), [({"features": "dawna stolica"}, "holds"), ({}, "broken")]
)
def test_a_title_the_councillors_proposed_is_adopted_with_its_features(
    words: dict[str, str], answer: str
) -> None:
    draft = ("receive_council_draft", "2026-01-12", {"form": "honorary_title", **words})

    facts = facts_of("adopt", form="honorary_title", acts=[("open", "2026-01-05"), draft])

    assert say("twin_features", facts) == answer


@pytest.mark.parametrize(
    ("form", "fields", "answer"),
    [
        ("sectoral", "sport", "holds"),
        ("sectoral", "sport, kultura", "broken: sectoral"),
        ("sectoral", None, "broken: sectoral"),
        ("sectoral", "sport, sport", "holds"),
        ("twinning", "kultura", "holds"),
        ("twinning", "kultura, sport, oświata", "holds"),
        ("partnership", None, "broken: none"),
    ],
)
def test_a_sectoral_agreement_names_one_field_and_a_wide_one_at_least_one(
    form: str, fields: str | None, answer: str
) -> None:
    words = {} if fields is None else {"fields": fields}

    proposed = facts_of("propose", words, form=form)
    adopted = facts_of("adopt", form=form, acts=road(form, "before_council", propose=words))

    assert [say("one_field", facts) for facts in (proposed, adopted)] == [answer, answer]


@pytest.mark.parametrize(
    ("fields", "few"),
    [(None, {"count": 0}), ("kultura", {"count": 1}), ("kultura, sport", None)],
)
def test_a_wide_agreement_of_a_single_field_is_remarked_on(
    fields: str | None, few: Mapping[str, int] | None
) -> None:
    facts = facts_of("propose", {} if fields is None else {"fields": fields})

    finding = ask("wide_scope", facts)

    assert finding.outcome == (Outcome.HOLDS if few is None else Outcome.BROKEN)
    assert finding.facts == (few or {})


# --- justified ---


@pytest.mark.parametrize(
    ("form", "given", "missing"),
    [
        ("twinning", "justification objectives", []),
        ("twinning", "justification", ["objectives"]),
        ("twinning", "objectives", ["justification"]),
        ("twinning", "", ["justification", "objectives"]),
        ("honorary_title", "justification financial_effect", []),
        ("honorary_title", "justification objectives", ["financial_effect"]),
        ("eu_programme", "justification objectives", []),
    ],
)
def test_a_proposal_says_why_and_what_it_is_to_reach(
    form: str, given: str, missing: list[str]
) -> None:
    facts = facts_of("propose", dict.fromkeys(given.split(), "trzy wymiany w roku"), form=form)

    finding = ask("justified", facts)

    assert finding.outcome == (Outcome.BROKEN if missing else Outcome.HOLDS)
    assert finding.facts == ({"missing": missing} if missing else {})


@pytest.mark.parametrize(
    ("purpose", "answer"),
    [
        ("end", "holds"),
        ("suspend", "holds"),
        ("resume", "broken"),
        ("change", "broken"),
        ("renew", "broken"),
        ("continue_membership", "broken"),
    ],
)
def test_ending_and_suspending_have_no_objectives_to_state(purpose: str, answer: str) -> None:
    first = facts_of("raise", form="decision", purpose=purpose, justification="brak kontaktów")
    returned = road("decision", "negotiation", **{"raise": {"purpose": purpose}})
    again = facts_of("propose", form="decision", acts=returned, justification="brak kontaktów")

    assert [say("justified", facts) for facts in (first, again)] == [answer, answer]


def test_a_decision_without_a_purpose_is_not_guessed_at() -> None:
    raised = facts_of("raise", form="decision", justification="brak kontaktów")

    assert say("justified", raised) == "undecided: purpose"


# --- projects_first ---


@pytest.mark.parametrize(
    ("begun", "answer"),
    [
        ([], "broken"),
        (["2026-02-01"], "holds"),
        (["2026-02-02"], "holds"),
        (["2026-02-03"], "broken"),
        (["2026-02-03", "2024"], "holds"),
        (["2026"], "holds"),
        (["2026-02"], "holds"),
        (["2026-03"], "broken"),
        (["XXXX"], "holds"),
    ],
)
def test_an_agreement_rests_on_a_project_begun_by_its_day(begun: list[str], answer: str) -> None:
    facts = facts_of("propose", projects=begun, date="2026-02-02")

    assert say("projects_first", facts) == answer


def test_a_letter_of_intent_stands_in_for_a_project_also_when_proposed_again() -> None:
    letter = told("sign_working_document", "2026-01-12", document_kind="letter_of_intent")
    signed: list[AnyTold] = [("open", "2026-01-05"), letter]
    returned = [
        *signed,
        told("propose", "2026-01-19", form="twinning"),
        told("return", "2026-01-26"),
    ]

    answers = [
        say("projects_first", facts_of("propose", acts=history)) for history in (signed, returned)
    ]

    assert answers == ["holds", "holds"]


# --- only_intent, programme_basis, no_transfer, classified ---


@pytest.mark.parametrize(
    ("rule", "step", "form", "question"),
    [
        ("only_intent", "sign_working_document", "informal", "binding"),
        ("no_transfer", "propose", "association", "transfers"),
    ],
)
def test_an_obligation_or_a_transfer_is_answered_no(
    rule: str, step: str, form: str, question: str
) -> None:
    answers = [say(rule, facts_of(step, {question: word}, form=form)) for word in ("nie", "tak")]
    silent = say(rule, facts_of(step, form=form))

    assert answers == ["holds", "broken"]
    assert silent == f"undecided: {question}"


@pytest.mark.parametrize(
    ("state", "resolution", "answer"),
    [
        ("in_force", None, "holds"),
        ("suspended", None, "broken"),
        ("in_notice", None, "broken"),
        ("resolved", None, "broken"),
        ("expired", "XC/2368/17", "holds"),
        (None, "XC/2368/17", "holds"),
        (None, None, "broken"),
    ],
)
def test_a_programme_rests_on_an_agreement_in_force_or_a_resolution(
    state: str | None, resolution: str | None, answer: str
) -> None:
    agreement = sibling("leipzig", "partnership", state, identity=1) if state else None
    words = {"resolution": resolution} if resolution else {}

    facts = facts_of("sign", words, form="programme", under_case=agreement)

    assert say("programme_basis", facts) == answer


@pytest.mark.parametrize(
    ("form", "identity"), [("partnership", 2), ("eu_programme", 1), ("honorary_title", 1)]
)
def test_a_programme_rests_on_no_other_partners_agreement_and_on_nothing_but_an_agreement(
    form: str, identity: int
) -> None:
    other = sibling("leipzig", form, "in_force", identity=identity)

    facts = facts_of("sign", form="programme", under_case=other)

    assert say("programme_basis", facts) == "broken"


@pytest.mark.parametrize(
    ("form", "word", "answer"),
    [
        ("association", "yes", "holds"),
        ("association", "no", "broken: no"),
        ("political_association", "no", "holds"),
        ("political_association", "yes", "broken: yes"),
    ],
)
def test_an_association_of_communities_is_joined_as_one_and_nothing_else_is(
    form: str, word: str, answer: str
) -> None:
    facts = facts_of("propose", form=form, classification=word, classification_reason="statut, § 1")

    assert say("classified", facts) == answer


def test_whether_it_is_an_association_is_answered_and_with_a_reason() -> None:
    unanswered = facts_of("propose", form="association", classification_reason="statut, § 1")
    without_reason = facts_of("propose", form="association", classification="yes")

    assert say("classified", unanswered) == "undecided: classification"
    assert say("classified", without_reason) == "undecided: classification_reason"


# --- four_eyes ---


@pytest.mark.parametrize(
    ("proposed_by", "endorsed_by", "same"),
    [
        ((OFFICER, None), actor(MANAGER), None),
        ((OFFICER, None), actor(OFFICER), OFFICER),
        ((OFFICER, None), actor(MANAGER, OFFICER), OFFICER),
        ((OFFICER, None), actor(OFFICER, MANAGER), OFFICER),
        ((OFFICER, MANAGER), actor(MANAGER), MANAGER),
        ((OFFICER, "ola.zastepca"), actor("ola.zastepca"), "ola.zastepca"),
        ((OFFICER, "ola.zastepca"), actor("jan.zastepca", "ola.zastepca"), "ola.zastepca"),
        ((OFFICER, "ola.zastepca"), actor(MANAGER, "jan.zastepca"), None),
    ],
    ids=[
        "another person",
        "the same person",
        "a manager standing in for who proposed",
        "who proposed, standing in for the manager",
        "the manager in whose place it was proposed",
        "the person in whose place it was proposed",
        "two who stood in for one person",
        "four different persons",
    ],
)
def test_who_proposed_does_not_endorse_also_not_through_a_substitution(
    proposed_by: tuple[str, str | None], endorsed_by: Actor, same: str | None
) -> None:
    who, behalf = proposed_by
    history = road("twinning", "proposed", propose={"who": who, "on_behalf_of": behalf})

    finding = ask("four_eyes", facts_of("endorse", acts=history, actor=endorsed_by))

    if same is None:
        assert (finding.outcome, finding.facts) == (Outcome.HOLDS, {"proposer": OFFICER})
    else:
        assert (finding.outcome, finding.facts) == (Outcome.BROKEN, {"proposer": same})


def test_the_eyes_are_those_of_the_latest_proposal() -> None:
    again: AnyTold = told("propose", "2026-02-16", form="twinning", who="ola.zastepca")
    history = [*road("twinning", "negotiation"), again]

    first_proposer = facts_of("endorse", acts=history, actor=actor(OFFICER))
    second_proposer = facts_of("endorse", acts=history, actor=actor("ola.zastepca"))

    assert say("four_eyes", first_proposer) == "holds"
    assert say("four_eyes", second_proposer) == "broken"


def test_where_the_register_knows_no_proposer_four_eyes_are_not_asked_for() -> None:
    taken_over = told("enter", "2025-06-02", form="twinning", state="proposed")

    facts = facts_of("endorse", acts=[taken_over])

    assert say("four_eyes", facts) == "not_applicable"


# --- definite_term ---


@pytest.mark.parametrize(
    ("term", "answer"),
    [
        ("5 years", "holds"),
        ("1 month", "holds"),
        ("2031-12-31", "holds"),
        ("indefinite", "broken: indefinite"),
        (None, "broken: none"),
    ],
)
def test_an_agreement_is_for_a_definite_period(term: str | None, answer: str) -> None:
    words = {} if term is None else {"term": term}
    history = road("partnership", "before_council", propose=words)

    proposed = facts_of("propose", words, form="partnership")
    adopted = facts_of("adopt", form="partnership", acts=history)

    assert [say("definite_term", facts) for facts in (proposed, adopted)] == [answer, answer]


def test_the_term_signed_counts_before_the_term_proposed() -> None:
    history = road("partnership", "resolved", propose={"term": "5 years"})

    silent = facts_of("sign", form="partnership", acts=history)
    indefinite = facts_of("sign", form="partnership", acts=history, term="nieokreślony")

    assert say("definite_term", silent) == "holds"
    assert say("definite_term", indefinite) == "broken: indefinite"
