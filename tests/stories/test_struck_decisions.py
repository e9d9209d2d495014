"""A decision whose resolution is struck after it was carried out: what it had done is restored."""

import pytest

from tests.stories.background import Town, bordeaux_in_force, decided


@pytest.mark.parametrize(
    ("purpose", "step", "state"),
    [
        ("suspend", "suspend", "suspended"),
        ("end", "give_notice", "in_notice"),
        ("end", "terminate", "terminated"),
    ],
)
def test_what_a_struck_decision_had_done_is_restored(
    town: Town, purpose: str, step: str, state: str
) -> None:
    bordeaux = bordeaux_in_force(town)
    decision = decided(town, bordeaux, purpose, "2026-03-02")
    bordeaux.take(step)
    assert bordeaux.state == state

    restored = bordeaux.at("2026-04-13").advance("restore", about=decision.reference)

    assert (restored.state, decision.state) == ("in_force", "carried_out")
    assert str(bordeaux.now.ends_on) == "2031-01-12"


def test_only_the_decision_that_was_carried_out_restores(town: Town) -> None:
    bordeaux = bordeaux_in_force(town)
    struck = decided(town, bordeaux, "suspend", "2026-03-02")
    bordeaux.take("suspend")
    bordeaux.at("2026-04-13").take("restore", about=struck.reference)
    decided(town, bordeaux, "suspend", "2026-05-04")
    bordeaux.take("suspend")

    again = bordeaux.at("2026-06-01").refused("restore", about=struck.reference)

    assert again.broken == ["as_it_was"]


def test_a_struck_suspension_does_not_restore_what_has_been_ended_since(town: Town) -> None:
    bordeaux = bordeaux_in_force(town)
    struck = decided(town, bordeaux, "suspend", "2026-03-02")
    bordeaux.take("suspend")
    decided(town, bordeaux, "end", "2026-03-09")
    bordeaux.take("terminate")

    refusal = bordeaux.at("2026-04-13").refused("restore", about=struck.reference)

    assert refusal.finding("as_it_was").variant == "decision"


def test_the_partners_own_notice_is_undone_by_no_judgment_on_ours(town: Town) -> None:
    bordeaux = bordeaux_in_force(town)
    suspended = decided(town, bordeaux, "suspend", "2026-03-02")
    bordeaux.take("suspend").at("2026-04-13").take("receive_notice")

    refusal = bordeaux.refused("restore", about=suspended.reference)

    assert refusal.broken == ["as_it_was"]


def test_a_twin_restored_would_be_a_second_one(town: Town) -> None:
    for slug in ("nuremberg", "leipzig"):
        town.works_with(slug, "1990")
    nuremberg = town.opens("nuremberg", "2026-01-12").propose("twinning").come_to("in_force")
    struck = decided(town, nuremberg, "end", "2026-02-02")
    nuremberg.take("terminate")
    town.opens("leipzig", "2026-03-02").propose("twinning")

    refusal = nuremberg.at("2026-04-13").refused("restore", about=struck.reference)

    assert refusal.broken == ["twin_exclusive"]
