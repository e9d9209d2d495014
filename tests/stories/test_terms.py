"""Terms that run: renewed by signature, prolonged by themselves, or run out.

Edinburgh's agreement is renewed every five years, Gothenburg's prolongs itself (domain.md 1.10).
"""

from collections.abc import Sequence
from datetime import date

import pytest

from register import listing
from tests.office import Refusal
from tests.stories.background import Town, edinburgh_of_1994, gothenburg_of_1990
from workflow.errors import StepNotOpen, StepRefused

MUZYK = {
    "signatory": "Jerzy Muzyk",
    "office": "deputy_mayor",
    "authorisation": "OR.0052.9.2019",
    "authorised_on": "2019-09-02",
    "partner_signatories": "Frank Ross",
}


def shown(town: Town, state: str | None = None) -> Sequence[tuple[str, str]]:
    """List partner and state of the cases, as a page shows them."""
    with town.reading() as unit:
        found = listing.cases(unit, listing.Wanted(state=state))
    return [(entry.partner, entry.state) for entry in found]


# --- Edinburgh ---


def test_edinburgh_is_renewed_every_five_years_by_decision_and_after_a_review(town: Town) -> None:
    edinburgh = edinburgh_of_1994(town)

    for year in (1999, 2004, 2009, 2014):
        decision = town.raises(edinburgh, "renew", f"{year}-03-01").come_to("resolved")
        edinburgh.at(f"{year}-04-01").take("review")
        taken = edinburgh.at(f"{year}-09-21").advance("renew", term="5 years")
        assert taken.carried_out == decision.reference
    unreviewed = town.raises(edinburgh, "renew", "2019-03-04").come_to("resolved")
    refusal = edinburgh.at("2019-09-21").refused("renew", **MUZYK)
    edinburgh.take("review").advance("renew", term="5 years", **MUZYK)

    assert refusal.broken == ["reviewed"]
    assert refusal.finding("reviewed").facts == {"reviewed": "2014-04-01"}
    assert unreviewed.state == "carried_out"
    assert edinburgh.now.ends_on == date(2024, 9, 21)


def test_edinburgh_may_be_renewed_by_the_clause_recorded_when_it_was_signed(town: Town) -> None:
    edinburgh = edinburgh_of_1994(town, prolongation="by_consent")
    edinburgh.at("1999-09-20").take("review")

    renewed = edinburgh.advance("renew", term="5 years", clause="yes")

    assert (renewed.state, renewed.carried_out) == ("in_force", None)
    assert edinburgh.now.ends_on == date(2004, 9, 20)


def test_a_clause_that_the_agreement_lacks_renews_nothing(town: Town) -> None:
    edinburgh = edinburgh_of_1994(town, prolongation="none")
    edinburgh.at("1999-09-20").take("review")

    refusal = edinburgh.refused("renew", clause="yes")

    assert refusal.broken == ["decided"]


def test_what_was_not_renewed_is_shown_as_lapsed_before_the_clock_has_recorded_it(
    town: Town,
) -> None:
    edinburgh = edinburgh_of_1994(town)

    on_the_last_day = shown(town.on("1999-09-21"))
    the_day_after = shown(town.on("1999-09-22"))
    in_force, lapsed = shown(town, "in_force"), shown(town, listing.LAPSED)
    state_kept = edinburgh.state
    town.tick("1999-10-01")

    assert on_the_last_day == [("edinburgh", "in_force")]
    assert the_day_after == [("edinburgh", "lapsed")]
    assert (in_force, lapsed) == ([], [("edinburgh", "lapsed")])
    assert state_kept == "in_force"
    assert shown(town) == [("edinburgh", "expired")]
    assert edinburgh.events[-1].effective_on == "1999-09-22"


def test_nothing_expires_on_its_last_day_nor_before(town: Town) -> None:
    edinburgh = edinburgh_of_1994(town)

    assert edinburgh.at("1999-09-21").refused("expire").broken == ["notice_kept"]
    assert edinburgh.at("1999-09-22").advance("expire").state == "expired"


def test_a_lapsed_agreement_is_not_renewed_whether_or_not_the_clock_has_run(town: Town) -> None:
    edinburgh = edinburgh_of_1994(town, prolongation="by_consent")
    edinburgh.at("1999-10-05").take("review", date="1999-09-01")

    late = edinburgh.refused("renew", clause="yes", term="5 years")
    in_time = edinburgh.advance("renew", date="1999-09-21", clause="yes", term="5 years")

    assert late.finding("in_order").facts == {"date": "1999-10-05", "last": "1999-09-21"}
    assert late.broken == ["in_order"]
    assert in_time.state == "in_force"


@pytest.mark.parametrize(
    ("step", "lapsed"),
    [
        ("change", True),
        ("suspend", True),
        ("terminate", True),
        ("give_notice", True),
        ("cease", False),
        ("review", False),
        ("expire", False),
    ],
)
def test_what_has_lapsed_is_neither_changed_nor_ended_but_what_was_is_still_recorded(
    town: Town, step: str, *, lapsed: bool
) -> None:
    edinburgh = edinburgh_of_1994(town).at("1999-10-05")

    if lapsed:
        assert edinburgh.refused(step).finding("in_order").variant == "lapsed"
    else:
        assert edinburgh.advance(step).sequence == len(edinburgh.events)


def test_what_expired_is_not_renewed_but_continued_by_a_new_agreement(town: Town) -> None:
    old = edinburgh_of_1994(town)
    town.tick("1999-09-22")

    assert old.fails(StepNotOpen, "renew").facts["state"] == "expired"
    new = town.opens("edinburgh", "1999-10-04")
    new.propose("partnership", continues=old.reference).come_to("in_force")

    assert (new.state, old.state) == ("in_force", "expired")


# --- Gothenburg ---


def test_gothenburg_prolongs_itself_several_times_in_one_tick(either_town: Town) -> None:
    gothenburg = gothenburg_of_1990(either_town)

    ticked = either_town.tick("2006-01-02")

    taken = ticked[gothenburg.reference].taken
    assert [step.step for step in taken] == ["prolong"] * 3
    assert [event.effective_on for event in gothenburg.events[-3:]] == [
        "1995-07-23", "2000-07-23", "2005-07-23",
    ]  # fmt: skip
    assert {event.actor for event in gothenburg.events[-3:]} == {"clock"}
    assert gothenburg.now.ends_on == date(2010, 7, 22)
    assert either_town.tick("2006-01-03") == {}


def test_a_prolongation_is_recorded_by_hand_too_but_never_early(town: Town) -> None:
    gothenburg = gothenburg_of_1990(town)

    early = gothenburg.at("1995-07-22").refused("prolong")
    gothenburg.at("1995-07-23").take("prolong")

    assert early.finding("prolonged_by_clause").facts == {"last": "1995-07-22"}
    assert gothenburg.now.ends_on == date(2000, 7, 22)


def test_what_prolongs_itself_is_renewed_though_the_clock_has_not_run(town: Town) -> None:
    gothenburg = gothenburg_of_1990(town)
    town.raises(gothenburg, "renew", "1995-08-01").come_to("resolved")

    gothenburg.take("review", date="1995-08-01")

    assert gothenburg.advance("renew").state == "in_force"


def test_what_prolongs_itself_does_not_expire(town: Town) -> None:
    gothenburg = gothenburg_of_1990(town).at("1995-08-01")

    refusal = gothenburg.refused("expire")

    assert refusal.finding("notice_kept").variant == "prolongs"


@pytest.mark.parametrize("months", [{}, {"prolongation_months": "0"}])
def test_a_prolongation_of_unknown_length_is_left_to_a_person_and_nothing_expires(
    town: Town, months: dict[str, str]
) -> None:
    town.works_with("edinburgh", "1988")
    unknown = town.opens("edinburgh", "1990-06-04").propose("partnership").come_to("resolved")
    unknown.advance("sign", term="5 years", prolongation="automatic", **months)
    gothenburg = gothenburg_of_1990(town)

    ticked = town.tick("1995-08-01")

    refused = ticked[unknown.reference].refused
    assert isinstance(refused, StepRefused)
    assert Refusal(refused).finding("notice_kept").needs == "prolongation_months"
    assert unknown.state == "in_force"
    assert ticked[gothenburg.reference].refused is None


def test_gothenburg_objects_in_time_and_the_term_runs_to_its_end(town: Town) -> None:
    gothenburg = gothenburg_of_1990(town)

    gothenburg.at("1994-12-01").advance(
        "receive_notice", notice_kind="non_prolongation", notice_months="6"
    )

    assert gothenburg.now.ends_on == date(1995, 7, 22)
    assert town.tick("1995-06-30") == {}
    assert [step.step for step in town.tick("1995-07-23")[gothenburg.reference].taken] == ["end"]
    assert gothenburg.state == "terminated"


def test_gothenburg_terminates_within_its_term_and_it_ends_six_months_later(town: Town) -> None:
    gothenburg = gothenburg_of_1990(town)

    gothenburg.at("1993-01-10").take("receive_notice", notice_months="6")

    assert gothenburg.now.ends_on == date(1993, 7, 10)


def test_the_objection_is_withdrawn_and_gothenburg_prolongs_itself_again(town: Town) -> None:
    gothenburg = gothenburg_of_1990(town)
    gothenburg.at("1994-12-01").take("receive_notice", notice_kind="non_prolongation")

    gothenburg.at("1995-02-01").take("withdraw_notice")
    town.tick("1996-01-02")

    assert gothenburg.now.ends_on == date(2000, 7, 22)
