"""`accord plan` and `accord search`."""

import click

from commands import labels
from commands.command import as_json, command, complete_cases, lang_option, option
from commands.office import Office
from commands.printing import table, write, write_json
from commands.speech import language, say
from models.vocabulary import Form
from register import search as searching
from workflow import plan as planning
from workflow import reading


@command(
    "plan",
    pl="""Najkrótsza zgodna z prawem droga sprawy do stanu.

    Przykład: accord plan KRK-2026-0001 --to in_force --form association""",
    en="""The shortest lawful way of a case to a state.

    Example: accord plan KRK-2026-0001 --to in_force --form association""",
)
@click.argument("reference", metavar="REF", shell_complete=complete_cases)
@option(
    "--to",
    "target",
    default="in_force",
    show_default=True,
    metavar="STATE",
    pl="Stan docelowy.",
    en="State to reach.",
)
@option(
    "--form", type=click.Choice([str(f) for f in Form]), pl="W jakiej formie.", en="In which form."
)
@as_json
@lang_option
@click.pass_obj
def plan(office: Office, reference: str, target: str, form: str | None, as_json: bool) -> None:
    """Plan a way."""
    with office.reading() as unit:
        of = reading.file(unit, reference.upper())
    edition, case, speech = of.definition, of.case, office.speech
    if target not in edition.states:
        raise click.BadParameter(", ".join(edition.states), param_hint="--to")
    wanted = Form(form) if form else (case.form if case.form is not Form.INFORMAL else None)
    legs = planning.plan(edition, (case.form, case.state), target, office.today, wanted)
    if legs is None:
        name = labels.state(edition, target)
        write(
            [
                say(
                    f"Nie ma zgodnej z prawem drogi do stanu „{name}”.",
                    f"No lawful way leads to “{name}”.",
                )
            ]
        )
        raise click.exceptions.Exit(1)
    if as_json:
        write_json(
            [
                {
                    "step": leg.row.step,
                    "form": leg.row.new_form,
                    "to": leg.row.target,
                    "authority": list(leg.row.authority),
                    "recorded_by": list(leg.row.recorded_by),
                    "documents": list(leg.row.documents),
                    "inputs": list(leg.row.inputs),
                    "earliest": leg.earliest.isoformat(),
                    "expected": leg.expected.isoformat(),
                }
                for leg in legs
            ]
        )
        return
    write(
        table(
            (
                "#",
                say("czynność", "step"),
                say("stan", "state"),
                say("decyduje", "decides"),
                say("zapisuje", "records"),
                say("dokumenty", "documents"),
                say("najwcześniej", "earliest"),
                say("spodziewane", "expected"),
            ),
            [
                (
                    number,
                    f"{leg.row.step}: {labels.step(edition, speech, leg.row.step)}",
                    labels.state(edition, leg.row.target),
                    ", ".join(speech.word("authority", one) for one in leg.row.authority),
                    ", ".join(speech.word("role", one) for one in leg.row.recorded_by),
                    ", ".join(speech.word("document", one) for one in leg.row.documents),
                    leg.earliest,
                    leg.expected,
                )
                for number, leg in enumerate(legs, 1)
            ],
        )
        or [say("Sprawa już tam jest.", "The case is there already.")]
    )


@command(
    "search",
    pl="Szukaj partnerów i spraw; „lodz” znajdzie Łódź.",
    en="Search partners and cases; “lodz” finds Łódź.",
)
@click.argument("text")
@as_json
@lang_option
@click.pass_obj
def search(office: Office, text: str, as_json: bool) -> None:
    """Search."""
    with office.reading() as unit:
        found = searching.search(unit, text)
    if as_json:
        write_json([hit.as_data() for hit in found])
        return
    write(
        table(
            (say("co", "what"), say("nazwa", "name"), say("opis", "about")),
            [
                (hit.name, hit.name_pl if language() == "pl" else hit.name_en, hit.about)
                for hit in found
            ],
        )
        or [say("Niczego nie znaleziono.", "Nothing found.")]
    )
