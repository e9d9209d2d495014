"""`accord plan` and `accord search`."""

import click

from commands import labels
from commands.command import argument, as_json, command, lang_option, option, reference
from commands.office import Office
from commands.printing import paragraph, table, write, write_json
from commands.speech import language, say
from commands.usage import no_such_state
from models.vocabulary import Form
from register import search as searching
from workflow import plan as planning
from workflow import reading
from workflow.definition import Definition


@command(
    "plan",
    pl="""Najkrótsza zgodna z prawem droga sprawy do stanu.

    Przykład: accord plan KRK-2026-0001 --to in_force --form association""",
    en="""The shortest lawful way of a case to a state.

    Example: accord plan KRK-2026-0001 --to in_force --form association""",
)
@reference
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
        banner = office.banner(unit)
    edition, case = of.definition, of.case
    if target not in edition.states:
        raise no_such_state(target, tuple(edition.states), "--to")
    wanted = Form(form) if form else (case.form if case.form is not Form.INFORMAL else None)
    legs = planning.plan(edition, (case.form, case.state), target, office.today, wanted)
    if legs is None:
        name = labels.state(edition, target)
        no = say(
            f"Nie ma zgodnej z prawem drogi do stanu „{name}”.",
            f"No lawful way leads to “{name}”.",
        )
        write(paragraph(no, first="accord: "), err=True)
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
    write(banner)
    write(
        table(
            (
                "#",
                say("czynność", "step"),
                say("stan", "state"),
                say("najwcześniej", "earliest"),
                say("spodziewane", "expected"),
            ),
            [
                (
                    number,
                    leg.row.step,
                    labels.state(edition, leg.row.target),
                    leg.earliest,
                    leg.expected,
                )
                for number, leg in enumerate(legs, 1)
            ],
            notes=[_leg(office, edition, leg) for leg in legs],
        )
        or [say("Sprawa już tam jest.", "The case is there already.")]
    )


def _leg(office: Office, edition: Definition, leg: planning.Leg) -> str:
    """Say what a step is called, who decides and records it, and which documents it needs."""
    speech, row = office.speech, leg.row
    told = [
        labels.step(edition, speech, row.step),
        say("decyduje: ", "decides: ") + labels.several(speech, "authority", row.authority),
        say("zapisuje: ", "records: ") + labels.several(speech, "role", row.recorded_by),
    ]
    if row.documents:
        names = labels.several(speech, "document", row.documents)
        told.append(say("dokumenty: ", "documents: ") + names)
    return "; ".join(told)


@command(
    "search",
    pl="Szukaj partnerów i spraw; „lodz” znajdzie Łódź.",
    en="Search partners and cases; “lodz” finds Łódź.",
)
@argument(
    "text",
    pl="Nazwa, tytuł, numer albo ich część.",
    en="A name, title or number, or a part of one.",
)
@as_json
@lang_option
@click.pass_obj
def search(office: Office, text: str, as_json: bool) -> None:
    """Search."""
    with office.reading() as unit:
        found = searching.search(unit, text)
        banner = office.banner(unit)
    if as_json:
        write_json([hit.as_data() for hit in found])
        return
    write(banner)
    write(
        table(
            (say("co", "what"), say("nazwa", "name"), say("opis", "about")),
            [
                (hit.name, hit.name_pl if language() == "pl" else hit.name_en, _about(office, hit))
                for hit in found
            ],
        )
        or [say("Niczego nie znaleziono.", "Nothing found.")]
    )


def _about(office: Office, hit: searching.Hit) -> str:
    return office.speech.word("partner_kind", hit.about) if hit.what == "partner" else hit.about
