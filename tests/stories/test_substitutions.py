"""Who acts for whom: a substitution is recorded as "X for Y", and opens no way round four eyes."""

from datetime import date

import pytest

from tests.office import Refusal
from tests.ordinary import ADMINISTRATOR, COLLEAGUE, DAY, MANAGER, OFFICER
from tests.stories.background import Story, Town
from workflow import amend, engine, people
from workflow.engine import Taken
from workflow.errors import AmendmentRefused, NoSubstitution, NotAllowed, StepRefused


def stands_in(town: Town, who: str, other: str, start: str, until: str) -> None:
    """Let somebody stand in for somebody, on a written authority."""
    days = (date.fromisoformat(start), date.fromisoformat(until))
    town.do(people.substitute, who, other, *days, "OR.0052.3.2026", ADMINISTRATOR)


def does_for(case: Story, who: str, other: str, step: str, **words: str) -> Taken:
    """Take a step in somebody's place."""
    given = case.words(step, dict(words))
    with case.office.writing() as unit:
        actor = people.actor(unit, who, other)
        return engine.advance(unit, case.reference, step, given, actor)


@pytest.fixture
def bordeaux(town: Town) -> Story:
    """A partnership that an officer has opened; a colleague stands in from 2 to 13 March 2026."""
    town.works_with("bordeaux", "1992")
    case = town.opens("bordeaux", DAY)
    stands_in(town, COLLEAGUE, MANAGER, DAY, "2026-03-13")
    return case


def test_an_endorsement_in_the_managers_place_is_recorded_as_one_for_the_other(
    bordeaux: Story,
) -> None:
    bordeaux.propose("partnership")

    does_for(bordeaux, COLLEAGUE, MANAGER, "endorse")

    event = bordeaux.events[-1]
    assert (event.actor, event.on_behalf_of, event.login) == (COLLEAGUE, MANAGER, COLLEAGUE)
    assert (event.role, bordeaux.state) == ("manager", "endorsed")


def test_who_proposed_does_not_endorse_in_the_managers_place(bordeaux: Story) -> None:
    bordeaux.advance("propose", COLLEAGUE, form="partnership")

    with pytest.raises(StepRefused) as caught:
        does_for(bordeaux, COLLEAGUE, MANAGER, "endorse")

    assert Refusal(caught.value).finding("four_eyes").facts == {"proposer": COLLEAGUE}
    assert bordeaux.advance("endorse", MANAGER).state == "endorsed"


def test_in_whose_place_something_was_proposed_does_not_endorse_it_either(
    town: Town, bordeaux: Story
) -> None:
    stands_in(town, COLLEAGUE, OFFICER, DAY, "2026-03-13")
    stands_in(town, OFFICER, MANAGER, DAY, "2026-03-13")
    does_for(bordeaux, COLLEAGUE, OFFICER, "propose", form="partnership")

    with pytest.raises(StepRefused):
        does_for(bordeaux, OFFICER, MANAGER, "endorse")
    with pytest.raises(StepRefused):
        does_for(bordeaux, COLLEAGUE, MANAGER, "endorse")

    assert bordeaux.advance("endorse", MANAGER).state == "endorsed"


@pytest.mark.parametrize("day", ["2026-03-01", "2026-03-14"])
def test_before_and_after_its_days_nobody_stands_in(town: Town, bordeaux: Story, day: str) -> None:
    bordeaux.propose("partnership")
    town.on(day)

    with pytest.raises(NoSubstitution):
        does_for(bordeaux, COLLEAGUE, MANAGER, "endorse")

    assert bordeaux.state == "proposed"


def test_on_its_last_day_one_still_stands_in(bordeaux: Story) -> None:
    bordeaux.propose("partnership").at("2026-03-13")

    assert does_for(bordeaux, COLLEAGUE, MANAGER, "endorse").state == "endorsed"


def test_standing_in_goes_one_way_and_not_round_a_corner(town: Town, bordeaux: Story) -> None:
    bordeaux.propose("partnership")
    stands_in(town, OFFICER, COLLEAGUE, DAY, "2026-03-13")

    with pytest.raises(NoSubstitution):
        does_for(bordeaux, MANAGER, COLLEAGUE, "note")
    with pytest.raises(NotAllowed):
        does_for(bordeaux, OFFICER, COLLEAGUE, "endorse")
    with pytest.raises(NoSubstitution):
        does_for(bordeaux, OFFICER, MANAGER, "endorse")


def test_a_correction_is_not_confirmed_by_who_asked_for_it_in_another_s_place(
    town: Town, bordeaux: Story
) -> None:
    bordeaux.propose("partnership")
    told = (bordeaux.reference, 2, {"term": "3 years"}, "omyłka")
    asked = town.do(amend.correct, *told, town.actor(COLLEAGUE))

    with town.refusing(AmendmentRefused) as (unit, caught):
        in_his_place = people.actor(unit, COLLEAGUE, MANAGER)
        amend.confirm(unit, bordeaux.reference, asked.sequence, in_his_place)

    assert caught.value.facts["why"] == "four_eyes"


def test_a_waiver_is_not_granted_in_the_managers_place_by_who_proposed(
    town: Town, bordeaux: Story
) -> None:
    bordeaux.advance("propose", COLLEAGUE, form="partnership")
    bordeaux.come_to("before_council")
    words = bordeaux.words("adopt", {"resolution": "48/1325/26"})
    bordeaux.refused("adopt", **words)

    with town.refusing(AmendmentRefused) as (unit, caught):
        in_his_place = people.actor(unit, COLLEAGUE, MANAGER)
        args = (bordeaux.reference, "number_format", "adopt", words, "tak wydrukowano")
        amend.waive(unit, *args, in_his_place)

    assert caught.value.facts["why"] == "four_eyes"


def test_what_was_done_in_another_s_place_stays_so_when_the_days_are_over(
    town: Town, bordeaux: Story
) -> None:
    bordeaux.propose("partnership")
    does_for(bordeaux, COLLEAGUE, MANAGER, "endorse")

    town.on("2026-06-01")

    act = bordeaux.now.case.acts[-1]
    assert (act.actor, act.on_behalf_of) == (COLLEAGUE, MANAGER)
    assert act.names == {COLLEAGUE, MANAGER}
