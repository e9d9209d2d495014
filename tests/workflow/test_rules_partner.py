"""With whom: the right partner, no duplicate, one twin in a country, the title outside Europe."""

import pytest

from models.vocabulary import Outcome
from tests.builders import (
    REFERENCE,
    ask,
    facts_of,
    partner,
    road,
    say,
    sibling,
)
from workflow.facts import Sibling

LIVE_TWINS = (
    "proposed",
    "endorsed",
    "before_council",
    "resolved",
    "in_force",
    "suspended",
    "in_notice",
)
OTHER_TWINS = ("negotiation", "rejected", "annulled", "expired", "terminated", "closed")

# The United Nations' list of Europe (M49), Kosovo added and Russia, which lies in both, left out.
# fmt: off
EUROPE = [
    "BY", "BG", "CZ", "HU", "PL", "MD", "RO", "SK", "UA",
    "AX", "DK", "EE", "FO", "FI", "IS", "IE", "IM", "LV", "LT", "NO", "SJ", "SE", "GB", "GG", "JE",
    "AL", "AD", "BA", "HR", "GI", "GR", "VA", "IT", "MT", "ME", "MK", "PT", "SM", "RS", "SI", "ES",
    "AT", "BE", "FR", "DE", "LI", "LU", "MC", "NL", "CH", "XK",
]
# fmt: on


# --- right_partner ---


@pytest.mark.parametrize(
    ("form", "kind", "country", "answer"),
    [
        ("twinning", "city", "DE", "holds"),
        ("twinning", "region", "UA", "holds"),
        ("twinning", "association", "BE", "broken: kind"),
        ("twinning", "consortium", "DE", "broken: kind"),
        ("partnership", "city", "FR", "holds"),
        ("sectoral", "city", "DE", "holds"),
        ("sectoral", "association", "DE", "broken: kind"),
        ("honorary_title", "city", "JP", "holds"),
        ("honorary_title", "association", "JP", "broken: kind"),
        ("association", "association", "BE", "holds"),
        ("association", "city", "BE", "broken: kind"),
        ("political_association", "association", "BE", "holds"),
        ("political_association", "consortium", "BE", "broken: kind"),
        ("programme", "consortium", "FR", "holds"),
        ("programme", "city", "FR", "holds"),
        ("programme", "association", "FR", "broken: kind"),
        ("eu_programme", "consortium", "FR", "holds"),
        ("eu_programme", "region", "FR", "holds"),
    ],
)
def test_each_form_has_its_kind_of_partner(form: str, kind: str, country: str, answer: str) -> None:
    facts = facts_of("propose", form=form, partner=partner("someone", country, kind))

    assert say("right_partner", facts) == answer


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("twinning", "city"),
        ("partnership", "region"),
        ("association", "association"),
        ("eu_programme", "consortium"),
    ],
)
def test_a_polish_partner_is_no_foreign_one(form: str, kind: str) -> None:
    facts = facts_of("propose", form=form, partner=partner("gniezno", "PL", kind))

    finding = ask("right_partner", facts)

    assert (finding.outcome, finding.variant) == (Outcome.BROKEN, "polish")
    assert finding.facts == {"partner": "gniezno"}


@pytest.mark.parametrize(
    ("form", "kind", "answer"),
    [
        ("twinning", "city", "undecided: partner.country"),
        ("honorary_title", "region", "undecided: partner.country"),
        ("association", "association", "holds"),
        ("eu_programme", "consortium", "holds"),
    ],
)
def test_a_city_lies_in_a_country_and_an_association_may_have_no_seat(
    form: str, kind: str, answer: str
) -> None:
    facts = facts_of("propose", form=form, partner=partner("someone", None, kind))

    assert say("right_partner", facts) == answer


def test_the_councillors_own_draft_needs_the_right_partner_too() -> None:
    eurocities = partner("eurocities", "BE", "association")

    draft = facts_of("receive_council_draft", form="twinning", partner=eurocities)

    assert ask("right_partner", draft).facts == {
        "partner": "eurocities",
        "kind": "association",
        "form": "twinning",
    }


# --- no_duplicate ---


@pytest.mark.parametrize(
    ("form", "state", "answer"),
    [
        ("partnership", "proposed", "broken"),
        ("partnership", "before_council", "broken"),
        ("partnership", "rejected", "broken"),
        ("partnership", "in_force", "broken"),
        ("partnership", "in_notice", "broken"),
        ("partnership", "expired", "holds"),
        ("partnership", "terminated", "holds"),
        ("partnership", "closed", "holds"),
        ("sectoral", "in_force", "holds"),
        ("informal", "informal", "holds"),
    ],
)
def test_a_partner_has_one_live_case_of_a_form(form: str, state: str, answer: str) -> None:
    frankfurt = sibling("frankfurt", form, state, identity=1)

    facts = facts_of("propose", form="partnership", siblings=[frankfurt])

    assert say("no_duplicate", facts) == answer


@pytest.mark.parametrize(
    ("fields", "others", "answer"),
    [
        ("sport", ["opieka społeczna"], "holds"),
        ("sport", ["sport"], "broken"),
        ("Sport", ["sport"], "broken"),
        ("OPIEKA SPOŁECZNA", ["opieka społeczna"], "broken"),
        ("kultura", [], "holds"),
    ],
)
def test_sectoral_agreements_with_one_city_differ_in_their_field(
    fields: str, others: list[str], answer: str
) -> None:
    frankfurt = sibling("frankfurt", "sectoral", identity=1, fields=others)

    facts = facts_of("propose", form="sectoral", siblings=[frankfurt], fields=fields)

    assert say("no_duplicate", facts) == answer


def test_a_case_is_no_duplicate_of_the_one_it_continues_of_itself_or_of_another_city() -> None:
    same_city = sibling("eurocities", "association", identity=1, reference="KRK-2026-0003")
    itself = sibling("eurocities", "association", identity=1, reference=REFERENCE)
    elsewhere = sibling("owhc", "association", identity=2)

    second_spell = facts_of(
        "propose",
        form="association",
        siblings=[same_city, itself, elsewhere],
        continues="krk-2026-0003",
    )
    duplicate = facts_of("propose", form="association", siblings=[elsewhere, itself, same_city])

    assert say("no_duplicate", second_spell) == "holds"
    assert ask("no_duplicate", duplicate).facts == {
        "other": "KRK-2026-0003",
        "state": "in_force",
        "form": "association",
    }


# --- twin_exclusive ---


def test_a_second_twin_in_germany_is_refused() -> None:
    nuremberg = sibling("nuremberg", "twinning", country="DE", reference="KRK-2025-0004")

    finding = ask("twin_exclusive", facts_of("propose", siblings=[nuremberg]))

    assert finding.outcome == Outcome.BROKEN
    assert finding.facts == {"other": "KRK-2025-0004", "partner": "nuremberg", "country": "DE"}


@pytest.mark.parametrize(
    ("state", "answer"),
    [(state, "broken") for state in LIVE_TWINS] + [(state, "holds") for state in OTHER_TWINS],
)
def test_a_twin_counts_from_its_proposal_to_its_end(state: str, answer: str) -> None:
    facts = facts_of("adopt", siblings=[sibling(state=state)])

    assert say("twin_exclusive", facts) == answer


@pytest.mark.parametrize(
    "other",
    [
        sibling("leuven", "twinning", country="BE"),
        sibling("frankfurt", "partnership", country="DE"),
        sibling("leipzig", "twinning", identity=1, reference=REFERENCE),
    ],
    ids=["a twin in Belgium", "a partner city in Germany", "the case itself"],
)
def test_only_another_twin_in_the_country_stands_in_the_way(other: Sibling) -> None:
    facts = facts_of("propose", siblings=[other])

    finding = ask("twin_exclusive", facts)

    assert (finding.outcome, finding.facts) == (Outcome.HOLDS, {"country": "DE"})


@pytest.mark.parametrize(
    ("identity", "continues", "answer"),
    [(1, "KRK-2025-0001", "holds"), (1, "KRK-2025-0002", "broken"), (2, "KRK-2025-0001", "broken")],
    ids=["its own older text", "nothing it continues", "another city's text"],
)
def test_a_new_agreement_with_the_same_twin_city_may_continue_the_old_one(
    identity: int, continues: str, answer: str
) -> None:
    older = sibling("leipzig", identity=identity, reference="KRK-2025-0001")
    history = road("twinning", "before_council", propose={"continues": continues})

    facts = facts_of("adopt", acts=history, siblings=[older])

    assert say("twin_exclusive", facts) == answer


def test_whether_a_twin_is_the_only_one_needs_its_country() -> None:
    facts = facts_of("propose", partner=partner("someone", None), siblings=[sibling(country=None)])

    assert say("twin_exclusive", facts) == "undecided: partner.country"


def test_partnership_agreements_may_be_many_in_a_country() -> None:
    florence = facts_of("propose", form="partnership", partner=partner("florence", "IT"))

    assert "twin_exclusive" not in florence.row.rules


# --- outside_europe ---


@pytest.mark.parametrize("country", EUROPE)
def test_no_city_of_europe_gets_the_title(country: str) -> None:
    facts = facts_of("propose", form="honorary_title", partner=partner("a-city", country))

    finding = ask("outside_europe", facts)

    assert (finding.outcome, finding.facts) == (Outcome.BROKEN, {"country": country})


@pytest.mark.parametrize(
    ("city", "country"),
    [("curitiba", "BR"), ("la-serena", "CL"), ("quito", "EC"), ("kyoto", "JP"), ("nuuk", "GL")],
)
def test_a_city_outside_europe_may_get_the_title(city: str, country: str) -> None:
    facts = facts_of("propose", form="honorary_title", partner=partner(city, country))

    assert say("outside_europe", facts) == "holds"


@pytest.mark.parametrize("country", ["AM", "AZ", "CY", "GE", "KZ", "RU", "TR"])
def test_a_country_on_two_continents_waits_for_a_persons_decision(country: str) -> None:
    city = partner("a-city", country)
    in_asia, in_europe = (
        partner("a-city", country, continent=continent) for continent in ("asia", "europe")
    )

    answers = [
        say("outside_europe", facts_of("propose", form="honorary_title", partner=placed))
        for placed in (city, in_asia, in_europe)
    ]

    assert answers == ["undecided: partner.continent", "holds", "broken"]


def test_the_decision_about_a_city_goes_before_the_continent_of_its_country() -> None:
    las_palmas = partner("las-palmas", "ES", continent="africa")
    nowhere = partner("someone", None)

    by_decision = ask(
        "outside_europe", facts_of("propose", form="honorary_title", partner=las_palmas)
    )
    unknown = facts_of("propose", form="honorary_title", partner=nowhere)

    assert (by_decision.outcome, by_decision.facts) == (Outcome.HOLDS, {"continent": "africa"})
    assert say("outside_europe", unknown) == "undecided: partner.country"
