"""`accord activity` and `accord act`: joint projects, and documents attached to entries."""

from collections.abc import Sequence
from pathlib import Path

import click

from commands import labels
from commands.command import argument, as_json, dry_run, group, lang_option, option, reference
from commands.office import Office
from commands.printing import table, write, write_json
from commands.speech import say
from models.vocabulary import Role
from workflow import activities, acts, people, reading
from workflow.dates import PartialDate


@group(
    "activity",
    pl="Przedsięwzięcia: piętnaście narzędzi polityki zagranicznej miasta.",
    en="Activities: the fifteen tools of municipal foreign policy.",
)
def activity() -> None:
    """Group the commands on activities."""


@activity.command(
    "add",
    pl="""Zapisz przedsięwzięcie; niektóre nie mają partnera.

    Przykład: accord activity add 1 "Dni Krakowa w Norymberdze" --period 2024-05
    --partner nuremberg""",
    en="""Record an activity; some have no partner.

    Example: accord activity add 1 "Days of Krakow in Nuremberg" --period 2024-05
    --partner nuremberg""",
)
@argument(
    "tool",
    type=click.IntRange(1, 15),
    metavar="TOOL",
    pl="Narzędzie, 1 do 15; które jest które, mówi accord activity report.",
    en="The tool, 1 to 15; accord activity report tells which is which.",
)
@argument("title", pl="Co to było.", en="What it was.")
@option("--period", required=True, metavar="DATE", pl="Kiedy.", en="When.")
@option(
    "--partner",
    "partners",
    multiple=True,
    metavar="SLUG",
    pl="Partner; można powtórzyć.",
    en="A partner; may be repeated.",
)
@option(
    "--case",
    "cases",
    multiple=True,
    metavar="REF",
    pl="Sprawa; można powtórzyć.",
    en="A case; may be repeated.",
)
@option("--place", metavar="TEXT", pl="Gdzie.", en="Where.")
@option("--about", metavar="TEXT", pl="Opis.", en="Description.")
@option("--source", metavar="TEXT", pl="Źródło.", en="Source.")
@dry_run
@lang_option
@click.pass_obj
def add(
    office: Office,
    tool: int,
    title: str,
    period: str,
    partners: Sequence[str],
    cases: Sequence[str],
    place: str | None,
    about: str | None,
    source: str | None,
    dry: bool,
) -> None:
    """Record an activity."""
    new = activities.NewActivity(tool, title, period, place, about, source, partners, cases)
    with office.writing(dry=dry) as unit:
        actor = office.actor(unit)
        people.require(actor, {Role.OFFICER, Role.CLERK}, "activity add", unit)
        number = activities.add(unit, new, actor.person)
    write([say(f"Zapisano przedsięwzięcie {number}.", f"Activity {number} recorded.")])


@activity.command("list", pl="Wypisz przedsięwzięcia.", en="List activities.")
@option("--partner", metavar="SLUG", pl="Tylko z tym partnerem.", en="Only with this partner.")
@option("--case", "reference", metavar="REF", pl="Tylko tej sprawy.", en="Only of this case.")
@as_json
@lang_option
@click.pass_obj
def list_(office: Office, partner: str | None, reference: str | None, as_json: bool) -> None:
    """List activities."""
    with office.reading() as unit:
        found = activities.entries(
            unit, slug=partner, reference=reference.upper() if reference else None
        )
        banner = office.banner(unit)
    if as_json:
        write_json(
            [
                {
                    "id": one.id,
                    "tool": one.tool,
                    "title": one.title,
                    "period": one.period,
                    "place": one.place,
                    "partners": list(one.partners),
                    "cases": list(one.cases),
                }
                for one in found
            ]
        )
        return
    write(banner)
    write(
        table(
            (
                "#",
                say("narzędzie", "tool"),
                say("kiedy", "when"),
                say("partnerzy", "partners"),
                say("tytuł", "title"),
            ),
            [
                (
                    one.id,
                    one.tool,
                    PartialDate.parse(one.period).words(labels.tongue()),
                    ", ".join((*one.partners, *one.cases)),
                    one.title,
                )
                for one in found
            ],
        )
        or [say("Nie ma przedsięwzięć.", "No activities.")]
    )


@activity.command(
    "report",
    pl="Ile razy użyto każdego z piętnastu narzędzi; 6, 12 i 14 liczy się ze spraw.",
    en="How often each of the fifteen tools was used; 6, 12 and 14 are counted from cases.",
)
@as_json
@lang_option
@click.pass_obj
def report(office: Office, as_json: bool) -> None:
    """Count the tools."""
    with office.reading() as unit:
        found = activities.counts(unit)
    if as_json:
        write_json({str(tool): number for tool, number in found.items()})
        return
    write(
        table(
            ("#", say("razy", "times"), say("narzędzie", "tool")),
            [
                (tool, number, office.speech.word("tool", str(tool)))
                for tool, number in found.items()
            ],
        )
    )


@group(
    "act",
    pl="Akty: dokumenty urzędowe dołączone do wpisów.",
    en="Acts: official documents attached to entries.",
)
def act() -> None:
    """Group the commands on acts."""


@act.command(
    "attach",
    pl="""Dołącz dokument do wpisu sprawy: plik albo wskazanie, gdzie leży oryginał.

    Przykład: accord act attach KRK-2026-0001 17 resolution --file uchwala.pdf
    --number XXII/560/25""",
    en="""Attach a document to an entry of a case: a file, or where the original lies.

    Example: accord act attach KRK-2026-0001 17 resolution --file resolution.pdf
    --number XXII/560/25""",
)
@reference
@argument(
    "event", type=click.IntRange(1), metavar="#", pl="Numer wpisu.", en="Number of the entry."
)
@argument("kind", pl="Rodzaj, np. resolution.", en="Its kind, such as resolution.")
@option(
    "--file",
    "path",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    pl="Plik.",
    en="The file.",
)
@option("--number", metavar="TEXT", pl="Numer aktu.", en="Number of the act.")
@option("--date", "dated", metavar="DATE", pl="Data aktu.", en="Date of the act.")
@option("--language", metavar="TEXT", pl="Język tekstu.", en="Language of the text.")
@option("--original", metavar="TEXT", pl="Gdzie leży oryginał.", en="Where the original lies.")
@dry_run
@lang_option
@click.pass_obj
def attach(
    office: Office,
    reference: str,
    event: int,
    kind: str,
    path: Path | None,
    number: str | None,
    dated: str | None,
    language: str | None,
    original: str | None,
    dry: bool,
) -> None:
    """Attach an act."""
    new = acts.NewAct(event, kind, number, dated, language, original, path)
    with office.writing(dry=dry) as unit:
        of = reading.file(unit, reference.upper(), to_change=True)
        done = acts.attach(unit, of, new, office.actor(unit))
    write(
        [
            say(
                f"Dołączono akt {done.id} do wpisu {event}.",
                f"Act {done.id} attached to entry {event}.",
            )
        ]
    )
    write([f"  sha256 {done.sha256}"] if done.sha256 else [])


@act.command("list", pl="Wypisz akty sprawy.", en="List the acts of a case.")
@reference
@as_json
@lang_option
@click.pass_obj
def list_acts(office: Office, reference: str, as_json: bool) -> None:
    """List acts."""
    with office.reading() as unit:
        found = acts.attached(unit, reading.file(unit, reference.upper()).id)
    if as_json:
        write_json(
            [
                {
                    "id": one.id,
                    "entry": one.sequence,
                    "kind": one.kind,
                    "number": one.number,
                    "date": one.dated,
                    "language": one.language,
                    "original_at": one.original_at,
                    "file": one.file_name,
                    "sha256": one.sha256,
                }
                for one in found
            ]
        )
        return
    write(
        table(
            (
                "#",
                say("wpis", "entry"),
                say("rodzaj", "kind"),
                say("numer", "number"),
                say("data", "date"),
                say("plik lub miejsce", "file or place"),
            ),
            [
                (
                    one.id,
                    one.sequence,
                    one.kind,
                    one.number,
                    one.dated,
                    one.file_name or one.original_at,
                )
                for one in found
            ],
        )
        or [say("Nie ma aktów.", "No acts.")]
    )


@act.command("save", pl="Zapisz dołączony plik na dysk.", en="Write an attached file to disk.")
@reference
@argument(
    "number",
    type=click.IntRange(1),
    metavar="#",
    pl="Numer aktu z listy.",
    en="Number of the act in the list.",
)
@argument(
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    pl="Gdzie go zapisać.",
    en="Where to write it.",
)
@lang_option
@click.pass_obj
def save(office: Office, reference: str, number: int, path: Path) -> None:
    """Write the bytes of an act."""
    from workflow.errors import NotFound

    with office.reading() as unit:
        of = reading.file(unit, reference.upper())
        mine = [one for one in acts.attached(unit, of.id) if one.id == number and one.sha256]
        found = acts.content(unit, number) if mine else None
    if found is None:
        raise NotFound(kind="act", name=str(number), near=(), reference=of.case.reference)
    path.write_bytes(found)
    write([str(path)])
