"""The honorary title of a twin city: for cities outside Europe, by the Council alone."""

import pytest

from models.vocabulary import Form
from tests.ordinary import OFFICER
from tests.stories.background import Town
from workflow import partners, reading
from workflow.errors import StepNotOpen


def decided_by_a_person(town: Town, slug: str, continent: str) -> None:
    """Record on which continent a city lies, as somebody decided."""
    with town.writing() as unit:
        partner = reading.partner(unit, slug)
        reason = "notatka w sprawie położenia miasta"
        partners.state(unit, partner.id, {"continent": continent}, reason, OFFICER)


def test_kyoto_is_given_the_title_by_the_council_and_signs_nothing(town: Town) -> None:
    kyoto = town.opens("kyoto", "2024-09-02", idea="Muzeum Manggha")
    kyoto.propose("honorary_title", features="dawna stolica, kultura", financial_effect="brak")
    kyoto.at("2024-09-09").take("endorse")
    kyoto.at("2024-09-16").take("submit_to_council", "note_print")
    kyoto.at("2024-11-20").advance("adopt", votes="40/0/0", present="40")
    kyoto.at("2024-11-22").take("present")

    conferred = kyoto.at("2024-11-30").advance("confer", handed_over_on="2024-11-30")

    assert (kyoto.form, conferred.state) == (Form.HONORARY_TITLE, "in_force")
    assert kyoto.now.ends_on is None
    assert kyoto.fails(StepNotOpen, "sign").facts["state"] == "in_force"


def test_a_title_states_its_features_and_its_financial_effect(town: Town) -> None:
    kyoto = town.opens("kyoto", "2024-09-02")

    refusal = kyoto.refused("propose", form="honorary_title", financial_effect=None)

    assert refusal.broken == ["justified"]
    assert refusal.finding("justified").facts == {"missing": ["financial_effect"]}


@pytest.mark.parametrize("slug", ["bordeaux", "edinburgh", "olomouc"])
def test_a_european_city_is_refused_the_title(town: Town, slug: str) -> None:
    refusal = town.opens(slug, "2024-09-02").refused("propose", form="honorary_title")

    assert refusal.broken == ["outside_europe"]


def test_councillors_cannot_give_the_title_to_a_european_city_either(town: Town) -> None:
    bordeaux = town.opens("bordeaux", "2024-09-02")
    bordeaux.advance("receive_council_draft", form="honorary_title")

    refusal = bordeaux.at("2024-10-02").refused("adopt")

    assert refusal.broken == ["outside_europe"]


def test_on_which_continent_tbilisi_lies_a_person_decides(town: Town) -> None:
    tbilisi = town.opens("tbilisi", "2026-03-02")

    undecided = tbilisi.refused("propose", form="honorary_title")
    decided_by_a_person(town, "tbilisi", "europe")
    european = tbilisi.refused("propose", form="honorary_title")
    decided_by_a_person(town, "tbilisi", "asia")

    assert undecided.finding("outside_europe").needs == "partner.continent"
    assert european.finding("outside_europe").outcome == "broken"
    assert tbilisi.propose("honorary_title").come_to("in_force").state == "in_force"


def test_a_title_has_no_term_and_nobody_gives_notice_of_it(town: Town) -> None:
    curitiba = town.opens("curitiba", "2024-09-02").propose("honorary_title").come_to("in_force")

    for step in ("give_notice", "receive_notice", "renew", "expire"):
        assert curitiba.fails(StepNotOpen, step).facts["form"] is Form.HONORARY_TITLE


def test_the_council_takes_a_title_back_by_a_decision_of_its_own(town: Town) -> None:
    curitiba = town.opens("curitiba", "2024-09-02").propose("honorary_title").come_to("in_force")

    refusal = curitiba.refused("terminate")
    revoked = town.raises(curitiba, "end", "2025-03-03").come_to("resolved")
    taken = curitiba.advance("terminate")

    assert refusal.finding("decided").facts == {"purpose": "end"}
    assert (taken.state, taken.carried_out) == ("terminated", revoked.reference)


def test_the_councils_draft_for_a_title_needs_no_endorsement(town: Town) -> None:
    kyoto = town.opens("kyoto", "2024-09-02")

    kyoto.advance("receive_council_draft", form="honorary_title", initiator="councillors")
    kyoto.at("2024-11-20").take("adopt")

    assert kyoto.at("2024-11-30").advance("confer").state == "in_force"
    assert "endorse" not in [event.step for event in kyoto.events]
