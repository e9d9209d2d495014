"""The verbs that amend the record: waive, correct, confirm, retract, tick."""

from collections.abc import Sequence

import click

from commands import labels, words
from commands.command import (
    argument,
    as_json,
    command,
    dry_run,
    inputs,
    lang_option,
    option,
    reference,
)
from commands.office import Office
from commands.printing import paragraph, write, write_json
from commands.refusals import explain, told_findings
from commands.speech import say
from models.vocabulary import Role
from workflow import amend, people, timekeeping
from workflow.lifecycle import definition

event = argument(
    "event", type=click.IntRange(1), metavar="#", pl="Numer wpisu.", en="Number of the entry."
)
deny_option = option("--deny", is_flag=True, pl="Odmów (kierownik).", en="Deny it (manager).")
reason = option("--reason", "-r", required=True, metavar="TEXT", pl="Powód.", en="The reason.")


def _waits(office: Office, done: amend.Amended, pl: str, en: str) -> None:
    command = f"{done.reference} {done.sequence}"
    pl_text = f"{done.reference}: wpis {done.sequence}. {pl}".replace("{command}", command)
    en_text = f"{done.reference}: entry {done.sequence}. {en}".replace("{command}", command)
    write(paragraph(say(pl_text, en_text)))
    if done.irregular:
        write([say("  Tak poprawiona sprawa łamie zasady:", "  So corrected, the case breaks:")])
        write(
            told_findings(office.speech, done.irregular, reference=done.reference, step="correct")
        )


@command(
    "waive",
    pl="""Poproś o odstąpienie od zasady albo, jako kierownik, udziel go.

    Służy następnej takiej czynności, na tych samych faktach, zapisanej przez kogo innego.

    Przykład: accord waive KRK-2026-0004 number_format --for adopt resolution=XCLX/1495/14
    date=2014-01-08 --reason "numer jak w oryginale" """,
    en="""Ask for a waiver of a rule or, as a manager, grant it.

    It serves the next such step, on the same facts, recorded by somebody else.

    Example: accord waive KRK-2026-0004 number_format --for adopt resolution=XCLX/1495/14
    date=2014-01-08 --reason "numbered so in the original" """,
)
@reference
@argument("rule", pl="Zasada, np. number_format.", en="The rule, such as number_format.")
@inputs
@option(
    "--for", "step", required=True, metavar="STEP", pl="Dla której czynności.", en="For which step."
)
@reason
@deny_option
@dry_run
@lang_option
@click.pass_obj
def waive(
    office: Office,
    reference: str,
    rule: str,
    inputs: Sequence[str],
    step: str,
    reason: str,
    deny: bool,
    dry: bool,
) -> None:
    """Waive a rule."""
    given = words.parse("waive", inputs)
    with office.writing(dry=dry) as unit:
        actor = office.actor(unit)
        done = amend.waive(unit, reference.upper(), rule, step, given, reason, actor, deny=deny)
    if deny and not done.waits:
        _waits(office, done, "Odmówiono odstąpienia.", "Waiver denied.")
    elif done.waits:
        _waits(office, done, "Prośba czeka na kierownika.", "The request waits for a manager.")
    else:
        _waits(office, done, "Udzielono odstąpienia.", "Waiver granted.")


@command(
    "correct",
    pl="""Popraw dane wpisu; obie wartości pozostają widoczne.

    Przykład: accord correct KRK-2026-0001 7 date=2026-04-03 --reason "omyłka w dacie" """,
    en="""Correct inputs of an entry; both values stay visible.

    Example: accord correct KRK-2026-0001 7 date=2026-04-03 --reason "slip in the date" """,
)
@reference
@event
@inputs
@reason
@dry_run
@lang_option
@click.pass_obj
def correct(
    office: Office, reference: str, event: int, inputs: Sequence[str], reason: str, dry: bool
) -> None:
    """Correct an entry."""
    given = words.parse("correct", inputs)
    # `reason=` may also be one of the words: then it is an input of the entry itself.
    with office.writing(dry=dry) as unit:
        done = amend.correct(unit, reference.upper(), event, given, reason, office.actor(unit))
    if done.waits:
        _waits(
            office,
            done,
            "Poprawka czeka na kierownika: accord confirm {command}",
            "The correction waits for a manager: accord confirm {command}",
        )
    else:
        _waits(office, done, "Poprawiono.", "Corrected.")


@command("confirm", pl="Potwierdź poprawkę (kierownik).", en="Confirm a correction (manager).")
@reference
@event
@deny_option
@dry_run
@lang_option
@click.pass_obj
def confirm(office: Office, reference: str, event: int, deny: bool, dry: bool) -> None:
    """Confirm a correction."""
    with office.writing(dry=dry) as unit:
        done = amend.confirm(unit, reference.upper(), event, office.actor(unit), deny=deny)
    if deny:
        _waits(office, done, "Poprawki nie przyjęto.", "Correction denied.")
    else:
        _waits(office, done, "Potwierdzono poprawkę.", "Correction confirmed.")


@command(
    "retract",
    pl="Cofnij ostatnią czynność sprawy (kierownik); wpis pozostaje widoczny.",
    en="Take back the last step of a case (manager); its entry stays visible.",
)
@reference
@reason
@dry_run
@lang_option
@click.pass_obj
def retract(office: Office, reference: str, reason: str, dry: bool) -> None:
    """Retract the last step."""
    with office.writing(dry=dry) as unit:
        done = amend.retract(unit, reference.upper(), reason, office.actor(unit))
    now = labels.state(definition(), done.state)
    _waits(office, done, f"Cofnięto; stan: {now}.", f"Taken back; now {now}.")


@command(
    "tick",
    pl="Odnotuj, co zdziałał sam czas: końce wypowiedzeń, wygaśnięcia, przedłużenia.",
    en="Record what time alone has done: notices run, terms ended, prolongations.",
)
@as_json
@dry_run
@lang_option
@click.pass_obj
def tick(office: Office, as_json: bool, dry: bool) -> None:
    """Record what time has done."""
    with office.writing(dry=dry) as unit:
        people.require(
            office.actor(unit), {Role.OFFICER, Role.MANAGER, Role.ADMINISTRATOR}, "tick", unit
        )
        ticked = list(timekeeping.tick(unit, office.login))
    if as_json:
        write_json(
            [
                {"reference": one.reference, "step": taken.step, "state": taken.state}
                for one in ticked
                for taken in one.taken
            ]
        )
        return
    edition = definition()
    for one in ticked:
        for taken in one.taken:
            step = labels.step(edition, office.speech, taken.step)
            write([f"{one.reference}  {step}: {labels.state(edition, taken.state)}"])
        if one.refused is not None:
            explain(one.refused)
    if not any(one.taken for one in ticked):
        write([say("Czas niczego nie zmienił.", "Time has changed nothing.")])
