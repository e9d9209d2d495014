"""`accord law`: the provisions the rules rest on, and the dated settings of the office."""

from difflib import get_close_matches

import click

from commands import labels
from commands.command import argument, as_json, dry_run, group, lang_option, option
from commands.database import day
from commands.office import Office
from commands.printing import paragraph, table, write, write_json
from commands.speech import say
from models.vocabulary import Role
from workflow import people, upkeep
from workflow.errors import NotFound
from workflow.law import law as provisions


@group("law", pl="Przepisy i ustawienia urzędu.", en="Provisions and settings of the office.")
def law() -> None:
    """Group the commands on the law."""


@law.command(
    "show", pl="Pokaż przepisy albo jeden z nich.", en="Show the provisions, or one of them."
)
@argument(
    "provision", required=False, pl="Przepis, np. usg-14.", en="The provision, such as usg-14."
)
@as_json
@lang_option
@click.pass_obj
def show(office: Office, provision: str | None, as_json: bool) -> None:
    """Show provisions."""
    del office
    found = provisions()
    if provision is not None and provision not in found:
        raise NotFound(kind="provision", name=provision, near=get_close_matches(provision, found))
    shown = [found[provision]] if provision else list(found.values())
    tongue = labels.tongue()
    if as_json:
        write_json(
            [
                {
                    "id": p.id,
                    "citation": p.citation[tongue],
                    "text": p.text[tongue],
                    "source": p.source,
                }
                for p in shown
            ]
        )
        return
    for number, one in enumerate(shown):
        write([""] if number else [])
        write(paragraph(f"{one.id}: {one.citation[tongue]}"))
        write(paragraph(one.text[tongue], first="  "))
        write(paragraph(say("źródło: ", "source: ") + one.source, first="  "))


@law.command(
    "setting",
    pl="""Pokaż ustawienia albo wpisz nowe, ważne od dnia.

    Przykład: accord law setting usg_reference "t.j. Dz.U. z 2025 r. poz. 1153" --from 2025-08-29
    --source "Dziennik Ustaw" """,
    en="""Show the settings, or state one, valid from a day.

    Example: accord law setting usg_reference "t.j. Dz.U. z 2025 r. poz. 1153" --from 2025-08-29
    --source "Dziennik Ustaw" """,
)
@argument("key", required=False, pl="Ustawienie.", en="The setting.")
@argument("value", required=False, pl="Nowa wartość.", en="Its new value.")
@option(
    "--from",
    "start",
    metavar="DATE",
    pl="Ważne od; domyślnie dziś.",
    en="Valid from; today by default.",
)
@option("--until", metavar="DATE", pl="Ważne do.", en="Valid until.")
@option("--source", metavar="TEXT", pl="Skąd to wiadomo.", en="Where it was read.")
@as_json
@dry_run
@lang_option
@click.pass_obj
def setting(
    office: Office,
    key: str | None,
    value: str | None,
    start: str | None,
    until: str | None,
    source: str | None,
    as_json: bool,
    dry: bool,
) -> None:
    """Show or state settings."""
    if key is None or value is None:
        with office.reading() as unit:
            found = unit.settings.sheet(unit.today)
        if key is not None and key not in found:
            raise NotFound(kind="setting", name=key, near=get_close_matches(key, found))
        shown = {name: found[name] for name in (found if key is None else (key,))}
        if as_json:
            write_json(shown)
        else:
            write(table((say("ustawienie", "setting"), say("dziś", "today")), shown.items()))
        return
    if not source or not source.strip():
        raise click.UsageError(say("Ustawienie wymaga --source.", "A setting needs --source."))
    with office.writing(dry=dry) as unit:
        actor = office.actor(unit)
        people.require(actor, {Role.ADMINISTRATOR, Role.MANAGER}, "law setting", unit)
        upkeep.put_setting(
            unit,
            key,
            value,
            source,
            actor.person,
            valid_from=day(start) if start else None,
            valid_until=day(until) if until else None,
        )
    write([f"{key} = {value}"])
