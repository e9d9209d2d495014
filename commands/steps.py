"""The verbs that change a case: open, raise, advance, endorse, return, decline."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from commands import labels, words
from commands.asking import on_a_terminal
from commands.command import (
    argument,
    as_json,
    command,
    complete_partners,
    dry_run,
    inputs,
    lang_option,
    lowered,
    option,
    reference,
    references,
    step_argument,
)
from commands.office import Office
from commands.printing import paragraph, write, write_json
from commands.refusals import explain, told_findings
from commands.speech import say
from workflow import engine, reading
from workflow.errors import AccordError
from workflow.judge import blocks
from workflow.lifecycle import definition

if TYPE_CHECKING:
    from workflow.engine import Taken


def _record(
    office: Office,
    step: str,
    typed: Sequence[str],
    take: Callable[[Mapping[str, str], int | None], "Taken"],
    *,
    json: bool,
) -> None:
    """Take a step, asking on a terminal for what is missing, and print what it did."""
    given = words.parse(step, typed)
    taken = words.asking(given, lambda found: take(found, None), office.speech)
    if json:
        write_json(as_data(taken))
    else:
        write(told(office, taken))


def as_data(taken: "Taken") -> Mapping[str, object]:
    """Give what a step did under stable keys."""
    return {
        "reference": taken.reference,
        "sequence": taken.sequence,
        "step": taken.step,
        "form": taken.form,
        "from": taken.source,
        "state": taken.state,
        "due_on": taken.due_on and taken.due_on.isoformat(),
        "carried_out": taken.carried_out,
        "findings": [
            {
                "rule": finding.rule,
                "outcome": finding.outcome,
                "strength": finding.strength,
                "facts": finding.facts,
            }
            for finding in taken.findings
        ],
    }


def told(office: Office, taken: "Taken") -> Sequence[str]:
    """Say what a step did, what to mind, and where the case stands."""
    edition = definition()
    step = labels.step(edition, office.speech, taken.step)
    now = labels.state(edition, taken.state)
    lines = paragraph(
        say(
            f"{step}: zapisano jako wpis {taken.sequence}; stan: {now}.",
            f"{step}: recorded as entry {taken.sequence}; now {now}.",
        ),
        first=f"{taken.reference}  ",
        rest="  ",
    )
    if taken.due_on is not None:
        lines += [say(f"  termin: {taken.due_on}", f"  due: {taken.due_on}")]
    if taken.carried_out is not None:
        lines += [
            say(
                f"  wykonano rozstrzygnięcie {taken.carried_out}",
                f"  decision {taken.carried_out} carried out",
            )
        ]
    warned = [f for f in taken.findings if f.outcome in {"broken", "undecided", "overridden"}]
    if warned:
        lines += told_findings(
            office.speech,
            [finding for finding in warned if not blocks(finding)],
            reference=taken.reference,
            step=taken.step,
        )
    return lines


@command(
    "open",
    pl="""Otwórz sprawę z partnerem; do propozycji jest to współpraca nieformalna.

    Przykład: accord open eurocities title="Przystąpienie do Eurocities" idea="Prezydent"
    date=2025-01-08""",
    en="""Open a case with a partner; it is informal until it is proposed.

    Example: accord open eurocities title="Joining Eurocities" idea="Mayor" date=2025-01-08""",
)
@argument(
    "partner",
    metavar="SLUG",
    callback=lowered,
    shell_complete=complete_partners,
    pl="Partner, np. eurocities.",
    en="The partner, such as eurocities.",
)
@inputs
@as_json
@dry_run
@lang_option
@click.pass_obj
def open_case(
    office: Office, partner: str, inputs: Sequence[str], as_json: bool, dry: bool
) -> None:
    """Open a case."""

    def take(given: Mapping[str, str], _: int | None) -> "Taken":
        with office.writing(dry=dry) as unit:
            return engine.open_case(unit, partner, given, office.actor(unit))

    _record(office, "open", inputs, take, json=as_json)


@command(
    "raise",
    pl="""Wnieś rozstrzygnięcie w sprawie współpracy, która obowiązuje.

    Przykład: accord raise KRK-2026-0003 purpose=suspend date=2026-03-02 justification="…" """,
    en="""Raise a decision about a cooperation in force, as a case of its own.

    Example: accord raise KRK-2026-0003 purpose=suspend date=2026-03-02 justification="…" """,
)
@reference
@inputs
@as_json
@dry_run
@lang_option
@click.pass_obj
def raise_decision(
    office: Office, reference: str, inputs: Sequence[str], as_json: bool, dry: bool
) -> None:
    """Raise a decision."""

    def take(given: Mapping[str, str], _: int | None) -> "Taken":
        with office.writing(dry=dry) as unit:
            return engine.raise_decision(unit, reference.upper(), given, office.actor(unit))

    _record(office, "raise", inputs, take, json=as_json)


@command(
    "advance",
    pl="""Odnotuj czynność w sprawie, jeżeli dopuszczają ją wszystkie zasady.

    Na terminalu program zapyta o to, czego brakuje. Jakie czynności i dane są możliwe, mówi
    `accord options REF`.

    Przykład: accord advance KRK-2026-0001 adopt resolution=XLVIII/1325/26 date=2026-04-02
    votes=22/21/0 present=43""",
    en="""Record a step in a case, if every rule holds.

    On a terminal what is missing is asked for. `accord options REF` tells which steps and inputs
    there are.

    Example: accord advance KRK-2026-0001 adopt resolution=XLVIII/1325/26 date=2026-04-02
    votes=22/21/0 present=43""",
)
@reference
@step_argument
@inputs
@as_json
@dry_run
@lang_option
@click.pass_obj
def advance(
    office: Office, reference: str, step: str, inputs: Sequence[str], as_json: bool, dry: bool
) -> None:
    """Take a step."""
    seen = _version(office, reference) if on_a_terminal() else None

    def take(given: Mapping[str, str], _: int | None) -> "Taken":
        with office.writing(dry=dry) as unit:
            return engine.advance(
                unit, reference.upper(), step, given, office.actor(unit), seen=seen
            )

    _record(office, step, inputs, take, json=as_json)


def _version(office: Office, reference: str) -> int:
    """Give the version a person at a terminal has before their eyes while they are asked."""
    with office.reading() as unit:
        return reading.file(unit, reference.upper()).case.version


def _review(
    office: Office,
    step: str,
    names: Sequence[str],
    given: Mapping[str, str],
    *,
    json: bool,
    dry: bool,
) -> None:
    """Take the same step on several cases, each in a unit of its own and with its own outcome."""
    outcomes: list[Mapping[str, object]] = []
    worst = 0
    for name in dict.fromkeys(name.upper() for name in names):
        try:
            seen = _version(office, name)
            with office.writing(dry=dry) as unit:
                taken = engine.advance(unit, name, step, given, office.actor(unit), seen=seen)
        except AccordError as refused:
            explain(refused)
            worst = max(worst, refused.exit_code)
            outcomes.append({"reference": name, "done": False, "refusal": refused.code})
        else:
            outcomes.append({"done": True, **as_data(taken)})
            write(() if json else told(office, taken))
    if json:
        write_json(outcomes)
    if worst:
        raise click.exceptions.Exit(worst)


reason = option("--reason", "-r", required=True, metavar="TEXT", pl="Powód.", en="The reason.")
on_day = option("--date", metavar="DATE", pl="Kiedy; domyślnie dziś.", en="When; today by default.")


def _given(**values: str | None) -> Mapping[str, str]:
    return {name: value for name, value in values.items() if value is not None}


@command(
    "endorse", pl="Zaakceptuj propozycje, jedną lub kilka.", en="Endorse proposals, one or several."
)
@references
@option("--comment", metavar="TEXT", pl="Uwagi.", en="A comment.")
@on_day
@as_json
@dry_run
@lang_option
@click.pass_obj
def endorse(
    office: Office,
    references: Sequence[str],
    comment: str | None,
    date: str | None,
    as_json: bool,
    dry: bool,
) -> None:
    """Endorse."""
    _review(
        office, "endorse", references, _given(comment=comment, date=date), json=as_json, dry=dry
    )


@command(
    "return",
    pl="Zwróć propozycje do poprawy; powód jest obowiązkowy.",
    en="Return proposals to be improved; a reason is obligatory.",
)
@references
@reason
@on_day
@as_json
@dry_run
@lang_option
@click.pass_obj
def return_cases(
    office: Office,
    references: Sequence[str],
    reason: str,
    date: str | None,
    as_json: bool,
    dry: bool,
) -> None:
    """Return."""
    _review(office, "return", references, _given(reason=reason, date=date), json=as_json, dry=dry)


@command(
    "decline",
    pl="Odrzuć propozycje; powód jest obowiązkowy.",
    en="Decline proposals; a reason is obligatory.",
)
@references
@reason
@on_day
@as_json
@dry_run
@lang_option
@click.pass_obj
def decline(
    office: Office,
    references: Sequence[str],
    reason: str,
    date: str | None,
    as_json: bool,
    dry: bool,
) -> None:
    """Decline."""
    _review(office, "decline", references, _given(reason=reason, date=date), json=as_json, dry=dry)
