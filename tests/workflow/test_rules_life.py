"""A cooperation in force: the decision behind what happens to it, and its review."""

from collections.abc import Sequence

import pytest

from models.vocabulary import Outcome
from tests.builders import (
    ask,
    decision,
    facts_of,
    road,
    say,
    told,
)

PURPOSES = {
    "change": "change",
    "renew": "renew",
    "suspend": "suspend",
    "resume": "resume",
    "give_notice": "end",
    "terminate": "end",
}

# --- decided ---


@pytest.mark.parametrize(("step", "purpose"), PURPOSES.items())
def test_what_happens_to_an_agreement_rests_on_a_decision_of_that_purpose(
    step: str, purpose: str
) -> None:
    right = decision(purpose, reference="KRK-2026-0031")
    others = [decision(other) for other in PURPOSES.values() if other != purpose]

    finding = ask("decided", facts_of(step, decisions=[*others, right]))
    without = ask("decided", facts_of(step, decisions=others))

    assert finding.outcome == Outcome.HOLDS
    assert finding.facts == {"decision": "KRK-2026-0031", "resolution": "XLVIII/1330/26"}
    assert (without.outcome, without.variant) == (Outcome.BROKEN, "none")
    assert without.facts == {"purpose": purpose}


@pytest.mark.parametrize(
    ("state", "answer"),
    [
        ("before_council", "broken: none"),
        ("resolved", "holds"),
        ("consented", "broken: none"),
        ("carried_out", "broken: none"),
        ("annulled", "broken: none"),
        ("rejected", "broken: none"),
    ],
)
def test_a_decision_serves_from_its_resolution_until_it_is_carried_out(
    state: str, answer: str
) -> None:
    facts = facts_of("suspend", decisions=[decision("suspend", state)])

    assert say("decided", facts) == answer


@pytest.mark.parametrize(
    ("state", "answer"),
    [("resolved", "broken: none"), ("consented", "holds"), ("refused", "broken: none")],
)
def test_a_membership_continues_only_with_the_ministers_consent(state: str, answer: str) -> None:
    facts = facts_of(
        "continue_membership",
        form="association",
        decisions=[decision("continue_membership", state)],
    )

    assert say("decided", facts) == answer


@pytest.mark.parametrize(
    ("decided_on", "date", "answer"),
    [
        ("2026-03-25", "2026-03-24", "broken: later"),
        ("2026-03-25", "2026-03-25", "holds"),
        ("2026-03-25", "2026-03", "holds"),
        ("2026-03-25", "2026-02", "broken: later"),
        ("2026-03", "2026-03-01", "holds"),
        (None, "1990-01-01", "holds"),
    ],
)
def test_the_decision_comes_before_what_it_decides(
    decided_on: str | None, date: str, answer: str
) -> None:
    behind = decision("end", date=decided_on)

    facts = facts_of("terminate", decisions=[behind], date=date)

    assert say("decided", facts) == answer


def test_a_decision_that_came_later_is_named() -> None:
    facts = facts_of("terminate", decisions=[decision("end")], date="2026-03-24")

    assert ask("decided", facts).facts == {"decision": "KRK-2026-0099", "decided": "2026-03-25"}


@pytest.mark.parametrize(
    ("step", "form"),
    [
        ("change", "programme"),
        ("renew", "eu_programme"),
        ("give_notice", "political_association"),
        ("terminate", "programme"),
    ],
)
def test_the_mayor_decides_about_his_own_forms_by_ordinance(step: str, form: str) -> None:
    councils = decision(PURPOSES[step])

    by_ordinance = facts_of(step, form=form, ordinance="667/2026")
    without = facts_of(step, form=form, decisions=[councils])

    assert say("decided", by_ordinance) == "holds"
    assert say("decided", without) == "broken: mayor"


@pytest.mark.parametrize(
    ("prolongation", "clause", "answer"),
    [
        ("by_consent", "yes", "holds"),
        ("by_consent", "no", "broken"),
        ("by_consent", None, "broken"),
        ("automatic", "yes", "broken"),
        ("none", "yes", "broken"),
    ],
)
@pytest.mark.parametrize("form", ["partnership", "programme"])
def test_an_extension_clause_agreed_at_signature_renews_without_a_new_decision(
    form: str, prolongation: str, clause: str | None, answer: str
) -> None:
    signed = road(form, "in_force", sign={"prolongation": prolongation})
    words = {} if clause is None else {"clause": clause}

    facts = facts_of("renew", words, form=form, acts=signed)

    assert ask("decided", facts).outcome == answer


def test_the_clause_of_an_agreement_older_than_the_register_counts_too() -> None:
    san_francisco = told(
        "enter", "2009", form="partnership", state="in_force", prolongation="by_consent"
    )
    silent = told("enter", "2009", form="partnership", state="in_force")

    answers = [
        say("decided", facts_of("renew", form="partnership", acts=[entered], clause="yes"))
        for entered in (san_francisco, silent)
    ]

    assert answers == ["holds", "broken: none"]


def test_what_the_mayor_decided_alone_has_no_clause_to_renew_it() -> None:
    facts = facts_of("renew", form="eu_programme", clause="yes")

    assert say("decided", facts) == "broken: mayor"


def test_the_clause_renews_and_changes_nothing_else() -> None:
    signed = road("partnership", "in_force", sign={"prolongation": "by_consent"})

    assert say("decided", facts_of("change", form="partnership", acts=signed)) == "broken: none"


# --- right_purpose ---


@pytest.mark.parametrize(
    ("purpose", "to_the_minister", "without_him"),
    [
        ("continue_membership", "holds", "broken: consent"),
        ("end", "broken: minister", "holds"),
        ("change", "broken: minister", "holds"),
        ("renew", "broken: minister", "holds"),
        ("suspend", "broken: minister", "holds"),
        ("resume", "broken: minister", "holds"),
    ],
)
def test_only_continuing_a_membership_goes_to_the_minister(
    purpose: str, to_the_minister: str, without_him: str
) -> None:
    raised = {"raise": {"purpose": purpose}}
    resolved = road("decision", "resolved", **raised)
    consented = road("decision", "consented", **raised)

    sent = facts_of("send_to_voivode", form="decision", acts=resolved)
    carried_out = facts_of("carry_out", form="decision", acts=resolved)
    carried_out_with_consent = facts_of("carry_out", form="decision", acts=consented)

    assert say("right_purpose", sent) == to_the_minister
    assert say("right_purpose", carried_out) == without_him
    assert say("right_purpose", carried_out_with_consent) == to_the_minister


def test_a_decision_whose_purpose_is_not_on_file_waits() -> None:
    taken_over = told("enter", "2004-05-12", form="decision", state="resolved")

    facts = facts_of("carry_out", form="decision", acts=[taken_over])

    assert say("right_purpose", facts) == "undecided: purpose"


# --- reviewed ---


@pytest.mark.parametrize(
    ("reviews", "renewed", "answer"),
    [
        (["2025-09-21"], "2026-09-21", "holds"),
        (["2025-09-20"], "2026-09-21", "broken: old"),
        (["2026-09-21"], "2026-09-21", "holds"),
        (["2026-09-22"], "2026-09-21", "broken: none"),
        (["2026-03-02", "2026-10-05"], "2026-09-21", "holds"),
        (["2025"], "2026-09-21", "holds"),
        (["2024"], "2026-09-21", "broken: old"),
        (["2024-02-29"], "2025-02-28", "holds"),
        (["2024"], "XXXX", "holds"),
        ([], "2026-09-21", "broken: none"),
    ],
    ids=[
        "a year ago to the day",
        "a year and a day ago",
        "the same day",
        "only afterwards",
        "before and afterwards",
        "some day of last year",
        "no day of the year before",
        "from a leap day",
        "renewed on an unknown day",
        "never",
    ],
)
def test_a_review_of_the_last_year_precedes_a_renewal(
    reviews: Sequence[str], renewed: str, answer: str
) -> None:
    history = [
        *road("partnership", "in_force", open={"date": "2019-01-07"}),
        *(told("review", date) for date in reviews),
    ]

    facts = facts_of("renew", form="partnership", acts=history, date=renewed)

    assert say("reviewed", facts) == answer
