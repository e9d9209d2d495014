"""The shortest lawful way: what an officer would expect, and every plan can really be walked."""

from collections.abc import Sequence
from datetime import date

import pytest

from models.vocabulary import Form
from tests.ordinary import MANAGER
from tests.stories.background import Story, Town
from workflow import plan
from workflow.lifecycle import definition
from workflow.rules.asking import MAYORS, PURPOSE_OF

TO_THE_COUNCIL = ("propose", "endorse", "submit_to_council", "adopt")
THE_MINISTER = ("send_to_voivode", "forward_to_minister", "consent")
ALL_THE_WAY: dict[str, tuple[str, Sequence[str]]] = {
    "twinning": ("bordeaux", (*TO_THE_COUNCIL, "sign")),
    "partnership": ("bordeaux", (*TO_THE_COUNCIL, "sign")),
    "sectoral": ("bordeaux", (*TO_THE_COUNCIL, "sign")),
    "honorary_title": ("kyoto", (*TO_THE_COUNCIL, "confer")),
    "programme": ("bordeaux", ("propose", "endorse", "sign")),
    "eu_programme": ("green-cities", ("propose", "endorse", "decide")),
    "political_association": ("league-of-historical-cities", ("propose", "endorse", "decide")),
    "association": ("eurocities", (*TO_THE_COUNCIL, *THE_MINISTER, "apply", "admit")),
}
"""For each form a partner of it, and the steps from the first contact into force."""


def planned(case: Story, target: str, form: str | None = None) -> list[str] | None:
    """Ask for the way of a case to a state."""
    stands = case.now.case
    wanted = Form(form) if form else stands.form
    way = plan.plan(definition(), (stands.form, stands.state), target, case.office.today, wanted)
    return None if way is None else [leg.row.step for leg in way]


def walk(case: Story, steps: Sequence[str], form: str = "") -> Story:
    """Take the steps of a plan, with the decisions that some of them rest on."""
    for step in steps:
        purpose = PURPOSE_OF.get(step)
        if purpose is not None and case.form not in MAYORS:
            case.office.raises(case, purpose, str(case.office.today)).come_to("resolved")
        case.advance(step, **({"form": form} if step == "propose" else {}))
    return case


# --- from the first contact into force ---


@pytest.mark.parametrize("form", ALL_THE_WAY)
def test_the_way_into_force_is_the_one_an_officer_expects_and_it_can_be_walked(
    town: Town, form: str
) -> None:
    slug, expected = ALL_THE_WAY[form]
    town.works_with(slug, "1992")
    case = town.opens(slug, "2026-03-02")

    way = planned(case, "in_force", form)

    assert way == list(expected)
    assert walk(case, way, form).state == "in_force"
    assert case.form == form


def test_no_way_leads_into_force_without_a_form_nor_for_a_decision(town: Town) -> None:
    case = town.opens("bordeaux", "2026-03-02")

    assert planned(case, "in_force", "informal") is None
    assert planned(case, "in_force", "decision") is None
    assert planned(case, "carried_out", "decision") is None


def test_each_leg_says_when_it_can_be_at_the_earliest_and_when_it_is_to_be_expected(
    town: Town,
) -> None:
    case = town.opens("bordeaux", "2026-03-02").now.case

    way = plan.plan(definition(), (case.form, case.state), "in_force", town.today, Form.PARTNERSHIP)

    assert way is not None
    assert {leg.earliest for leg in way} == {date(2026, 3, 2)}
    assert [(leg.row.step, leg.expected) for leg in way] == [
        ("propose", date(2026, 3, 2)),
        ("endorse", date(2026, 3, 16)),
        ("submit_to_council", date(2026, 3, 16)),
        ("adopt", date(2026, 6, 14)),
        ("sign", date(2026, 6, 22)),
    ]


# --- from elsewhere ---

ONWARDS: Sequence[tuple[str, list[str], str, list[str]]] = (
    ("partnership", ["withdraw_draft"], "in_force", [*TO_THE_COUNCIL, "sign"]),
    ("partnership", ["vote_down"], "in_force", [*TO_THE_COUNCIL, "sign"]),
    ("partnership", ["adopt", "annul"], "in_force", [*TO_THE_COUNCIL, "sign"]),
    ("partnership", ["close"], "in_force", ["reopen", *TO_THE_COUNCIL, "sign"]),
    ("partnership", [], "closed", ["close"]),
    ("honorary_title", ["adopt", "annul"], "in_force", [*TO_THE_COUNCIL, "confer"]),
    (
        "association",
        ["adopt", "send_to_voivode", "forward_to_minister", "refuse"],
        "in_force",
        ["request_reconsideration", "consent", "apply", "admit"],
    ),
    (
        "association",
        ["adopt", *THE_MINISTER, "apply", "deny_admission"],
        "in_force",
        [*TO_THE_COUNCIL, *THE_MINISTER, "apply", "admit"],
    ),
)


@pytest.mark.parametrize(("form", "so_far", "target", "expected"), ONWARDS)
def test_from_wherever_a_draft_went_the_plan_goes_on_and_can_be_walked(
    town: Town, form: str, so_far: list[str], target: str, expected: list[str]
) -> None:
    slug, _ = ALL_THE_WAY[form]
    town.works_with(slug, "1992")
    case = town.opens(slug, "2026-03-02").propose(form).come_to("before_council").take(*so_far)

    way = planned(case, target)

    assert way == expected
    assert walk(case, way, form).state == target


def test_a_draft_before_the_council_is_withdrawn_rather_than_voted_down(town: Town) -> None:
    town.works_with("bordeaux", "1992")
    case = town.opens("bordeaux", "2026-03-02").propose("partnership").come_to("before_council")

    way = planned(case, "informal", "informal")

    assert way == ["withdraw_draft", "set_aside"]
    assert walk(case, way).state == "informal"


@pytest.mark.parametrize(
    ("so_far", "target", "expected"),
    [
        (["suspend"], "in_force", ["resume"]),
        (["receive_notice"], "in_force", ["withdraw_notice"]),
        ([], "suspended", ["suspend"]),
        ([], "in_notice", ["give_notice"]),
        ([], "terminated", ["terminate"]),
        (["suspend"], "terminated", ["terminate"]),
    ],
)
def test_the_plan_of_what_is_in_force_can_be_walked_with_its_decisions(
    town: Town, so_far: list[str], target: str, expected: list[str]
) -> None:
    town.works_with("bordeaux", "1992")
    case = town.opens("bordeaux", "2026-03-02").propose("partnership").come_to("in_force")
    walk(case, so_far)

    way = planned(case, target)

    assert way == expected
    assert walk(case, way).state == target


@pytest.mark.parametrize("form", ["twinning", "partnership", "sectoral"])
def test_no_plan_leads_back_from_a_term_that_has_run_out(town: Town, form: str) -> None:
    town.works_with("bordeaux", "1992")
    case = town.opens("bordeaux", "2026-03-02").propose(form).come_to("in_force")
    town.tick("2031-03-03")

    assert case.state == "expired"
    assert planned(case, "in_force") is None


def test_what_a_court_alone_can_give_back_is_planned_only_where_it_stands_open(
    town: Town,
) -> None:
    town.works_with("bordeaux", "1992")
    case = town.opens("bordeaux", "2026-03-02").propose("partnership").come_to("in_force")
    walk(case, ["terminate"])

    assert planned(case, "in_force") == ["restore"]


def test_a_decision_is_planned_to_its_carrying_out(town: Town) -> None:
    town.works_with("bordeaux", "1992")
    about = town.opens("bordeaux", "2026-03-02").propose("partnership").come_to("in_force")
    decision = town.raises(about, "suspend", "2026-03-02")

    way = planned(decision, "carried_out")

    assert way == ["endorse", "submit_to_council", "adopt", "carry_out"]
    decision.take(*way[:-1])
    assert about.advance("suspend").carried_out == decision.reference


def test_the_plan_to_close_is_walked_by_a_manager_once_the_council_has_resolved(
    town: Town,
) -> None:
    town.works_with("bordeaux", "1992")
    case = town.opens("bordeaux", "2026-03-02").propose("partnership").come_to("resolved")

    assert planned(case, "closed") == ["close"]
    assert case.advance("close", MANAGER).state == "closed"
