"""How a cooperation ends, prolongs itself, and comes back to where it was."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from models.vocabulary import Outcome
from tests.builders import (
    REFERENCE,
    AnyTold,
    ask,
    asked_too_early,
    decision,
    facts_of,
    road,
    say,
    told,
)
from workflow.facts import DecisionCase

# --- notice_kept ---

PETERSBURG = road(
    "partnership",
    "in_notice",
    open={"date": "2006-01-02"},
    sign={"term": "indefinite"},
    give_notice={"date": "2022-03-08", "delivered_on": "2022-03-16", "notice_months": "6"},
)


@pytest.mark.parametrize(
    ("date", "answer"),
    [
        ("2022-03-17", "broken"),
        ("2022-09-16", "broken"),
        ("2022-09-17", "holds"),
        ("2022-09", "holds"),
        ("2022-08", "broken"),
        ("XXXX", "holds"),
    ],
)
def test_saint_petersburg_ends_the_day_after_its_six_months_of_notice(
    date: str, answer: str
) -> None:
    facts = facts_of("end", form="partnership", acts=PETERSBURG, date=date)

    assert say("notice_kept", facts) == answer
    assert ask("notice_kept", facts).facts == {"last": "2022-09-16"}


@pytest.mark.parametrize(
    ("delivered", "last"),
    [("2026-08-31", "2027-02-28"), ("2023-08-31", "2024-02-29"), ("2026-05-01", "2026-11-01")],
    ids=["no 31 February", "a leap year", "All Saints, a Sunday: notice never rolls"],
)
def test_six_months_of_notice_end_on_the_day_of_the_same_number(delivered: str, last: str) -> None:
    history = road(
        "partnership",
        "in_notice",
        open={"date": "2019-01-07"},
        give_notice={"delivered_on": delivered},
    )

    facts = facts_of("end", form="partnership", acts=history, date=last)

    assert say("notice_kept", facts) == "broken"
    assert ask("notice_kept", facts).facts == {"last": last}


SIGNED = {"date": "2021-09-21", "term": "5 years"}


@pytest.mark.parametrize(
    ("sign", "propose", "date", "answer"),
    [
        (SIGNED, {}, "2026-09-21", "broken"),
        (SIGNED, {}, "2026-09-22", "holds"),
        ({"date": "2021-09-21", "term": "2026-06-30"}, {}, "2026-06-30", "broken"),
        ({"date": "2021-09-21", "term": "2026-06-30"}, {}, "2026-07-01", "holds"),
        ({**SIGNED, "in_force_from": "2021-11-01"}, {}, "2026-11-01", "broken"),
        ({**SIGNED, "in_force_from": "2021-11-01"}, {}, "2026-11-02", "holds"),
        ({"date": "2021-09-21"}, {"term": "5 years"}, "2026-09-21", "broken"),
        ({"date": "2021-09-21"}, {"term": "5 years"}, "2026-09-22", "holds"),
        ({"date": "2021-09-21", "term": "3 years"}, {"term": "5 years"}, "2024-09-22", "holds"),
        ({"date": "2021-09-21"}, {}, "2026-09-22", "undecided: last_day"),
        (
            {**SIGNED, "prolongation": "automatic", "prolongation_months": "12"},
            {},
            "2026-09-22",
            "broken: prolongs",
        ),
    ],
    ids=[
        "the last day of five years",
        "the day after",
        "the last day named",
        "the day after that",
        "the last day from a later beginning",
        "the day after that one",
        "the last day of the term adopted and not repeated",
        "the day after it",
        "signed for less than adopted",
        "no term anywhere",
        "prolongs itself",
    ],
)
def test_an_agreement_expires_the_day_after_its_term(
    sign: Mapping[str, str], propose: Mapping[str, str], date: str, answer: str
) -> None:
    history = road(
        "partnership", "in_force", open={"date": "2021-06-07"}, propose=propose, sign=sign
    )

    facts = facts_of("expire", form="partnership", acts=history, date=date)

    assert say("notice_kept", facts) == answer


@pytest.mark.parametrize(
    ("state", "answer"),
    [("in_force", "undecided: prolongation_months"), ("in_notice", "holds")],
)
def test_what_prolongs_itself_by_nobody_knows_how_much_does_not_expire_unasked(
    state: str, answer: str
) -> None:
    signed = {**SIGNED, "prolongation": "automatic"}
    history = road("partnership", state, open={"date": "2021-06-07"}, sign=signed)

    facts = facts_of("expire", form="partnership", acts=history, date="2026-09-22")

    assert say("notice_kept", facts) == answer


def test_what_was_never_in_force_cannot_run_out() -> None:
    never = asked_too_early(facts_of("expire"), road("twinning", "resolved"))

    assert say("notice_kept", never) == "undecided: last_day"


# --- prolonged_by_clause ---

GOTHENBURG = {
    "date": "2021-03-22",
    "term": "5 years",
    "prolongation": "automatic",
    "prolongation_months": "60",
}


@pytest.mark.parametrize(
    ("sign", "date", "answer"),
    [
        (GOTHENBURG, "2026-03-22", "broken: early"),
        (GOTHENBURG, "2026-03-23", "holds"),
        (GOTHENBURG, "2026-03", "holds"),
        (GOTHENBURG, "2026-02", "broken: early"),
        ({**GOTHENBURG, "prolongation": "by_consent"}, "2026-03-23", "broken: none"),
        ({**GOTHENBURG, "term": "indefinite"}, "2026-03-23", "broken: none"),
    ],
    ids=[
        "the last day",
        "the day after",
        "some day of March",
        "some day of February",
        "only by consent",
        "without an end",
    ],
)
def test_an_agreement_prolongs_itself_by_its_clause_once_its_term_has_run(
    sign: Mapping[str, str], date: str, answer: str
) -> None:
    history = road("partnership", "in_force", open={"date": "2021-01-04"}, sign=sign)

    facts = facts_of("prolong", form="partnership", acts=history, date=date)

    assert say("prolonged_by_clause", facts) == answer


def test_under_notice_nothing_prolongs_itself_though_its_delivery_is_uncertain() -> None:
    history = road(
        "partnership",
        "in_notice",
        open={"date": "2021-01-04"},
        sign=GOTHENBURG,
        give_notice={"date": "2025-09-01", "delivered_on": "2025-09"},
    )

    answers = [
        say("notice_kept", facts_of("end", form="partnership", acts=history, date=date))
        for date in ("2026-03-22", "2026-03-23")
    ]

    assert answers == ["broken", "holds"]


def test_what_was_never_in_force_prolongs_nothing() -> None:
    never = asked_too_early(facts_of("prolong"), road("twinning", "resolved"))

    assert say("prolonged_by_clause", never) == "broken: none"


# --- as_it_was ---


@pytest.mark.parametrize(
    ("form", "source"),
    [
        ("twinning", "resolved"),
        ("association", "before_voivode"),
        ("association", "before_minister"),
        ("association", "consented"),
        ("association", "refused"),
        ("association", "applied"),
        ("twinning", "in_force"),
        ("twinning", "suspended"),
        ("twinning", "in_notice"),
        ("honorary_title", "in_force"),
    ],
)
def test_a_court_returns_a_case_to_where_the_annulment_found_it(form: str, source: str) -> None:
    was_in_force = source in {"in_force", "suspended", "in_notice"}
    history: Sequence[AnyTold] = [*road(form, source), told("annul", "2026-06-15")]

    upheld = ask("as_it_was", facts_of("uphold", form=form, acts=history))
    reinstated = ask("as_it_was", facts_of("reinstate", form=form, acts=history))

    right, wrong = (reinstated, upheld) if was_in_force else (upheld, reinstated)
    assert (right.outcome, right.facts) == (Outcome.HOLDS, {"was": source})
    assert (wrong.outcome, wrong.facts) == (Outcome.BROKEN, {"was": source})
    assert wrong.variant == ("reinstate" if was_in_force else "uphold")


@pytest.mark.parametrize("step", ["uphold", "reinstate"])
def test_an_annulment_that_is_not_on_file_is_not_guessed_at(step: str) -> None:
    taken_over = told("enter", "2007-06-06", form="twinning", state="annulled")

    assert say("as_it_was", facts_of(step, acts=[taken_over])) == "undecided: annul"


SUSPENDING = decision("suspend", "carried_out", reference="KRK-2026-0041")
ENDING = decision("end", "carried_out", reference="KRK-2026-0042")


@pytest.mark.parametrize(
    ("state", "about", "decisions", "answer"),
    [
        ("suspended", "KRK-2026-0041", [SUSPENDING, ENDING], "holds"),
        ("suspended", "KRK-2026-0042", [SUSPENDING, ENDING], "broken: decision"),
        ("in_notice", "KRK-2026-0042", [SUSPENDING, ENDING], "holds"),
        ("in_notice", "KRK-2026-0041", [SUSPENDING, ENDING], "broken: decision"),
        ("terminated", "KRK-2026-0042", [ENDING], "holds"),
        ("terminated", REFERENCE, [ENDING], "broken: decision"),
        ("terminated", "KRK-2026-0042", [], "broken: decision"),
        ("terminated", "KRK-2026-0042", [replace(ENDING, state="resolved")], "broken: decision"),
    ],
)
def test_an_annulled_decision_is_undone_if_it_is_the_one_that_was_carried_out(
    state: str, about: str, decisions: Sequence[DecisionCase], answer: str
) -> None:
    facts = facts_of("restore", state=state, decisions=decisions, about=about)

    assert say("as_it_was", facts) == answer


def test_a_decision_struck_down_restores_a_case_once() -> None:
    suspended = road("twinning", "suspended")
    restored = [*suspended, told("restore", "2026-06-01", about="KRK-2026-0041")]
    suspended_again = [*restored, told("suspend", "2026-07-01")]

    answers = [
        say(
            "as_it_was",
            facts_of("restore", acts=history, decisions=[SUSPENDING], about="KRK-2026-0041"),
        )
        for history in (suspended, suspended_again)
    ]

    assert answers == ["holds", "broken: decision"]


def test_which_decision_was_annulled_is_stated() -> None:
    assert say("as_it_was", facts_of("restore", decisions=[ENDING])) == "undecided: about"
