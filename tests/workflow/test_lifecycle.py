"""The moves the database lets through: every lawful one, the engine's own, and no other."""

from collections import Counter

import pytest

from models.vocabulary import ENTER, IN_PLACE, RETRACT, START, Form
from workflow.errors import NotFound
from workflow.lifecycle import CURRENT, definition, lifecycle_rows, names

Move = tuple[str, str, str, str, str]

MOVES: list[Move] = [
    (row["step"], row["form"], row["source"], row["new_form"], row["target"])
    for row in lifecycle_rows(definition())
]
STEPS = {
    (row.step, row.form.value, row.source, row.new_form.value, row.target)
    for row in definition().all_rows()
}
PLACES = {(form, state) for _, form, state, _, _ in STEPS if state != START} | {
    (form, state) for _, _, _, form, state in STEPS
}
ENGINES_OWN = {*IN_PLACE, RETRACT, ENTER}


def of_step(step: str) -> set[Move]:
    """Give the moves of one step."""
    return {move for move in MOVES if move[0] == step}


def test_no_move_is_written_twice_and_all_are_of_the_edition() -> None:
    assert max(Counter(MOVES).values()) == 1
    assert {row["definition"] for row in lifecycle_rows(definition())} == {CURRENT}
    assert list(MOVES) == sorted(MOVES)


def test_the_definition_s_own_steps_move_as_it_says_and_not_otherwise() -> None:
    assert {move for move in MOVES if move[0] not in ENGINES_OWN} == STEPS


@pytest.mark.parametrize("step", IN_PLACE)
def test_an_event_in_place_is_possible_everywhere_and_leads_nowhere(step: str) -> None:
    assert of_step(step) == {(step, form, state, form, state) for form, state in PLACES}


def test_history_may_enter_wherever_a_case_could_have_come_by_itself() -> None:
    assert of_step(ENTER) == {
        (ENTER, Form.INFORMAL.value, START, form, state) for form, state in PLACES
    }
    assert (ENTER, "informal", START, "twinning", "before_minister") not in MOVES


def test_a_retraction_goes_any_move_backwards_but_never_unmakes_an_opening() -> None:
    undone = {
        (RETRACT, new_form, target, form, source)
        for step, form, source, new_form, target in MOVES
        if step != RETRACT and (source != START or step == ENTER)
    }

    assert of_step(RETRACT) == undone
    assert (RETRACT, "informal", "informal", "informal", START) in MOVES
    assert (RETRACT, "decision", "proposed", "decision", START) not in MOVES


BINDING = ("in_force", "suspended", "in_notice")


@pytest.mark.parametrize(
    ("form", "doors"),
    [
        ("association", {"admit"}),
        ("twinning", {"sign"}),
        ("partnership", {"sign"}),
        ("sectoral", {"sign"}),
        ("honorary_title", {"confer"}),
        ("programme", {"sign"}),
        ("eu_programme", {"decide"}),
        ("political_association", {"decide"}),
    ],
)
def test_a_cooperation_comes_into_force_by_one_door(form: str, doors: set[str]) -> None:
    ways = {
        (step, source)
        for step, _, source, new_form, target in MOVES
        if (new_form, target) == (form, "in_force") and source not in BINDING and step != RETRACT
    }

    steps = {step for step, _ in ways}
    back = {step for step, source in ways if source in {"annulled", "terminated"}}
    assert steps - back == doors | {ENTER}
    assert back <= {"reinstate", "restore"}


def test_an_association_is_in_force_by_no_other_step() -> None:
    into = {
        step
        for step, _, source, form, target in MOVES
        if (form, target) == ("association", "in_force") and source != "in_force"
    }

    assert into == {
        "admit", "reinstate", "resume", "withdraw_notice", "restore", ENTER, RETRACT,
    }  # fmt: skip


def test_the_way_to_the_minister_is_the_associations_and_the_decisions() -> None:
    with_minister = {
        form for _, _, _, form, state in MOVES if state in {"before_voivode", "before_minister"}
    }

    assert with_minister == {"association", "decision"}


def test_what_has_ended_is_left_only_by_the_doors_named() -> None:
    finals = {name for name, state in definition().states.items() if state.final}
    out = {
        (source, step)
        for step, _, source, _, target in MOVES
        if source in finals and target != source and step != RETRACT
    }

    assert out == {
        ("closed", "reopen"),
        ("expired", "supersede"),
        ("terminated", "restore"),
    }


def test_no_form_is_left_out() -> None:
    assert {form for form, _ in PLACES} == {form.value for form in Form}
    assert {state for _, state in PLACES} == set(definition().states)
    assert not {("decision", "in_force"), ("honorary_title", "in_notice")} & PLACES


def test_an_edition_is_loaded_once_and_found_by_its_name() -> None:
    assert names() == (CURRENT,)
    assert definition(CURRENT) is definition()
    with pytest.raises(NotFound) as refusal:
        definition("1990-1")
    assert refusal.value.facts == {"kind": "definition", "name": "1990-1", "near": ()}
