"""Persons of the office: their roles on a day, and who stands in for whom."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from models.person import Person, PersonRole
from models.vocabulary import Role
from tests.office import Office
from tests.ordinary import (
    ADMINISTRATOR,
    AUDITOR,
    CLERK,
    COLLEAGUE,
    MANAGER,
    OFFICER,
    TODAY,
)
from workflow import people
from workflow.errors import (
    AlreadyThere,
    InputFaults,
    NoSubstitution,
    NotAllowed,
    NotAPerson,
    NotFound,
)
from workflow.facts import Actor
from workflow.people import Colleague
from workflow.unit import DEMO, Unit

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
LETTER = "zarządzenie 12/2026"


def grant(unit: Unit, login: str, role: Role, start: date, until: date | None) -> None:
    """Grant a role for a time."""
    unit.connection.execute(
        sa.insert(PersonRole).values(
            person_id=sa.select(Person.id).where(Person.login == login).scalar_subquery(),
            role=role,
            valid_from=start,
            valid_until=until,
            granted_at=unit.now(),
            granted_by=ADMINISTRATOR,
        )
    )


def leave(unit: Unit, login: str) -> None:
    """Let a person leave the office."""
    unit.connection.execute(sa.update(Person).where(Person.login == login).values(active=False))


def test_a_person_acts_in_the_roles_of_the_day(office: Office) -> None:
    with office.writing() as unit:
        grant(unit, OFFICER, Role.CLERK, TODAY, TODAY)
        grant(unit, OFFICER, Role.MANAGER, TOMORROW, None)
        grant(unit, OFFICER, Role.AUDITOR, date(2020, 1, 1), YESTERDAY)

    with office.reading() as unit:
        assert people.actor(unit, OFFICER) == Actor(
            OFFICER, OFFICER, frozenset({Role.OFFICER, Role.CLERK})
        )
        assert people.actor(unit, OFFICER, OFFICER) == people.actor(unit, OFFICER)


def test_a_person_without_a_role_is_a_person_still(here: Office) -> None:
    here.do(people.add, "nowa.osoba", "Nowa Osoba", [], ADMINISTRATOR)

    with here.reading() as unit:
        assert people.roles_of(unit, "nowa.osoba") == frozenset()


def test_everybody_is_listed_with_the_roles_of_today(office: Office) -> None:
    office.do(people.add, "nowa.osoba", "Nowa Osoba", [], ADMINISTRATOR)
    with office.writing() as unit:
        grant(unit, CLERK, Role.OFFICER, TODAY, None)
        leave(unit, AUDITOR)

    with office.reading() as unit:
        listed = {person.login: person for person in people.colleagues(unit)}

    assert list(listed) == sorted(listed)
    assert listed[CLERK] == Colleague(
        CLERK, CLERK.title(), active=True, roles=(Role.CLERK, Role.OFFICER)
    )
    assert listed["nowa.osoba"].roles == ()
    assert not listed[AUDITOR].active


def test_who_has_left_no_longer_acts_and_is_not_asked(here: Office) -> None:
    with here.writing() as unit:
        leave(unit, COLLEAGUE)

    with here.reading() as unit:
        with pytest.raises(NotAPerson) as caught:
            people.actor(unit, COLLEAGUE)
        assert people.with_role(unit, [Role.OFFICER]) == (OFFICER,)
        assert people.with_role(unit, [Role.CLERK, Role.MANAGER]) == (CLERK, MANAGER)
    assert caught.value.facts == {"login": COLLEAGUE}


def test_a_login_is_given_once(office: Office) -> None:
    with office.refusing(AlreadyThere) as (unit, caught):
        people.add(unit, OFFICER, "Anna Inna", [Role.OFFICER], ADMINISTRATOR)

    assert caught.value.facts == {"kind": "person", "name": OFFICER}


def test_a_role_named_twice_is_granted_once(here: Office) -> None:
    here.do(people.add, "nowa.osoba", "Nowa", [Role.CLERK, Role.CLERK], ADMINISTRATOR)

    with here.reading() as unit:
        (nowa,) = [one for one in people.colleagues(unit) if one.login == "nowa.osoba"]
    assert nowa.roles == (Role.CLERK,)


def test_one_stands_in_for_another_with_the_other_s_roles_and_in_both_names(
    office: Office,
) -> None:
    office.do(people.substitute, CLERK, MANAGER, TODAY, TODAY, LETTER, ADMINISTRATOR)

    with office.reading() as unit:
        deputy = people.actor(unit, CLERK, MANAGER)

    assert deputy == Actor(CLERK, CLERK, frozenset({Role.MANAGER}), MANAGER)
    assert deputy.names == {CLERK, MANAGER}


@pytest.mark.parametrize(
    ("login", "other", "day"),
    [
        (CLERK, MANAGER, TODAY + timedelta(days=3)),
        (CLERK, MANAGER, TODAY),
        (MANAGER, CLERK, TOMORROW),
        (OFFICER, MANAGER, TOMORROW),
        (CLERK, OFFICER, TOMORROW),
    ],
)
def test_without_a_substitution_of_that_day_nobody_acts_for_another(
    office: Office, login: str, other: str, day: date
) -> None:
    in_two_days = TODAY + timedelta(days=2)
    office.do(people.substitute, CLERK, MANAGER, TOMORROW, in_two_days, LETTER, ADMINISTRATOR)

    with Office(office.database, day).reading() as unit, pytest.raises(NoSubstitution) as caught:
        people.actor(unit, login, other)

    assert caught.value.facts == {"login": login, "other": other, "day": day}


@pytest.mark.parametrize("pair", [("obcy", MANAGER), (CLERK, "obcy")])
def test_a_stranger_neither_stands_in_nor_is_stood_in_for(
    here: Office, pair: tuple[str, str]
) -> None:
    with here.reading() as unit, pytest.raises(NotAPerson) as caught:
        people.actor(unit, *pair)
    with here.refusing(NotFound) as (unit, unknown):
        people.substitute(unit, *pair, TODAY, TOMORROW, LETTER, ADMINISTRATOR)

    assert caught.value.facts == {"login": "obcy"}
    assert unknown.value.facts == {"kind": "person", "name": "obcy", "near": ()}


def test_everything_wrong_with_a_substitution_is_told_at_once(here: Office) -> None:
    long_ago = date(2020, 1, 1)

    with here.refusing(InputFaults) as (unit, caught):
        people.substitute(unit, CLERK, CLERK, YESTERDAY, long_ago, LETTER, ADMINISTRATOR)

    assert [(fault["name"], fault["fault"]) for fault in caught.value.faults] == [
        ("from", "backwards"), ("until", "ends_first"), ("for", "oneself"),
    ]  # fmt: skip


def test_in_a_demo_anybody_may_act_as_anybody_of_the_office(here: Office) -> None:
    here.setting(DEMO, "yes")

    with here.reading() as unit:
        assert unit.is_demo
        assert people.actor(unit, "ktokolwiek", MANAGER) == Actor(
            "ktokolwiek", MANAGER, frozenset({Role.MANAGER})
        )
        with pytest.raises(NotAPerson):
            people.actor(unit, OFFICER, "obcy")


def test_a_register_is_no_demo_unless_it_says_so(here: Office) -> None:
    with here.reading() as unit:
        assert not unit.is_demo


def test_who_lacks_the_role_is_told_who_has_it(here: Office) -> None:
    with here.reading() as unit:
        officer = people.actor(unit, OFFICER)
        people.require(officer, [Role.OFFICER, Role.CLERK], "note", unit)
        with pytest.raises(NotAllowed) as caught:
            people.require(officer, (Role.MANAGER, Role.AUDITOR), "retract", unit, "KRK-2026-0001")

    assert caught.value.facts == {
        "login": OFFICER,
        "held": (Role.OFFICER,),
        "needed": (Role.AUDITOR, Role.MANAGER),
        "what": "retract",
        "reference": "KRK-2026-0001",
        "who": (AUDITOR, MANAGER),
    }


def test_a_manager_who_is_the_only_one_is_told_apart(here: Office) -> None:
    with here.reading() as unit:
        alone = people.nobody_else_endorses(unit)
    here.do(people.add, "iga.kierownik", "Iga", [Role.MANAGER], ADMINISTRATOR)

    with here.reading() as unit:
        assert (alone, people.nobody_else_endorses(unit)) == (True, False)
