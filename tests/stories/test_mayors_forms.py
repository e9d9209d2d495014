"""What the Mayor decides alone: programmes for named years, EU programmes, political associations.

And what needs no form at all: Košice, for decades without an agreement, with projects only.
"""

from datetime import date

import pytest

from models.vocabulary import Form, Link
from tests.ordinary import MANAGER, OFFICER
from tests.stories.background import Story, Town
from workflow import activities, amend
from workflow.activities import NewActivity
from workflow.errors import StepNotOpen

YEARS = {"term": "2001-12-31"}


def frankfurts_programme(town: Town, **words: str) -> Story:
    """Propose the protocol on cooperation in the years 1997 to 2001."""
    case = town.opens("frankfurt-am-main", "1997-05-05", title="Protokół na lata 1997-2001")
    return case.propose("programme", term="2001-12-31", **words).take("endorse")


def partnership_of_1991(town: Town, state: str = "in_force") -> Story:
    """Enter the agreement with Frankfurt."""
    return town.registered(
        "KRK-1991-0001", "frankfurt-am-main", "partnership", state, date="1991-12-06"
    )


# --- a programme for named years ---


def test_a_programme_for_the_years_1997_to_2001_lies_under_an_agreement(town: Town) -> None:
    agreement = partnership_of_1991(town)
    programme = frankfurts_programme(town, under=agreement.reference)

    taken = programme.at("1997-07-09").advance("sign", resolution=None, **YEARS)

    assert (programme.form, taken.state) == (Form.PROGRAMME, "in_force")
    assert programme.now.ends_on == date(2001, 12, 31)
    assert programme.links == [(Link.UNDER, agreement.reference)]
    assert town.tick("2001-12-31") == {}
    assert town.tick("2002-01-01").keys() == {programme.reference}
    assert programme.state == "expired"
    assert programme.events[-1].effective_on == "2002-01-01"


def test_a_programme_rests_on_an_agreement_in_force_or_on_a_resolution(town: Town) -> None:
    programme = frankfurts_programme(town).at("1997-07-09")

    refusal = programme.refused("sign", resolution=None, **YEARS)
    by_the_council = programme.advance("sign", term="2001-12-31", resolution="LXXX/799/97")

    assert refusal.broken == ["programme_basis"]
    assert by_the_council.state == "in_force"


def test_a_programme_does_not_rest_on_an_agreement_that_has_ended(town: Town) -> None:
    over = partnership_of_1991(town, "expired")
    programme = frankfurts_programme(town, under=over.reference)

    assert programme.at("1997-07-09").refused("sign", resolution=None, **YEARS).broken == [
        "programme_basis"
    ]


def test_a_programme_does_not_rest_on_another_citys_agreement_nor_on_no_agreement(
    town: Town,
) -> None:
    bordeaux = town.registered("KRK-1993-0001", "bordeaux", "partnership", "in_force", date="1993")
    project = town.registered(
        "KRK-1996-0001", "frankfurt-am-main", "eu_programme", "in_force", date="1996"
    )
    programme = frankfurts_programme(town).at("1997-07-09")

    for basis in (bordeaux, project):
        refusal = programme.refused("sign", resolution=None, under=basis.reference, **YEARS)
        assert refusal.broken == ["programme_basis"]


def test_a_programme_without_its_years_is_refused(town: Town) -> None:
    case = town.opens("frankfurt-am-main", "1997-05-05")

    refusal = case.refused("propose", form="programme", term=None)

    assert refusal.broken == ["definite_term"]
    assert refusal.finding("definite_term").variant == "none"


# --- an EU programme ---


def test_an_eu_programme_is_entered_by_the_mayors_decision_and_completed(town: Town) -> None:
    green = town.opens("green-cities", "2026-02-02", title="Zielone Miasta")
    green.propose("eu_programme").at("2026-02-09").take("endorse")

    unsigned = green.at("2026-03-02").refused("decide", payments="yes", term="36 months")
    money = {"countersigned_on": "2026-03-02", "contract_register": "GRU/77/2026"}
    taken = green.advance("decide", payments="yes", term="36 months", **money)

    assert unsigned.broken == ["countersigned"]
    assert (green.form, taken.state) == (Form.EU_PROGRAMME, "in_force")
    assert green.now.ends_on == date(2029, 3, 2)
    assert green.at("2028-12-15").advance("cease", cause="completed").state == "terminated"


def test_an_eu_programme_never_comes_before_the_council(town: Town) -> None:
    green = town.opens("green-cities", "2026-02-02").propose("eu_programme").take("endorse")

    assert "decide" in str(green.fails(StepNotOpen, "submit_to_council").facts["open"])
    assert green.advance("decide").state == "in_force"


def test_the_mayors_decision_has_its_number_and_year(town: Town) -> None:
    green = town.opens("green-cities", "2026-02-02").propose("eu_programme").take("endorse")

    refusal = green.refused("decide", ordinance="667/2025")

    assert refusal.finding("number_format").variant == "year"


# --- a political association ---


def test_a_political_association_is_entered_by_the_mayor(town: Town) -> None:
    league = town.opens("league-of-historical-cities", "2026-02-02")

    league.propose("political_association", classification="no").come_to("in_force")

    assert (league.form, league.state) == (Form.POLITICAL_ASSOCIATION, "in_force")
    assert "adopt" not in [event.step for event in league.events]


def test_what_turns_out_to_be_an_association_goes_to_the_council_and_the_minister(
    town: Town,
) -> None:
    league = town.opens("league-of-historical-cities", "2026-02-02")
    league.propose("political_association", classification="no")
    league.at("2026-02-05").take("return", reason="statut mówi o członkach z 60 państw")

    after_all = {"classification": "yes", "classification_reason": "statut, art. 1 i 4"}
    refusal = league.at("2026-02-09").refused("propose", form="political_association", **after_all)
    league.propose("association", **after_all).come_to("in_force")

    assert refusal.broken == ["classified"]
    assert refusal.finding("classified").variant == "yes"
    assert (league.form, league.state) == (Form.ASSOCIATION, "in_force")
    assert {"adopt", "consent"} <= {event.step for event in league.events}


def test_an_association_that_is_none_by_law_is_joined_as_one_only_with_a_managers_word(
    town: Town,
) -> None:
    league = town.opens("league-of-historical-cities", "2026-02-02")
    words = league.words("propose", {"form": "association", "classification": "no"})

    refusal = league.refused("propose", **words)
    args = (league.reference, "classified", "propose", words, "ostrożność")
    town.do(amend.waive, *args, town.actor(MANAGER))

    assert refusal.broken == ["classified"]
    assert league.advance("propose", **words).state == "proposed"


# --- no form at all ---


def test_kosice_goes_on_for_decades_without_an_agreement(town: Town) -> None:
    kosice = town.opens("kosice", "1994-05-09", title="Koszyce")

    for year in (1996, 2004, 2013, 2025):
        town.on(f"{year}-09-01")
        exchange = NewActivity(9, "Wymiana zespołów", str(year), cases=(kosice.reference,))
        town.do(activities.add, exchange, OFFICER)
        kosice.take("review")

    assert (kosice.form, kosice.state) == (Form.INFORMAL, "informal")
    assert (kosice.now.due_on, kosice.now.ends_on) == (None, None)
    assert town.tick("2026-01-02") == {}
    assert [event.step for event in kosice.events] == ["open", *["review"] * 4]
    assert kosice.propose("partnership").state == "proposed"


def test_what_the_council_rejects_goes_on_without_an_agreement(town: Town) -> None:
    town.works_with("kosice", "1996")
    kosice = town.opens("kosice", "2026-02-02").propose("partnership").come_to("before_council")

    kosice.take("vote_down")
    aside = kosice.at("2026-05-04").advance("set_aside", reason="projekty trwają bez umowy")

    assert (aside.state, aside.form, kosice.form) == ("informal", Form.INFORMAL, Form.INFORMAL)
    assert kosice.advance("review").state == "informal"


@pytest.mark.parametrize("step", ["suspend", "terminate", "give_notice", "cease", "renew"])
def test_what_has_no_form_is_not_in_force_and_cannot_end(town: Town, step: str) -> None:
    kosice = town.opens("kosice", "1994-05-09")

    assert kosice.fails(StepNotOpen, step).facts["state"] == "informal"
