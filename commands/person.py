"""`accord person`: who works in the office, and in which roles."""

from collections.abc import Sequence

import click

from commands.command import as_json, dry_run, group, lang_option, option
from commands.office import Office
from commands.printing import table, write, write_json
from commands.speech import say
from models.vocabulary import Role
from workflow import people

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
@click.argument("login")
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
