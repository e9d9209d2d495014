"""`accord draft`: the documents of a case, from the kinds it needs to the final file."""

from collections.abc import Sequence
from pathlib import Path

import click

from commands import labels
from commands.command import argument, as_json, dry_run, group, lang_option, option, reference
from commands.draft_check import check
from commands.office import Office
from commands.printing import paragraph, table, write, write_json
from commands.speech import say
from drafts import kinds, store
from drafts.render import FORMATS, render
from workflow import reading

LANGUAGES = ("pl", "en", kinds.BOTH)


def complete_kinds(_: click.Context, __: click.Parameter, incomplete: str) -> Sequence[str]:
    """Complete the kinds of documents."""
    return [name for name in kinds.kinds() if name.startswith(incomplete)]


kind_argument = argument(
    "kind",
    shell_complete=complete_kinds,
    pl="Rodzaj dokumentu; które są, mówi accord draft kinds.",
    en="The kind of document; accord draft kinds tells which there are.",
)
version_option = option(
    "--version",
    "version",
    type=click.IntRange(1),
    pl="Wersja; domyślnie ostatnia.",
    en="Version; the newest by default.",
)
formats_option = option(
    "--format",
    "formats",
    type=click.Choice(FORMATS),
    multiple=True,
    default=("docx", "pdf"),
    show_default=True,
    pl="Format; można powtórzyć.",
    en="Format; may be repeated.",
)
out_option = option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    pl="Folder na pliki; domyślnie bieżący.",
    en="Folder for the files; the current one by default.",
)


@group("draft", pl="Projekty dokumentów.", en="Document drafts.")
def draft() -> None:
    """Group the commands on drafts."""


@draft.command(
    "kinds",
    pl="Jakich dokumentów sprawa teraz potrzebuje, które są gotowe, których brakuje.",
    en="Which documents the case needs now, which are ready, which are missing.",
)
@reference
@as_json
@lang_option
@click.pass_obj
def kinds_(office: Office, reference: str, as_json: bool) -> None:
    """Give the kinds."""
    with office.reading() as unit:
        found = store.needs(unit, reading.file(unit, reference.upper()))
        banner = office.banner(unit)
    if as_json:
        write_json(
            [
                {
                    "kind": need.kind,
                    "needed_for": list(need.steps),
                    "version": need.version,
                    "final": need.final,
                    "stale": list(need.stale),
                }
                for need in found
            ]
        )
        return
    write(banner)
    write(
        table(
            (
                say("rodzaj", "kind"),
                say("dokument", "document"),
                say("potrzebny do", "needed for"),
                say("stan", "status"),
            ),
            [
                (
                    need.kind,
                    kinds.kind(need.kind).label[labels.tongue()],
                    ", ".join(need.steps),
                    _status(need),
                )
                for need in found
            ],
        )
    )


def _status(need: store.Need) -> str:
    if need.version is None:
        return say("brak", "missing") if need.steps else ""
    if need.final:
        return say(f"wersja {need.version}, ostateczna", f"version {need.version}, final")
    if need.stale:
        return say(f"wersja {need.version}, nieaktualna", f"version {need.version}, stale")
    return say(f"wersja {need.version}, projekt", f"version {need.version}, draft")


@draft.command(
    "new",
    pl="""Napisz następną wersję dokumentu z faktów sprawy.

    Przykład: accord draft new KRK-2026-0001 joining_resolution --languages pl+en --out .""",
    en="""Write the next version of a document from the facts of the case.

    Example: accord draft new KRK-2026-0001 joining_resolution --languages pl+en --out .""",
)
@reference
@kind_argument
@option(
    "--languages",
    type=click.Choice(LANGUAGES),
    pl="Język lub dwa obok siebie.",
    en="Language, or two side by side.",
)
@formats_option
@out_option
@as_json
@dry_run
@lang_option
@click.pass_obj
def new(
    office: Office,
    reference: str,
    kind: str,
    languages: str | None,
    formats: Sequence[str],
    out: Path,
    as_json: bool,
    dry: bool,
) -> None:
    """Write a draft."""
    with office.writing(dry=dry) as unit:
        of = reading.file(unit, reference.upper(), to_change=True)
        stored = store.new(unit, of, kind, languages, office.actor(unit))
        files = [] if dry else _files(of, stored, formats, out)
    _tell(of, stored, files, as_json=as_json)


def _files(of: reading.File, stored: store.Stored, formats: Sequence[str], out: Path) -> list[Path]:
    """Write the files of a draft; a final one bears no mark."""
    out.mkdir(parents=True, exist_ok=True)
    around = store.frame(
        of, stored.version, stored.created_at.date(), final=stored.finalised is not None
    )
    files = []
    for ending in dict.fromkeys(formats):
        path = out / store.file_name(of, stored, ending)
        path.write_bytes(render(stored.texts, ending, around))
        files.append(path)
    return files


def _tell(of: reading.File, stored: store.Stored, files: Sequence[Path], *, as_json: bool) -> None:
    tongue = labels.tongue()
    if as_json:
        write_json(
            {
                "reference": of.case.reference,
                "kind": stored.kind,
                "version": stored.version,
                "languages": stored.languages,
                "final": stored.finalised is not None,
                "sha256": stored.sha256,
                "gaps": [gap["name"] for gap in stored.gaps],
                "blanks": [gap["name"] for gap in stored.blanks],
                "wrong_names": [name["found"] for name in stored.wrong_names],
                "files": [str(path) for path in files],
            }
        )
        return
    label = kinds.kind(stored.kind).label[tongue]
    mark = say(", ostateczny", ", final") if stored.finalised is not None else ""
    lines = paragraph(
        say(
            f"{label}, wersja {stored.version} ({stored.languages}){mark}",
            f"{label}, version {stored.version} ({stored.languages}){mark}",
        ),
        first=f"{of.case.reference}  ",
        rest="  ",
    )
    for heading, gaps in (
        (say("brakuje", "missing"), stored.gaps),
        (say("zostanie wpisane później", "left open for later"), stored.blanks),
    ):
        if gaps:
            names = ", ".join(f"{gap['label'][tongue]} ({gap['name']})" for gap in gaps)
            lines += paragraph(names, first=f"  {heading}: ", rest="    ")
    for name in stored.wrong_names:
        lines += paragraph(f"{name['found']} -> {name['suggested']}", first="  x ")
    lines += [f"  {path}" for path in files]
    write(lines)


@draft.command("list", pl="Wypisz projekty sprawy.", en="List the drafts of a case.")
@reference
@as_json
@lang_option
@click.pass_obj
def list_(office: Office, reference: str, as_json: bool) -> None:
    """List drafts."""
    from commands.case_page import draft_status

    with office.reading() as unit:
        found = reading.draft_facts(unit, reading.file(unit, reference.upper()))
        banner = office.banner(unit)
    if as_json:
        write_json(
            [
                {
                    "kind": one.kind,
                    "version": one.version,
                    "final": one.finalised is not None,
                    "stale": list(one.stale),
                }
                for one in found
            ]
        )
        return
    write(banner)
    write(
        table(
            (say("rodzaj", "kind"), say("wersja", "version"), say("stan", "status")),
            [(one.kind, one.version, draft_status(one)) for one in found],
        )
        or [say("Nie ma jeszcze projektów.", "There are no drafts yet.")]
    )


@draft.command(
    "show",
    pl="Pokaż projekt: jego tekst, fakty, z których powstał, i to, co się zmieniło.",
    en="Show a draft: its text, the facts it rests on, and what has moved since.",
)
@reference
@kind_argument
@version_option
@option(
    "--facts",
    "with_facts",
    is_flag=True,
    pl="Pokaż fakty zamiast tekstu.",
    en="Show the facts instead of the text.",
)
@option(
    "--format",
    "formats",
    type=click.Choice(FORMATS),
    multiple=True,
    pl="Zapisz też jako plik.",
    en="Write as a file too.",
)
@out_option
@as_json
@lang_option
@click.pass_obj
def show(
    office: Office,
    reference: str,
    kind: str,
    version: int | None,
    with_facts: bool,
    formats: Sequence[str],
    out: Path,
    as_json: bool,
) -> None:
    """Show a draft."""
    with office.reading() as unit:
        of = reading.file(unit, reference.upper())
        stored = store.load(unit, of, kind, version)
        now = reading.current_sheet(unit, of)
        banner = office.banner(unit)
    files = _files(of, stored, formats, out) if formats else []
    write(() if as_json else banner)
    _tell(of, stored, files, as_json=as_json)
    if as_json:
        return
    stale = reading.moved(stored.manifest, now) if stored.finalised is None else ()
    for name in stale:
        was, value = (
            stored.manifest["facts"][name]["value"],
            now[name].value if name in now else None,
        )
        change = f"{name}: {_told(office, was)} -> {_told(office, value)}"
        write(paragraph(change, first=say("  zmieniło się: ", "  moved: ")))
    write([""])
    if with_facts:
        write(
            table(
                (say("fakt", "fact"), say("wartość", "value"), say("wpis", "entry")),
                [
                    (name, _told(office, used["value"]), used["sequence"])
                    for name, used in stored.manifest["facts"].items()
                ],
            )
        )
        return
    for text in stored.texts.values():
        write([text])


def _told(office: Office, value: object) -> str:
    """Write a fact of a draft; what is not known is left open."""
    return "" if value is None else labels.value(office.speech, value)


@draft.command(
    "finalise",
    pl="Uczyń projekt ostatecznym; odmowa wymienia wszystko, co stoi na przeszkodzie.",
    en="Make a draft final; a refusal names everything that stands in the way.",
)
@reference
@kind_argument
@version_option
@option(
    "--format",
    "formats",
    type=click.Choice(FORMATS),
    multiple=True,
    pl="Zapisz też jako plik.",
    en="Write as a file too.",
)
@out_option
@dry_run
@lang_option
@click.pass_obj
def finalise(
    office: Office,
    reference: str,
    kind: str,
    version: int | None,
    formats: Sequence[str],
    out: Path,
    dry: bool,
) -> None:
    """Make a draft final."""
    with office.writing(dry=dry) as unit:
        of = reading.file(unit, reference.upper(), to_change=True)
        stored = store.finalise(unit, of, kind, version, office.actor(unit))
        done = store.load(unit, reading.file(unit, reference.upper()), kind, stored.version)
        files = _files(of, done, formats, out) if formats and not dry else []
    _tell(of, done, files, as_json=False)


draft.add_command(check)
