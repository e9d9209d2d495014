"""Looking at cases: list, show, options, why, desk."""

from collections.abc import Mapping, Sequence

import click

from commands import labels, words
from commands.case_page import page, page_data, standing
from commands.command import as_json, command, inputs, lang_option, option, reference, step_argument
from commands.office import Office
from commands.printing import paragraph, table, write, write_json
from commands.refusals import told_findings
from commands.speech import language, say
from commands.usage import no_such_state
from models.vocabulary import Form, Outcome
from register import desk as trays
from register import listing
from workflow import advice, reading
from workflow.lifecycle import definition


def _name(entry: listing.Entry) -> str:
    return entry.name_pl if language() == "pl" else entry.name_en


def _entries(office: Office, entries: Sequence[listing.Entry]) -> list[str]:
    edition = definition()
    return table(
        (
            say("sprawa", "case"),
            say("partner", "partner"),
            say("forma", "form"),
            say("stan", "state"),
            say("termin", "due"),
            say("prowadzi", "officer"),
        ),
        [
            (
                entry.reference,
                _name(entry),
                office.speech.word("form", entry.form),
                labels.state(edition, entry.state)
                + (f" ({office.speech.word('awaits', entry.awaits)})" if entry.awaits else ""),
                _due_in_list(office, entry),
                entry.officer,
            )
            for entry in entries
        ],
    )


def _due_in_list(office: Office, entry: listing.Entry) -> str:
    """Give the day a case is due, marked where it has passed."""
    day = entry.ends_on if entry.state == listing.LAPSED else entry.due_on
    if day is None:
        return ""
    late = (office.today - day).days
    return say(f"{day} (+{late} dni)", f"{day} (+{late} days)") if late > 0 else str(day)


def _entry_data(entry: listing.Entry) -> Mapping[str, object]:
    return {
        "reference": entry.reference,
        "partner": entry.partner,
        "title": entry.title,
        "form": entry.form,
        "state": entry.state,
        "officer": entry.officer,
        "due_on": entry.due_on and entry.due_on.isoformat(),
        "ends_on": entry.ends_on and entry.ends_on.isoformat(),
        "file_number": entry.file_number,
        "version": entry.version,
        "awaits": entry.awaits,
    }


@command("list", pl="Wypisz sprawy.", en="List cases.")
@option("--state", metavar="STATE", pl="Tylko w tym stanie.", en="Only in this state.")
@option(
    "--form", type=click.Choice([str(f) for f in Form]), pl="Tylko ta forma.", en="Only this form."
)
@option("--partner", metavar="SLUG", pl="Tylko z tym partnerem.", en="Only with this partner.")
@option("--country", metavar="XX", pl="Tylko z tego kraju.", en="Only of this country.")
@option(
    "--officer", metavar="LOGIN", pl="Tylko prowadzone przez tę osobę.", en="Only of this officer."
)
@option(
    "--limit",
    type=click.IntRange(1, 10_000),
    default=50,
    show_default=True,
    pl="Najwyżej tyle.",
    en="At most so many.",
)
@option("--after", metavar="REF", pl="Dalej niż ta sprawa.", en="Beyond this case.")
@as_json
@lang_option
@click.pass_obj
def list_cases(
    office: Office,
    state: str | None,
    form: str | None,
    partner: str | None,
    country: str | None,
    officer: str | None,
    limit: int,
    after: str | None,
    as_json: bool,
) -> None:
    """List cases."""
    edition = definition()
    if state is not None and state not in {*edition.states, listing.LAPSED}:
        raise no_such_state(state, (*edition.states, listing.LAPSED), "--state")
    with office.reading() as unit:
        if partner is not None:
            partner = reading.partner(unit, partner.lower()).slug
        start = reading.file(unit, after.upper()).id if after else 0
        wanted = listing.Wanted(
            state, form, partner, country.upper() if country else None, officer, start, limit + 1
        )
        found = listing.cases(unit, wanted)
        banner = office.banner(unit)
    shown = found[:limit]
    if as_json:
        write_json([_entry_data(entry) for entry in shown])
        return
    write(banner)
    write(_entries(office, shown) or [say("Nie ma takich spraw.", "No such cases.")])
    if len(found) > limit:
        asked = {"state": state, "form": form, "partner": partner, "country": country}
        again = {**asked, "officer": officer, "limit": limit, "after": shown[-1].reference}
        words_again = " ".join(f"--{name} {value}" for name, value in again.items() if value)
        write(["", say("Dalej: ", "More: ") + f"accord list {words_again}"])


@command(
    "show",
    pl="Pokaż sprawę: gdzie stoi, co się w niej stało, jakie ma dokumenty.",
    en="Show a case: where it stands, what happened in it, what documents it has.",
)
@reference
@as_json
@lang_option
@click.pass_obj
def show(office: Office, reference: str, as_json: bool) -> None:
    """Show a case."""
    with office.reading() as unit:
        of = reading.file(unit, reference.upper())
        drafts = reading.draft_facts(unit, of)
        linked = reading.links(unit, of.id)
        banner = office.banner(unit)
    if as_json:
        write_json(page_data(office, of, drafts, linked))
        return
    write(banner)
    write(page(office, of, drafts, linked))


@command(
    "options",
    pl="Co można teraz zrobić w sprawie, kto może i czego to wymaga.",
    en="What can be done in a case now, who may do it and what it needs.",
)
@reference
@as_json
@lang_option
@click.pass_obj
def options(office: Office, reference: str, as_json: bool) -> None:
    """Give the options of a case."""
    with office.reading() as unit:
        of = reading.file(unit, reference.upper())
        choices = advice.options(unit, of, office.actor(unit))
        banner = office.banner(unit)
    if as_json:
        write_json(
            [
                {
                    "step": choice.row.step,
                    "form": choice.row.new_form,
                    "to": choice.row.target,
                    "authority": list(choice.row.authority),
                    "recorded_by": list(choice.row.recorded_by),
                    "mine": choice.mine,
                    "inputs": [n for n in choice.row.inputs if n not in choice.row.optional],
                    "optional": [n for n in choice.row.inputs if n in choice.row.optional],
                    "documents": list(choice.row.documents),
                    "barred_by": [finding.rule for finding in choice.barred],
                }
                for choice in choices
            ]
        )
        return
    lines = [*banner, f"{of.case.reference}: {standing(office, of)}", ""]
    for step in dict.fromkeys(choice.row.step for choice in choices):
        lines += _option(office, of, [choice for choice in choices if choice.row.step == step])
    again = f"accord why {of.case.reference} {say('CZYNNOŚĆ', 'STEP')}"
    lines += ["", say("Dlaczego: ", "Why: ") + again]
    write(lines)


def _option(office: Office, of: reading.File, choices: Sequence[advice.Choice]) -> list[str]:
    """Tell one step; where it sets the form, the forms that nothing stops are told together."""
    speech, edition = office.speech, of.definition
    free = [choice for choice in choices if not choice.barred] or list(choices)
    row = free[0].row
    target = f" -> {labels.state(edition, row.target)}" if row.moves else ""
    lines = paragraph(f"{row.step}: {labels.step(edition, speech, row.step)}{target}")
    needed = dict.fromkeys(name for choice in free for name in choice.row.inputs)
    inputs = " ".join(
        f"{name}=…"
        if all(name in c.row.inputs and name not in c.row.optional for c in free)
        else f"[{name}=…]"
        for name in needed
        if name != "form"
    )
    forms = [choice.row.new_form.value for choice in free] if "form" in row.inputs else []
    stopped = dict.fromkeys(finding.rule for choice in free for finding in choice.barred)
    for heading, text in (
        (say("decyduje", "decides"), labels.several(speech, "authority", row.authority)),
        (say("zapisuje", "records"), labels.several(speech, "role", row.recorded_by)),
        ("form=", " | ".join(forms)),
        (say("dane", "inputs"), inputs),
        (say("dokumenty", "documents"), labels.several(speech, "document", row.documents)),
        (say("stoi na przeszkodzie", "stopped by"), ", ".join(stopped)),
    ):
        if text:
            first = f"    {heading}" if heading.endswith("=") else f"    {heading}: "
            lines += paragraph(text, first=first, rest="      ")
    return lines


@command(
    "why",
    pl="""Co mówią zasady o czynności, także zanim znane są jej dane.

    Przykład: accord why KRK-2026-0001 adopt votes=21/21/0 present=43""",
    en="""What the rules say of a step, also before its inputs exist.

    Example: accord why KRK-2026-0001 adopt votes=21/21/0 present=43""",
)
@reference
@step_argument
@inputs
@as_json
@lang_option
@click.pass_obj
def why(office: Office, reference: str, step: str, inputs: Sequence[str], as_json: bool) -> None:
    """Say why."""
    given = words.parse(step, inputs)
    with office.reading() as unit:
        of = reading.file(unit, reference.upper())
        verdict = advice.why(unit, of, step, given, office.actor(unit))
        banner = office.banner(unit)
    if as_json:
        write_json(
            {
                "reference": of.case.reference,
                "step": step,
                "lawful": verdict.lawful,
                "findings": [
                    {
                        "rule": finding.rule,
                        "outcome": finding.outcome,
                        "strength": finding.strength,
                        "variant": finding.variant,
                        "facts": finding.facts,
                        "needs": finding.needs,
                        "basis": list(of.definition.rules[finding.rule].basis),
                    }
                    for finding in verdict.findings
                ],
            }
        )
        return
    order = (Outcome.BROKEN, Outcome.UNDECIDED, Outcome.OVERRIDDEN, Outcome.HOLDS)
    findings = sorted(
        verdict.findings,
        key=lambda finding: (
            order.index(Outcome(finding.outcome)) if finding.outcome in order else 9
        ),
    )
    name = labels.step(of.definition, office.speech, step)
    write([*banner, f"{of.case.reference}  {step}: {name}", ""])
    write(
        told_findings(office.speech, findings, reference=of.case.reference, step=step, whole=True)
    )


TRAYS = {
    "endorse": ("Do akceptacji", "To endorse"),
    "asked": ("Prośby o potwierdzenie lub odstąpienie", "Confirmations and waivers asked for"),
    "told": ("Zwrócone lub odrzucone", "Returned or declined"),
    "mine": ("Sprawy, które prowadzę", "Cases I run"),
    "lapsed": ("Okres minął, a nikt tego nie odnotował", "Lapsed, and not yet recorded"),
    "papers": ("Czekają na dokumenty", "Waiting for documents"),
}


@command("desk", pl="Co na mnie czeka, według moich ról.", en="What waits for me, by my roles.")
@option(
    "--limit",
    type=click.IntRange(1, 1000),
    default=trays.PAGE,
    show_default=True,
    pl="Najwyżej tyle w każdej części.",
    en="At most so many in each part.",
)
@as_json
@lang_option
@click.pass_obj
def desk(office: Office, limit: int, as_json: bool) -> None:
    """Show the desk."""
    with office.reading() as unit:
        found = trays.desk(unit, office.actor(unit), limit=limit)
        banner = office.banner(unit)
    if as_json:
        write_json({tray.kind: [_entry_data(entry) for entry in tray.entries] for tray in found})
        return
    write(banner)
    if not found:
        write([say("Nic na Ciebie nie czeka.", "Nothing waits for you.")])
    for number, tray in enumerate(found):
        write([""] if number else [])
        write([say(*TRAYS[tray.kind]), *_entries(office, tray.entries)])
        if tray.more:
            write([say("… i dalsze: --limit", "… and more: --limit")])
