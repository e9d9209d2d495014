"""Fact sheets of agreements with Olomouc, which has a name of its own in each language."""

from collections.abc import Mapping
from dataclasses import replace

from drafts.compose import compose
from drafts.markdown import parse
from drafts.tree import Document, Part, Section, plain, words
from models.vocabulary import Form, Language, PartnerKind
from tests.drafts.sheets import TODAY
from workflow.facts import Case, Partner, Sheet
from workflow.inputs import Json
from workflow.lifecycle import definition
from workflow.project import sheet
from workflow.settings import Settings

FIVE_YEARS: Json = {"months": 60, "until": None}
INDEFINITE: Json = {"months": None, "until": None}

BEFORE: Mapping[str, Json] = {
    "case.file_number": "KP-02.0530.11.2026",
    "open.fields": ["kultura", "edukacja", "ochrona środowiska"],
    "setting.usg_reference": "Dz.U. z 2025 r. poz. 1153",
}
PROPOSED: Mapping[str, Json] = {
    **BEFORE,
    "propose.date": "2026-01-15",
    "propose.fields": ["kultura", "edukacja", "ochrona środowiska"],
    "propose.objectives": "Dziesięć wymian w roku.\nDwa wspólne projekty.",
    "propose.term": FIVE_YEARS,
    "propose.prolongation": "by_consent",
    "propose.prolongation_months": 60,
    "propose.notice_months": 6,
    "propose.in_force_from": "2027-01-01",
    "propose.copies": 2,
    "propose.languages": ["polski", "czeski", "angielski"],
    "propose.under": "KRK-2026-0002",
}
ADOPTED: Mapping[str, Json] = {
    **PROPOSED,
    "adopt.resolution": "XV/321/26",
    "adopt.date": "2026-03-25",
}
SIGNED: Mapping[str, Json] = {
    **ADOPTED,
    "sign.date": "2026-06-12",
    "sign.place": "Kraków",
    "sign.partner_signatories": ["Miroslav Žbánek"],
    "sign_working_document.date": "2026-01-10",
    "sign_working_document.partner_signatories": ["Miroslav Žbánek"],
}
LATER: Mapping[str, Json] = {
    **SIGNED,
    "case.in_force_from": "2021-06-12",
    "case.last_day": "2027-02-15",
    "change.date": "2026-09-01",
    "change.changes": "W § 2 dodaje się pkt 4 w brzmieniu: sport.",
    "change.partner_signatories": ["Miroslav Žbánek"],
    "renew.date": "2026-09-01",
    "renew.term": FIVE_YEARS,
    "renew.partner_signatories": ["Miroslav Žbánek"],
    "give_notice.date": "2026-08-10",
    "give_notice.notice_kind": "termination",
    "give_notice.notice_clause": "§ 8 umowy",
    "give_notice.notice_months": 6,
    "give_notice.delivered_on": "2026-08-15",
    "give_notice.office": "mayor",
    "confer.handed_over_on": "2026-09-20",
}


def olomouc(stated: Mapping[str, Json]) -> Sheet:
    """Lay out the sheet of a cooperation with Olomouc that states these facts."""
    case = Case("KRK-2026-0011", "Ołomuniec", None, None, Form.PARTNERSHIP, "resolved", 6, "2026-1")
    partner = Partner(2, "olomouc", PartnerKind.CITY, "CZ", "Ołomuniec", "Olomouc", {})
    laid = dict(sheet(case, partner, definition(), Settings(), TODAY))
    for name, value in stated.items():
        laid[name] = replace(laid[name], value=value)
    return laid


def document(
    kind: str, stated: Mapping[str, Json] = SIGNED, language: Language = Language.PL
) -> Document:
    """Write a document about Olomouc."""
    return parse(compose(kind, olomouc(stated), language.value).texts[language], language)


def text(kind: str, stated: Mapping[str, Json] = SIGNED, language: Language = Language.PL) -> str:
    """Give the words of a document about Olomouc, every blank as a space."""
    return " ".join(words(document(kind, stated, language)).split())


def section(document: Document, heading: str) -> str:
    """Give the words of the § under a heading."""
    (found,) = (
        one
        for part in document.parts
        for one in part.sections
        if heading in plain(one.heading).replace("\xa0", " ")
    )
    return told(document.language, found)


def told(language: Language, one: Section) -> str:
    """Give the words of a §."""
    return " ".join(words(Document(language, (Part(one.blocks),))).split())
