"""`accord history`: the entries of a case as written, and the proof that none was changed."""

import json

import click

from commands import labels
from commands.command import argument, as_json, complete_cases, group, lang_option, reference
from commands.office import Office
from commands.printing import table, write, write_json
from commands.speech import say
from models.vocabulary import START
from workflow import history as proving
from workflow import reading
from workflow.project import Recorded


@group("history", pl="Historia spraw.", en="The history of cases.")
def history() -> None:
    """Group the commands on history."""


@history.command(
    "show",
    pl="Pokaż wpisy sprawy tak, jak je zapisano.",
    en="Show the entries of a case as they were written.",
)
@reference
@as_json
@lang_option
@click.pass_obj
def show(office: Office, reference: str, as_json: bool) -> None:
    """Show the entries."""
    with office.reading() as unit:
        of = reading.file(unit, reference.upper())
        banner = office.banner(unit)
    if as_json:
        write_json([json.loads(event.body) for event in of.events])
        return
    write(banner)
    write(
        table(
            (
                "#",
                say("zapisano (UTC)", "recorded (UTC)"),
                say("czynność", "step"),
                say("stan", "state"),
                say("data", "date"),
                say("kto", "by"),
            ),
            [
                (
                    event.sequence,
                    event.recorded_at.strftime("%Y-%m-%d %H:%M"),
                    event.step,
                    _state(of, event),
                    event.effective_on,
                    _who(event),
                )
                for event in of.events
            ],
        )
    )


def _state(of: reading.File, event: Recorded) -> str:
    """Say where an entry brought the case, and from where."""
    target = labels.state(of.definition, event.target)
    if event.source in {event.target, START}:
        return target
    return f"{labels.state(of.definition, event.source)} -> {target}"


def _who(event: Recorded) -> str:
    return event.actor + (say(" za ", " for ") + event.on_behalf_of if event.on_behalf_of else "")


@history.command(
    "verify",
    pl="Dowiedź, że nikt nie zmienił historii: jednej sprawy albo całego rejestru.",
    en="Prove that nobody changed the history: of one case or of the whole register.",
)
@argument(
    "reference",
    required=False,
    metavar="[REF]",
    shell_complete=complete_cases,
    pl="Jedna sprawa; bez niej cały rejestr.",
    en="One case; without it the whole register.",
)
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
