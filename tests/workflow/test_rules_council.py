"""The City Council: opinions on file, votes that add up, and majorities."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.vocabulary import Outcome
from tests import profiles  # noqa: F401 - importing it chooses the profile
from tests.builders import (
    AnyTold,
    ask,
    facts_of,
    partner,
    road,
    say,
    settings,
    sibling,
    told,
)
from workflow.facts import Facts, Sibling
from workflow.inputs import Votes

# --- opinions, minister_opinion ---


def opinion(whose: str, what: str = "favourable", date: str = "2026-01-28") -> AnyTold:
    return told("record_opinion", date, opinion_of=whose, opinion=what)


@pytest.mark.parametrize(
    ("given", "answer"),
    [
        ([], "broken: missing"),
        ([("legal_adviser", "favourable")], "broken: missing"),
        ([("committee", "favourable"), ("treasurer", "favourable")], "broken: missing"),
        ([("legal_adviser", "favourable"), ("committee", "favourable")], "holds"),
        ([("legal_adviser", "unfavourable"), ("committee", "remarks")], "holds"),
        (
            [
                ("legal_adviser", "favourable"),
                ("committee", "favourable"),
                ("minister", "favourable"),
            ],
            "holds",
        ),
        (
            [("legal_adviser", "favourable"), ("committee", "favourable"), ("minister", "remarks")],
            "broken: minister",
        ),
        (
            [
                ("legal_adviser", "favourable"),
                ("committee", "favourable"),
                ("minister", "unfavourable"),
                ("minister", "favourable"),
            ],
            "holds",
        ),
    ],
)
def test_two_opinions_are_on_file_and_the_ministers_if_asked_for_is_favourable(
    given: list[tuple[str, str]], answer: str
) -> None:
    history = [*road("partnership", "before_council"), *(opinion(*each) for each in given)]

    facts = facts_of("adopt", form="partnership", acts=history)

    assert say("opinions", facts) == answer


def test_the_opinions_that_are_missing_are_named() -> None:
    history = [*road("partnership", "before_council"), opinion("committee")]

    finding = ask("opinions", facts_of("adopt", form="partnership", acts=history))

    assert finding.facts == {"missing": ["legal_adviser"]}


def test_opinions_on_an_earlier_proposal_no_longer_count() -> None:
    both = [opinion("legal_adviser"), opinion("committee")]
    first_time = [*road("partnership", "before_council"), *both]
    second_time = [
        *first_time,
        told("vote_down", "2026-02-04"),
        told("propose", "2026-02-11", form="partnership"),
        told("endorse", "2026-02-18"),
        told("submit_to_council", "2026-02-25"),
    ]

    answers = [
        say("opinions", facts_of("adopt", form="partnership", acts=history))
        for history in (first_time, second_time, [*second_time, *both])
    ]

    assert answers == ["holds", "broken: missing", "holds"]


@pytest.mark.parametrize(
    ("ours", "opinions", "answer"),
    [
        ({}, [], "not_applicable"),
        ({"minister_opinion": "block"}, [], "broken"),
        ({"minister_opinion": "block"}, ["remarks"], "broken"),
        ({"minister_opinion": "block"}, ["favourable"], "holds"),
        ({"minister_opinion": "block"}, ["favourable", "unfavourable"], "broken"),
        ({"minister_opinion.RU": "block"}, [], "broken"),
        ({"minister_opinion.BY": "block"}, [], "not_applicable"),
        ({"minister_opinion": "block", "minister_opinion.RU": "warn"}, [], "not_applicable"),
    ],
)
def test_the_ministers_opinion_is_obligatory_where_the_office_says_so(
    ours: Mapping[str, str], opinions: list[str], answer: str
) -> None:
    given = [opinion("minister", what) for what in opinions]
    history = [*road("partnership", "before_council"), *given]

    facts = facts_of(
        "adopt",
        form="partnership",
        acts=history,
        partner=partner("saint-petersburg", "RU"),
        settings=settings(ours),
    )

    assert say("minister_opinion", facts) == answer


def test_the_ministers_opinion_is_obligatory_from_the_day_the_office_says() -> None:
    from_april = settings({"minister_opinion.RU": "block"}, since="2026-04-01")
    petersburg = partner("saint-petersburg", "RU")

    answers = [
        say(
            "minister_opinion",
            facts_of("adopt", date=date, partner=petersburg, settings=from_april),
        )
        for date in ("2026-03-31", "2026-04-01")
    ]

    assert answers == ["not_applicable", "broken"]


# --- votes_add_up ---


@pytest.mark.parametrize(
    ("votes", "present", "answer", "facts"),
    [
        ("22/15/6", "43", "holds", {}),
        ("22/15/5", "43", "holds", {}),
        ("22/15/6", "42", "broken: votes", {"votes": 43, "present": 42}),
        ("22/15/6", "44", "broken: present", {"present": 44, "of": 43}),
        ("0/0/0", "0", "holds", {}),
    ],
)
@pytest.mark.parametrize("step", ["adopt", "vote_down"])
def test_nobody_votes_who_is_not_there_and_43_is_the_whole_council(
    step: str, votes: str, present: str, answer: str, facts: Mapping[str, int]
) -> None:
    vote = facts_of(step, votes=votes, present=present)

    assert say("votes_add_up", vote) == answer
    assert ask("votes_add_up", vote).facts == facts


@pytest.mark.parametrize("rule", ["votes_add_up", "simple_majority"])
def test_a_vote_is_not_judged_before_it_is_told(rule: str) -> None:
    answers = [say(rule, facts_of("adopt", words)) for words in ({}, {"votes": "22/20/0"})]

    assert answers == ["undecided: votes", "undecided: present"]


# --- simple_majority, absolute_majority ---


@pytest.mark.parametrize(
    ("votes", "present", "answer"),
    [
        ("12/10/0", "22", "holds"),
        ("12/9/0", "21", "broken: quorum"),
        ("1/0/21", "22", "holds"),
        ("11/11/0", "22", "broken: votes"),
        ("10/11/20", "41", "broken: votes"),
        ("0/0/22", "22", "broken: votes"),
    ],
)
def test_more_for_than_against_with_22_of_43_present_carry_an_agreement(
    votes: str, present: str, answer: str
) -> None:
    assert say("simple_majority", facts_of("adopt", votes=votes, present=present)) == answer


def test_22_of_43_carry_an_accession_and_21_do_not() -> None:
    carried = facts_of("adopt", form="association", votes="22/21/0", present="43")
    lost = facts_of("adopt", form="association", votes="21/0/22", present="43")

    finding = ask("absolute_majority", lost)

    assert say("absolute_majority", carried) == "holds"
    assert finding.outcome == Outcome.BROKEN
    assert finding.facts == {"in_favour": 21, "needed": 22, "of": 43}


def test_a_vote_on_joining_is_not_judged_before_it_is_told() -> None:
    facts = facts_of("adopt", form="association", present="43")

    assert say("absolute_majority", facts) == "undecided: votes"


EUROCITIES = sibling("eurocities", "association", country="BE")
LEIPZIG = sibling("leipzig", "partnership", country="DE")


@pytest.mark.parametrize(
    ("purpose", "about", "ours", "absolute"),
    [
        ("continue_membership", EUROCITIES, {}, True),
        ("end", EUROCITIES, {}, False),
        ("end", EUROCITIES, {"withdrawal_majority": "simple"}, False),
        ("end", EUROCITIES, {"withdrawal_majority": "absolute"}, True),
        ("end", LEIPZIG, {"withdrawal_majority": "absolute"}, False),
        ("end", None, {"withdrawal_majority": "absolute"}, False),
        ("renew", LEIPZIG, {"withdrawal_majority": "absolute"}, False),
        ("suspend", EUROCITIES, {"withdrawal_majority": "absolute"}, False),
    ],
)
def test_which_majority_a_decision_needs_its_purpose_says(
    purpose: str, about: Sibling | None, ours: Mapping[str, str], *, absolute: bool
) -> None:
    history = road("decision", "before_council", **{"raise": {"purpose": purpose}})

    facts = facts_of(
        "adopt",
        form="decision",
        acts=history,
        about_case=about,
        settings=settings(ours),
        votes="21/1/0",
        present="22",
    )

    answers = ("not_applicable", "broken") if absolute else ("holds", "not_applicable")
    assert (say("simple_majority", facts), say("absolute_majority", facts)) == answers


def test_the_council_counts_as_many_as_the_setting_of_the_day_says() -> None:
    of_37_from_2029 = settings({"statutory_composition": 37}, since="2029-05-07")
    words = {"votes": "19/18/0", "present": "37"}

    answers = [
        say(
            "absolute_majority",
            facts_of(
                "adopt",
                {**words, "date": date},
                form="association",
                settings=of_37_from_2029,
                today=dt.date(2030, 1, 1),
            ),
        )
        for date in ("2029-05-06", "2029-05-07")
    ]

    assert answers == ["broken", "holds"]


VOTES = st.builds(Votes, *[st.integers(0, 60)] * 3)


def of_a_council(facts: Facts, of: int, votes: Votes, present: int) -> Facts:
    return replace(
        facts,
        settings=settings({"statutory_composition": of}),
        inputs={"votes": votes, "present": present},
    )


AGREEMENT = facts_of("adopt")
ACCESSION = facts_of("adopt", form="association")


@example(of=44, votes=Votes(12, 10, 0), present=22)
@example(of=44, votes=Votes(12, 9, 0), present=21)
@given(of=st.integers(1, 60), votes=VOTES, present=st.integers(0, 60))
def test_a_simple_majority_is_one_whatever_the_size_of_the_council(
    of: int, votes: Votes, present: int
) -> None:
    # Weighed as a scale, without halves: everybody present on one side, everybody absent on the
    # other; then those for and those against.
    quorate = present >= of - present
    carried = quorate and votes.in_favour - votes.against > 0

    finding = ask("simple_majority", of_a_council(AGREEMENT, of, votes, present))

    assert (finding.outcome == Outcome.HOLDS) is carried
    assert (finding.variant == "quorum") is not quorate


@example(of=44, votes=Votes(22, 22, 0), present=44)
@example(of=44, votes=Votes(23, 21, 0), present=44)
@given(of=st.integers(1, 60), votes=VOTES, present=st.integers(0, 60))
def test_an_absolute_majority_outweighs_everybody_else_of_the_council(
    of: int, votes: Votes, present: int
) -> None:
    everybody_else = of - votes.in_favour

    finding = ask("absolute_majority", of_a_council(ACCESSION, of, votes, present))

    assert (finding.outcome == Outcome.HOLDS) is (votes.in_favour > everybody_else)


@given(votes=VOTES, present=st.integers(0, 60), of=st.integers(1, 60))
def test_votes_add_up_if_every_vote_has_a_councillor_and_every_councillor_a_seat(
    votes: Votes, present: int, of: int
) -> None:
    seats = range(of)
    councillors = range(present)
    cast = [vote for vote, number in enumerate(votes) for _ in range(number)]

    finding = ask("votes_add_up", of_a_council(AGREEMENT, of, votes, present))

    fits = len(cast) <= len(councillors) <= len(seats)
    assert (finding.outcome == Outcome.HOLDS) is fits
