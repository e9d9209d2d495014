"""`accord init` and `accord database`: make a register, bring it up to date, examine it."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import click

from commands.command import as_json, command, dry_run, group, lang_option, option
from commands.office import Office
from commands.printing import paragraph, write, write_json
from commands.speech import say
from models.vocabulary import Role


@command(
    "init",
    pl="""Załóż rejestr i wpisz siebie jako administratora.

    Gdzie: --database, ACCORD_DATABASE albo folder danych użytkownika.""",
    en="""Make a register and enter yourself as its administrator.

    Where: --database, ACCORD_DATABASE, or the user's data folder.""",
)
@option(
    "--demo",
    is_flag=True,
    pl="Rejestr pokazowy: każdy może działać jako każdy (--as).",
    en="A demo register: anybody may act as anybody (--as).",
)
@option(
    "--name", metavar="TEXT", pl="Imię i nazwisko administratora.", en="The administrator's name."
)
@dry_run
@lang_option
@click.pass_obj
def init(office: Office, demo: bool, name: str | None, dry: bool) -> None:
    """Make a register."""
    from migrations import runner
    from workflow import errors

    if office.edition() is not None and not _abandoned(office):
        raise errors.RegisterExists(database=office.shown_database)
    if not dry:
        if "://" not in office.database:
            Path(office.database).parent.mkdir(parents=True, exist_ok=True)
        with office.watched():
            runner.upgrade(office.engine)
            _furnish(office, name or office.login, demo=demo)
    made, who = office.shown_database, office.login
    told = say(
        f"Założono rejestr: {made}. Administrator: {who}.",
        f"Register made: {made}. Administrator: {who}.",
    )
    write(paragraph(told))
    write([say("Dalej: ", "Next: ") + "accord person add LOGIN --name … --role officer"])


def _abandoned(office: Office) -> bool:
    """Say whether an earlier `init` was broken off before it entered an administrator."""
    from models.database import reading
    from workflow import people

    with office.watched(), reading(office.engine) as connection:
        return not people.colleagues(office.unit(connection))


def _furnish(office: Office, name: str, *, demo: bool) -> None:
    """Write into a new register what it cannot do without: all of it or nothing."""
    from models.database import writing
    from workflow import people, upkeep

    with writing(office.engine) as connection:
        unit = office.unit(connection)
        upkeep.fill(unit)
        if demo:
            upkeep.mark_demo(unit, office.login)
        people.add(unit, office.login, name, [Role.ADMINISTRATOR], office.login)
        people.add(unit, "clock", say("zegar", "clock"), [Role.CLOCK], office.login)


@group("database", pl="Baza danych rejestru.", en="The register's database.")
def database() -> None:
    """Group the commands on the database."""


@database.command(
    "upgrade",
    pl="Podnieś bazę do wydania tego programu; całość albo nic.",
    en="Bring the database up to this program's edition; all of it or nothing.",
)
@dry_run
@lang_option
@click.pass_obj
def upgrade(office: Office, dry: bool) -> None:
    """Upgrade the register."""
    from alembic.util import CommandError

    from migrations import runner
    from models.database import writing
    from workflow import errors, upkeep

    before, head = office.edition(), runner.head()
    if before is None:
        raise errors.RegisterMissing(database=office.shown_database)
    unknown = errors.RegisterNewer(database=office.shown_database, found=before, head=head)
    if before > head:
        raise unknown
    if not dry:
        with office.watched():
            try:
                runner.upgrade(office.engine)
            except CommandError as error:
                # Alembic does not know the edition the register says it is of.
                raise unknown from error
            with writing(office.engine) as connection:
                upkeep.fill(office.unit(connection))
    write([f"{office.shown_database}: {before} -> {head}"])


FAULTS: Mapping[str, tuple[str, str]] = {
    "guard": ("brakuje strażnika", "a guard is missing"),
    "definition_missing": (
        "rejestr nie zna wydania definicji (accord database upgrade)",
        "the register does not know an edition of the definition (accord database upgrade)",
    ),
    "definition_differs": (
        "rejestr ma inny tekst wydania definicji",
        "the register keeps another text of an edition of the definition",
    ),
    "integrity": ("plik jest uszkodzony", "the file is damaged"),
    "foreign_key": ("wiersz wskazuje na nic", "a row points at nothing"),
}


@database.command(
    "check",
    pl="Sprawdź bazę: wydanie, strażników, definicje, spójność.",
    en="Examine the database: edition, guards, definitions, soundness.",
)
@as_json
@lang_option
@click.pass_obj
def check(office: Office, as_json: bool) -> None:
    """Examine the register."""
    from migrations import guards, runner
    from workflow import upkeep

    with office.reading() as unit:
        lost = [upkeep.Fault("guard", name) for name in guards.missing(unit.connection)]
        faults = [*lost, *upkeep.faults(unit)]
    edition = runner.head()
    if as_json:
        told = [{"kind": fault.kind, "name": fault.name} for fault in faults]
        write_json({"database": office.shown_database, "edition": edition, "faults": told})
    else:
        where = office.shown_database
        line = say(f"Rejestr: {where}, wydanie {edition}", f"Register: {where}, edition {edition}")
        write(paragraph(line))
        write(f"  x {say(*FAULTS[fault.kind])}: {fault.name}" for fault in faults)
        write([say("  + w porządku", "  + in order")] if not faults else [])
    if faults:
        raise click.exceptions.Exit(1)


def day(text: str) -> dt.date:
    """Read an exact day of an option.

    Raises:
        click.BadParameter: it is not one.
    """
    from workflow.dates import NotADate, PartialDate

    try:
        found = PartialDate.read(text).day
    except NotADate:
        found = None
    if found is None:
        raise click.BadParameter(
            say(f"{text!r}: podaj dzień, np. 2026-04-02", f"{text!r}: give a day, e.g. 2026-04-02")
        )
    return found
