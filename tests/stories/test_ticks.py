"""What the clock records by itself, once a day, and what it leaves to a person."""

from tests.ordinary import CLERK
from tests.stories.background import Town, edinburgh_of_1994, gothenburg_of_1990
from workflow.errors import NotAllowed


def test_one_tick_ends_expires_and_prolongs_whatever_time_has_come_for(town: Town) -> None:
    gothenburg, edinburgh = gothenburg_of_1990(town), edinburgh_of_1994(town)
    town.works_with("bordeaux", "1992")
    bordeaux = town.opens("bordeaux", "1998-01-12").propose("partnership").come_to("in_force")
    bordeaux.at("1999-02-01").take("receive_notice")
    running = town.opens("bordeaux", "1999-03-01").propose("eu_programme").come_to("in_force")

    ticked = town.tick("1999-10-01")

    assert {case: [step.step for step in one.taken] for case, one in ticked.items()} == {
        gothenburg.reference: ["prolong"],
        edinburgh.reference: ["expire"],
        bordeaux.reference: ["end"],
    }
    assert running.state == "in_force"
    assert town.tick("1999-10-02") == {}


def test_what_is_suspended_expires_all_the_same(town: Town) -> None:
    edinburgh = edinburgh_of_1994(town)
    town.raises(edinburgh, "suspend", "1998-02-02").come_to("resolved")
    edinburgh.take("suspend")

    town.tick("1999-09-22")

    assert edinburgh.state == "expired"


def test_time_does_nothing_to_registered_history(town: Town) -> None:
    moscow = town.registered(
        "KRK-2010-0001", "moscow", "programme", "in_force",
        date="2010-01-15", term={"months": None, "until": "2013-12-31"},
    )  # fmt: skip

    assert town.tick("2022-03-02") == {}
    assert moscow.state == "in_force"


def test_what_the_register_itself_renewed_expires_though_it_was_entered_as_history(
    town: Town,
) -> None:
    edinburgh = town.registered(
        "KRK-2019-0001", "edinburgh", "partnership", "in_force",
        date="2019-09-21", term={"months": 60, "until": None}, prolongation="by_consent",
    )  # fmt: skip
    edinburgh.at("2024-09-16").take("review")
    edinburgh.advance("renew", term="5 years", clause="yes")

    town.tick("2029-09-17")

    assert edinburgh.state == "expired"


def test_what_was_entered_without_a_form_and_signed_since_expires_like_any_other(
    town: Town,
) -> None:
    town.works_with("kosice", "1996")
    kosice = town.registered("KRK-1994-0001", "kosice", "informal", "informal", date="1994")
    kosice.at("2026-03-02").propose("partnership").come_to("in_force")

    town.tick("2031-03-03")

    assert kosice.state == "expired"


def test_a_clerk_does_not_stand_in_for_the_clock(town: Town) -> None:
    edinburgh = edinburgh_of_1994(town).at("1999-09-22")

    refusal = edinburgh.fails(NotAllowed, "expire", CLERK)

    assert refusal.facts["needed"] == ("clock", "officer")
