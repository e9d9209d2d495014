"""Memberships of international associations: the Minister's word, and a statute that changes."""

import pytest

from tests.ordinary import MANAGER
from tests.stories.background import Story, Town
from workflow import amend
from workflow.errors import StepNotOpen


def with_the_minister(town: Town) -> Story:
    """Bring an accession before the Minister on 1 April 2025."""
    case = town.opens("eurocities", "2025-02-03", title="Eurocities")
    case.propose("association").at("2025-03-05").come_to("resolved")
    return case.at("2025-04-01").come_to("before_minister")


def member(town: Town) -> Story:
    """Let Krakow be a member since 15 October 2025."""
    case = with_the_minister(town).at("2025-06-30").take("consent").at("2025-07-07").take("apply")
    return case.at("2025-10-15").take("admit")


# --- the Minister refuses ---


def test_a_refusal_is_reconsidered_once_and_then_the_court_decides(town: Town) -> None:
    case = with_the_minister(town).at("2025-05-30").take("refuse", delivered_on="2025-05-30")
    assert str(case.now.due_on) == "2025-06-13"

    case.at("2025-06-13").take("request_reconsideration")
    case.at("2025-08-20").take("refuse")
    twice = case.at("2025-08-25").refused("request_reconsideration")
    case.at("2026-02-10").take("court_sets_aside", judgment="IV SA/Wa 2001/25")
    case.at("2026-04-01").take("consent")

    assert twice.finding("reconsider_once").variant == "once"
    assert case.at("2026-04-15").come_to("in_force").state == "in_force"


def test_after_the_courts_judgment_a_new_refusal_may_be_reconsidered_again(town: Town) -> None:
    case = with_the_minister(town).at("2025-05-30").take("refuse", "request_reconsideration")
    case.at("2025-08-20").take("refuse").at("2026-02-10").take("court_sets_aside")

    case.at("2026-03-02").take("refuse")

    assert case.at("2026-03-09").advance("request_reconsideration").state == "before_minister"


def test_a_request_that_comes_late_needs_a_managers_word(town: Town) -> None:
    case = with_the_minister(town).at("2025-05-30").take("refuse").at("2025-06-16")

    refusal = case.refused("request_reconsideration")
    words = case.words("request_reconsideration", {})
    args = (case.reference, "reconsider_once", "request_reconsideration", words, "choroba")
    town.do(amend.waive, *args, town.actor(MANAGER))

    assert refusal.finding("reconsider_once").facts == {"last": "2025-06-13"}
    assert case.take("request_reconsideration").state == "before_minister"


def test_a_refused_accession_never_comes_into_force_by_itself(town: Town) -> None:
    case = with_the_minister(town).at("2025-05-30").take("refuse")

    for step in ("apply", "admit", "sign"):
        assert case.fails(StepNotOpen, step).facts["state"] == "refused"
    assert case.take("set_aside").state == "informal"


def test_what_the_minister_refused_may_be_proposed_anew_with_a_new_resolution(town: Town) -> None:
    case = with_the_minister(town).at("2025-05-30").take("refuse")

    case.at("2026-01-12").propose("association").come_to("resolved")

    assert case.now.case.resolution is not None
    assert case.now.case.resolution.date.text == "2026-01-12"
    assert case.take("send_to_voivode", "forward_to_minister", "refuse").state == "refused"
    assert case.advance("request_reconsideration").state == "before_minister"


def test_the_association_itself_may_say_no(town: Town) -> None:
    case = with_the_minister(town).at("2025-06-30").take("consent", "apply")

    case.at("2025-10-15").take("deny_admission")

    assert case.state == "rejected"
    assert case.fails(StepNotOpen, "admit").facts["open"]


# --- the statute changes ---


def test_a_changed_statute_is_followed_by_a_decision_of_the_council_and_the_minister(
    either_town: Town,
) -> None:
    eurocities = member(either_town).at("2026-06-10")
    eurocities.take("statute_changed", changes="cele: klimat", goals_or_rules="yes")
    alone = eurocities.refused("continue_membership")
    decision = either_town.raises(eurocities, "continue_membership", "2026-06-15")
    decision.at("2026-06-22").come_to("before_council")

    short = decision.at("2026-07-08").refused("adopt", votes="21/0/20", present="41")
    decision.take("adopt", votes="22/0/19", present="41").take("present")
    only_resolved = eurocities.refused("continue_membership")
    decision.at("2026-07-15").take("send_to_voivode", "forward_to_minister")
    decision.at("2026-09-16").take("consent")
    taken = eurocities.at("2026-09-21").advance("continue_membership")

    assert alone.finding("decided").facts == {"purpose": "continue_membership"}
    assert short.broken == ["absolute_majority"]
    assert only_resolved.broken == ["decided"]
    assert (taken.state, taken.carried_out) == ("in_force", decision.reference)
    assert decision.state == "carried_out"


def test_a_membership_is_left_by_a_decision_and_the_notice_of_its_statute(town: Town) -> None:
    eurocities = member(town)
    leaving = town.raises(eurocities, "end", "2026-09-07").come_to("resolved")

    given = eurocities.at("2026-09-30").advance("give_notice", notice_months="3")

    assert given.carried_out == leaving.reference
    assert str(eurocities.now.ends_on) == "2026-12-30"
    assert list(town.tick("2026-12-31")) == [eurocities.reference]
    assert eurocities.state == "terminated"


def test_krakow_joins_again_what_it_has_left(town: Town) -> None:
    first = town.registered(
        "KRK-1990-0001", "eurocities", "association", "terminated", date="1992-11-09"
    )
    again = town.opens("eurocities", "2025-02-03")

    again.propose("association", continues=first.reference).come_to("in_force")

    assert again.state == "in_force"
    assert again.links == [("continues", first.reference)]


@pytest.mark.parametrize("cause", ["expelled", "dissolved", "merged"])
def test_a_membership_may_cease_without_the_city(town: Town, cause: str) -> None:
    assert member(town).at("2026-09-07").advance("cease", cause=cause).state == "terminated"


def test_a_full_member_may_become_an_associate_one(town: Town) -> None:
    eurocities = member(town).at("2026-06-10")

    eurocities.take("change_status", status="associate")

    assert eurocities.state == "in_force"
    assert eurocities.now.case.acts[-1].inputs["status"] == "associate"
