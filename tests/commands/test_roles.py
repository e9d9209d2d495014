"""Who may record what: every role against every step, through the real engine.

The definition says who records a step; the engine must refuse everybody else, before it asks for
a single input, and nobody it names.
"""

import itertools
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from models.vocabulary import START, Form, Role
from tests import databases
from tests.databases import Database
from tests.office import CaseFile, Office
from tests.ordinary import AUDITOR, CLERK, MANAGER, OFFICER, PEOPLE
from workflow import engine
from workflow.advice import options
from workflow.definition import Row
from workflow.errors import AccordError, NotAllowed
from workflow.facts import Actor
from workflow.lifecycle import definition

ROLES: Mapping[Role, str] = {
    Role.OFFICER: OFFICER,
    Role.MANAGER: MANAGER,
    Role.CLERK: CLERK,
    Role.AUDITOR: AUDITOR,
    Role.ADMINISTRATOR: "a.administrator",
    Role.CLOCK: "clock",
}


def a_row_of_each() -> Iterator[Row]:
    """Give a row for every step and every set of roles that may record it somewhere."""
    seen = set()
    for row in definition().all_rows():
        kind = (row.step, frozenset(row.recorded_by))
        # That a decision is carried out is recorded with the step it allows, and never alone.
        if kind not in seen and row.source != START and row.step != "carry_out":
            seen.add(kind)
            yield row


ROWS = tuple(a_row_of_each())


@pytest.fixture(scope="module")
def placed(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office at a register of its own, to which cases are added where rows begin."""
    path = databases.copy_of(sqlite_template, tmp_path_factory.mktemp("placed"))
    return Office(Database("sqlite", f"sqlite:///{path}")).furnish()


def here(office: Office, row: Row, cases: dict[tuple[Form, str], CaseFile]) -> CaseFile:
    """Give a case that stands where a row begins, entered as history is."""
    place = (row.form, row.source)
    if place not in cases:
        reference = f"KRK-1999-{len(cases) + 1:04d}"
        cases[place] = office.enter(reference, "leipzig", row.form.value, row.source)
    return cases[place]


CASES: dict[tuple[Form, str], CaseFile] = {}


def test_each_role_has_somebody_in_this_test() -> None:
    assert set(ROLES) == set(Role)
    assert {login for login in ROLES.values() if login != "clock"} < set(PEOPLE)


@pytest.mark.parametrize(
    ("row", "role"),
    [
        pytest.param(row, role, id=f"{row.step}-{'+'.join(row.recorded_by)}-{role}")
        for row, role in itertools.product(ROWS, Role)
    ],
)
def test_a_step_is_recorded_by_whom_the_definition_names(
    row: Row, role: Role, placed: Office
) -> None:
    case = here(placed, row, CASES)
    actor = Actor(ROLES[role], ROLES[role], frozenset({role}))
    words = {"form": row.new_form.value} if "form" in row.inputs else {}
    refusal = None

    with placed.writing() as unit:
        try:
            engine.advance(unit, case.reference, row.step, words, actor)
        except AccordError as error:
            refusal = error
        finally:
            unit.connection.rollback()

    if role in row.recorded_by:
        assert not isinstance(refusal, NotAllowed)
    else:
        assert isinstance(refusal, NotAllowed), refusal
        assert set(refusal.facts["needed"]) == set(row.recorded_by)  # type: ignore[call-overload] # a tuple of roles


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("step", ["open", "raise"])
def test_a_case_is_begun_by_whom_the_definition_names(
    step: str, role: Role, placed: Office
) -> None:
    actor = Actor(ROLES[role], ROLES[role], frozenset({role}))
    begin = engine.open_case if step == "open" else engine.raise_decision
    (recorded_by,) = {row.recorded_by for row in definition().all_rows() if row.step == step}
    about = "leipzig"
    if step == "raise":
        in_force = next(
            row for row in ROWS if (row.form, row.source) == (Form.TWINNING, "in_force")
        )
        about = here(placed, in_force, CASES).reference

    with placed.writing() as unit, pytest.raises(AccordError) as caught:
        begin(unit, about, {}, actor)

    assert isinstance(caught.value, NotAllowed) == (role not in recorded_by)


@pytest.mark.parametrize("role", Role)
def test_the_options_say_the_same_as_the_engine_does(role: Role, placed: Office) -> None:
    case = here(placed, next(row for row in ROWS if row.source == "in_force"), CASES).now
    actor = Actor(ROLES[role], ROLES[role], frozenset({role}))

    with placed.reading() as unit:
        choices = options(unit, case, actor)

    assert choices
    assert all(choice.mine == (role in choice.row.recorded_by) for choice in choices)
