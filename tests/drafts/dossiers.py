"""Fact sheets of the Council's road: every form and every purpose."""

from collections.abc import Mapping
from dataclasses import replace

from models.vocabulary import Form, PartnerKind
from tests.drafts.sheets import ADOPTED, KNOWN, SUBMITTED, TODAY
from workflow.facts import Case, Partner, Sheet
from workflow.inputs import Json
from workflow.lifecycle import definition
from workflow.project import sheet
from workflow.settings import Settings

AGREEMENTS = (Form.TWINNING, Form.PARTNERSHIP, Form.SECTORAL)
ROAD = (*AGREEMENTS, Form.HONORARY_TITLE, Form.ASSOCIATION)
PURPOSES = ("change", "renew", "suspend", "resume", "end")
CONTINUED = "continue_membership"

PARTNERS: Mapping[Form, tuple[PartnerKind, str | None, str, str]] = {
    Form.TWINNING: (PartnerKind.CITY, "IT", "Mediolan", "Milan"),
    Form.PARTNERSHIP: (PartnerKind.CITY, "FR", "Bordeaux", "Bordeaux"),
    Form.SECTORAL: (PartnerKind.CITY, "DE", "Frankfurt nad Menem", "Frankfurt am Main"),
    Form.HONORARY_TITLE: (PartnerKind.CITY, "JP", "Kioto", "Kyoto"),
    Form.ASSOCIATION: (PartnerKind.ASSOCIATION, "BE", "Eurocities", "Eurocities"),
    Form.PROGRAMME: (PartnerKind.CITY, "SE", "Göteborg", "Gothenburg"),
    Form.EU_PROGRAMME: (PartnerKind.CONSORTIUM, None, "Zielone Miasta", "Green Cities"),
    Form.POLITICAL_ASSOCIATION: (PartnerKind.ASSOCIATION, "AT", "Miasta Klimatu", "Climate Cities"),
}
PROPOSED: Mapping[str, Json] = {
    "propose.date": "2026-01-15",
    "propose.justification": "Miasta współpracują od 1993 r.\nMłodzież odwiedza się co rok.",
    "propose.objectives": "Dziesięć wymian szkolnych i dwie wystawy w każdym roku.",
    "propose.fields": ["kultura", "edukacja", "turystyka"],
    "propose.term": {"months": 60, "until": None},
    "propose.financial_effect": "Bez wydatków z budżetu Miasta.",
}
OF_FORM: Mapping[Form, Mapping[str, Json]] = {
    Form.SECTORAL: {"propose.fields": ["sport"]},
    Form.HONORARY_TITLE: {"propose.features": "Dawna stolica, uniwersytety i wspólne zabytki."},
    Form.ASSOCIATION: {"partner.seat": "Bruksela", "propose.transfers": False},
    Form.EU_PROGRAMME: {
        "propose.fields": ["klimat"],
        "decide.term": {"months": 36, "until": None},
        "decide.grant_number": "101123456",
        "decide.own_contribution": "120 000 zł",
    },
    Form.POLITICAL_ASSOCIATION: {
        "partner.seat": "Wiedeń",
        "propose.fields": ["klimat"],
        "propose.classification": False,
        "propose.classification_reason": "Tworzą je urzędy, a nie społeczności lokalne.",
    },
}
ABOUT: Mapping[str, Json] = {
    "about.reference": "KRK-2021-0004",
    "about.title": "Współpraca",
    "about.resolution": "XLVIII/1325/20",
    "about.resolved_on": "2020-10-14",
    "about.since": "2021-05-07",
}
RAISED: Mapping[str, Json] = {
    "raise.date": "2026-01-15",
    "raise.justification": "Przegląd współpracy wykazał, co wymaga rozstrzygnięcia.",
    "raise.financial_effect": "Bez wydatków z budżetu Miasta.",
}


def dossier(form: Form, stated: Mapping[str, Json], about: Form | None = None) -> Sheet:
    """Lay out the sheet of a case of a form; of a decision, about a cooperation of another."""
    kind, country, name_pl, name_en = PARTNERS[about or form]
    case = Case("KRK-2026-0007", "Współpraca miast", None, None, form, "endorsed", 3, "2026-1")
    partner = Partner(1, "partner", kind, country, name_pl, name_en, {})
    laid = dict(sheet(case, partner, definition(), Settings(), TODAY))
    for name, value in stated.items():
        laid[name] = replace(laid[name], value=value, sequence=3 if "." in name else None)
    return laid


def proposed(form: Form, **stated: Json) -> Sheet:
    """Lay out a case that is proposed, and may go to the Council or the Mayor."""
    known = {name: value for name, value in KNOWN.items() if name != "partner.seat"}
    more = {name.replace("__", "."): value for name, value in stated.items()}
    return dossier(form, {**known, **PROPOSED, **OF_FORM.get(form, {}), **more})


def raised(purpose: str, about: Form, **stated: Json) -> Sheet:
    """Lay out a decision that is raised about a cooperation in force."""
    facts = {**KNOWN, **RAISED, **ABOUT, "raise.purpose": purpose, "about.form": about.value}
    if purpose not in {"end", "suspend"}:
        facts["raise.objectives"] = "Trzy wspólne projekty w każdym roku."
    if purpose == CONTINUED:
        facts |= {"about.changes": "nowe cele klimatyczne", "about.changed_on": "2025-11-20"}
    more = {name.replace("__", "."): value for name, value in stated.items()}
    return dossier(Form.DECISION, {**facts, **more}, about)


def with_resolution(laid: Sheet) -> Sheet:
    """Let the Council have resolved in the case."""
    later = {**SUBMITTED, **ADOPTED}
    return {
        name: replace(fact, value=later[name], sequence=5) if name in later else fact
        for name, fact in laid.items()
    }
