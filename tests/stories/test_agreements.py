"""Agreements with cities: from a first letter to a signature, and what is refused on the way."""

import pytest

from models.vocabulary import Form, Link
from tests.ordinary import DAY, MANAGER
from tests.stories.background import Story, Town
from workflow import amend
from workflow.engine import Taken

DEPUTY = {"signatory": "Tadeusz Trzmiel", "office": "deputy_mayor"}
AUTHORISED = {**DEPUTY, "authorisation": "OR.0052.17.2016", "authorised_on": "2016-05-30"}


def warned(taken: Taken) -> list[str]:
    """Name the rules that only warned."""
    return [one.rule for one in taken.findings if one.outcome == "broken"]


def twin_of_1991(town: Town) -> Story:
    """Enter the agreement with Nuremberg."""
    return town.registered("KRK-1991-0002", "nuremberg", "twinning", "in_force", date="1991-12-09")


def partner_of_1991(town: Town) -> Story:
    """Enter the agreement with Frankfurt."""
    return town.registered(
        "KRK-1991-0001", "frankfurt-am-main", "partnership", "in_force", date="1991-12-06"
    )


# --- Olomouc: a letter of intent first, a partnership after it ---


def test_olomouc_comes_from_a_letter_of_intent_to_a_partnership(town: Town) -> None:
    olomouc = town.opens("olomouc", "2016-04-04", idea="Miasto Ołomuniec")
    olomouc.take("negotiate")
    without = olomouc.at("2016-05-04").refused("propose", form="partnership")
    assert without.broken == ["projects_first"]

    olomouc.at("2016-06-02").advance("sign_working_document", **AUTHORISED)
    assert (olomouc.form, olomouc.state) == (Form.INFORMAL, "working_document")

    olomouc.at("2016-09-05").propose("partnership", fields="kultura, turystyka")
    olomouc.at("2016-09-12").take("endorse")
    olomouc.at("2016-09-20").take("submit_to_council")
    olomouc.at("2016-10-05").take("record_opinion", opinion_of="legal_adviser")
    olomouc.at("2016-10-10").take("record_opinion", opinion_of="committee")
    olomouc.at("2016-10-26").advance("adopt", votes="36/0/2", present="38")
    olomouc.at("2016-10-28").take("present")
    signed = olomouc.at("2016-12-05").advance("sign", partner_act="usnesení č. 12", term="5 years")

    assert (olomouc.form, olomouc.state) == (Form.PARTNERSHIP, "in_force")
    assert str(olomouc.now.ends_on) == "2021-12-05"
    assert warned(signed) == []


def test_a_signature_in_haste_is_warned_of_and_stands(town: Town) -> None:
    town.works_with("olomouc", "2015")
    olomouc = town.opens("olomouc", "2016-09-05").propose("partnership").come_to("resolved")

    signed = olomouc.advance("sign")

    assert signed.state == "in_force"
    assert warned(signed) == ["presented", "supervision", "opinions", "partner_act"]


# --- who signs ---


def test_a_deputy_mayor_signs_a_letter_of_intent_only_with_a_written_authorisation(
    town: Town,
) -> None:
    olomouc = town.opens("olomouc", "2016-04-04").at("2016-06-08")
    signed = {**AUTHORISED, "date": "2016-06-02"}

    without = olomouc.refused("sign_working_document", **{**DEPUTY, "date": "2016-06-02"})
    later = olomouc.refused("sign_working_document", **{**signed, "authorised_on": "2016-06-07"})

    assert (without.broken, later.broken) == (["authorised"], ["authorised"])
    assert without.finding("authorised").variant == "none"
    assert later.finding("authorised").variant == "later"
    assert olomouc.advance("sign_working_document", **signed).state == "working_document"


def test_a_deputy_mayor_signs_the_agreement_itself_only_with_a_written_authorisation(
    town: Town,
) -> None:
    town.works_with("edinburgh", "1993")
    edinburgh = town.opens("edinburgh", "2019-03-04").propose("partnership").come_to("resolved")
    muzyk = {"signatory": "Jerzy Muzyk", "office": "deputy_mayor"}

    without = edinburgh.at("2019-09-21").refused("sign", **muzyk)
    edinburgh.advance("sign", **muzyk, authorisation="OR.12.2019", authorised_on="2019-09-16")

    assert without.broken == ["authorised"]
    assert edinburgh.state == "in_force"


# --- one twin in a country, and as many partners as there are friends ---


def test_a_second_german_twin_beside_nuremberg_is_refused(either_town: Town) -> None:
    nuremberg = twin_of_1991(either_town)
    either_town.works_with("leipzig", "1995")
    leipzig = either_town.opens("leipzig", "2026-03-02")

    refusal = leipzig.refused("propose", form="twinning")

    assert refusal.broken == ["twin_exclusive"]
    assert refusal.finding("twin_exclusive").facts == {
        "other": nuremberg.reference, "partner": "nuremberg", "country": "DE",
    }  # fmt: skip
    assert leipzig.state == "informal"


def test_a_second_german_twin_is_refused_however_the_first_one_stands(town: Town) -> None:
    nuremberg = twin_of_1991(town)
    town.works_with("leipzig", "1995")
    leipzig = town.opens("leipzig", "2026-03-02")

    nuremberg.advance("receive_notice", notice_months="6")
    under_notice = leipzig.at("2026-09-02").refused("propose", form="twinning")
    town.tick("2026-09-03")

    assert under_notice.broken == ["twin_exclusive"]
    assert nuremberg.state == "terminated"
    assert leipzig.propose("twinning").state == "proposed"


def test_councillors_may_file_a_second_twin_and_are_told_but_the_council_cannot_adopt_it(
    town: Town,
) -> None:
    twin_of_1991(town)
    leipzig = town.opens("leipzig", "2026-03-02")

    filed = leipzig.advance("receive_council_draft", form="twinning")
    refusal = leipzig.at("2026-04-15").refused("adopt")

    assert "twin_exclusive" in warned(filed)
    assert refusal.broken == ["twin_exclusive"]
    assert leipzig.take("withdraw_draft").state == "negotiation"


def test_a_german_partnership_beside_leipzig_and_frankfurt_is_accepted(town: Town) -> None:
    town.registered("KRK-1973-0001", "leipzig", "partnership", "in_force", date="1973-09-08")
    partner_of_1991(town)
    twin_of_1991(town)
    town.works_with("dresden", "2025")

    dresden = town.opens("dresden", "2026-03-02").propose("partnership").come_to("in_force")

    assert (dresden.form, dresden.state) == (Form.PARTNERSHIP, "in_force")


def test_a_second_partnership_with_one_city_is_refused_unless_it_continues_the_first(
    town: Town,
) -> None:
    first = partner_of_1991(town)
    town.works_with("frankfurt-am-main", "1999")
    frankfurt = town.opens("frankfurt-am-main", "2026-03-02")

    refusal = frankfurt.refused("propose", form="partnership")
    frankfurt.propose("partnership", continues=first.reference).come_to("in_force")
    first.advance("supersede", replaced_by=frankfurt.reference)

    assert refusal.broken == ["no_duplicate"]
    assert first.state == "terminated"
    assert frankfurt.links == [(Link.CONTINUES, first.reference)]


# --- one field ---


def test_a_sectoral_agreement_on_two_fields_is_refused(town: Town) -> None:
    town.works_with("frankfurt-am-main", "1999")
    frankfurt = town.opens("frankfurt-am-main", "2001-02-05")

    refusal = frankfurt.refused("propose", form="sectoral", fields="sport, pomoc społeczna")

    assert refusal.broken == ["one_field"]
    assert refusal.finding("one_field").facts == {"count": 2}


def test_frankfurts_sectoral_agreements_lie_under_its_partnership_each_in_its_field(
    town: Town,
) -> None:
    partnership = partner_of_1991(town)
    town.works_with("frankfurt-am-main", "1999")
    signed: list[Story] = []

    for day, field in (("2001-04-19", "pomoc społeczna"), ("2004-10-31", "sport")):
        case = town.opens("frankfurt-am-main", day)
        case.propose("sectoral", fields=field, under=partnership.reference).come_to("in_force")
        signed.append(case)
    again = town.opens("frankfurt-am-main", "2005-11-08")
    refusal = again.refused("propose", form="sectoral", fields="Pomoc społeczna")

    assert [case.links for case in signed] == [[(Link.UNDER, partnership.reference)]] * 2
    assert [case.state for case in signed] == ["in_force"] * 2
    assert refusal.broken == ["no_duplicate"]
    assert refusal.finding("no_duplicate").facts["other"] == signed[0].reference
    again.propose("sectoral", fields="pomoc społeczna", continues=signed[0].reference)
    assert again.state == "proposed"


# --- a definite term ---


def test_an_indefinite_partnership_needs_a_managers_word_and_an_indefinite_twinning_none(
    town: Town,
) -> None:
    for slug in ("bordeaux", "edinburgh"):
        town.works_with(slug, "2025")
    partnership = town.opens("bordeaux", DAY)
    words = partnership.words("propose", {"form": "partnership", "term": "indefinite"})
    refusal = partnership.refused("propose", **words)

    reason = "tak chce partner"
    args = (partnership.reference, "definite_term", "propose", words, reason)
    town.do(amend.waive, *args, town.actor(MANAGER))
    twinning = town.opens("edinburgh", DAY).propose("twinning", term="indefinite")

    assert refusal.broken == ["definite_term"]
    assert partnership.propose("partnership", term="indefinite").state == "proposed"
    assert twinning.state == "proposed"


# --- whom a partnership is for ---


@pytest.mark.parametrize("form", ["twinning", "partnership", "sectoral", "honorary_title"])
def test_a_polish_city_is_refused_as_partner(town: Town, form: str) -> None:
    town.works_with("warsaw", "2025")
    warsaw = town.opens("warsaw", DAY)

    proposed = warsaw.refused("propose", form=form)
    filed = warsaw.refused("receive_council_draft", form=form)

    for refusal in (proposed, filed):
        assert "right_partner" in refusal.broken
        assert refusal.finding("right_partner").variant == "polish"
    assert warsaw.state == "informal"


def test_a_polish_association_is_no_international_one(town: Town) -> None:
    union = town.opens("union-of-polish-metropolises", DAY)

    refusal = union.refused("propose", form="association")

    assert refusal.finding("right_partner").variant == "polish"


def test_an_association_gets_no_partnership_and_a_city_no_membership(town: Town) -> None:
    eurocities, bordeaux = town.opens("eurocities", DAY), town.opens("bordeaux", DAY)

    partnership = eurocities.refused("propose", form="partnership")
    membership = bordeaux.refused("propose", form="association")

    assert partnership.finding("right_partner").variant == "kind"
    assert membership.finding("right_partner").variant == "kind"
