"""Looking at cases: list, show, options, why, desk."""

import datetime as dt
from collections.abc import Mapping, Sequence

import click

from commands import labels, words
from commands.command import as_json, command, complete_cases, lang_option, option
from commands.office import Office
from commands.printing import paragraph, table, write, write_json
from commands.refusals import told_findings
from commands.speech import language, say
from models.cooperation import RUNNING
from models.vocabulary import Form, Outcome
from register import desk as trays
from register import listing
from workflow import advice, clock, reading
from workflow.facts import Act, DraftFact
from workflow.inputs import encode
from workflow.lifecycle import definition

reference = click.argument("reference", metavar="REF", shell_complete=complete_cases)


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
        raise click.BadParameter(", ".join((*edition.states, listing.LAPSED)), param_hint="--state")
    with office.reading() as unit:
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
    write([banner] if banner else [])
    write(_entries(office, shown) or [say("Nie ma takich spraw.", "No such cases.")])
    if len(found) > limit:
        more = f"--after {shown[-1].reference}"
        write(["", say(f"Dalej: accord list {more}", f"More: accord list {more}")])


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
        write_json(_page_data(of, drafts, linked))
        return
    write([banner] if banner else [])
    write(_page(office, of, drafts, linked))


def _page_data(
    of: reading.File,
    drafts: Sequence[DraftFact],
    linked: Sequence[tuple[str, str]],
) -> Mapping[str, object]:
    case = of.case
    return {
        "reference": case.reference,
        "title": case.title,
        "file_number": case.file_number,
        "partner": of.partner.slug,
        "form": case.form,
        "state": case.state,
        "version": case.version,
        "officer": case.officer,
        "definition": case.definition,
        "since": of.since and of.since.isoformat(),
        "due_on": of.due_on and of.due_on.isoformat(),
        "ends_on": of.ends_on and of.ends_on.isoformat(),
        "links": [{"kind": kind, "reference": other} for kind, other in linked],
        "drafts": [
            {
                "kind": draft.kind,
                "version": draft.version,
                "final": draft.finalised is not None,
                "stale": list(draft.stale) if draft.finalised is None else [],
            }
            for draft in drafts
        ],
        "acts": [
            {
                "sequence": act.sequence,
                "step": act.step,
                "date": act.date.text,
                "form": act.new_form,
                "from": act.source,
                "state": act.target,
                "actor": act.actor,
                "on_behalf_of": act.on_behalf_of,
                "inputs": {name: encode(value) for name, value in act.inputs.items()},
            }
            for act in case.acts
        ],
    }


def _page(
    office: Office,
    of: reading.File,
    drafts: Sequence[DraftFact],
    linked: Sequence[tuple[str, str]],
) -> list[str]:
    case, edition, speech = of.case, of.definition, office.speech
    partner = of.partner.name_pl if language() == "pl" else of.partner.name_en
    lapsed = of.ends_on is not None and of.ends_on < office.today and case.state in RUNNING
    state = labels.state(edition, listing.LAPSED if lapsed else case.state)
    lines = paragraph(f"{case.reference}  {case.title}")
    lines += paragraph(
        f"{partner} ({of.partner.slug}{', ' + of.partner.country if of.partner.country else ''})"
    )
    facts = [
        (say("forma", "form"), speech.word("form", case.form)),
        (say("stan", "state"), state + _since(of)),
        (say("termin", "due"), _due(office, of.due_on)),
        (say("ostatni dzień", "last day"), of.ends_on),
        (say("znak sprawy", "file number"), case.file_number),
        (say("prowadzi", "officer"), case.officer),
        *((speech.word("link", kind), other) for kind, other in linked),
    ]
    lines += [f"  {name}: {value}" for name, value in facts if value]
    lines += ["", *_history(office, of)]
    if drafts:
        lines += ["", *_drafts(office, drafts)]
    lines += [
        "",
        say(
            f"Co dalej: accord options {case.reference}",
            f"What next: accord options {case.reference}",
        ),
    ]
    return lines


def _since(of: reading.File) -> str:
    moved = next((act for act in reversed(of.case.acts) if act.moved), None)
    if moved is None:
        return ""
    return say(" od ", " since ") + moved.date.words(labels.tongue())


def _due(office: Office, due_on: dt.date | None) -> str | None:
    if due_on is None:
        return None
    if due_on < office.today:
        days = (office.today - due_on).days
        return say(f"{due_on}, {days} dni po terminie", f"{due_on}, {days} days overdue")
    left = clock.working_days_between(office.today, due_on)
    return say(f"{due_on}, dni roboczych: {left}", f"{due_on}, {left} working days left")


def _history(office: Office, of: reading.File) -> list[str]:
    order = {name: place for place, name in enumerate(of.definition.inputs)}
    return table(
        ("#", say("data", "date"), say("czynność", "step"), say("kto", "by"), say("treść", "what")),
        [
            (
                act.sequence,
                act.date.text,
                labels.step(of.definition, office.speech, act.step),
                act.actor + (f" / {act.on_behalf_of}" if act.on_behalf_of else ""),
                _said(office, of, act, order),
            )
            for act in of.case.acts
        ],
    )


def _said(office: Office, of: reading.File, act: Act, order: Mapping[str, int]) -> str:
    """Tell what an act carries, in the order of the definition."""
    if act.step == "finalise":
        kind = office.speech.word("document", str(act.inputs["kind"]))
        return say(
            f"{kind}, wersja {act.inputs['version']}", f"{kind}, version {act.inputs['version']}"
        )
    return "; ".join(
        f"{_label(of, name)}: {labels.value(office.speech, value)}"
        + (say(" (poprawiono)", " (corrected)") if name in act.corrected else "")
        for name, value in sorted(act.inputs.items(), key=lambda pair: order.get(pair[0], 0))
        if name not in {"date", "form"}
    )


def _label(of: reading.File, name: str) -> str:
    spec = of.definition.inputs.get(name)
    return spec.label[labels.tongue()] if spec is not None else name


def _drafts(office: Office, drafts: Sequence[DraftFact]) -> list[str]:
    return table(
        (say("dokument", "document"), say("wersja", "version"), say("stan", "status")),
        [
            (office.speech.word("document", draft.kind), draft.version, draft_status(draft))
            for draft in drafts
        ],
    )


def draft_status(draft: DraftFact) -> str:
    """Say whether a draft is final, or which facts have overtaken it."""
    if draft.finalised is not None:
        return say("ostateczny", "final")
    if draft.stale:
        return say("nieaktualny: ", "stale: ") + ", ".join(draft.stale)
    return say("projekt", "draft")


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
    lines = [f"{of.case.reference}: {labels.state(of.definition, of.case.state)}", ""]
    for step in dict.fromkeys(choice.row.step for choice in choices):
        lines += _option(office, of, [choice for choice in choices if choice.row.step == step])
    lines += ["", say("Dlaczego: accord why ", "Why: accord why ") + f"{of.case.reference} STEP"]
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
        (say("decyduje", "decides"), _words(office, "authority", row.authority)),
        (say("zapisuje", "records"), _words(office, "role", row.recorded_by)),
        ("form=", " | ".join(forms)),
        (say("dane", "inputs"), inputs),
        (say("dokumenty", "documents"), _words(office, "document", row.documents)),
        (say("stoi na przeszkodzie", "stopped by"), ", ".join(stopped)),
    ):
        if text:
            first = f"    {heading}" if heading.endswith("=") else f"    {heading}: "
            lines += paragraph(text, first=first, rest="      ")
    return lines


def _words(office: Office, kind: str, names: Sequence[str]) -> str:
    return ", ".join(office.speech.word(kind, name) for name in names)


@command(
    "why",
    pl="""Co mówią zasady o czynności, także zanim znane są jej dane.

    Przykład: accord why KRK-2026-0001 adopt votes=21/21/0 present=43""",
    en="""What the rules say of a step, also before its inputs exist.

    Example: accord why KRK-2026-0001 adopt votes=21/21/0 present=43""",
)
@reference
@click.argument("step")
@click.argument("inputs", nargs=-1, metavar="[NAME=VALUE]…")
@as_json
@lang_option
@click.pass_obj
def why(office: Office, reference: str, step: str, inputs: Sequence[str], as_json: bool) -> None:
    """Say why."""
    given = words.parse(step, inputs)
    with office.reading() as unit:
        of = reading.file(unit, reference.upper())
        verdict = advice.why(unit, of, step, given, office.actor(unit))
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
    write([f"{of.case.reference}  {step}: {name}", ""])
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
    write([banner] if banner else [])
    if not found:
        write([say("Nic na Ciebie nie czeka.", "Nothing waits for you.")])
    for number, tray in enumerate(found):
        write([""] if number else [])
        write([say(*TRAYS[tray.kind]), *_entries(office, tray.entries)])
        if tray.more:
            write([say("… i dalsze: --limit", "… and more: --limit")])
