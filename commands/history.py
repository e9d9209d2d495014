"""`accord history`: the entries of a case as written, and the proof that none was changed."""

import json

import click

from commands import labels
from commands.command import as_json, complete_cases, group, lang_option
from commands.office import Office
from commands.printing import table, write, write_json
from commands.speech import say
from workflow import history as proving
from workflow import reading


@group("history", pl="Historia spraw.", en="The history of cases.")
def history() -> None:
    """Group the commands on history."""


@history.command(
    "show",
    pl="Pokaż wpisy sprawy tak, jak je zapisano.",
    en="Show the entries of a case as they were written.",
)
@click.argument("reference", metavar="REF", shell_complete=complete_cases)
@as_json
@lang_option
@click.pass_obj
def show(office: Office, reference: str, as_json: bool) -> None:
    """Show the entries."""
    with office.reading() as unit:
        of = reading.file(unit, reference.upper())
    if as_json:
        write_json([json.loads(event.body) for event in of.events])
        return
    write(
        table(
            (
                "#",
                say("zapisano (UTC)", "recorded (UTC)"),
                say("czynność", "step"),
                say("z", "from"),
                say("do", "to"),
                say("data", "date"),
                say("kto", "by"),
            ),
            [
                (
                    event.sequence,
                    event.recorded_at.strftime("%Y-%m-%d %H:%M"),
                    event.step,
                    labels.state(of.definition, event.source),
                    labels.state(of.definition, event.target),
                    event.effective_on,
                    event.actor + (f" / {event.on_behalf_of}" if event.on_behalf_of else ""),
                )
                for event in of.events
            ],
        )
    )


@history.command(
    "verify",
    pl="Dowiedź, że nikt nie zmienił historii: jednej sprawy albo całego rejestru.",
    en="Prove that nobody changed the history: of one case or of the whole register.",
)
@click.argument("reference", required=False, metavar="[REF]", shell_complete=complete_cases)
@as_json
@lang_option
@click.pass_obj
def verify(office: Office, reference: str | None, as_json: bool) -> None:
    """Verify the history."""
    with office.reading() as unit:
        if reference is not None:
            reading.file(unit, reference.upper())
        proof = proving.verify(unit, reference.upper() if reference else None)
    if as_json:
        write_json(
            {
                "cases": proof.cases,
                "events": proof.events,
                "breaches": [
                    {
                        "reference": b.reference,
                        "sequence": b.sequence,
                        "what": b.what,
                        "column": b.column,
                    }
                    for b in proof.breaches
                ],
            }
        )
    else:
        write(
            f"  x {breach.reference} #{breach.sequence}: "
            + office.speech.word("breach", breach.what)
            + (f" ({breach.column})" if breach.column else "")
            for breach in proof.breaches
        )
        sound = say("historia jest nienaruszona", "the history is intact")
        spoilt = say(f"naruszeń: {len(proof.breaches)}", f"breaches: {len(proof.breaches)}")
        write(
            [
                say(
                    f"Spraw: {proof.cases}, wpisów: {proof.events}; ",
                    f"Cases: {proof.cases}, entries: {proof.events}; ",
                )
                + (spoilt if proof.breaches else sound)
            ]
        )
    if proof.breaches:
        raise click.exceptions.Exit(1)
