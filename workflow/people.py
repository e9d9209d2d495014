"""Who records: persons of the office, their roles on a day, and who stands in for whom."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from models.person import Person, PersonRole, Substitution
from models.vocabulary import Role
from workflow.errors import (
    AlreadyThere,
    InputFaults,
    NoSubstitution,
    NotAllowed,
    NotAPerson,
    NotFound,
)
from workflow.facts import Actor
from workflow.unit import Unit

TWO = 2


@dataclass(frozen=True, slots=True)
class Colleague:
    """A person as the office lists them."""

    login: str
    name: str
    active: bool
    roles: tuple[Role, ...]


def _roles_on(day: dt.date) -> sa.ColumnElement[bool]:
    return (PersonRole.valid_from <= day) & (
        PersonRole.valid_until.is_(None) | (PersonRole.valid_until >= day)
    )


def colleagues(unit: Unit) -> Sequence[Colleague]:
    """List everybody, with the roles valid today."""
    rows = unit.connection.execute(
        sa.select(Person.login, Person.name, Person.active, PersonRole.role)
        .outerjoin(PersonRole, (PersonRole.person_id == Person.id) & _roles_on(unit.today))
        .order_by(Person.login, PersonRole.role)
    )
    found: dict[str, Colleague] = {}
    for login, name, active, role in rows:
        before = found.get(login)
        roles = (*(before.roles if before else ()), *((Role(role),) if role else ()))
        found[login] = Colleague(login, name, active, roles)
    return tuple(found.values())


def with_role(unit: Unit, roles: Sequence[Role]) -> tuple[str, ...]:
    """Give the logins of everybody active who holds one of these roles today."""
    return tuple(
        person.login
        for person in colleagues(unit)
        if person.active and set(roles) & set(person.roles)
    )


def roles_of(unit: Unit, login: str) -> frozenset[Role]:
    """Give the roles a person holds today.

    Raises:
        NotAPerson: nobody active has this login.
    """
    rows = unit.connection.execute(
        sa.select(PersonRole.role)
        .select_from(Person)
        .outerjoin(PersonRole, (PersonRole.person_id == Person.id) & _roles_on(unit.today))
        .where(Person.login == login, Person.active.is_(True))
    ).all()
    if not rows:
        raise NotAPerson(login=login)
    return frozenset(Role(role) for (role,) in rows if role)


def actor(unit: Unit, login: str, acting_as: str | None = None) -> Actor:
    """Say who acts: the person of the login, or in whose place that person may act today.

    In a demo register anybody may act as anybody; elsewhere only a substitution valid today
    lets one person act for another, with the roles of the person stood in for.

    Raises:
        NotAPerson: the login, or the person acted as, is nobody of this office.
        NoSubstitution: no substitution is valid today.
    """
    if acting_as is None or acting_as == login:
        return Actor(login, login, roles_of(unit, login))
    roles = roles_of(unit, acting_as)
    if unit.is_demo:
        return Actor(login, acting_as, roles)
    roles_of(unit, login)
    other, me = sa.orm.aliased(Person), sa.orm.aliased(Person)
    valid = unit.connection.execute(
        sa.select(Substitution.id)
        .join(me, Substitution.person_id == me.id)
        .join(other, Substitution.for_id == other.id)
        .where(
            me.login == login,
            other.login == acting_as,
            Substitution.valid_from <= unit.today,
            Substitution.valid_until >= unit.today,
        )
    ).first()
    if valid is None:
        raise NoSubstitution(login=login, other=acting_as, day=unit.today)
    return Actor(login, login, roles, acting_as)


def require(
    actor: Actor, needed: Collection[Role], what: str, unit: Unit, reference: str = ""
) -> None:
    """Let through only who holds one of the roles.

    Raises:
        NotAllowed: the actor holds none of them; who does is named.
    """
    if not actor.roles & frozenset(needed):
        raise NotAllowed(
            login=actor.person,
            held=tuple(sorted(actor.roles)),
            needed=tuple(sorted(needed)),
            what=what,
            reference=reference,
            who=with_role(unit, tuple(needed)),
        )


def nobody_else_endorses(unit: Unit) -> bool:
    """Say whether fewer than two people hold the manager's role: a proposer among them is stuck."""
    return len(with_role(unit, (Role.MANAGER,))) < TWO


def add(unit: Unit, login: str, name: str, roles: Sequence[Role], by: str) -> None:
    """Add a person with roles from today on.

    Raises:
        AlreadyThere: the login is taken; logins stand in the history and are never given again.
    """
    if unit.connection.execute(sa.select(Person.id).where(Person.login == login)).first():
        raise AlreadyThere(kind="person", name=login)
    moment = unit.now()
    identity = unit.connection.execute(
        sa.insert(Person)
        .values(login=login, name=name, active=True, recorded_at=moment, recorded_by=by)
        .returning(Person.id)
    ).scalar_one()
    for role in dict.fromkeys(roles):
        unit.connection.execute(
            sa.insert(PersonRole).values(
                person_id=identity,
                role=role.value,
                valid_from=unit.today,
                granted_at=moment,
                granted_by=by,
            )
        )


def substitute(
    unit: Unit,
    login: str,
    other: str,
    start: dt.date,
    until: dt.date,
    authority: str,
    by: str,
) -> None:
    """Record that `login` stands in for `other` in those days, on that written authority.

    Raises:
        NotFound: one of the two is nobody of this office.
        InputFaults: it would begin before today, end before it begins, or is for oneself.
    """
    faults = [
        {"name": name, "value": str(value), "fault": fault}
        for name, value, fault, wrong in (
            ("from", start, "backwards", start < unit.today),
            ("until", until, "ends_first", until < start),
            ("for", other, "oneself", login == other),
        )
        if wrong
    ]
    if faults:
        raise InputFaults("person substitute", faults)
    identities: dict[str, int] = {
        name: identity
        for identity, name in unit.connection.execute(
            sa.select(Person.id, Person.login).where(Person.login.in_((login, other)))
        )
    }
    for name in (login, other):
        if name not in identities:
            raise NotFound(kind="person", name=name, near=())
    unit.connection.execute(
        sa.insert(Substitution).values(
            person_id=identities[login],
            for_id=identities[other],
            valid_from=start,
            valid_until=until,
            authority=authority,
            recorded_at=unit.now(),
            recorded_by=by,
        )
    )
