"""`accord init` and `accord database`: make a register, bring it up to date, examine it."""

import datetime as dt
from pathlib import Path

import click

from commands.command import as_json, command, group, lang_option, option
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
@lang_option
@click.pass_obj
def init(office: Office, demo: bool, name: str | None) -> None:
    """Make a register."""
    from migrations import runner
    from models.database import exists, writing
    from workflow import errors, people, upkeep
    from workflow.unit import Unit

    at = office.database
    if "://" not in at:
        Path(at).parent.mkdir(parents=True, exist_ok=True)
    if exists(Path(at) if "://" not in at else at) and runner.current(office.engine) is not None:
        raise errors.RegisterExists(database=office.shown_database)
    runner.upgrade(office.engine)
    with writing(office.engine) as connection:
        unit = Unit(connection, office.now, office.today)
        upkeep.fill(unit)
        if demo:
            upkeep.mark_demo(unit, office.login)
        people.add(unit, office.login, name or office.login, [Role.ADMINISTRATOR], office.login)
        people.add(unit, "clock", say("zegar", "clock"), [Role.CLOCK], office.login)
    write(
        paragraph(
            say(
                f"Założono rejestr: {office.shown_database}. Administrator: {office.login}.",
                f"Register made: {office.shown_database}. Administrator: {office.login}.",
            )
        )
    )
    write(
        [
            say(
                "Dalej: accord person add LOGIN --name … --role officer",
                "Next: accord person add LOGIN --name … --role officer",
            )
        ]
    )


@group("database", pl="Baza danych rejestru.", en="The register's database.")
def database() -> None:
    """Group the commands on the database."""


@database.command(
    "upgrade",
    pl="Podnieś bazę do wydania tego programu; całość albo nic.",
    en="Bring the database up to this program's edition; all of it or nothing.",
)
@lang_option
@click.pass_obj
def upgrade(office: Office) -> None:
    """Upgrade the register."""
    from migrations import runner
    from models.database import exists, writing
    from workflow import errors, upkeep
    from workflow.unit import Unit

    at = office.database
    if not exists(Path(at) if "://" not in at else at):
        raise errors.RegisterMissing(database=office.shown_database)
    before = runner.current(office.engine)
    if before is None:
        raise errors.RegisterMissing(database=office.shown_database)
    if before > runner.head():
        raise errors.RegisterNewer(database=office.shown_database, found=before, head=runner.head())
    runner.upgrade(office.engine)
    with writing(office.engine) as connection:
        upkeep.fill(Unit(connection, office.now, office.today))
    write([f"{office.shown_database}: {before} -> {runner.head()}"])


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
    from workflow import upkeep

    with office.reading() as unit:
        from migrations import guards, runner

        faults = [
            *(f"guard: {name}" for name in guards.missing(unit.connection)),
            *upkeep.faults(unit),
        ]
        edition = runner.head()
    if as_json:
        write_json({"database": office.shown_database, "edition": edition, "faults": faults})
    else:
        write(
            [
                say(
                    f"Rejestr: {office.shown_database}, wydanie {edition}",
                    f"Register: {office.shown_database}, edition {edition}",
                )
            ]
        )
        write(f"  x {fault}" for fault in faults)
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
