"""`accord partner`: who the other side is, and what is known of it."""

from collections.abc import Sequence

import click

from commands import labels, words
from commands.command import (
    argument,
    as_json,
    complete_partners,
    dry_run,
    group,
    lang_option,
    lowered,
    option,
)
from commands.office import Office
from commands.printing import paragraph, table, write, write_json
from commands.speech import language, say
from models.vocabulary import PartnerKind, Role
from register import listing
from workflow import amend, partners, people, reading
from workflow.dates import PartialDate

slug = argument(
    "slug",
    callback=lowered,
    shell_complete=complete_partners,
    pl="Partner, np. eurocities.",
    en="The partner, such as eurocities.",
)


@group("partner", pl="Partnerzy i to, co o nich wiadomo.", en="Partners and what is known of them.")
def partner() -> None:
    """Group the commands on partners."""


@partner.command(
    "add",
    pl="""Dodaj partnera; dalsze dane jako NAZWA=WARTOŚĆ, z podaniem źródła.

    Przykład: accord partner add Eurocities --kind association --country BE seat=Bruksela
    --source "statut" """,
    en="""Add a partner; further facts as NAME=VALUE, with their source.

    Example: accord partner add Eurocities --kind association --country BE seat=Brussels
    --source "statute" """,
)
@argument("name", pl="Nazwa angielska.", en="The English name.")
@argument(
    "facts", nargs=-1, metavar="[NAME=VALUE]…", pl="Dane partnera.", en="Facts of the partner."
)
@option(
    "--kind",
    type=click.Choice([str(k) for k in PartnerKind]),
    required=True,
    pl="Rodzaj partnera.",
    en="What it is.",
)
@option("--country", metavar="XX", pl="Kraj, dwie litery ISO.", en="Country, two ISO letters.")
@option("--name-pl", metavar="TEXT", pl="Nazwa polska.", en="Polish name.")
@option("--slug", metavar="TEXT", pl="Trwała krótka nazwa.", en="Lasting short name.")
@option("--source", metavar="TEXT", default="", pl="Źródło danych.", en="Source of the facts.")
@dry_run
@lang_option
@click.pass_obj
def add(
    office: Office,
    name: str,
    facts: Sequence[str],
    kind: str,
    country: str | None,
    name_pl: str | None,
    slug: str | None,
    source: str,
    dry: bool,
) -> None:
    """Add a partner."""
    stated = words.parse("partner add", facts)
    if stated and not source.strip():
        raise click.UsageError(
            say("Dane partnera wymagają --source.", "Facts of a partner need --source.")
        )
    new = partners.NewPartner(name, PartnerKind(kind), country, name_pl, slug)
    with office.writing(dry=dry) as unit:
        actor = office.actor(unit)
        people.require(actor, {Role.OFFICER, Role.ADMINISTRATOR}, "partner add", unit)
        short = partners.add(unit, new, stated, source, actor.person)
    write([say(f"Dodano partnera: {short}", f"Partner added: {short}")])


@partner.command("list", pl="Wypisz partnerów.", en="List partners.")
@option(
    "--kind",
    type=click.Choice([str(k) for k in PartnerKind]),
    pl="Tylko ten rodzaj.",
    en="Only this kind.",
)
@option("--country", metavar="XX", pl="Tylko ten kraj.", en="Only this country.")
@as_json
@lang_option
@click.pass_obj
def list_(office: Office, kind: str | None, country: str | None, as_json: bool) -> None:
    """List partners."""
    with office.reading() as unit:
        found = listing.partners(unit, kind=kind, country=country, language=language())
        banner = office.banner(unit)
    if as_json:
        write_json([entry.as_data() for entry in found])
        return
    write(banner)
    write(
        table(
            (
                say("skrót", "slug"),
                say("nazwa", "name"),
                say("kraj", "country"),
                say("rodzaj", "kind"),
                say("spraw", "cases"),
            ),
            [
                (
                    e.slug,
                    e.name(language()),
                    e.country,
                    office.speech.word("partner_kind", e.kind),
                    e.cases,
                )
                for e in found
            ],
        )
        or [
            say(
                "Nie ma partnerów. Dodaj: accord partner add NAZWA …",
                "No partners. Add one: accord partner add NAME …",
            )
        ]
    )


@partner.command(
    "show", pl="Pokaż partnera, jego dane i sprawy.", en="Show a partner, its facts and cases."
)
@slug
@as_json
@lang_option
@click.pass_obj
def show(office: Office, slug: str, as_json: bool) -> None:
    """Show a partner."""
    from workflow.lifecycle import definition

    with office.reading() as unit:
        who = reading.partner(unit, slug)
        stated = partners.statements(unit, who.id)
        found = listing.cases(unit, listing.Wanted(partner=slug, limit=listing.ALL))
        banner = office.banner(unit)
    if as_json:
        write_json(
            {
                "slug": who.slug,
                "kind": who.kind,
                "country": who.country,
                "name_pl": who.name_pl,
                "name_en": who.name_en,
                "facts": [
                    {
                        "name": s.name,
                        "value": s.value,
                        "source": s.source,
                        "valid_from": s.valid_from,
                    }
                    for s in stated
                ],
                "cases": [
                    {"reference": e.reference, "form": e.form, "state": e.state} for e in found
                ],
            }
        )
        return
    edition = definition()
    write(banner)
    write(paragraph(f"{who.name_pl} / {who.name_en} ({who.slug})"))
    write(
        [
            office.speech.word("partner_kind", who.kind)
            + ", "
            + (who.country or say("kraj nieznany", "country unknown"))
        ]
    )
    write([""] if stated else [])
    write(
        table(
            (
                say("dana", "fact"),
                say("wartość", "value"),
                say("źródło", "source"),
                say("kto", "by"),
            ),
            [(s.name, s.value, s.source, s.recorded_by) for s in stated],
        )
    )
    write([""] if found else [])
    write(
        table(
            (
                say("sprawa", "case"),
                say("forma", "form"),
                say("stan", "state"),
                say("tytuł", "title"),
            ),
            [
                (
                    e.reference,
                    office.speech.word("form", e.form),
                    labels.state(edition, e.state),
                    e.title,
                )
                for e in found
            ],
        )
    )


@partner.command(
    "edit",
    pl="""Wpisz dane partnera ze źródłem; wcześniejsze pozostają w rejestrze.

    Przykład: accord partner edit tbilisi continent=asia --source "notatka z 2026-03-02" """,
    en="""State facts of a partner with their source; earlier ones stay on record.

    Example: accord partner edit tbilisi continent=asia --source "note of 2026-03-02" """,
)
@slug
@argument(
    "facts",
    nargs=-1,
    required=True,
    metavar="NAME=VALUE…",
    pl="Dane partnera.",
    en="Facts of the partner.",
)
@option("--source", required=True, metavar="TEXT", pl="Źródło danych.", en="Source of the facts.")
@option("--from", "since", metavar="DATE", pl="Od kiedy tak jest.", en="Since when it is so.")
@dry_run
@lang_option
@click.pass_obj
def edit(
    office: Office, slug: str, facts: Sequence[str], source: str, since: str | None, dry: bool
) -> None:
    """State facts of a partner."""
    stated = words.parse("partner edit", facts)
    if named := sorted(set(stated) & set(partners.NAMES)):
        raise click.UsageError(
            say(
                f"{', '.join(named)}: nazwę zmienia accord partner rename.",
                f"{', '.join(named)}: a name is changed by accord partner rename.",
            )
        )
    if not source.strip():
        raise click.UsageError(
            say("Dane partnera wymagają --source.", "Facts of a partner need --source.")
        )
    start = PartialDate.read(since).text if since else None
    with office.writing(dry=dry) as unit:
        actor = office.actor(unit)
        people.require(actor, {Role.OFFICER, Role.ADMINISTRATOR}, "partner edit", unit)
        who = reading.partner(unit, slug)
        partners.state(unit, who.id, stated, source, actor.person, start)
    write([f"{slug}: {', '.join(f'{name}={value}' for name, value in stated.items())}"])


@partner.command(
    "rename",
    pl="Partner zmienił nazwę: sprawy w toku noszą nową, zakończone dawną.",
    en="A partner changed its name: living cases bear the new one, ended ones the old.",
)
@slug
@option("--name-pl", metavar="TEXT", default="", pl="Nowa nazwa polska.", en="New Polish name.")
@option("--name-en", metavar="TEXT", default="", pl="Nowa nazwa angielska.", en="New English name.")
@option("--on", required=True, metavar="DATE", pl="Od kiedy.", en="Since when.")
@option(
    "--document", required=True, metavar="TEXT", pl="Na jakiej podstawie.", en="What it rests on."
)
@dry_run
@lang_option
@click.pass_obj
def rename(
    office: Office, slug: str, name_pl: str, name_en: str, on: str, document: str, dry: bool
) -> None:
    """Rename a partner."""
    day = PartialDate.read(on)
    with office.writing(dry=dry) as unit:
        actor = office.actor(unit)
        people.require(actor, {Role.OFFICER}, "partner rename", unit)
        names = {"name_pl": name_pl, "name_en": name_en}
        partners.rename(unit, slug, names, day.text, document, actor.person)
        who = reading.partner(unit, slug)
    write([f"{slug}: {who.name_pl} / {who.name_en}"])


@partner.command(
    "succeed",
    pl="Partnera zastąpił inny: sprawy w toku przechodzą na następcę.",
    en="A partner was succeeded by another: living cases go on with the successor.",
)
@slug
@option("--by", "successor", required=True, metavar="SLUG", pl="Następca.", en="The successor.")
@option("--on", required=True, metavar="DATE", pl="Od kiedy.", en="Since when.")
@option(
    "--document", required=True, metavar="TEXT", pl="Na jakiej podstawie.", en="What it rests on."
)
@dry_run
@lang_option
@click.pass_obj
def succeed(office: Office, slug: str, successor: str, on: str, document: str, dry: bool) -> None:
    """Let a partner be succeeded."""
    with office.writing(dry=dry) as unit:
        done = amend.succeed(unit, slug, successor, on, document, office.actor(unit))
    moved = ", ".join(one.reference for one in done) or say("żadna", "none")
    write(
        paragraph(
            say(f"{slug} -> {successor}; sprawy: {moved}", f"{slug} -> {successor}; cases: {moved}")
        )
    )
