"""`accord person`: who works in the office, and in which roles."""

from collections.abc import Sequence

import click

from commands.command import (
    argument,
    as_json,
    dry_run,
    group,
    lang_option,
    option,
    references,
)
from commands.database import day
from commands.office import Office
from commands.printing import table, write, write_json
from commands.speech import say
from models.vocabulary import Role
from workflow import amend, people

ROLES = [str(role) for role in Role if role is not Role.CLOCK]


@group("person", pl="Osoby i ich role.", en="People and their roles.")
def person() -> None:
    """Group the commands on people."""


@person.command(
    "add",
    pl="""Dodaj osobę z rolami, od dziś.

    Przykład: accord person add anna.oficer --name "Anna Oficer" --role officer""",
    en="""Add a person with roles, from today on.

    Example: accord person add anna.oficer --name "Anna Oficer" --role officer""",
)
@argument("login", pl="Login osoby.", en="Login of the person.")
@option("--name", required=True, metavar="TEXT", pl="Imię i nazwisko.", en="The person's name.")
@option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    type=click.Choice(ROLES),
    pl="Rola; można powtórzyć.",
    en="A role; may be repeated.",
)
@dry_run
@lang_option
@click.pass_obj
def add(office: Office, login: str, name: str, roles: Sequence[str], dry: bool) -> None:
    """Add a person."""
    with office.writing(dry=dry) as unit:
        actor = office.actor(unit)
        people.require(actor, {Role.ADMINISTRATOR}, "person add", unit)
        people.add(unit, login, name, [Role(role) for role in roles], actor.person)
    write(
        [
            say(
                f"Dodano osobę: {login} ({', '.join(roles)})",
                f"Person added: {login} ({', '.join(roles)})",
            )
        ]
    )


@person.command("list", pl="Wypisz osoby i role.", en="List people and roles.")
@as_json
@lang_option
@click.pass_obj
def list_(office: Office, as_json: bool) -> None:
    """List people."""
    with office.reading() as unit:
        found = people.colleagues(unit)
    if as_json:
        write_json(
            [
                {"login": p.login, "name": p.name, "active": p.active, "roles": list(p.roles)}
                for p in found
            ]
        )
        return
    write(
        table(
            (say("login", "login"), say("kto", "name"), say("role", "roles")),
            [
                (p.login, p.name, ", ".join(office.speech.word("role", role) for role in p.roles))
                for p in found
            ],
        )
    )


@person.command(
    "substitute",
    pl="""Wpisz zastępstwo: osoba działa za inną w tych dniach, na piśmie.

    Przykład: accord person substitute anna.oficer --for marek.kierownik --from 2026-12-01
    --until 2026-12-14 --authority "OR-01.2026" """,
    en="""Enter a substitution: a person acts for another in those days, in writing.

    Example: accord person substitute anna.oficer --for marek.kierownik --from 2026-12-01
    --until 2026-12-14 --authority "OR-01.2026" """,
)
@argument("login", pl="Login osoby.", en="Login of the person.")
@option("--for", "other", required=True, metavar="LOGIN", pl="Za kogo.", en="For whom.")
@option(
    "--from", "start", metavar="DATE", pl="Od dnia; domyślnie dziś.", en="From; today by default."
)
@option("--until", required=True, metavar="DATE", pl="Do dnia włącznie.", en="Until, included.")
@option(
    "--authority",
    required=True,
    metavar="TEXT",
    pl="Pismo, na podstawie którego.",
    en="The writing it rests on.",
)
@dry_run
@lang_option
@click.pass_obj
def substitute(
    office: Office,
    login: str,
    other: str,
    start: str | None,
    until: str,
    authority: str,
    dry: bool,
) -> None:
    """Enter a substitution."""
    first, last = day(start) if start else office.today, day(until)
    with office.writing(dry=dry) as unit:
        actor = office.actor(unit)
        if actor.person != other:
            people.require(actor, {Role.ADMINISTRATOR}, "person substitute", unit)
        people.substitute(unit, login, other, first, last, authority, actor.person)
        alone = people.nobody_else_endorses(unit)
    write([say(f"{login} za: {other}, {first} – {last}", f"{login} for {other}, {first} – {last}")])
    if alone:
        write(
            [
                say(
                    "  ! Poza wnioskodawcą nikt nie może akceptować.",
                    "  ! Nobody but the proposer may endorse.",
                )
            ]
        )


@person.command(
    "assign",
    pl="Przekaż sprawy innej osobie (kierownik).",
    en="Give cases to another officer (manager).",
)
@argument("login", pl="Login osoby.", en="Login of the person.")
@references
@dry_run
@lang_option
@click.pass_obj
def assign(office: Office, login: str, references: Sequence[str], dry: bool) -> None:
    """Assign cases."""
    with office.writing(dry=dry) as unit:
        actor = office.actor(unit)
        for reference in references:
            amend.assign(unit, reference.upper(), login, actor)
    write([f"{reference.upper()}  -> {login}" for reference in references])
