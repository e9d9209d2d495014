"""The City Council and the Voivode over it: drafts, amendments, votes, annulments, the court."""

import pytest

from models.vocabulary import Form
from tests.office import rules_of
from tests.ordinary import CLERK, MANAGER
from tests.stories.background import Story, Town
from workflow import amend
from workflow.errors import NotAllowed, StepNotOpen

FIELDS = "kultura, nauka"


def bordeaux_in_the_council(town: Town) -> Story:
    """Bring a partnership with Bordeaux before the Council."""
    town.works_with("bordeaux", "1992")
    bordeaux = town.opens("bordeaux", "2026-01-12")
    return bordeaux.propose("partnership").come_to("before_council")


def resolved(town: Town) -> Story:
    """Let the Council adopt it on 11 March 2026."""
    return bordeaux_in_the_council(town).at("2026-03-11").take("adopt", "present")


# --- the draft ---


def test_a_draft_filed_by_councillors_needs_no_proposal_of_the_office(town: Town) -> None:
    bordeaux = town.opens("bordeaux", "2026-01-12")

    filed = bordeaux.at("2026-01-19").advance(
        "receive_council_draft", CLERK, form="partnership", initiator="councillors"
    )
    bordeaux.at("2026-03-11").take("note_print", "adopt")
    bordeaux.at("2026-05-04").take("sign")

    assert (filed.form, filed.state) == (Form.PARTNERSHIP, "before_council")
    assert bordeaux.state == "in_force"
    assert {"propose", "endorse", "submit_to_council"}.isdisjoint(e.step for e in bordeaux.events)


@pytest.mark.parametrize("state", ["proposed", "endorsed"])
def test_councillors_may_overtake_what_the_office_prepares(town: Town, state: str) -> None:
    town.works_with("bordeaux", "1992")
    bordeaux = town.opens("bordeaux", "2026-01-12").propose("sectoral").come_to(state)

    filed = bordeaux.advance("receive_council_draft", form="twinning")

    assert (filed.form, filed.state) == (Form.TWINNING, "before_council")


def test_a_draft_is_withdrawn_by_who_filed_it_and_may_come_back(town: Town) -> None:
    bordeaux = bordeaux_in_the_council(town)

    bordeaux.at("2026-02-02").take("withdraw_draft")

    assert bordeaux.state == "negotiation"
    assert bordeaux.propose("partnership").come_to("resolved").state == "resolved"


def test_a_draft_waits_for_its_session_ninety_days(town: Town) -> None:
    assert str(bordeaux_in_the_council(town).now.due_on) == "2026-04-12"


# --- the vote ---


def test_a_draft_that_is_voted_down_may_be_proposed_again(town: Town) -> None:
    bordeaux = bordeaux_in_the_council(town)

    bordeaux.at("2026-03-11").take("vote_down", votes="10/20/3")
    again = bordeaux.at("2026-09-07").propose("partnership")

    assert again.state == "proposed"
    assert again.come_to("in_force").state == "in_force"


def test_as_many_against_as_for_adopt_nothing(town: Town) -> None:
    refusal = bordeaux_in_the_council(town).refused("adopt", votes="15/15/3")

    assert refusal.broken == ["simple_majority"]


def test_the_council_adopts_a_changed_text_and_only_that_text_is_signed(town: Town) -> None:
    bordeaux = bordeaux_in_the_council(town)
    bordeaux.at("2026-03-11").take("amend", changes="§ 3: bez wymiany urzędników")
    bordeaux.take("adopt", amended="yes").take("present").at("2026-05-04")

    old_text = {"as_adopted": "no", "differences": "§ 3 w dawnym brzmieniu"}
    refusal = bordeaux.refused("sign", **old_text)
    taken = bordeaux.advance("sign", as_adopted="yes")

    assert refusal.broken == ["as_adopted"]
    assert refusal.finding("as_adopted").facts == {"differences": "§ 3 w dawnym brzmieniu"}
    assert taken.state == "in_force"


def test_a_text_that_differs_is_signed_only_with_the_word_of_a_manager_who_reads_it(
    town: Town,
) -> None:
    bordeaux = resolved(town).at("2026-05-04")
    typo = {"as_adopted": "no", "differences": "literówka w § 2"}
    words = bordeaux.words("sign", typo)
    bordeaux.refused("sign", **typo)

    args = (bordeaux.reference, "as_adopted", "sign", words, "omyłka pisarska")
    town.do(amend.waive, *args, town.actor(MANAGER))
    other = bordeaux.refused("sign", **{**typo, "differences": "§ 2 i § 3"})

    assert other.broken == ["as_adopted"]
    assert bordeaux.advance("sign", **typo).state == "in_force"


# --- the Voivode and the court ---


def test_the_voivode_annuls_after_signature_and_the_court_reverses_him(
    either_town: Town,
) -> None:
    bordeaux = resolved(either_town).at("2026-03-25").take("sign", term="5 years")

    bordeaux.at("2026-04-13").advance("annul", date="2026-04-09", delivered_on="2026-04-13")
    assert (bordeaux.state, bordeaux.now.ends_on) == ("annulled", None)
    assert bordeaux.at("2026-04-14").fails(StepNotOpen, "renew").facts["state"] == "annulled"

    early = bordeaux.at("2026-10-05").refused("uphold")
    reinstated = bordeaux.advance("reinstate", judgment="III SA/Kr 611/26")

    assert early.finding("as_it_was").facts == {"was": "in_force"}
    assert reinstated.state == "in_force"
    assert str(bordeaux.now.ends_on) == "2031-03-25"


def test_an_annulment_may_bear_an_earlier_day_than_the_signature_it_strikes(town: Town) -> None:
    bordeaux = resolved(town).at("2026-04-08").take("sign")

    annulled = bordeaux.at("2026-04-13").advance("annul", date="2026-04-07")

    assert annulled.state == "annulled"


def test_no_annulment_is_older_than_the_resolution_it_annuls(town: Town) -> None:
    bordeaux = resolved(town).at("2026-04-13")

    refusal = bordeaux.refused("annul", date="2026-03-10")

    assert refusal.finding("in_order").facts["step"] == "adopt"


def test_what_was_annulled_before_signature_is_upheld_and_signed(town: Town) -> None:
    bordeaux = resolved(town).at("2026-04-08").take("annul")

    assert bordeaux.fails(StepNotOpen, "sign").facts["state"] == "annulled"
    wrong = bordeaux.at("2026-10-05").refused("reinstate")
    bordeaux.take("uphold", "sign")

    assert wrong.finding("as_it_was").variant == "uphold"
    assert bordeaux.state == "in_force"


def test_what_was_annulled_is_resolved_anew_and_rests_on_the_new_resolution(town: Town) -> None:
    bordeaux = resolved(town).at("2026-03-25").take("sign", "annul")

    bordeaux.at("2026-05-04").propose("partnership").come_to("before_council")
    early = bordeaux.fails(StepNotOpen, "sign")
    bordeaux.at("2026-06-10").take("adopt", resolution="LI/1401/26")
    signed = bordeaux.at("2026-07-20").advance("sign")

    resolution = next(one for one in signed.findings if one.rule == "council_first")
    assert "council_first" in rules_of(early)
    assert resolution.facts == {"resolution": "LI/1401/26", "date": "2026-06-10"}


def test_an_annulled_twin_may_have_been_replaced_before_the_court_reverses(town: Town) -> None:
    for slug in ("nuremberg", "leipzig"):
        town.works_with(slug, "1990")
    nuremberg = town.opens("nuremberg", "2026-01-12").propose("twinning").come_to("in_force")
    nuremberg.at("2026-02-02").take("annul")
    leipzig = town.opens("leipzig", "2026-03-02").propose("twinning")

    refusal = nuremberg.at("2026-10-05").refused("reinstate")
    leipzig.take("decline")

    assert refusal.broken == ["twin_exclusive"]
    assert nuremberg.take("reinstate").state == "in_force"


# --- a partner withdraws ---

BEFORE_IN_FORCE = (
    "proposed", "endorsed", "before_council", "resolved", "before_voivode", "before_minister",
    "consented", "applied",
)  # fmt: skip
MANAGER_CLOSES = frozenset(BEFORE_IN_FORCE[3:])


@pytest.mark.parametrize("state", BEFORE_IN_FORCE)
def test_the_other_side_may_withdraw_at_every_stage_before_it_is_in_force(
    town: Town, state: str
) -> None:
    case = town.opens("eurocities", "2026-01-12").propose("association").come_to(state)
    case.at("2026-06-01")
    who = MANAGER if state in MANAGER_CLOSES else ""

    if who:
        assert case.fails(NotAllowed, "close").facts["who"] == (MANAGER,)
    case.advance("close", who, withdrew="association", reason="przyjęcia wstrzymane")

    assert case.state == "closed"
    assert (case.now.due_on, case.now.ends_on) == (None, None)
    assert case.advance("reopen").state == "negotiation"


@pytest.mark.parametrize(
    ("state", "road"),
    [
        ("informal", []),
        ("negotiation", ["negotiate"]),
        ("working_document", ["sign_working_document"]),
    ],
)
def test_a_city_may_withdraw_before_anything_is_proposed(
    town: Town, state: str, road: list[str]
) -> None:
    trondheim = town.opens("trondheim", "2012-01-09")
    trondheim.at("2012-02-02").take(*road)

    assert trondheim.state == state
    assert trondheim.at("2014-02-03").advance("close", withdrew="partner").state == "closed"


@pytest.mark.parametrize(
    ("road", "who"), [(["vote_down"], ""), (["adopt", "annul"], ""), (["adopt"], MANAGER)]
)
def test_a_city_may_withdraw_from_what_the_council_had(
    town: Town, road: list[str], who: str
) -> None:
    bordeaux = bordeaux_in_the_council(town).at("2026-03-11").take(*road)

    assert bordeaux.advance("close", who, withdrew="partner").state == "closed"


def test_in_force_nobody_just_withdraws(town: Town) -> None:
    bordeaux = resolved(town).take("sign")

    refusal = bordeaux.fails(StepNotOpen, "close", MANAGER, withdrew="partner")
    bordeaux.at("2026-09-30").take("receive_notice")

    assert refusal.facts["state"] == "in_force"
    assert bordeaux.fails(StepNotOpen, "close", MANAGER).facts["state"] == "in_notice"
