"""`accord register`: take real history in, ask and answer what it leaves open, count it."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands import importing as importing_page
from commands import labels
from commands.command import argument, as_json, dry_run, group, lang_option, option
from commands.office import Office
from commands.printing import paragraph, table, write, write_json
from commands.speech import say
from workflow.lifecycle import definition

if TYPE_CHECKING:
    from register.questions import Asked
    from register.report import Irregularity, Report
    from workflow.messages import Sentence

a_file = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)


@group(
    "register",
    pl="Rejestr jako całość: import, pytania, zestawienie.",
    en="The register as a whole: import, questions, report.",
)
def register() -> None:
    """Group the commands on the whole register."""


@register.command(
    "import",
    pl="""Wpisz do rejestru historię z pliku CSV lub XLSX (administrator).

    Plik z błędami niczego nie zmienia; ten sam plik po raz drugi też nie; poprawiony zmienia
    tylko to, co się zmieniło. Wzór: examples/partners.csv.

    Przykład: accord register import partnerzy.csv --dry-run""",
    en="""Take history into the register from a CSV or XLSX file (administrator).

    A file with faults changes nothing, nor does the same file a second time; a corrected one
    changes only what changed. A pattern: examples/partners.csv.

    Example: accord register import partners.csv --dry-run""",
)
@argument("file", type=a_file, metavar="FILE", pl="Plik.", en="The file.")
@option(
    "--map",
    "mapping",
    type=a_file,
    metavar="MAP.toml",
    pl="Co znaczą własne nagłówki i słowa pliku.",
    en="What the file's own headings and words mean.",
)
@as_json
@dry_run
@lang_option
@click.pass_obj
def import_(office: Office, file: Path, mapping: Path | None, as_json: bool, dry: bool) -> None:
    """Import a file."""
    from register import importing
    from register.importing_stage import stage
    from register.importing_taking import may, take_in

    with office.reading() as unit:
        may(unit, office.actor(unit))
    words = importing_page.translation(mapping)
    with file.open("rb") as source, stage() as staged, importing_page.progress() as progress:
        read = importing.read(source, file.name, words, office.today, staged, progress)
        with office.writing(dry=dry) as unit:
            outcome = take_in(unit, read, staged, office.actor(unit), progress)
            banner = office.banner(unit)
    if as_json:
        write_json(outcome.as_data())
    else:
        write(banner)
        write(importing_page.imported(file.name, outcome, dry=dry), err=bool(outcome.faults))
    if outcome.faults:
        raise click.exceptions.Exit(1)


@register.command(
    "undo",
    pl="""Wycofaj import nowymi wpisami, jeśli nic na nim nie zbudowano (administrator).

    Przykład: accord register undo 3 --reason "zły plik" """,
    en="""Withdraw an import by new entries, if nothing was built on it (administrator).

    Example: accord register undo 3 --reason "the wrong file" """,
)
@argument("batch", type=click.IntRange(1), pl="Numer importu.", en="The number of the import.")
@option("--reason", "-r", required=True, metavar="TEXT", pl="Powód.", en="The reason.")
@dry_run
@lang_option
@click.pass_obj
def undo(office: Office, batch: int, reason: str, dry: bool) -> None:
    """Withdraw an import."""
    from register import importing_undo

    with office.writing(dry=dry) as unit:
        done = importing_undo.undo(unit, batch, reason, office.actor(unit))
    if not done.obstacles:
        text = say(
            f"Wycofano import {batch} ({done.file_name}), spraw: {done.cases}.",
            f"Import {batch} withdrawn ({done.file_name}), cases: {done.cases}.",
        )
        write(paragraph(text))
        return
    write(
        paragraph(
            say(
                f"Importu {batch} nie można wycofać, bo coś na nim zbudowano:",
                f"Import {batch} cannot be withdrawn, because something was built on it:",
            )
        ),
        err=True,
    )
    for one in done.obstacles:
        what = OBSTACLES[one.what]
        told = f"{one.reference}: {say(*what)} {one.detail}"
        write(paragraph(told, first="  - "), err=True)
    raise click.exceptions.Exit(1)


OBSTACLES: Mapping[str, tuple[str, str]] = {
    "event": ("późniejszy wpis", "a later entry,"),
    "batch": ("późniejszy import", "a later import,"),
    "link": ("wskazuje na nią sprawa", "a case points at it,"),
    "draft": ("projekty dokumentów:", "drafts:"),
    "activity": ("przedsięwzięcia:", "activities:"),
    "answer": ("odpowiedź na pytanie", "an answer to question"),
}


@register.command(
    "questions",
    pl="Wypisz pytania, na które może odpowiedzieć tylko człowiek.",
    en="List the questions that only a person can answer.",
)
@option("--case", "reference", metavar="REF", pl="Tylko tej sprawy.", en="Only of this case.")
@option("--subject", metavar="WORD", pl="Tylko o tym.", en="Only about this.")
@option("--all", "everything", is_flag=True, pl="Także te z odpowiedzią.", en="Answered ones too.")
@option(
    "--limit",
    type=click.IntRange(1, 10_000),
    default=200,
    show_default=True,
    pl="Najwyżej tyle.",
    en="At most so many.",
)
@option("--after", type=click.IntRange(0), default=0, pl="Dalej niż to.", en="Beyond this one.")
@as_json
@lang_option
@click.pass_obj
def questions(
    office: Office,
    reference: str | None,
    subject: str | None,
    everything: bool,
    limit: int,
    after: int,
    as_json: bool,
) -> None:
    """List questions."""
    from register.questions import Wanted
    from register.questions import questions as asked

    wanted = Wanted(everything, reference and reference.upper(), subject, after, limit + 1)
    with office.reading() as unit:
        found = asked(unit, wanted)
        banner = office.banner(unit)
    shown = found[:limit]
    if as_json:
        write_json([one.as_data() for one in shown])
        return
    write(banner)
    if not shown:
        write([say("Nie ma pytań.", "No questions.")])
        return
    write(
        table(
            ("#", say("sprawa", "case"), "partner", say("pytanie", "question")),
            [(one.id, one.reference, one.partner, _asks(office, one)) for one in shown],
        )
    )
    write(["", say("Odpowiedzi wyglądają tak:", "Answers look so:")])
    looks = {_section(one.subject): _told(office, one).cure for one in shown if not one.answer}
    for name, example in looks.items():
        write(paragraph(example, first=f"  {name}: "))
    line = "accord register answer N {} --reason … --source …"
    write(["", line.format(say("WARTOŚĆ", "VALUE"))])
    if len(found) > limit:
        more = f"accord register questions --after {shown[-1].id}"
        write([say(f"Dalej: {more}", f"More: {more}")])


def _section(subject: str) -> str:
    return "disputed" if subject.startswith("disputed.") else subject


def _asks(office: Office, one: "Asked") -> str:
    if one.answer is not None:
        return f"{one.subject}: {one.answer} ({one.answered_by}, {one.reason})"
    return _told(office, one).what


def _told(office: Office, one: "Asked") -> "Sentence":
    facts = {
        **one.facts,
        "partner": one.partner,
        "name": one.facts.get("name") or one.subject.partition(".")[2],
        "values": [f"{v['value']} ({v['source']})" for v in one.facts.get("values", ())],
        "matches": [
            f"{m['geonames_id']} ({m['latitude']}, {m['longitude']}, {m.get('population')})"
            for m in one.facts.get("matches", ())
        ],
    }
    return office.speech.tell("questions", _section(one.subject), facts)


@register.command(
    "answer",
    pl="""Odpowiedz na pytanie, z powodem i źródłem (administrator lub kierownik).

    „nie wiadomo” zamyka pytanie i niczego nie zmienia; „brak” mówi, że czegoś nigdy nie było.

    Przykład: accord register answer 7 1979-10-02 --reason "data z dokumentu" --source "BIP" """,
    en="""Answer a question, with a reason and a source (administrator or manager).

    "unknown" closes it and changes nothing; "none" says that a thing never existed.

    Example: accord register answer 7 1979-10-02 --reason "as on the document" --source "BIP" """,
)
@argument("number", type=click.IntRange(1), pl="Numer pytania.", en="The number of the question.")
@argument("value", pl="Odpowiedź.", en="The answer.")
@option("--reason", "-r", required=True, metavar="TEXT", pl="Powód.", en="The reason.")
@option("--source", required=True, metavar="TEXT", pl="Źródło.", en="The source.")
@dry_run
@lang_option
@click.pass_obj
def answer(office: Office, number: int, value: str, reason: str, source: str, dry: bool) -> None:
    """Answer a question."""
    from commands.refusals import told_findings
    from register import answers
    from workflow.hindsight import irregular

    with office.writing(dry=dry) as unit:
        asked, changed = answers.answer(unit, number, value, reason, source, office.actor(unit))
    where = asked.reference or asked.partner or ""
    write(paragraph(say(f"{where}: zapisano odpowiedź.", f"{where}: answer recorded.")))
    for one in changed:
        text = say(
            f"{one.reference}: wpis {one.sequence}, nowych pytań: {one.asked}.",
            f"{one.reference}: entry {one.sequence}, new questions: {one.asked}.",
        )
        write([text])
        broken = irregular(one.findings)
        if broken:
            write([say("  Nieprawidłowości:", "  Irregularities:")])
            write(told_findings(office.speech, broken, reference=one.reference, step="enter"))


@register.command(
    "report",
    pl="Zestaw rejestr: formy, stany, kraje, dekady, nieprawidłowości, pytania.",
    en="Count the register: forms, states, countries, decades, irregularities, questions.",
)
@as_json
@lang_option
@click.pass_obj
def report(office: Office, as_json: bool) -> None:
    """Count the register."""
    from register.report import report as counted

    with office.reading() as unit:
        found = counted(unit)
        banner = office.banner(unit)
    if as_json:
        write_json(found.as_data())
        return
    write(banner)
    write(_report(office, found))


def _report(office: Office, found: "Report") -> list[str]:
    edition, speech = definition(), office.speech
    unknown = say("nieznane", "unknown")
    lines = [
        say(
            f"Współprac: {found.cooperations}, partnerów: {found.partners}",
            f"Cooperations: {found.cooperations}, partners: {found.partners}",
        )
    ]

    def counts(title: str, values: Mapping[str, int], name: Any) -> None:  # noqa: ANN401 - a word for a value
        rows = [(unknown if key == "unknown" else name(key), n) for key, n in values.items()]
        if rows:
            lines.extend(["", *table((title, say("liczba", "count")), rows)])

    counts(say("forma", "form"), found.forms, lambda key: speech.word("form", key))
    counts(say("stan", "state"), found.states, lambda key: labels.state(edition, key))
    counts(say("kraj", "country"), found.countries, lambda key: speech.word("country", key))
    counts(say("dekada", "decade"), found.decades, lambda key: say(f"lata {key}", f"{key}s"))
    for number, batch in found.batches.items():
        lines += ["", f"import {number}: {batch}"]
    if found.set_aside:
        lines += ["", say("Odłożono:", "Set aside:")]
        for one in found.set_aside:
            lines += paragraph(f"{one.name}: {one.why}", first="  o ")
    lines += ["", say("Nieprawidłowości:", "Irregularities:")]
    for broken in found.irregularities:
        lines += _irregular(office, broken)
    if not found.irregularities:
        lines.append(say("  brak", "  none"))
    total = sum(found.open_questions.values())
    lines += ["", say(f"Pytań otwartych: {total}", f"Open questions: {total}")]
    if total:
        lines += [f"  {subject}: {count}" for subject, count in found.open_questions.items()]
        lines.append("accord register questions")
    return lines


def _irregular(office: Office, one: "Irregularity") -> list[str]:
    told = office.speech.finding(
        one.rule, "broken", one.variant, one.facts, None, reference=one.reference, step="enter"
    )
    label = definition().rules[one.rule].label[labels.tongue()]
    return paragraph(
        f"{one.reference}, {one.partner}, {one.rule} ({label}): {told.what}", first="  x "
    )
